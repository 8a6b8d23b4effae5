import { widened } from "../measure/box.ts";
import type { Bbox, Polygon, Position, Ring } from "../schema/geometry.ts";
import { type DraftState, isUncovered, type Key, keysNear, kindOf, polygonsOf } from "./draft_state.ts";
import { isCounterClockwise, unitsPerDegree, visitEdgesNear } from "./ring_facts.ts";
import { createVertexTable, type VertexTable } from "./vertex_table.ts";
import { type PatchEdge, reach, weldLoose } from "./weld.ts";

/**
 * A part of a draft, seen so that every border exists once. Positions are points of a table in whole units (1e-9°).
 *
 *     A  ────p───────q────      A has one edge p → q, C and D meet it at t, which A does not know;
 *     ───────┬─t┬─────────      some other vertex may lie 0.3 mm beside its neighbour's
 *         C  │  │  D
 *
 * Here A's edge runs through t, and vertices of neighbours that should be one are one node: one of them stands for all.
 * The rings themselves stay as they are.
 */
export interface Patch {
  state: DraftState;
  points: VertexTable;
  /** Areas and uncovered ground near, lowest and above. */
  keys: readonly Key[];
  nodeOf(point: number): number;
  /** Nodes between the two ends of an edge, in the order of the ring. */
  through(ring: Ring, edge: number): readonly number[];
  /** Owner of the ground to the left of every stretch of border near, by `stretchKey(from, to)`. */
  owners: Map<number, Key>;
  /** Edges of every key that meet the box. */
  edges: readonly PatchEdge[];
  /** Stretches of the outline of the plan's own area, by `stretchKey`, and their ends. */
  ownStretches: Set<number>;
  ownNodes: Set<number>;
}

/** Degrees: as far as vertices that were meant to be one may lie apart. */
export const weldReach = reach / unitsPerDegree;

/** An exact whole number for every pair of fewer than 67 million points. */
export function stretchKey(from: number, to: number): number {
  return from * 2 ** 26 + to;
}

export function pointOf(points: VertexTable, line: readonly number[], i: number): number {
  return points.add(Math.round(line[2 * i]! * unitsPerDegree), Math.round(line[2 * i + 1]! * unitsPerDegree));
}

export function positionOf(points: VertexTable, point: number): Position {
  return [points.lonOf(point) / unitsPerDegree, points.latOf(point) / unitsPerDegree];
}

/** Does the ring run with its area on the left? */
export function runsForward(ring: Ring, isHole: boolean): boolean {
  return isCounterClockwise(ring) !== isHole;
}

/** Looks at the borders that meet one of some boxes in degrees. */
export function openPatch(state: DraftState, boxes: readonly Bbox[]): Patch {
  const points = createVertexTable(1024, 1);
  const near = new Map<Key, Bbox[]>();
  for (const box of boxes) {
    const reach = widened(box, 2 * weldReach);
    for (const key of keysNear(state, reach)) {
      const known = near.get(key);
      if (known) known.push(reach);
      else near.set(key, [reach]);
    }
  }
  const edges = [...near].flatMap(([key, inBoxes]) => edgesNear(state, key, inBoxes, points));
  const keys = [...near.keys()];
  const { nodeOf, through } = weldLoose(state, points, edges);
  const owners = new Map<number, Key>();
  const [ownStretches, ownNodes] = [new Set<number>(), new Set<number>()];
  const patch: Patch = { state, points, keys, nodeOf, through, owners, edges, ownStretches, ownNodes };
  for (const edge of edges) {
    const kind = kindOf(state, edge.key);
    if (kind === "above") continue;
    visitStretches(patch, edge, (from, to) => {
      if (kind !== "own") owners.set(stretchKey(from, to), edge.key);
      else {
        ownStretches.add(stretchKey(from, to)).add(stretchKey(to, from));
        ownNodes.add(from).add(to);
      }
    });
  }
  return patch;
}

function edgesNear(state: DraftState, key: Key, boxes: readonly Bbox[], points: VertexTable): PatchEdge[] {
  const edges: PatchEdge[] = [];
  const seen = new Set<number>();
  visitRings(state, key, (ring, isHole) => {
    const forward = runsForward(ring, isHole);
    seen.clear();
    const add = (edge: number) => {
      if (boxes.length > 1 && seen.has(edge)) return;
      seen.add(edge);
      const [a, b] = [pointOf(points, ring, edge), pointOf(points, ring, edge + 1)];
      if (a !== b) edges.push({ key, ring, edge, from: forward ? a : b, to: forward ? b : a, forward });
    };
    for (const box of boxes) visitEdgesNear(ring, box, add);
  });
  return edges;
}

function visitRings(state: DraftState, key: Key, visit: (ring: Ring, isHole: boolean) => void): void {
  for (const polygon of polygonsOf(state, key)) visitRingsOf(polygon, visit);
}

function visitRingsOf(polygon: Polygon, visit: (ring: Ring, isHole: boolean) => void): void {
  for (let i = 0; i < polygon.length; i++) visit(polygon[i]!, i > 0);
}

/** The stretches of an edge between nodes, its ground on the left. */
export function visitStretches(
  { nodeOf, through }: Pick<Patch, "nodeOf" | "through">,
  { ring, edge, from, to, forward }: PatchEdge,
  visit: (from: number, to: number) => void,
): void {
  const between = through(ring, edge);
  let here = nodeOf(from);
  for (let i = 0; i <= between.length; i++) {
    const next = i === between.length ? nodeOf(to) : between[forward ? i : between.length - 1 - i]!;
    if (next !== here) visit(here, next);
    here = next;
  }
}

/** The owner to the left of a stretch as areas have it: null for uncovered ground and outside. */
export function areaBeside(patch: Patch, from: number, to: number): string | null {
  const owner = patch.owners.get(stretchKey(from, to));
  return owner === undefined || isUncovered(owner) ? null : owner;
}
