import { boxOf } from "../measure/box.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import { carveGround } from "./carve_ground.ts";
import type { Applied, Refusal } from "./draft.ts";
import { aboveOf, type DraftState, isLowest, type Key, noChange } from "./draft_state.ts";
import { aboveWithin, finish, hasLevel, isTaken, newArea, nextId, refuseUnknown } from "./finish.ts";
import { boxesOf, groundNear } from "./ground_near.ts";
import { openPatch } from "./patch.ts";
import { readPlace } from "./place.ts";
import { refuse, shiftGround } from "./shift_ground.ts";

/** Cuts a special area (专属网格) out of the areas, and the uncovered ground, of a parent that lie there. */
export function createSpecial(
  state: DraftState,
  operation: Extract<PlanOperation, { op: "create_special" }>,
): Applied | Refusal {
  const { parent } = operation;
  const unknown = refuseUnknown(state, [parent]);
  if (unknown) return unknown;
  if (isLowest(state, parent)) return refuse("wrong_level", null, [parent]);
  if (isTaken(state, operation.code)) return refuse("code_taken");
  const place = readPlace(operation.place);
  if (!Array.isArray(place)) return place;
  const isWithin = (key: Key | null) => key !== null && aboveOf(state, key).includes(parent);
  const keys = groundNear(state, boxOf(place));
  const patch = openPatch(state, [...boxesOf(state, keys), boxOf(place)]);
  const change = noChange(state);
  const id = nextId(change);
  const carved = carveGround(patch, {
    keys,
    place,
    to: id,
    pieces: false,
    mayTake: isWithin,
    otherwise: (_, at) => refuse("outside", at, [parent]),
  });
  if (!carved.ok) return carved;
  const level = levelOfChildren(state, parent);
  if (!hasLevel(state, level)) return refuse("wrong_level", null, [parent]);
  change.put.set(
    id,
    newArea(id, operation, { parent_id: parent, level, kind: "special", profile_id: null, child_profile_id: null }),
  );
  const shifts = carved.taken.map(({ from, stretches }) => ({
    stretches,
    lost: [from!, ...aboveOf(state, from!)],
    gained: [id, ...aboveWithin(state, parent)],
  }));
  return finish(state, change, shiftGround(patch, shifts, carved.splits));
}

/** That of the areas that the parent has already, the highest of them. */
function levelOfChildren(state: DraftState, parent: string): number {
  const levels = [...(state.children.get(parent) ?? [])].map((id) => state.areas.get(id)!.level);
  return levels.length > 0 ? Math.min(...levels) : state.areas.get(parent)!.level + 1;
}
