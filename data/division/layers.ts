import type { Fault } from "../coverage/fault.ts";
import { findFaults } from "../coverage/find_faults.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { cleanGaps } from "./clean_gaps.ts";
import type { DraftArea } from "./draft.ts";
import {
  type CodeQuestion,
  createState,
  type DraftState,
  type Key,
  setUncovered,
  uncoveredKey,
} from "./draft_state.ts";

/**
 * A draft as planar graphs one over the other. The first is the ground, which is covered once. Where the rules of the
 * network say so, special areas (专属网格) of a basic parent lie over that: they and what divides them make the second,
 * in which most of the ground is nobody's. Neither graph knows of the other, so each keeps its own borders.
 *
 *     over     ·  ┌───┐ ·┌─┐
 *              ·  │ M │ ·│N│ ·
 *     ground   ├──┴─┬─┴─┬┴─┤
 *              │ 11 │ 12│13│
 */
export interface Layers {
  states: DraftState[];
  /** How a network has its special areas. */
  special: SpecialAreas;
  top: string | null;
  /** A further layer, with nothing in it. */
  add(): DraftState;
}

/** Pieces of the division, or lying over the basic areas. */
export type SpecialAreas = "beside" | "over";

interface LayerOptions {
  top_id: string | null;
  special: SpecialAreas;
  given: number;
  isCodeFree: CodeQuestion;
  levels: readonly number[] | null;
}

/** Sorts areas into layers, and judges those of each parent in its layer. */
export function openLayers(areas: readonly DraftArea[], options: LayerOptions): Layers | { faults: Fault[] } {
  const { top_id: top, special, given, levels } = options;
  const order = new Map(areas.map(({ id }, i) => [id, i]));
  const states: DraftState[] = [];
  const isCodeFree: CodeQuestion = (code, area) =>
    options.isCodeFree(code, area) && !states.some((state) => holdsCode(state, code, area));
  const begin = (some: readonly DraftArea[], uncovered: Map<Key, MultiPolygon>) => {
    const own = states.length === 0 ? top : null;
    const state = createState(some, { top: own, given, isCodeFree, levels, order });
    for (const [key, polygons] of cleanGaps(state, uncovered)) setUncovered(state, key, polygons);
    states.push(state);
    return state;
  };
  const add = () => {
    const state = begin([], new Map());
    state.given = states[0]!.given;
    return state;
  };
  const faults: Fault[] = [];
  const byId = new Map(areas.map((area) => [area.id, area]));
  const depths = areas.map((area) => depthOf(area, (id) => byId.get(id), { special, top }));
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  for (let depth = 0; depth <= deepest; depth++) {
    const some = areas.filter((_, i) => depths[i] === depth);
    const found = findGround(some, depth === 0 ? top : null);
    // what special areas enclose between them is nobody's
    if (depth > 0) found.uncovered.delete(uncoveredKey(null));
    faults.push(...found.faults);
    if (faults.length === 0) begin(some, found.uncovered);
  }
  return faults.length > 0 ? { faults } : { states, special, top, add };
}

function holdsCode(state: DraftState, code: string, except: string | null): boolean {
  for (const area of state.areas.values()) if (area.code === code && area.id !== except) return true;
  return false;
}

/** Judges the areas of each parent in it, and those without a parent among themselves. */
function findGround(areas: readonly DraftArea[], top: string | null) {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const below = new Map<string | null, DraftArea[]>();
  if (top !== null) below.set(top, []);
  for (const area of areas) {
    const parent = area.parent_id !== null && byId.has(area.parent_id) ? area.parent_id : null;
    const list = below.get(parent);
    if (list) list.push(area);
    else below.set(parent, [area]);
  }
  const uncovered = new Map<Key, MultiPolygon>();
  const faults: Fault[] = [];
  for (const [parent, children] of below) {
    const container = parent === null ? undefined : byId.get(parent)!.polygons;
    const found = findFaults(children, container);
    faults.push(...found.filter(({ kind }) => kind !== "gap"));
    const gaps = found.filter(({ kind }) => kind === "gap");
    if (gaps.length > 0)
      uncovered.set(
        uncoveredKey(parent),
        gaps.flatMap(({ polygons }) => polygons),
      );
  }
  return { faults, uncovered };
}

/** Whether an area lies over those of its parent. An enterprise zone, special itself, is divided by special areas. */
export function liesOver(
  { id, kind }: Pick<DraftArea, "id" | "kind">,
  parent: Pick<DraftArea, "kind"> | undefined,
  { special, top }: Pick<Layers, "special" | "top">,
): boolean {
  return special === "over" && kind === "special" && id !== top && parent?.kind !== "special";
}

/** The layer of an area: one more for each area on the way up that lies over others. */
export function depthOf(
  area: DraftArea,
  get: (id: string) => DraftArea | undefined,
  layers: Pick<Layers, "special" | "top">,
): number {
  let depth = 0;
  const seen = new Set<string>();
  for (let one: DraftArea | undefined = area; one && one.id !== layers.top && !seen.has(one.id); ) {
    seen.add(one.id);
    const parent: DraftArea | undefined = one.parent_id === null ? undefined : get(one.parent_id);
    if (liesOver(one, parent, layers)) depth += 1;
    one = parent;
  }
  return depth;
}

export function findArea({ states }: Layers, id: string): DraftArea | undefined {
  for (const state of states) {
    const area = state.areas.get(id);
    if (area) return area;
  }
  return undefined;
}

/** The layer that holds an area; the ground for what is not there at all. */
export function stateOf({ states }: Layers, id: string | null): DraftState {
  return states.find((state) => id !== null && state.areas.has(id)) ?? states[0]!;
}

/** Parent among the areas of any layer. */
export function parentIn(layers: Layers, { parent_id }: DraftArea): DraftArea | undefined {
  return parent_id === null ? undefined : findArea(layers, parent_id);
}

/** The layer for areas over those of a parent. */
export function layerOver(layers: Layers, parent: string | null): DraftState {
  const depth = layers.states.indexOf(stateOf(layers, parent)) + 1;
  return layers.states[depth] ?? layers.add();
}

/** An area that lies over those of its parent, which is in the layer below. */
export function isOverRoot(layers: Layers, area: DraftArea): boolean {
  return liesOver(area, parentIn(layers, area), layers);
}
