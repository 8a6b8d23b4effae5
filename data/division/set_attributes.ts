import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, DraftArea, Refusal } from "./draft.ts";
import {
  aboveOf,
  type Change,
  type DraftState,
  isLowest,
  noChange,
  parentOf,
  polygonsOf,
  uncoveredKey,
} from "./draft_state.ts";
import { aboveWithin, finish, isTaken, refuseUnknown } from "./finish.ts";
import { boxesOf } from "./ground_near.ts";
import { openPatch } from "./patch.ts";
import { borderOf, refuse, shiftGround } from "./shift_ground.ts";

/**
 * Name, code, kind, limits and parent; with another parent the outlines of both follow.
 * @param below - the parent of an area that lies over others: it is in the layer below, and its outline is its own
 */
export function setAttributes(
  state: DraftState,
  { area: id, set }: Extract<PlanOperation, { op: "set_attributes" }>,
  below?: DraftArea,
): Applied | Refusal {
  const unknown = refuseUnknown(state, set.parent_id === undefined || below ? [id] : [id, set.parent_id]);
  if (unknown) return unknown;
  const before = state.areas.get(id)!;
  const after = { ...before, ...withoutGaps(set) };
  const names = Object.keys(before) as (keyof DraftArea)[];
  if (names.every((name) => before[name] === after[name])) return refuse("nothing_changes", null, [id]);
  if (set.code !== undefined && set.code !== before.code && isTaken(state, set.code, id))
    return refuse("code_taken", null, [id]);
  const change = noChange(state);
  change.put.set(id, after);
  if (below && below.level >= after.level) return refuse("wrong_level", null, [id, below.id]);
  if (below || after.parent_id === before.parent_id) return finish(state, change, new Map());
  return changeParent(state, change, before, after.parent_id!);
}

function changeParent(state: DraftState, change: Change, area: DraftArea, parent: string): Applied | Refusal {
  if (area.id === state.top) return refuse("border_of_parent", null, [area.id]);
  if (parent === area.id || aboveOf(state, parent).includes(area.id))
    return refuse("wrong_level", null, [area.id, parent]);
  if (state.areas.get(parent)!.level >= area.level) return refuse("wrong_level", null, [area.id, parent]);
  const patch = openPatch(state, boxesOf(state, [area.id]));
  const [lost, gained] = [aboveWithin(state, parentOf(state, area.id)), aboveWithin(state, parent)];
  // what the parent covered by itself so far is uncovered from now on
  if (isLowest(state, parent)) change.uncovered.set(uncoveredKey(parent), polygonsOf(state, parent));
  const shift = { stretches: borderOf(patch, area.polygons), lost, gained };
  return finish(state, change, shiftGround(patch, [shift], new Map()));
}

/** What is left out stays; an undefined value is left out, too. */
function withoutGaps<T extends object>(set: T): Partial<T> {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as Partial<T>;
}
