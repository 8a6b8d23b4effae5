import { boxOf } from "../measure/box.ts";
import { isInRing } from "../measure/in_ring.ts";
import type { Polygon } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import { aboveOf, type DraftState, type Key, noChange, polygonsOf } from "./draft_state.ts";
import { finish, refuseUnknown } from "./finish.ts";
import { findApart } from "./merge.ts";
import { openPatch } from "./patch.ts";
import { borderOf, refuse, shiftGround } from "./shift_ground.ts";

/** The uncovered piece around a position goes to an area that touches it along a border. */
export function takeUncovered(
  state: DraftState,
  { at, to }: Extract<PlanOperation, { op: "take_uncovered" }>,
): Applied | Refusal {
  const unknown = refuseUnknown(state, [to], true);
  if (unknown) return unknown;
  const found = uncoveredAt(state, at[0], at[1]);
  if (!found) return refuse("not_uncovered", at);
  const patch = openPatch(state, [boxOf([found.piece])]);
  const stretches = borderOf(patch, [found.piece]);
  const borders = new Map([
    [found.key, stretches],
    [to, borderOf(patch, polygonsOf(state, to))],
  ]);
  if (findApart(borders, to).length > 0) return refuse("not_adjacent", at, [to]);
  const shift = {
    stretches,
    lost: [found.key, ...aboveOf(state, found.key)],
    gained: [to, ...aboveOf(state, to)],
  };
  return finish(state, noChange(state), shiftGround(patch, [shift], new Map()));
}

function uncoveredAt(state: DraftState, x: number, y: number): { key: Key; piece: Polygon } | null {
  for (const [key, polygons] of state.uncovered) {
    const piece = polygons.find((polygon) => polygon.filter((ring) => isInRing(ring, x, y)).length === 1);
    if (piece) return { key, piece };
  }
  return null;
}
