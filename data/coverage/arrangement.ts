import type { Edge, Points } from "./edge.ts";
import { orient } from "./orientation.ts";
import { createSweepLine, type SweepLine } from "./sweep_line.ts";

/**
 * Faces between noded edges. Half-edge 2e runs along edge e, 2e + 1 against it; h ^ 1 is its other side. Each lies on
 * the border of the face on its left. Face 0 is the unbounded one.
 */
export interface Arrangement {
  points: Points;
  edges: readonly Edge[];
  /** Half-edge that follows along the border of the same face. */
  next: Int32Array;
  /** Face on the left, by half-edge. */
  face: Int32Array;
  faces: number;
  /** How many areas and containers cover a face. */
  areas: Int32Array;
  containers: Int32Array;
}

/**
 * Finds the faces by one sweep from west to east. What lies below a new edge tells both how often the place above is
 * covered, and in which face a piece of the drawing lies that touches nothing else; so no face is searched for.
 *
 * @param edges - meeting at their ends only, each once, as `nodeEdges` leaves them
 * @throws Error if two edges cross: our mistake
 */
export function arrangeFaces(edges: readonly Edge[], points: Points): Arrangement {
  const sweep = sweepEdges(edges, points);
  const cycles = traceCycles(sweep.next);
  const parents = Int32Array.from({ length: cycles.count + 1 }, (_, i) => i); // the last stands for the unbounded face
  const find = (cycle: number): number => {
    let root = cycle;
    while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
    return root;
  };
  for (let i = 0; i < sweep.starts.length; i += 2) {
    const below = sweep.starts[i + 1]!;
    parents[find(cycles.of[2 * sweep.starts[i]!]!)] = find(below < 0 ? cycles.count : cycles.of[2 * below]!);
  }
  const names = new Int32Array(cycles.count + 1).fill(-1);
  names[find(cycles.count)] = 0;
  let faces = 1;
  const face = new Int32Array(2 * edges.length);
  for (let half = 0; half < face.length; half++) {
    const root = find(cycles.of[half]!);
    if (names[root]! < 0) names[root] = faces++;
    face[half] = names[root]!;
  }
  const areas = new Int32Array(faces);
  const containers = new Int32Array(faces);
  for (let edge = 0; edge < edges.length; edge++) {
    areas[face[2 * edge]!] = sweep.areasAbove[edge]!;
    containers[face[2 * edge]!] = sweep.containersAbove[edge]!;
    areas[face[2 * edge + 1]!] = sweep.areasAbove[edge]! - edges[edge]!.areaStep;
    containers[face[2 * edge + 1]!] = sweep.containersAbove[edge]! - edges[edge]!.containerStep;
  }
  return { points, edges, next: sweep.next, face, faces, areas, containers };
}

interface Sweep {
  next: Int32Array;
  areasAbove: Int32Array;
  containersAbove: Int32Array;
  /** For each point at which no edge ends: its topmost edge, and the edge below the point (−1: none). */
  starts: number[];
}

function sweepEdges(edges: readonly Edge[], points: Points): Sweep {
  const next = new Int32Array(2 * edges.length);
  const areasAbove = new Int32Array(edges.length);
  const containersAbove = new Int32Array(edges.length);
  const starts: number[] = [];
  const active = createSweepLine();
  const events = groupByPoint(edges, points);
  for (const point of events.order) {
    const leaving = Array.from(events.leaving.subarray(events.start[point]!, events.start[point + 1]!));
    const arriving = events.arriving[point]!;
    const at = countBelow(active, edges, points, point);
    const ended = active.slice(at, at + arriving);
    if (ended.some((edge) => edges[edge]!.to !== point)) throw new Error("edges cross that should have been noded");
    sortBySlope(leaving, edges, points);
    let below = at > 0 ? active.at(at - 1) : -1;
    if (arriving === 0) starts.push(leaving.at(-1)!, below);
    for (const edge of leaving) {
      areasAbove[edge] = (below < 0 ? 0 : areasAbove[below]!) + edges[edge]!.areaStep;
      containersAbove[edge] = (below < 0 ? 0 : containersAbove[below]!) + edges[edge]!.containerStep;
      below = edge;
    }
    active.replace(at, arriving, leaving);
    linkAround(next, leaving, ended);
  }
  return { next, areasAbove, containersAbove, starts };
}

/** Counter-clockwise round a point: edges to the east from south to north, then those from the west, north to south. */
function linkAround(next: Int32Array, leaving: number[], ended: number[]): void {
  const outgoing = leaving.map((edge) => 2 * edge);
  for (let i = ended.length - 1; i >= 0; i--) outgoing.push(2 * ended[i]! + 1);
  let before = outgoing.at(-1)!;
  for (const half of outgoing) {
    next[half ^ 1] = before;
    before = half;
  }
}

/** Edges of the sweep's line that pass south of the point; those that end there follow. */
function countBelow(active: SweepLine, edges: readonly Edge[], points: Points, point: number): number {
  const [px, py] = [points.lonOf(point), points.latOf(point)];
  return active.countBelow((edge) => {
    const { from, to } = edges[edge]!;
    return (
      to !== point && orient(points.lonOf(from), points.latOf(from), points.lonOf(to), points.latOf(to), px, py) > 0
    );
  });
}

/** Edges that leave the same point, from south to north. */
function sortBySlope(leaving: number[], edges: readonly Edge[], points: Points): void {
  if (leaving.length < 2) return;
  const at = edges[leaving[0]!]!.from;
  const [x, y] = [points.lonOf(at), points.latOf(at)];
  leaving.sort((a, b) => {
    const [p, q] = [edges[a]!.to, edges[b]!.to];
    return -orient(x, y, points.lonOf(p), points.latOf(p), points.lonOf(q), points.latOf(q));
  });
}

interface PointEvents {
  /** Points in order of the sweep. */
  order: Uint32Array;
  /** Edges that leave point p: leaving[start[p]] … leaving[start[p + 1] − 1]; how many arrive there. */
  leaving: Int32Array;
  start: Int32Array;
  arriving: Int32Array;
}

function groupByPoint(edges: readonly Edge[], points: Points): PointEvents {
  const start = new Int32Array(points.size + 1);
  const arriving = new Int32Array(points.size);
  for (const { from, to } of edges) {
    start[from + 1]!++;
    arriving[to]!++;
  }
  let used = 0;
  const order = new Uint32Array(points.size);
  for (let point = 0; point < points.size; point++) {
    if (start[point + 1]! > 0 || arriving[point]! > 0) order[used++] = point;
    start[point + 1]! += start[point]!;
  }
  const leaving = new Int32Array(edges.length);
  const at = start.slice();
  edges.forEach(({ from }, edge) => {
    leaving[at[from]!++] = edge;
  });
  const byPlace = (a: number, b: number) => points.lonOf(a) - points.lonOf(b) || points.latOf(a) - points.latOf(b);
  return { order: order.subarray(0, used).sort(byPlace), leaving, start, arriving };
}

function traceCycles(next: Int32Array): { of: Int32Array; count: number } {
  const of = new Int32Array(next.length).fill(-1);
  let count = 0;
  for (let start = 0; start < next.length; start++) {
    if (of[start]! >= 0) continue;
    for (let half = start; of[half]! < 0; half = next[half]!) of[half] = count;
    count++;
  }
  return { of, count };
}
