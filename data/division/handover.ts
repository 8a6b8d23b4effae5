import { groupBy } from "../group_by.ts";
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
  return [...groupBy(parts, ({ from }) => from)].flatMap(([area, out]): Unsettled[] => {
    if (area === null) return [];
    const own = out.find((part) => part.area === area);
    if (own) return own.kind === "split" || own.kind === "merged" ? [{ area, why: own.kind, stays: true }] : [];
    const heirs = out.filter((part) => part.area !== null && isSuccession(part));
    const why = heirs.some(({ kind }) => kind === "split") ? "split" : heirs.length > 0 ? "merged" : "retired";
    return [{ area, why, stays: false }];
  });
}
