import { boxOf, widened } from "../measure/box.ts";
import type { Bbox } from "../schema/geometry.ts";
import { type DraftState, isUncovered, type Key, keysNear, kindOf, polygonsOf } from "./draft_state.ts";

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

/** The box of each piece of ground or outline of some keys. */
export function boxesOf(state: DraftState, keys: readonly Key[]): Bbox[] {
  return keys.flatMap((key) => polygonsOf(state, key).map((polygon) => boxOf([polygon])));
}
