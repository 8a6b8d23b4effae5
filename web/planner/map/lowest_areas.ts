import type { Draft, DraftArea } from "../../../data/division/draft.ts";

const known = new WeakMap<readonly DraftArea[], DraftArea[]>();

/** Areas that have no others below: they carry the borders. The plan's own area counts while it is the only one. */
export function lowestAreas(draft: Draft): DraftArea[] {
  const areas = draft.areas();
  const before = known.get(areas);
  if (before) return before;
  const parents = new Set(areas.map(({ parent_id }) => parent_id));
  const lowest = areas.filter(({ id }) => !parents.has(id));
  known.set(areas, lowest);
  return lowest;
}
