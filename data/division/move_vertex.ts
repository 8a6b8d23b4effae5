import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import type { DraftState } from "./draft_state.ts";
import { nodeAt, openPatchAround, pointFor } from "./find_node.ts";
import { isFixed, moveNode, nodesAround } from "./lay_border.ts";
import { refuse } from "./shift_ground.ts";

/**
 * Moves a vertex of a border; where borders meet, all of them follow.
 *
 *     ────●────             ────╮ ╭────
 *         │         →           ╰●╯
 *         │                      │
 */
export function moveVertex(
  state: DraftState,
  { from, to }: Extract<PlanOperation, { op: "move_vertex" }>,
): Applied | Refusal {
  const patch = openPatchAround(state, [from, to]);
  const node = nodeAt(patch, from);
  if (node < 0) return refuse("no_vertex", from);
  if (isFixed(patch, node)) return refuse("border_of_parent", from, [state.top ?? ""]);
  const target = pointFor(patch, to);
  if (target === node) return refuse("nothing_changes", from);
  return moveNode(state, patch, node, nodesAround(patch, node), target);
}
