import { isSuccession, type LineagePart } from "./lineage.ts";

/** A former area whose duties somebody has to look at, and what happened to it. */
export interface Unsettled {
  area: string;
  why: "split" | "merged" | "retired";
  /** It goes on: who answered for it still does, until somebody says otherwise. */
  stays: boolean;
}

/**
 * The areas of which those who answer for them may have to change: that were split or merged, or are no more. Where only
 * a border moved nobody need ask.
 *
 * @returns each once, in the order of the parts
 */
export function findUnsettled(parts: readonly LineagePart[]): Unsettled[] {
  const from = new Map<string, LineagePart[]>();
  for (const part of parts) {
    if (part.from === null) continue;
    const known = from.get(part.from);
    if (known) known.push(part);
    else from.set(part.from, [part]);
  }
  return [...from].flatMap(([area, out]): Unsettled[] => {
    const own = out.find((part) => part.area === area);
    if (own) return own.kind === "split" || own.kind === "merged" ? [{ area, why: own.kind, stays: true }] : [];
    const heirs = out.filter((part) => part.area !== null && isSuccession(part));
    const why = heirs.some(({ kind }) => kind === "split") ? "split" : heirs.length > 0 ? "merged" : "retired";
    return [{ area, why, stays: false }];
  });
}
