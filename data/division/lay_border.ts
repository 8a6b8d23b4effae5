import type { MultiPolygon, Position, Ring } from "../schema/geometry.ts";
import type { Applied, Refusal } from "./draft.ts";
import { commit, type DraftState, isUncovered, type Key, noChange } from "./draft_state.ts";
import { findHit, type Hit, type NewBorder } from "./check_borders.ts";
import { areaBeside, type Patch, positionOf, stretchKey, visitStretches } from "./patch.ts";
import { isCounterClockwise } from "./ring_facts.ts";
import { findBroken, keepsGround, putPolygons, refuse } from "./shift_ground.ts";
import { brokenEdges, fresh, type Knot, splitKey, weaveRing, writeRing } from "./weave.ts";

/** Nodes of a border, one after another, and what lies between the first and the last of them from now on. */
export interface NewPath {
  path: readonly number[];
  between: readonly number[];
}

/** Lays a stretch of border anew in every ring that has it, whichever way and at whatever level. */
export function layPath(state: DraftState, patch: Patch, { path, between }: NewPath): Applied | Refusal {
  const [first, last] = [path[0]!, path.at(-1)!];
  const line = [first, ...between, last];
  const instead = new Set(path.slice(1).map((node, i) => splitKey(path[i]!, node)));
  const border: NewBorder = {
    stretches: line.slice(1).map((node, i) => [line[i]!, node] as const),
    instead,
    joints: new Set([first, last]),
    swept: [[...path, ...[...between].reverse()]],
    gone: new Set(path.slice(1, -1)),
  };
  const beside = [areaBeside(patch, first, path[1]!), areaBeside(patch, path[1]!, first)];
  const hit = findHit(patch, border);
  if (hit) return refuseHit(patch, hit, beside);
  const back = [...path].reverse();
  const backBetween = [...between].reverse();
  return layRings(
    state,
    patch,
    instead,
    positionOf(patch.points, first),
    (knots) => replaced(knots, path, between) ?? replaced(knots, back, backBetween),
  );
}

/** The knots with a path of theirs replaced; null if they do not have it. */
function replaced(knots: readonly Knot[], path: readonly number[], between: readonly number[]): Knot[] | null {
  const count = knots.length;
  const start = knots.findIndex(({ node }, i) => node === path[0] && knots[(i + 1) % count]!.node === path[1]);
  if (start < 0) return null;
  for (let i = 0; i < path.length; i++) if (knots[(start + i) % count]!.node !== path[i]) return null;
  const drop = new Set<number>();
  for (let i = 1; i < path.length - 1; i++) drop.add((start + i) % count);
  const edge = knots[start]!.edge;
  const laid: Knot[] = [];
  for (let i = 0; i < count; i++) {
    if (!drop.has(i)) laid.push(knots[i]!);
    if (i === start) for (const node of between) laid.push({ node, own: fresh, edge });
  }
  return laid;
}

/** Moves a node where borders meet, all of them with it. */
export function moveNode(state: DraftState, patch: Patch, node: number, around: readonly number[], to: number) {
  const swept = around.length === 2 ? [[around[0]!, node, around[1]!, to]] : facesAround(around, node, to);
  const border: NewBorder = {
    stretches: around.map((end) => [to, end] as const),
    instead: new Set(around.map((end) => splitKey(node, end))),
    joints: new Set(around),
    swept,
    gone: new Set([node]),
  };
  const beside = around.flatMap((end) => [areaBeside(patch, node, end), areaBeside(patch, end, node)]);
  const hit = findHit(patch, border);
  if (hit) return refuseHit(patch, hit, beside);
  return layRings(state, patch, border.instead, positionOf(patch.points, node), (knots) =>
    knots.map((knot) => (knot.node === node ? { node: to, own: fresh, edge: knot.edge } : knot)),
  );
}

/** `around` runs round the node; between two neighbours of it lies one face. */
function facesAround(around: readonly number[], node: number, to: number): number[][] {
  return around.map((end, i) => [end, node, around[(i + 1) % around.length]!, to]);
}

