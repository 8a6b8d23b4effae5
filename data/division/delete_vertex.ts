import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import type { DraftState } from "./draft_state.ts";
import { nodeAt, openPatchAround } from "./find_node.ts";
import { isFixed, layPath, nodesAround } from "./lay_border.ts";
import { areaBeside, stretchKey } from "./patch.ts";
import { refuse } from "./shift_ground.ts";

/** Takes a vertex out of a border, which then runs straight; where three or more borders meet, one must stay. */
export function deleteVertex(
  state: DraftState,
  { at }: Extract<PlanOperation, { op: "delete_vertex" }>,
): Applied | Refusal {
  const patch = openPatchAround(state, [at]);
  const node = nodeAt(patch, at);
  if (node < 0) return refuse("no_vertex", at);
  if (isFixed(patch, node)) return refuse("border_of_parent", at, [state.top ?? ""]);
  const around = nodesAround(patch, node);
  if (around.length !== 2) return refuse("borders_meet", at);
  const [a, b] = [around[0]!, around[1]!];
  if (patch.owners.has(stretchKey(a, b)) || patch.owners.has(stretchKey(b, a))) {
    return refuse(
      "too_few_vertices",
      at,
      [areaBeside(patch, a, node) ?? "", areaBeside(patch, node, a) ?? ""].filter(Boolean),
    );
  }
  return layPath(state, patch, { path: [a, node, b], between: [] });
}
