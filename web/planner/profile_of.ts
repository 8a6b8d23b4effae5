import type { Draft, DraftArea } from "../../data/division/draft.ts";
import type { PlanProfile } from "../../data/schema/plan.ts";

/** The limits that hold for an area, as far as the draft says them: its own, else what an area above sets. */
export function profileOf(draft: Draft, profiles: readonly PlanProfile[], area: DraftArea): PlanProfile | null {
  let id = area.profile_id;
  for (let above = draft.area(area.parent_id ?? ""); !id && above; above = draft.area(above.parent_id ?? "")) {
    id = above.child_profile_id;
  }
  return profiles.find((profile) => profile.id === id) ?? null;
}

/** −1 below, 1 above, 0 within; null without limits. */
export function sideOf(value: number, [least, most]: PlanProfile["households"]): -1 | 0 | 1 | null {
  if (least === null && most === null) return null;
  if (least !== null && value < least) return -1;
  return most !== null && value > most ? 1 : 0;
}
