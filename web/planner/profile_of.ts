import type { Draft, DraftArea } from "../../data/division/draft.ts";
import type { PlanProfile } from "../../data/schema/plan.ts";

/** The limits that hold for an area: its own, else what the nearest area above sets, else those of its level. */
export function profileOf(
  draft: Pick<Draft, "area">,
  profiles: readonly PlanProfile[],
  area: DraftArea,
): PlanProfile | null {
  let id = area.profile_id;
  for (let above = draft.area(area.parent_id ?? ""); !id && above; above = draft.area(above.parent_id ?? "")) {
    id = above.child_profile_id;
  }
  const known = profiles.find((profile) => profile.id === id) ?? profiles.find(({ inherited }) => inherited);
  return known ?? profiles.find(({ levels }) => levels.includes(area.level)) ?? null;
}

/** −1 below, 1 above, 0 within; null without limits. */
export function sideOf(value: number, [least, most]: PlanProfile["households"]): -1 | 0 | 1 | null {
  if (least === null && most === null) return null;
  if (least !== null && value < least) return -1;
  return most !== null && value > most ? 1 : 0;
}
