import type { Bbox, MultiPolygon } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import { carveGround } from "./carve_ground.ts";
import type { Applied, Refusal } from "./draft.ts";
import {
  aboveOf,
  type DraftState,
  isUncovered,
  type Key,
  keysNear,
  kindOf,
  noChange,
  polygonsOf,
} from "./draft_state.ts";
import { finish, refuseUnknown } from "./finish.ts";
import { openPatch } from "./patch.ts";
import { readPlace } from "./place.ts";
import { aroundLine, boxOf, widened } from "./ring_facts.ts";
import { refuse, shiftGround } from "./shift_ground.ts";

/**
 * What of some areas lies in a place goes to another: a block, an estate, a group of buildings.
 *
 *     ┌────┬────┐            ┌────┬────┐
 *     │  ┌─┼─┐  │            │  ┌─┘    │
 *     │ A└─┼─┘ B│     →      │ A└─┐   B│      the place goes to B; what of it is B's already stays
 *     └────┴────┘            └────┴────┘
 */
export function give(state: DraftState, operation: Extract<PlanOperation, { op: "give" }>): Applied | Refusal {
  const { to, from, pieces } = operation;
  const unknown = refuseUnknown(state, [to, ...(from ?? [])], true);
  if (unknown) return unknown;
  const place = readPlace(operation.place);
  if (!Array.isArray(place)) return place;
  const box = boxOf(place)!;
  const losers = (from ?? lowestNear(state, box)).filter((id) => id !== to);
  if (losers.length === 0) return refuse(from ? "nothing_changes" : "misses", null, [to]);
  const keys = [...new Set([to, ...losers])];
  const patch = openPatch(state, boxOfGround(state, keys, box)!);
  const carved = carveGround(patch, {
    keys,
    place,
    to,
    pieces: pieces ?? false,
    mayTake: (key) => key !== null,
  });
  if (!carved.ok) return carved;
  const shifts = carved.taken.map(({ from: key, stretches }) => ({
    stretches,
    lost: [key!, ...aboveOf(state, key!)],
    gained: [to, ...aboveOf(state, to)],
  }));
  return finish(state, noChange(state), shiftGround(patch, shifts, carved.splits));
}

/** Areas with ground in or near a box that have none below. */
export function lowestNear(state: DraftState, box: Bbox): string[] {
  return groundNear(state, box).filter((key) => !isUncovered(key));
}

/** Keys with ground in or near a box. */
export function groundNear(state: DraftState, box: Bbox): Key[] {
  return keysNear(state, widened(box, 1e-8)).filter((key) => {
    const kind = kindOf(state, key);
    return kind === "lowest" || kind === "uncovered";
  });
}

/** The box around the ground of some keys, and around another box. Null only where there is nothing. */
export function boxOfGround(state: DraftState, keys: readonly Key[], other: Bbox | null = null): Bbox | null {
  const box = boxOf(keys.flatMap((key): MultiPolygon => polygonsOf(state, key)));
  return box && other ? aroundLine(box, other) : (box ?? other);
}
