import type { PlanOperation } from "../schema/plan_operation.ts";
import { addArea } from "./add_area.ts";
import { addVertex } from "./add_vertex.ts";
import { createSpecial } from "./create_special.ts";
import { deleteVertex } from "./delete_vertex.ts";
import type { Applied, DraftArea, Inverse, Refusal } from "./draft.ts";
import { type DraftState, restore } from "./draft_state.ts";
import { give } from "./give.ts";
import { group } from "./group.ts";
import { depthOf, findArea, isOverRoot, type Layers, liesOver, parentIn, stateOf } from "./layers.ts";
import { merge } from "./merge.ts";
import { moveVertex } from "./move_vertex.ts";
import { isOnEarth } from "./on_earth.ts";
import { adoptOver, findBeyond, layOver, liftOver } from "./over_area.ts";
import { removeSpecial } from "./remove_special.ts";
import { reshape } from "./reshape.ts";
import { setAttributes } from "./set_attributes.ts";
import { refuse } from "./shift_ground.ts";
import { split } from "./split.ts";
import { takeUncovered } from "./take_uncovered.ts";

type Operation<Op extends PlanOperation["op"]> = Extract<PlanOperation, { op: Op }>;
type AtBorder = Operation<"move_vertex" | "add_vertex" | "delete_vertex" | "reshape">;

/** Does an operation in the layer that it is about. What it may do to others it does as one step. */
export function applyOperation(layers: Layers, operation: PlanOperation): Applied | Refusal {
  if (!isOnEarth(operation)) return refuse("outside");
  const outcome = applyInLayers(layers, operation);
  if (!outcome.ok) return outcome;
  const beyond = layers.special === "over" ? findBeyond(layers, outcome) : null;
  if (beyond) {
    restoreLayers(layers, outcome.inverse);
    return beyond;
  }
  const given = outcome.changed.reduce((most, { id }) => Math.max(most, numberOf(id)), outcome.inverse.given);
  for (const state of layers.states) state.given = given;
  return outcome;
}

function numberOf(id: string): number {
  return id.startsWith("new-") ? Number(id.slice(4)) : 0;
}

function applyInLayers(layers: Layers, operation: PlanOperation): Applied | Refusal {
  switch (operation.op) {
    case "move_vertex":
    case "add_vertex":
    case "delete_vertex":
    case "reshape":
      return applyAtBorder(layers, operation);
    case "split":
      return split(stateOf(layers, operation.area), operation);
    case "merge":
      return mergeInLayers(layers, operation);
    case "give":
      return giveInLayers(layers, operation);
    case "take_uncovered":
      return takeInLayers(layers, operation);
    case "add_area":
      return liesOver({ ...operation, id: "" }, findArea(layers, operation.parent ?? ""), layers)
        ? layOver(layers, operation)
        : addArea(stateOf(layers, operation.parent), operation);
    case "create_special":
      return liesOver({ kind: "special", id: "" }, findArea(layers, operation.parent), layers)
        ? layOver(layers, operation)
        : createSpecial(stateOf(layers, operation.parent), operation);
    case "remove_special":
      return removeInLayers(layers, operation);
    case "group":
      return groupInLayers(layers, operation);
    case "set_attributes":
      return setInLayers(layers, operation);
  }
}

/** A position names a border of the ground first, then one of what lies over it. */
function applyAtBorder({ states }: Layers, operation: AtBorder): Applied | Refusal {
  const [ground, ...over] = states;
  let refusal: Refusal | null = null;
  for (const state of operation.over ? over : [ground!, ...over]) {
    const outcome = applyInState(state, operation);
    if (outcome.ok || (outcome.reason !== "no_vertex" && outcome.reason !== "no_border")) return outcome;
    refusal ??= outcome;
  }
  return refusal ?? refuse("no_border");
}

function applyInState(state: DraftState, operation: AtBorder): Applied | Refusal {
  switch (operation.op) {
    case "move_vertex":
      return moveVertex(state, operation);
    case "add_vertex":
      return addVertex(state, operation);
    case "delete_vertex":
      return deleteVertex(state, operation);
    case "reshape":
      return reshape(state, operation);
  }
}

/** What lies over others can neither be joined with them nor take their ground. */
function refuseMixed(layers: Layers, ids: readonly string[]): Refusal | null {
  const known = ids.filter((id) => findArea(layers, id));
  const other = known.filter((id) => stateOf(layers, id) !== stateOf(layers, known[0]!));
  return other.length > 0 ? refuse("lies_over", null, [known[0]!, ...other]) : null;
}

function mergeInLayers(layers: Layers, operation: Operation<"merge">): Applied | Refusal {
  const { keep } = operation;
  const mixed = refuseMixed(layers, [keep, ...operation.areas]);
  if (mixed) return mixed;
  const areas = [keep, ...operation.areas].flatMap((id) => findArea(layers, id) ?? []);
  const [kept] = areas;
  const strangers = areas.filter((area) => isOverRoot(layers, area) && area.parent_id !== kept!.parent_id);
  if (strangers.length > 0) return refuse("different_parents", null, [keep, ...strangers.map(({ id }) => id)]);
  const torn = areas.filter((area) => area.kind !== kept!.kind && hasSpecialBelow(layers, area.id));
  if (torn.length > 0) return refuse("lies_over", null, [keep, ...torn.map(({ id }) => id)]);
  const merged = merge(stateOf(layers, keep), operation);
  if (!merged.ok) return merged;
  return [merged, ...adoptOver(layers, new Set(merged.removed), keep)].reduce(together);
}

