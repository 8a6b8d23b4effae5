import { boxOf } from "../measure/box.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import { carveGround } from "./carve_ground.ts";
import type { Applied, Refusal } from "./draft.ts";
import { aboveOf, type DraftState, isLowest, isUncovered, type Key, noChange, uncoveredKey } from "./draft_state.ts";
import { aboveWithin, finish, hasLevel, isTaken, newArea, nextId, refuseUnknown } from "./finish.ts";
import { boxesOf, groundNear } from "./ground_near.ts";
import { openPatch } from "./patch.ts";
import { readPlace } from "./place.ts";
import { refuse, shiftGround } from "./shift_ground.ts";

/**
 * Puts an area on uncovered ground of its parent. In a network, one without a parent may lie where there is nothing.
 * A parent that had none below so far holds the new one from now on; the rest of it is uncovered.
 */
export function addArea(state: DraftState, operation: Extract<PlanOperation, { op: "add_area" }>): Applied | Refusal {
  const { parent, level, kind } = operation;
  const unknown = refuseUnknown(state, parent === null ? [] : [parent]);
  if (unknown) return unknown;
  if (parent === null && state.top !== null) return refuse("outside", null, [state.top]);
  const above = parent === null ? 0 : state.areas.get(parent)!.level;
  if (level <= above || !hasLevel(state, level)) return refuse("wrong_level", null, parent === null ? [] : [parent]);
  if (isTaken(state, operation.code)) return refuse("code_taken");
  const place = readPlace(operation.place);
  if (!Array.isArray(place)) return place;

  const first = parent !== null && isLowest(state, parent);
  const ground: Key = first ? parent : uncoveredKey(parent);
  const keys = groundNear(state, boxOf(place));
  const patch = openPatch(state, [...boxesOf(state, keys), boxOf(place)]);
  const change = noChange(state);
  const id = nextId(change);
  const carved = carveGround(patch, {
    keys,
    place,
    to: id,
    pieces: true,
    mayTake: (key) => key === ground || (key === null && parent === null),
    otherwise: (key, at) =>
      key === null || isUncovered(key)
        ? refuse("outside", at, parent === null ? [] : [parent])
        : refuse("overlaps", at, [key]),
  });
  if (!carved.ok) return carved;
  change.put.set(
    id,
    newArea(id, operation, { parent_id: parent, level, kind, profile_id: null, child_profile_id: null }),
  );
  const parents = aboveWithin(state, parent);
  const shifts = carved.taken.map(({ from, stretches }) => ({
    stretches,
    lost: from === null ? [] : first ? [uncoveredKey(parent), ...parents] : [from, ...aboveOf(state, from)],
    gained: [id, ...parents],
  }));
  const as = new Map<Key, MultiPolygon>(first ? [[uncoveredKey(parent), state.areas.get(parent)!.polygons]] : []);
  return finish(state, change, shiftGround(patch, shifts, carved.splits, as));
}
