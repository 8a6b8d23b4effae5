import type { WarningReason } from "../../data/schema/check.ts";
import type { CheckedDivision } from "./check_protocol.ts";
import type { ReasonRow } from "./reason_repository.ts";

export type ReasonFinder = (warning: CheckedDivision["index"][number]) => WarningReason | null;

/**
 * Finds the reason that answers a warning: one of its kind that was given for its area or one above, and names it or
 * all of the kind. Of several the latest.
 * @param reasons - latest first
 * @param above - areas above the top of the check
 */
export function reasonFinder(
  reasons: readonly ReasonRow[],
  { parents }: Pick<CheckedDivision, "parents">,
  above: readonly string[],
): ReasonFinder {
  const outside = new Set(above);
  const byKind = new Map<string, { row: ReasonRow; keys: Set<string> | null }[]>();
  for (const row of reasons) {
    const those = byKind.get(row.kind) ?? [];
    those.push({ row, keys: row.keys && new Set(row.keys) });
    byKind.set(row.kind, those);
  }
  const holdsFor = (given: string, area_id: string): boolean => {
    if (outside.has(given)) return true;
    for (let id: string | null = area_id; id !== null; id = parents[id] ?? null) if (id === given) return true;
    return false;
  };
  return ({ kind, key, area_id }) => {
    const found = byKind
      .get(kind)
      ?.find(({ row, keys }) => (keys === null || keys.has(key)) && holdsFor(row.area_id, area_id));
    if (!found) return null;
    const { id, text, by, at } = found.row;
    return { id, text, by, at: at.toISOString() };
  };
}
