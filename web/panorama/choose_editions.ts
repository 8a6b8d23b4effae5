import type { Edition } from "../../data/schema/network.ts";

/** Which two editions are compared, or why none are. */
export type EditionPair =
  | { kind: "pair"; from: Edition; to: Edition }
  | { kind: "none" }
  | { kind: "single"; only: Edition }
  | { kind: "first"; to: Edition; next: Edition }
  | { kind: "same"; to: Edition }
  | { kind: "reversed"; from: Edition; to: Edition }
  | { kind: "unknown"; number: number };

/**
 * @param editions - of the network, newest first
 * @param drawn - number of the edition that the map draws: the newer side
 * @param former - the older side as the address names it; null = the one before
 */
export function chooseEditions(editions: readonly Edition[], drawn: number, former: number | null): EditionPair {
  const [newest, second] = editions;
  if (!newest) return { kind: "none" };
  const at = editions.findIndex(({ number }) => number === drawn);
  const to = editions[at];
  if (!to) return { kind: "unknown", number: drawn };
  if (!second)
    return former !== null && former !== drawn ? { kind: "unknown", number: former } : { kind: "single", only: newest };
  if (former === null) {
    const from = editions[at + 1];
    return from ? { kind: "pair", from, to } : { kind: "first", to, next: editions[at - 1]! };
  }
  const from = editions.find(({ number }) => number === former);
  if (!from) return { kind: "unknown", number: former };
  if (from.number === to.number) return { kind: "same", to };
  return { kind: from.number < to.number ? "pair" : "reversed", from, to };
}
