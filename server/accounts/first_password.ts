import { randomInt } from "node:crypto";
import { faultsOfPassword } from "../../data/access/password_rule.ts";

// without l, i, o, 0 and 1, which look alike on paper and over the phone
const consonants = "bdfghkmnprstvz";
const vowels = "aeu";
const digits = "23456789";

/** A password for the first sign-in, to be read out or copied down: `Kade-munu-vate-3847`. About 44 bits. */
export function makeFirstPassword(name: string): string {
  for (;;) {
    const words = [word(), word(), word()];
    const password = `${words[0][0]!.toUpperCase()}${words[0].slice(1)}-${words[1]}-${words[2]}-${some(digits, 4)}`;
    if (faultsOfPassword(password, name).length === 0) return password;
  }
}

function word(): string {
  return some(consonants, 1) + some(vowels, 1) + some(consonants, 1) + some(vowels, 1);
}

function some(signs: string, count: number): string {
  return Array.from({ length: count }, () => signs[randomInt(signs.length)]).join("");
}
