import { isInRing } from "../measure/in_ring.ts";
import type { Position } from "../schema/geometry.ts";
import type { RoadGraph } from "./road_graph.ts";

/** A block has fewer sides than this; a walk that is longer has left the roads that are known. */
const mostSides = 4_000;

/**
 * The block round a position: the smallest ring of roads that encloses it. Dead ends that reach into the block and roads
 * that touch no other road are part of it.
 *
 *     ══╦══════════╦══
 *       ║   ×   ╓─ ║        × → the ring of the four streets
 *     ══╩═══════╩══╩══
 *
 * @param accept - which roads bound blocks, by index in the graph's `roads`; all of them where it is left out
 * @returns closed, counter-clockwise, positions as the graph has them; null where no ring of roads is known
 */
export function blockAround(
  graph: RoadGraph,
  at: Position,
  accept: (road: number) => boolean = () => true,
): Position[] | null {
  const tried = new Set<number>();
  for (const half of halfEdgesEast(graph, at, accept)) {
    if (tried.has(half)) continue;
    const ring = walkFace(graph, half, accept, tried);
    if (ring && signedArea(ring) > 0 && isInRing(ring.flat(), at[0], at[1])) return ring;
  }
  return null;
}

/**
 * Half-edges (2 · edge along the positions, 2 · edge + 1 against them) that a ray to the east crosses, nearest first,
 * each in the direction that has the position on its left: northwards.
 */
function halfEdgesEast(graph: RoadGraph, [lon, lat]: Position, accept: (road: number) => boolean): number[] {
  const { index, stretchEdge, stretchPosition, positions, edgeRoad } = graph;
  if (!index) return [];
  const found: { half: number; at: number }[] = [];
  for (const stretch of index.search(lon, lat, Number.POSITIVE_INFINITY, lat)) {
    const edge = stretchEdge[stretch]!;
    if (!accept(edgeRoad[edge]!)) continue;
    const i = 2 * stretchPosition[stretch]!;
    const [ax, ay, bx, by] = [positions[i]!, positions[i + 1]!, positions[i + 2]!, positions[i + 3]!];
    // half open, so that a ray through a vertex crosses one of its two stretches
    if (ay > lat === by > lat) continue;
    const crossing = ax + ((lat - ay) / (by - ay)) * (bx - ax);
    if (crossing > lon) found.push({ half: 2 * edge + (by > ay ? 0 : 1), at: crossing });
  }
  return found.sort((a, b) => a.at - b.at).map(({ half }) => half);
}

/** The ring to the left of a half-edge without the dead ends in it; null where there are more sides than blocks have. */
function walkFace(
  graph: RoadGraph,
  start: number,
  accept: (road: number) => boolean,
  tried: Set<number>,
): Position[] | null {
  const ring: number[] = [];
  let half = start;
  for (let sides = 0; sides < mostSides; sides++) {
    tried.add(half);
    for (const position of positionsOf(graph, half)) pushTrimmed(ring, graph.positions, position);
    half = nextAround(graph, half, accept);
    if (half === start) return closed(ring, graph.positions);
  }
  return null;
}

/** Indices of the positions of a half-edge, all but its last one: the next half-edge begins there. */
function* positionsOf({ edgeStart }: RoadGraph, half: number): Generator<number> {
  const edge = half >> 1;
  const [first, last] = [edgeStart[edge]!, edgeStart[edge + 1]! - 1];
  if ((half & 1) === 0) for (let i = first; i < last; i++) yield i;
  else for (let i = last; i > first; i--) yield i;
}

/** Adds a position; one that comes back to where it came from was the tip of a dead end. */
function pushTrimmed(ring: number[], positions: Float64Array, position: number): void {
  if (ring.length > 0 && isSame(positions, ring.at(-1)!, position)) return;
  if (ring.length > 1 && isSame(positions, ring.at(-2)!, position)) ring.pop();
  else ring.push(position);
}

function closed(ring: number[], positions: Float64Array): Position[] | null {
  // the walk may have begun in a dead end
  while (ring.length > 2) {
    const [first, second] = [ring[0]!, ring[1]!];
    if (isSame(positions, ring.at(-1)!, first)) ring.pop();
    else if (isSame(positions, ring.at(-1)!, second)) ring.splice(0, 1);
    else if (isSame(positions, ring.at(-2)!, first)) ring.splice(-1, 1);
    else break;
  }
  if (ring.length < 3) return null;
  return [...ring, ring[0]!].map((i): Position => [positions[2 * i]!, positions[2 * i + 1]!]);
}

function isSame(positions: Float64Array, a: number, b: number): boolean {
  return positions[2 * a] === positions[2 * b] && positions[2 * a + 1] === positions[2 * b + 1];
}

/** The half-edge that goes on along the same face: at the node where this one ends, the first to the right of the way back. */
function nextAround(graph: RoadGraph, half: number, accept: (road: number) => boolean): number {
  const { edgeFrom, edgeTo, nodeStart, nodeEdges, edgeRoad } = graph;
  const node = half & 1 ? edgeFrom[half >> 1]! : edgeTo[half >> 1]!;
  const back = half ^ 1;
  const facing = directionOf(graph, back);
  let best = back;
  let least = Number.POSITIVE_INFINITY;
  for (let i = nodeStart[node]!; i < nodeStart[node + 1]!; i++) {
    const other = nodeEdges[i]!;
    if (other === back || !accept(edgeRoad[other >> 1]!)) continue;
    // clockwise from the way back, in (0, 2π]
    let turn = facing - directionOf(graph, other);
    while (turn <= 0) turn += 2 * Math.PI;
    if (turn < least) [best, least] = [other, turn];
  }
  return best;
}

/** The angle in which a half-edge leaves its node, counter-clockwise from the east, in degrees' own plane. */
function directionOf({ edgeStart, positions }: RoadGraph, half: number): number {
  const edge = half >> 1;
  const last = edgeStart[edge + 1]! - 1;
  const [from, to] = half & 1 ? [last, last - 1] : [edgeStart[edge]!, edgeStart[edge]! + 1];
  return Math.atan2(positions[2 * to + 1]! - positions[2 * from + 1]!, positions[2 * to]! - positions[2 * from]!);
}

/** Square degrees, positive counter-clockwise. */
function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  const [lon, lat] = ring[0]!;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[i + 1]!];
    sum += (a[0] - lon) * (b[1] - lat) - (b[0] - lon) * (a[1] - lat);
  }
  return sum / 2;
}
