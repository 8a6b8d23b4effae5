import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import { type DraftState, noChange, parentOf, polygonsOf } from "./draft_state.ts";
import { finish, hasLevel, isTaken, newArea, nextId, refuseUnknown } from "./finish.ts";
import { boxesOf } from "./ground_near.ts";
import { openPatch } from "./patch.ts";
import { borderOf, refuse, shiftGround } from "./shift_ground.ts";

/** Makes an area that holds those named, which had one parent; its level lies between theirs and the parent's. */
export function group(state: DraftState, operation: Extract<PlanOperation, { op: "group" }>): Applied | Refusal {
  const areas = [...new Set(operation.areas)];
  const unknown = refuseUnknown(state, areas);
  if (unknown) return unknown;
  if (state.top !== null && areas.includes(state.top)) return refuse("border_of_parent", null, [state.top]);
  const parent = parentOf(state, areas[0]!);
  const others = areas.filter((id) => parentOf(state, id) !== parent);
  if (others.length > 0) return refuse("different_parents", null, [areas[0]!, ...others]);
  const levels = areas.map((id) => state.areas.get(id)!.level);
  const above = parent === null ? 0 : state.areas.get(parent)!.level;
  const isBetween = operation.level > above && operation.level < Math.min(...levels);
  if (!isBetween || !hasLevel(state, operation.level)) return refuse("wrong_level", null, areas);
  if (isTaken(state, operation.code)) return refuse("code_taken");
  const change = noChange(state);
  const id = nextId(change);
  const parent_id = state.areas.get(areas[0]!)!.parent_id;
  const of = { parent_id, level: operation.level, kind: "basic", profile_id: null, child_profile_id: null } as const;
  change.put.set(id, newArea(id, operation, of));
  for (const area of areas) change.put.set(area, { ...state.areas.get(area)!, parent_id: id });
  const patch = openPatch(state, boxesOf(state, areas));
  const shifts = areas.map((area) => ({
    stretches: borderOf(patch, polygonsOf(state, area)),
    lost: [],
    gained: [id],
  }));
  return finish(state, change, shiftGround(patch, shifts, new Map()));
}
