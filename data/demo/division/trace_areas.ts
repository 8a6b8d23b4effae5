import type { MultiPolygon, Ring } from "../../schema/geometry.ts";

/** Borders between faces as directed edges: `from[i] → to[i]` has face `left[i]` on its left, `right[i]` on its right; −1 outside. */
export interface FaceEdges {
  from: number[];
  to: number[];
  left: number[];
  right: number[];
}

/** Coordinates of vertices. */
export interface Vertices {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/**
 * Outlines of unions of faces, traced along the faces' own edges, so that neighbours match vertex for vertex.
 *
 * @param area - per face its area, 0 … areas − 1, or −1 for none
 * @returns per area its polygons as rings of vertices, not closed: exteriors counter-clockwise, holes clockwise;
 *   rings of an area touch at single vertices at most
 */
export function traceAreas(
  edges: FaceEdges,
  area: ArrayLike<number>,
  areas: number,
  vertices: Vertices,
): number[][][][] {
  // Per area its border edges as from, to, from, to, …
  const borders: number[][] = Array.from({ length: areas }, () => []);
  for (let edge = 0; edge < edges.from.length; edge++) {
    const left = edges.left[edge] === -1 ? -1 : area[edges.left[edge]!]!;
    const right = edges.right[edge] === -1 ? -1 : area[edges.right[edge]!]!;
    if (left === right) continue;
    if (left !== -1) borders[left]!.push(edges.from[edge]!, edges.to[edge]!);
    if (right !== -1) borders[right]!.push(edges.to[edge]!, edges.from[edge]!);
  }
  const scratch: Scratch = {
    first: new Int32Array(vertices.x.length).fill(-1),
    place: new Int32Array(vertices.x.length).fill(-1),
    next: [],
  };
  return borders.map((border) => nestRings(walkRings(border, vertices, scratch), vertices));
}

/** Reused from area to area; all −1 in between. */
interface Scratch {
  /** Per vertex: the first border edge out of it that was not walked yet (its place in the border list). */
  first: Int32Array;
  /** Per vertex: its place in the path being walked. */
  place: Int32Array;
  /** Per edge: the next one out of the same vertex. */
  next: number[];
}

/** Walks the border of one area, always along the same wedge of its inside, and parts loops where they touch. */
function walkRings(border: readonly number[], vertices: Vertices, scratch: Scratch): number[][] {
  const { first, place, next } = scratch;
  for (let edge = border.length - 2; edge >= 0; edge -= 2) {
    next[edge] = first[border[edge]!]!;
    first[border[edge]!] = edge;
  }
  const rings: number[][] = [];
  for (let edge = 0; edge < border.length; edge += 2) {
    const start = border[edge]!;
    if (first[start] === -1) continue;
    const path = [start];
    place[start] = 0;
    let previous = -1;
    while (path.length > 0) {
      const here = path[path.length - 1]!;
      const to = takeNext(border, { previous, here, vertices, scratch });
      previous = here;
      const seen = place[to]!;
      if (seen !== -1) {
        const ring = path.splice(seen);
        for (const vertex of ring) place[vertex] = -1;
        rings.push(ring);
        if (path.length === 0) break;
      }
      place[to] = path.length;
      path.push(to);
    }
  }
  return rings;
}

/** Takes the way on from a vertex; of several the leftmost: it bounds the same face. */
function takeNext(
  border: readonly number[],
  { previous, here, vertices, scratch }: { previous: number; here: number; vertices: Vertices; scratch: Scratch },
): number {
  const { first, next } = scratch;
  const only = first[here]!;
  if (next[only] === -1 || previous === -1) {
    first[here] = next[only]!;
    return border[only + 1]!;
  }
  const { x, y } = vertices;
  const back = Math.atan2(y[previous]! - y[here]!, x[previous]! - x[here]!);
  let best = -1;
  let beforeBest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let before = -1, edge = only; edge !== -1; before = edge, edge = next[edge]!) {
    const to = border[edge + 1]!;
    // Clockwise from the way we came: the inside lies between.
    let turn = back - Math.atan2(y[to]! - y[here]!, x[to]! - x[here]!);
    if (turn <= 0) turn += 2 * Math.PI;
    if (turn >= least) continue;
    least = turn;
    best = edge;
    beforeBest = before;
  }
  if (beforeBest === -1) first[here] = next[best]!;
  else next[beforeBest] = next[best]!;
  return border[best + 1]!;
}

/** Twice the signed area of a ring; positive counter-clockwise. */
export function doubleArea(ring: readonly number[], { x, y }: Vertices): number {
  let sum = 0;
  const x0 = x[ring[0]!]!;
  const y0 = y[ring[0]!]!;
  for (let at = 1; at + 1 < ring.length; at++) {
    const a = ring[at]!;
    const b = ring[at + 1]!;
    sum += (x[a]! - x0) * (y[b]! - y0) - (x[b]! - x0) * (y[a]! - y0);
  }
  return sum;
}

function nestRings(rings: number[][], vertices: Vertices): number[][][] {
  const polygons: number[][][] = [];
  const holes: number[][] = [];
  for (const ring of rings) {
    if (doubleArea(ring, vertices) > 0) polygons.push([ring]);
    else holes.push(ring);
  }
  for (const hole of holes) {
    const around = polygons.length === 1 ? polygons[0]! : smallestAround(polygons, hole, vertices);
    around.push(hole);
  }
  return polygons;
}

function smallestAround(polygons: number[][][], hole: number[], vertices: Vertices): number[][] {
  // The middle of an edge of the hole never lies on another ring of the same area.
  const x = (vertices.x[hole[0]!]! + vertices.x[hole[1]!]!) / 2;
  const y = (vertices.y[hole[0]!]! + vertices.y[hole[1]!]!) / 2;
  let best: number[][] | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const polygon of polygons) {
    const size = doubleArea(polygon[0]!, vertices);
    if (size >= least || !ringHolds(polygon[0]!, x, y, vertices)) continue;
    least = size;
    best = polygon;
  }
  if (!best) throw new Error("traceAreas: a hole outside every ring");
  return best;
}

/** Whether a point lies inside a ring (even–odd). */
export function ringHolds(ring: readonly number[], px: number, py: number, { x, y }: Vertices): boolean {
  let inside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const a = ring[at]!;
    const b = ring[before]!;
    if (y[a]! > py === y[b]! > py) continue;
    if (px < ((x[b]! - x[a]!) * (py - y[a]!)) / (y[b]! - y[a]!) + x[a]!) inside = !inside;
  }
  return inside;
}

/** Rings of vertices as closed rings of degrees. */
export function toMultiPolygon(
  polygons: readonly (readonly (readonly number[])[])[],
  { lon, lat }: { lon: ArrayLike<number>; lat: ArrayLike<number> },
): MultiPolygon {
  const close = (ring: readonly number[]): Ring => {
    const line: Ring = [];
    for (const vertex of ring) line.push(lon[vertex]!, lat[vertex]!);
    line.push(lon[ring[0]!]!, lat[ring[0]!]!);
    return line;
  };
  return polygons.map((polygon) => polygon.map(close));
}
