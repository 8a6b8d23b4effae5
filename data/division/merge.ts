import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import { type Change, type DraftState, isLowest, noChange, parentOf, polygonsOf, uncoveredKey } from "./draft_state.ts";
import { finish, refuseUnknown } from "./finish.ts";
import { boxesOf } from "./ground_near.ts";
import { openPatch, type Patch, stretchKey } from "./patch.ts";
import { poleOf } from "../measure/pole.ts";
import { borderOf, refuse, type Shift, shiftGround } from "./shift_ground.ts";

/**
 * Areas of one level and one parent become one, which keeps the name and code of `keep`. Those below them go to it.
 * They must touch along borders: a point is not enough.
 */
export function merge(state: DraftState, { keep, areas }: Extract<PlanOperation, { op: "merge" }>): Applied | Refusal {
  const others = [...new Set(areas)].filter((id) => id !== keep);
  const unknown = refuseUnknown(state, [keep, ...others]);
  if (unknown) return unknown;
  if (others.length === 0) return refuse("nothing_changes", null, [keep]);
  const kept = state.areas.get(keep)!;
  const unlike = (differs: (id: string) => boolean) => others.filter(differs);
  const levels = unlike((id) => state.areas.get(id)!.level !== kept.level);
  if (levels.length > 0) return refuse("different_levels", null, [keep, ...levels]);
  const parents = unlike((id) => parentOf(state, id) !== parentOf(state, keep));
  if (parents.length > 0) return refuse("different_parents", null, [keep, ...parents]);
  const mixed = unlike((id) => isLowest(state, id) !== isLowest(state, keep));
  if (mixed.length > 0) return refuse("not_lowest", null, isLowest(state, keep) ? mixed : [keep]);

  const patch = openPatch(state, boxesOf(state, [keep, ...others]));
  const borders = new Map([keep, ...others].map((id) => [id, borderOf(patch, polygonsOf(state, id))]));
  const apart = findApart(borders, keep);
  if (apart.length > 0) return refuse("not_adjacent", poleOf(state.areas.get(apart[0]!)!.polygons), [keep, ...apart]);
  const change = noChange(state);
  const shifts: Shift[] = others.map((id) => ({ stretches: borders.get(id)!, lost: [id], gained: [keep] }));
  for (const id of others) {
    change.removed.add(id);
    shifts.push(...takeBelow(state, patch, change, id, keep));
  }
  const polygons = shiftGround(patch, shifts, new Map());
  for (const id of others) polygons.delete(id);
  return finish(state, change, polygons);
}

/** Areas below and uncovered ground of one that goes. */
function takeBelow(state: DraftState, patch: Patch, change: Change, id: string, keep: string): Shift[] {
  for (const child of state.children.get(id) ?? []) {
    change.put.set(child, { ...state.areas.get(child)!, parent_id: keep });
  }
  const [from, to] = [uncoveredKey(id), uncoveredKey(keep)];
  const uncovered = polygonsOf(state, from);
  if (uncovered.length === 0) return [];
  change.uncovered.set(from, []);
  return [{ stretches: borderOf(patch, uncovered), lost: [from], gained: [to] }];
}

/** Those that no way along shared borders leads to. */
export function findApart(borders: ReadonlyMap<string, readonly number[]>, from: string): string[] {
  const beside = new Map<number, string>();
  for (const [id, border] of borders) {
    for (let i = 0; i < border.length; i += 2) beside.set(stretchKey(border[i]!, border[i + 1]!), id);
  }
  const reached = new Set([from]);
  for (const id of reached) {
    const border = borders.get(id)!;
    for (let i = 0; i < border.length; i += 2) {
      const other = beside.get(stretchKey(border[i + 1]!, border[i]!));
      if (other !== undefined) reached.add(other);
    }
  }
  return [...borders.keys()].filter((id) => !reached.has(id));
}
