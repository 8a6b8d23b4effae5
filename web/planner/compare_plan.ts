import type { Draft } from "../../data/division/draft.ts";
import type { DraftFigures } from "./planner_types.ts";

export type CompareKind = "changed" | "new" | "retired";

export interface Compared {
  id: string;
  name: string;
  kind: CompareKind;
  before: Omit<DraftFigures, "buildings"> | null;
  after: DraftFigures | null;
}

/** An area of the published edition, as far as a comparison needs it. */
export interface FormerArea {
  short_name: string;
  households: number;
  people: number;
  area_m2: number;
  child_count: number;
}

/** A tenth of a square metre is no change: surfaces are summed in another order on the server. */
const leastChange = 0.1;

/** Lowest areas that are not what they were, by name. */
export function comparePlan(
  draft: Draft,
  figures: ReadonlyMap<string, DraftFigures>,
  former: ReadonlyMap<string, FormerArea>,
): Compared[] {
  const areas = draft.areas();
  const parents = new Set(areas.map(({ parent_id }) => parent_id));
  const rows: Compared[] = [];
  for (const { id, short_name } of areas) {
    if (parents.has(id)) continue;
    const [before, after] = [former.get(id), figures.get(id)];
    if (!after) continue;
    if (!before) rows.push({ id, name: short_name, kind: "new", before: null, after });
    else if (
      before.households !== after.households ||
      before.people !== after.people ||
      before.short_name !== short_name ||
      Math.abs(before.area_m2 - after.area_m2) > leastChange
    )
      rows.push({ id, name: short_name, kind: "changed", before, after });
  }
  for (const [id, before] of former) {
    if (before.child_count > 0 || draft.area(id)) continue;
    rows.push({ id, name: before.short_name, kind: "retired", before, after: null });
  }
  return rows.sort((a, b) => a.name.localeCompare(b.name, "zh-CN", { numeric: true }));
}
