import { lengthOf } from "../measure/distance.ts";
import { poleOf } from "../measure/pole.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import { aboveOf, type DraftState, isUncovered, noChange, orderOf, parentOf } from "./draft_state.ts";
import { finish, refuseUnknown } from "./finish.ts";
import { boxesOf } from "./ground_near.ts";
import { openPatch, type Patch, positionOf, stretchKey } from "./patch.ts";
import { borderOf, refuse, shiftGround } from "./shift_ground.ts";

/** Takes a special area away; its ground goes to `to`, else to the neighbour with the longest border, of its own parent if there is one. */
export function removeSpecial(
  state: DraftState,
  { area, to }: Extract<PlanOperation, { op: "remove_special" }>,
): Applied | Refusal {
  const unknown = refuseUnknown(state, to === undefined ? [area] : [area, to], true);
  if (unknown) return unknown;
  const { kind, polygons } = state.areas.get(area)!;
  if (kind !== "special") return refuse("not_special", null, [area]);
  if (to === area) return refuse("nothing_changes", null, [area]);
  const patch = openPatch(state, boxesOf(state, [area]));
  const stretches = borderOf(patch, polygons);
  const borders = bordersByNeighbour(patch, stretches);
  const heir = to ?? longest(state, area, borders);
  if (heir === null) return refuse("would_vanish", poleOf(polygons), [area]);
  if (!borders.has(heir)) return refuse("not_adjacent", poleOf(polygons), [area, heir]);
  const change = noChange(state);
  change.removed.add(area);
  const shift = {
    stretches,
    lost: [area, ...aboveOf(state, area)],
    gained: [heir, ...aboveOf(state, heir)],
  };
  const now = shiftGround(patch, [shift], new Map());
  now.delete(area);
  return finish(state, change, now);
}

/** Metres of border with each lowest area beside. */
function bordersByNeighbour(patch: Patch, stretches: readonly number[]): Map<string, number> {
  const metres = new Map<string, number>();
  for (let i = 0; i < stretches.length; i += 2) {
    const [from, to] = [stretches[i]!, stretches[i + 1]!];
    const beside = patch.owners.get(stretchKey(to, from));
    if (beside === undefined || isUncovered(beside)) continue;
    const length = lengthOf([...positionOf(patch.points, from), ...positionOf(patch.points, to)]);
    metres.set(beside, (metres.get(beside) ?? 0) + length);
  }
  return metres;
}

function longest(state: DraftState, area: string, metres: ReadonlyMap<string, number>): string | null {
  const sameParent = (id: string) => (parentOf(state, id) === parentOf(state, area) ? 1 : 0);
  const beside = [...metres.keys()].sort(
    (a, b) =>
      sameParent(b) - sameParent(a) ||
      Math.round(1000 * (metres.get(b)! - metres.get(a)!)) ||
      orderOf(state, a) - orderOf(state, b),
  );
  return beside[0] ?? null;
}