/** Whether what lies below would change its layer with the kind of the area. */
function hasSpecialBelow({ states, special }: Layers, id: string): boolean {
  if (special === "beside") return false;
  return states.some(({ areas }) => [...areas.values()].some((one) => one.parent_id === id && one.kind === "special"));
}

function giveInLayers(layers: Layers, operation: Operation<"give">): Applied | Refusal {
  const { to, from } = operation;
  const mixed = refuseMixed(layers, [to, ...(from ?? [])]);
  if (mixed) return mixed;
  const area = findArea(layers, to);
  const free = from === undefined && area !== undefined && isOverRoot(layers, area);
  return give(stateOf(layers, to), operation, { free });
}

function takeInLayers(layers: Layers, operation: Operation<"take_uncovered">): Applied | Refusal {
  const area = findArea(layers, operation.to);
  if (area && isOverRoot(layers, area)) return refuse("lies_over", operation.at, [area.id]);
  return takeUncovered(stateOf(layers, operation.to), operation);
}

function removeInLayers(layers: Layers, operation: Operation<"remove_special">): Applied | Refusal {
  const area = findArea(layers, operation.area);
  const mixed = refuseMixed(layers, [operation.area, ...(operation.to === undefined ? [] : [operation.to])]);
  if (mixed) return mixed;
  const state = stateOf(layers, operation.area);
  const isAlone = area && isOverRoot(layers, area) && operation.to === undefined && !state.children.has(area.id);
  return isAlone ? liftOver(state, area.id) : removeSpecial(state, operation);
}

function groupInLayers(layers: Layers, operation: Operation<"group">): Applied | Refusal {
  const mixed = refuseMixed(layers, operation.areas);
  if (mixed) return mixed;
  const areas = operation.areas.flatMap((id) => findArea(layers, id) ?? []);
  // what is special would lie over the area that groups it
  const special = layers.special === "over" ? areas.filter(({ kind }) => kind === "special") : [];
  if (special.length > 0)
    return refuse(
      "lies_over",
      null,
      special.map(({ id }) => id),
    );
  return group(stateOf(layers, operation.areas[0]!), operation);
}

/** Kind and parent decide on the layer; an area stays in its own. */
function setInLayers(layers: Layers, operation: Operation<"set_attributes">): Applied | Refusal {
  const { area: id, set } = operation;
  const area = findArea(layers, id);
  const state = stateOf(layers, id);
  if (!area) return setAttributes(state, operation);
  const parent = set.parent_id === undefined ? parentIn(layers, area) : findArea(layers, set.parent_id);
  if (set.parent_id !== undefined && !parent) return refuse("unknown_area", null, [set.parent_id]);
  const after: DraftArea = { ...area, kind: set.kind ?? area.kind, parent_id: set.parent_id ?? area.parent_id };
  const depth = (one: DraftArea) => depthOf(one, (other) => findArea(layers, other), layers);
  const isOver = isOverRoot(layers, area);
  const leaves = depth(after) !== depth(area) || liesOver(after, parent, layers) !== isOver;
  const movesOthers = after.kind !== area.kind && hasSpecialBelow(layers, id);
  if (leaves || movesOthers) return refuse("lies_over", null, [id]);
  return setAttributes(state, operation, isOver ? parent : undefined);
}

/** Two steps that count as one. */
function together(one: Applied, other: Applied): Applied {
  return {
    ok: true,
    changed: [...one.changed, ...other.changed],
    removed: [...one.removed, ...other.removed],
    inverse: {
      before: [...one.inverse.before, ...other.inverse.before],
      made: [...one.inverse.made, ...other.inverse.made],
      uncovered: [...one.inverse.uncovered, ...other.inverse.uncovered],
      given: one.inverse.given,
    },
  };
}

/** Puts back what was before, layer by layer. */
export function restoreLayers(layers: Layers, inverse: Inverse): Applied {
  const before = new Map(inverse.before.map((area) => [area.id, area]));
  const get = (id: string) => before.get(id) ?? findArea(layers, id);
  const depth = (id: string) => {
    const known = layers.states.findIndex(({ areas }) => areas.has(id));
    const area = before.get(id);
    return known >= 0 || !area ? Math.max(0, known) : depthOf(area, get, layers);
  };
  const depths = new Map([...before.keys()].map((id) => [id, depth(id)]));
  while (layers.states.length <= Math.max(0, ...depths.values())) layers.add();
  const restored = layers.states.map((state, layer) =>
    restore(state, {
      before: inverse.before.filter(({ id }) => depths.get(id) === layer),
      made: inverse.made.filter((id) => state.areas.has(id)),
      uncovered: inverse.uncovered.filter(({ parent_id }) => (parent_id === null ? 0 : depth(parent_id)) === layer),
      given: inverse.given,
    }),
  );
  return restored.reduce(together);
}
