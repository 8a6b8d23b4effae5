import { boxOf } from "../measure/box.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import { carveGround } from "./carve_ground.ts";
import type { Applied, Refusal } from "./draft.ts";
import { aboveOf, type DraftState, noChange } from "./draft_state.ts";
import { finish, refuseUnknown } from "./finish.ts";
import { boxesOf, lowestNear } from "./ground_near.ts";
import { openPatch } from "./patch.ts";
import { readPlace } from "./place.ts";
import { refuse, shiftGround } from "./shift_ground.ts";

/**
 * What of some areas lies in a place goes to another: a block, an estate, a group of buildings.
 *
 *     ┌────┬────┐            ┌────┬────┐
 *     │  ┌─┼─┐  │            │  ┌─┘    │
 *     │ A└─┼─┘ B│     →      │ A└─┐   B│      the place goes to B; what of it is B's already stays
 *     └────┴────┘            └────┴────┘
 *
 * @param free - ground that is nobody's in this layer goes along
 */
export function give(
  state: DraftState,
  operation: Extract<PlanOperation, { op: "give" }>,
  { free } = { free: false },
): Applied | Refusal {
  const { to, from, pieces } = operation;
  const unknown = refuseUnknown(state, [to, ...(from ?? [])], true);
  if (unknown) return unknown;
  const place = readPlace(operation.place);
  if (!Array.isArray(place)) return place;
  const box = boxOf(place);
  const near = from ?? lowestNear(state, box);
  const losers = near.filter((id) => id !== to);
  if (losers.length === 0 && !free)
    return refuse(near.includes(to) ? "nothing_changes" : "misses", operation.place[0]?.[0]?.[0], [to]);
  const keys = [...new Set([to, ...losers])];
  const patch = openPatch(state, [...boxesOf(state, keys), box]);
  const carved = carveGround(patch, {
    keys,
    place,
    to,
    pieces: pieces ?? false,
    mayTake: (key) => key !== null || free,
  });
  if (!carved.ok) return carved;
  const shifts = carved.taken.map(({ from: key, stretches }) => ({
    stretches,
    lost: key === null ? [] : [key, ...aboveOf(state, key)],
    gained: [to, ...aboveOf(state, to)],
  }));
  return finish(state, noChange(state), shiftGround(patch, shifts, carved.splits));
}
