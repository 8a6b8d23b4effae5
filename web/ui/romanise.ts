import { customPinyin, pinyin } from "pinyin-pro";
import type { Wording } from "../../data/vocabulary/language.ts";
import { countedWords, longFamilyNames, placeWords } from "../../data/vocabulary/place_words.ts";

/** `place` for all that is no person. */
export type NameKind = "place" | "person";

const longestFirst = (words: readonly Wording[]) => [...words].sort(([a], [b]) => b.length - a.length);
const ends = longestFirst(placeWords);
const counted = new Map(countedWords);
const countedThing = new RegExp(
  `第?(\\d+(?:-\\d+)?)(${longestFirst(countedWords)
    .map(([han]) => han)
    .join("|")})`,
  "g",
);

/** A street within a name: 「秋实路柏林」. What follows is a name of its own. */
const streetWithin = /^(\p{Script=Han}{2,}?(?:大道|[路街巷弄]))(\p{Script=Han}{2,})$/u;

// In a name of a place 柏林 is a grove of cypresses, not Berlin.
customPinyin({ 柏林: "bǎi lín" });

const known = new Map<string, string>();

/**
 * A Chinese name for readers of English: its generic ends in English, the rest in pinyin without tones, a capital for
 * each word. 「慧泽03」 → 「Huize 03」, 「光明路派出所」 → 「Guangming Road Police Station」, 「吴天宇」 → 「Wu Tianyu」.
 * Text without Han stays as it is.
 *
 * Spelling after GB/T 16159 (an apostrophe before a, e, o within a word; ü is kept) and GB/T 28039 (family name first).
 */
export function romanise(text: string, kind: NameKind = "place"): string {
  const key = `${kind} ${text}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const romanised = kind === "person" ? romanisePerson(text) : romanisePlace(text);
  known.set(key, romanised);
  return romanised;
}

function romanisePlace(text: string): string {
  const withCounts = text.replace(countedThing, (_whole, number: string, han: string) => {
    return ` ${counted.get(han)} ${number} `;
  });
  return tidy(withCounts.replace(/\p{Script=Han}+/gu, (run) => ` ${romaniseRun(run)} `));
}

function romanisePerson(text: string): string {
  const written = text.replace(/\p{Script=Han}+/gu, (run) => {
    const family = longFamilyNames.has(run.slice(0, 2)) && run.length > 2 ? 2 : 1;
    const syllables = pinyin(run, { toneType: "none", type: "array", surname: "head" });
    return ` ${joinSyllables(syllables.slice(0, family))} ${joinSyllables(syllables.slice(family))} `;
  });
  return tidy(written);
}

/** One space between words, none inside brackets and before punctuation. */
function tidy(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/([(（[「《]) /g, "$1")
    .replace(/ ([)）\]」》,，、;；:：-])/g, "$1")
    .trim();
}

function romaniseRun(run: string): string {
  const whole = ends.find(([han]) => han === run);
  if (whole) return whole[1];
  const terms: string[] = [];
  let stem = run;
  for (let end = endOf(stem); end; end = endOf(stem)) {
    terms.unshift(end[1]);
    stem = stem.slice(0, -end[0].length);
  }
  const street = streetWithin.exec(stem);
  const head = street ? [romaniseRun(street[1]!), romaniseRun(street[2]!)] : inPairs(stem).map(spell);
  return [...head, ...terms].join(" ");
}

/** The longest generic end that leaves a name of two characters: the 街 of 「东街」 is part of its name. */
function endOf(stem: string): Wording | undefined {
  return ends.find(([han]) => stem.endsWith(han) && stem.length >= han.length + 2);
}

/** Long names go in pairs, as they are spoken; an odd character goes with the last pair. */
function inPairs(stem: string): string[] {
  if (stem.length < 4) return [stem];
  return [stem.slice(0, 2), ...inPairs(stem.slice(2))];
}

function spell(word: string): string {
  return joinSyllables(pinyin(word, { toneType: "none", type: "array" }));
}

function joinSyllables(syllables: readonly string[]): string {
  const word = syllables
    .map((syllable, at) => (at > 0 && /^[aeo]/.test(syllable) ? `'${syllable}` : syllable))
    .join("");
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