function refuseHit(patch: Patch, { at, stretch, own }: Hit, beside: readonly (string | null)[]): Refusal {
  const areas = new Set(beside.filter((id) => id !== null));
  if (own || !stretch) return refuse("crosses_itself", at, [...areas]);
  const other = [areaBeside(patch, stretch[0], stretch[1]), areaBeside(patch, stretch[1], stretch[0])];
  const same = beside.length === 2 && other.every((id) => beside.includes(id)) && other[0] !== other[1];
  for (const id of other) if (id !== null) areas.add(id);
  return refuse(same ? "crosses_itself" : "crosses_border", at, [...areas]);
}

function layRings(
  state: DraftState,
  patch: Patch,
  stretches: ReadonlySet<number>,
  at: Position,
  lay: (knots: Knot[]) => Knot[] | null,
): Applied | Refusal {
  const polygons = new Map<Key, MultiPolygon>();
  for (const [key, rings] of ringsWith(patch, stretches)) {
    const before = (isUncovered(key) ? state.uncovered.get(key) : state.areas.get(key)?.polygons) ?? [];
    const after: MultiPolygon = [];
    for (const polygon of before) {
      const now: Ring[] = [];
      for (let i = 0; i < polygon.length; i++) {
        const ring = polygon[i]!;
        const laid = rings.has(ring) ? layRing(patch, ring, i > 0, lay) : ring;
        if (!laid) return refuse("too_few_vertices", [ring[0]!, ring[1]!], [key]);
        if (isCounterClockwise(laid) !== isCounterClockwise(ring)) return refuse("crosses_border", at, [key]);
        now.push(laid);
      }
      after.push(now);
    }
    polygons.set(key, after);
  }
  const broken = findBroken(state, polygons, { skipOutlines: true });
  if (broken) return refuse("crosses_border", broken.at, [broken.key]);
  if (!keepsGround(state, polygons)) return refuse("crosses_border", at, [...polygons.keys()]);
  const change = noChange(state);
  putPolygons(state, change, polygons);
  return commit(state, change);
}

/** Null if too few vertices would be left. */
function layRing(patch: Patch, ring: Ring, isHole: boolean, lay: (knots: Knot[]) => Knot[] | null): Ring | null {
  const weave = weaveRing(patch, ring, isHole);
  const knots = lay(weave.knots);
  if (!knots) return ring;
  const broken = brokenEdges(knots);
  for (const { edge } of lostEdges(weave.knots, knots)) broken.add(edge);
  const laid = writeRing(patch, knots, broken, weave.forward);
  return laid.length < 8 ? null : laid;
}

/** Knots whose stretch to the next is no more. */
function lostEdges(before: readonly Knot[], after: readonly Knot[]): Knot[] {
  const stays = new Set(after.map(({ node }, i) => stretchKey(node, after[(i + 1) % after.length]!.node)));
  return before.filter(({ node }, i) => !stays.has(stretchKey(node, before[(i + 1) % before.length]!.node)));
}

function ringsWith(patch: Patch, stretches: ReadonlySet<number>): Map<Key, Set<Ring>> {
  const found = new Map<Key, Set<Ring>>();
  for (const edge of patch.edges) {
    if (edge.key === patch.state.top) continue;
    visitStretches(patch, edge, (from, to) => {
      if (!stretches.has(splitKey(from, to))) return;
      const rings = found.get(edge.key);
      if (rings) rings.add(edge.ring);
      else found.set(edge.key, new Set([edge.ring]));
    });
  }
  return found;
}

/** Nodes joined to a node by stretches of border, counter-clockwise round it. */
export function nodesAround(patch: Patch, node: number): number[] {
  const around = new Set<number>();
  for (const key of patch.owners.keys()) {
    const [from, to] = [Math.floor(key / 2 ** 26), key % 2 ** 26];
    if (from === node) around.add(to);
    else if (to === node) around.add(from);
  }
  const { points } = patch;
  const angle = (end: number) =>
    Math.atan2(points.latOf(end) - points.latOf(node), points.lonOf(end) - points.lonOf(node));
  return [...around].sort((a, b) => angle(a) - angle(b));
}

/** Does the stretch, or the node, lie on the outline of the plan's own area? */
export function isFixed(patch: Patch, node: number, to: number | null = null): boolean {
  return to === null ? patch.ownNodes.has(node) : patch.ownStretches.has(stretchKey(node, to));
}

export function placeOf(patch: Patch, node: number) {
  return positionOf(patch.points, node);
}
