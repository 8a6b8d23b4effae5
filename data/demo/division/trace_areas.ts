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
  const outgoing: Map<number, number[]>[] = Array.from({ length: areas }, () => new Map());
  const add = (own: number, from: number, to: number) => {
    const list = outgoing[own]!.get(from);
    if (list) list.push(to);
    else outgoing[own]!.set(from, [to]);
  };
  for (let edge = 0; edge < edges.from.length; edge++) {
    const left = edges.left[edge] === -1 ? -1 : area[edges.left[edge]!]!;
    const right = edges.right[edge] === -1 ? -1 : area[edges.right[edge]!]!;
    if (left === right) continue;
    if (left !== -1) add(left, edges.from[edge]!, edges.to[edge]!);
    if (right !== -1) add(right, edges.to[edge]!, edges.from[edge]!);
  }
  return outgoing.map((own) => nestRings(walkRings(own, vertices), vertices));
}

/** Walks the border of one area, always along the same wedge of its inside, and parts loops where they touch. */
function walkRings(outgoing: Map<number, number[]>, vertices: Vertices): number[][] {
  const rings: number[][] = [];
  for (const first of [...outgoing.keys()].sort((a, b) => a - b)) {
    while (outgoing.get(first)!.length > 0) {
      const path = [first];
      const at = new Map([[first, 0]]);
      let previous = -1;
      while (path.length > 0) {
        const here = path.at(-1)!;
        const next = takeNext(outgoing.get(here)!, { previous, here, vertices });
        previous = here;
        const seen = at.get(next);
        if (seen === undefined) {
          at.set(next, path.length);
          path.push(next);
          continue;
        }
        const ring = path.splice(seen);
        for (const vertex of ring) at.delete(vertex);
        rings.push(ring);
        if (path.length === 0) break;
        at.set(next, path.length);
        path.push(next);
      }
    }
  }
  return rings;
}

/** Of several ways on, the leftmost: it bounds the same face. */
function takeNext(
  choices: number[],
  { previous, here, vertices }: { previous: number; here: number; vertices: Vertices },
): number {
  if (choices.length === 1 || previous === -1) return choices.pop()!;
  const { x, y } = vertices;
  const back = Math.atan2(y[previous]! - y[here]!, x[previous]! - x[here]!);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  choices.forEach((choice, at) => {
    // Clockwise from the way we came: the inside lies between.
    let turn = back - Math.atan2(y[choice]! - y[here]!, x[choice]! - x[here]!);
    if (turn <= 0) turn += 2 * Math.PI;
    if (turn >= least) return;
    least = turn;
    best = at;
  });
  return choices.splice(best, 1)[0]!;
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
