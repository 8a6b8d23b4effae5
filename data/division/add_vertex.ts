import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import type { DraftState } from "./draft_state.ts";
import { nodeAt, openPatchAround, pointFor } from "./find_node.ts";
import { isFixed, layPath } from "./lay_border.ts";
import { stretchKey } from "./patch.ts";
import { refuse } from "./shift_ground.ts";

/** Puts a vertex on the stretch of border between two neighbouring vertices, or beside it: the border bends there. */
export function addVertex(
  state: DraftState,
  { between, at }: Extract<PlanOperation, { op: "add_vertex" }>,
): Applied | Refusal {
  const patch = openPatchAround(state, [...between, at]);
  const [a, b] = [nodeAt(patch, between[0]), nodeAt(patch, between[1])];
  if (a < 0) return refuse("no_vertex", between[0]);
  if (b < 0) return refuse("no_vertex", between[1]);
  if (!patch.owners.has(stretchKey(a, b)) && !patch.owners.has(stretchKey(b, a))) return refuse("no_border", at);
  if (isFixed(patch, a, b)) return refuse("border_of_parent", at, [state.top ?? ""]);
  const node = pointFor(patch, at);
  if (node === a || node === b) return refuse("nothing_changes", at);
  return layPath(state, patch, { path: [a, b], between: [node] });
}
