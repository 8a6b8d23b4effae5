import type { Draft, DraftArea } from "../../../data/division/draft.ts";

/** Areas that have no others below: they carry the borders. The plan's own area counts while it is the only one. */
export function lowestAreas(draft: Draft): DraftArea[] {
  const areas = draft.areas();
  const parents = new Set(areas.map(({ parent_id }) => parent_id));
  return areas.filter(({ id }) => !parents.has(id));
}
