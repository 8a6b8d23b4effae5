import { type BoxIndex, createBoxIndex } from "../coverage/box_index.ts";
import { boxIfAny } from "../measure/box.ts";
import type { Bbox, MultiPolygon } from "../schema/geometry.ts";
import type { Applied, DraftArea, Inverse } from "./draft.ts";

/**
 * What has ground or an outline: an area by its id, or the uncovered ground of a parent as `~` and the parent's id
 * (`~` alone: what areas without a parent enclose).
 */
export type Key = string;

/** lowest and uncovered ground cover every place once; above: an outline of what lies below; own: that of the plan. */
export type KeyKind = "lowest" | "uncovered" | "above" | "own";

export interface DraftState {
  /** The plan's own area; null: the whole network. */
  top: string | null;
  areas: Map<string, DraftArea>;
  /** Place of every area there ever was, in whatever layer, in the order in which they came; so that undone ones go back to theirs. */
  order: Map<string, number>;
  children: Map<string, Set<string>>;
  uncovered: Map<Key, MultiPolygon>;
  given: number;
  boxes: BoxIndex;
  isCodeFree: CodeQuestion;
  /** Ordinals of the network's levels; null: not known. */
  levels: readonly number[] | null;
}

/** Whether a code may be given to an area (null: a new one): nobody has it, in whatever layer, or ever had it. */
export type CodeQuestion = (code: string, area: string | null) => boolean;

/** What an operation wants to change; nothing has changed yet. */
export interface Change {
  put: Map<string, DraftArea>;
  removed: Set<string>;
  uncovered: Map<Key, MultiPolygon>;
  given: number;
}

export function uncoveredKey(parent: string | null): Key {
  return `~${parent ?? ""}`;
}

/** The parent whose uncovered ground a key names; null: none. */
export function parentOfUncovered(key: Key): string | null {
  return key.length > 1 ? key.slice(1) : null;
}

export function isUncovered(key: Key): boolean {
  return key.startsWith("~");
}

export function isLowest(state: DraftState, id: string): boolean {
  return id !== state.top && state.areas.has(id) && !state.children.has(id);
}

export function kindOf(state: DraftState, key: Key): KeyKind {
  if (isUncovered(key)) return "uncovered";
  if (key === state.top) return "own";
  return state.children.has(key) ? "above" : "lowest";
}

export function polygonsOf(state: DraftState, key: Key): MultiPolygon {
  return (isUncovered(key) ? state.uncovered.get(key) : state.areas.get(key)?.polygons) ?? [];
}

/** Parent among the areas of the draft, else null. */
export function parentOf(state: DraftState, id: string): string | null {
  const parent = state.areas.get(id)?.parent_id ?? null;
  return parent !== null && state.areas.has(parent) ? parent : null;
}

/** Areas whose outline holds the ground of a key, from below to the top; without the key itself. */
export function aboveOf(state: DraftState, key: Key): string[] {
  const above: string[] = [];
  let next = isUncovered(key) ? parentOfUncovered(key) : parentOf(state, key);
  while (next !== null && !above.includes(next)) {
    above.push(next);
    next = parentOf(state, next);
  }
  return above;
}

/** Keys whose box meets the box, in an order that does not depend on what was done before. */
export function keysNear(state: DraftState, box: Bbox): Key[] {
  return state.boxes.near(box).sort((a, b) => orderOf(state, a) - orderOf(state, b));
}

export function orderOf(state: DraftState, key: Key): number {
  if (!isUncovered(key)) return state.order.get(key) ?? -1;
  return (state.order.get(key.slice(1)) ?? -1) + 0.5;
}

/** Without uncovered ground: that is set when it is known. */
export function createState(
  areas: readonly DraftArea[],
  options: Pick<DraftState, "top" | "given" | "isCodeFree" | "levels" | "order">,
): DraftState {
  const boxes = createBoxIndex(areas.map(({ id, polygons }) => [id, boxIfAny(polygons)] as const));
  const state: DraftState = {
    ...options,
    areas: new Map(areas.map((area) => [area.id, area])),
    children: new Map(),
    uncovered: new Map(),
    boxes,
  };
  for (const { id } of areas) addChild(state, id);
  return state;
}

export function setUncovered(state: DraftState, key: Key, polygons: MultiPolygon): void {
  if (polygons.length > 0) state.uncovered.set(key, polygons);
  else state.uncovered.delete(key);
  state.boxes.set(key, boxIfAny(polygons));
}

function addChild(state: DraftState, id: string): void {
  const parent = parentOf(state, id);
  if (parent === null) return;
  const children = state.children.get(parent);
  if (children) children.add(id);
  else state.children.set(parent, new Set([id]));
}

function dropChild(state: DraftState, id: string): void {
  const parent = parentOf(state, id);
  if (parent === null) return;
  const children = state.children.get(parent);
  children?.delete(id);
  if (children?.size === 0) state.children.delete(parent);
}

export function noChange(state: DraftState): Change {
  return { put: new Map(), removed: new Set(), uncovered: new Map(), given: state.given };
}

/** Does what an operation decided. */
export function commit(state: DraftState, change: Change): Applied {
  const touched = [...change.put.keys(), ...change.removed];
  const inverse: Inverse = {
    before: touched.flatMap((id) => state.areas.get(id) ?? []),
    made: [...change.put.keys()].filter((id) => !state.areas.has(id)),
    uncovered: [...change.uncovered.keys()].map((key) => ({
      parent_id: parentOfUncovered(key),
      polygons: state.uncovered.get(key) ?? [],
    })),
    given: state.given,
  };
  for (const id of touched) dropChild(state, id);
  for (const id of change.removed) {
    state.areas.delete(id);
    state.boxes.set(id, null);
  }
  for (const [id, area] of change.put) {
    const before = state.areas.get(id);
    state.areas.set(id, area);
    if (!state.order.has(id)) state.order.set(id, state.order.size);
    if (before?.polygons !== area.polygons) state.boxes.set(id, boxIfAny(area.polygons));
  }
  for (const id of change.put.keys()) addChild(state, id);
  for (const [key, polygons] of change.uncovered) setUncovered(state, key, polygons);
  state.given = change.given;
  return { ok: true, changed: [...change.put.values()], removed: [...change.removed], inverse };
}

export function restore(state: DraftState, inverse: Inverse): Applied {
  const change = noChange(state);
  for (const area of inverse.before) change.put.set(area.id, area);
  for (const id of inverse.made) if (state.areas.has(id)) change.removed.add(id);
  for (const { parent_id, polygons } of inverse.uncovered) change.uncovered.set(uncoveredKey(parent_id), polygons);
  change.given = inverse.given;
  return commit(state, change);
}
