import type { MultiPolygon, Ring } from "../schema/geometry.ts";

/** Whole units in one degree: positions are told apart to 1e-9° (0.1 mm). */
export const unitsPerDegree = 1e9;

/**
 * All rings of a coverage in flat arrays of whole units (1e-9°), closed, each with the inside of its area on the left
 * (exteriors counter-clockwise, holes clockwise). Half-edge i runs from point i to point i + 1 of the same ring.
 */
export interface HalfEdges {
  xs: Float64Array;
  ys: Float64Array;
  /** First point of each ring, and the number of all points at the end. */
  ringStart: number[];
  /** Owner of each ring: index of an area, or `container`. */
  ringOwner: number[];
  /** First ring of each owner, and the number of rings at the end; a container comes last. */
  ownerRings: number[];
}

/** Lays out rings of degrees; positions that repeat and rings that collapse to a line on the grid are left out. */
export function layOutRings(owners: readonly MultiPolygon[]): HalfEdges {
  let most = 0;
  for (const polygons of owners) for (const polygon of polygons) for (const ring of polygon) most += ring.length >> 1;
  const laid: HalfEdges = {
    xs: new Float64Array(most),
    ys: new Float64Array(most),
    ringStart: [],
    ringOwner: [],
    ownerRings: [],
  };
  let at = 0;
  owners.forEach((polygons, owner) => {
    laid.ownerRings.push(laid.ringStart.length);
    for (const polygon of polygons) {
      for (let i = 0; i < polygon.length; i++) at = layRing(laid, polygon[i]!, i > 0, owner, at);
    }
  });
  laid.ownerRings.push(laid.ringStart.length);
  laid.ringStart.push(at);
  return laid;
}

function layRing({ xs, ys, ringStart, ringOwner }: HalfEdges, ring: Ring, hole: boolean, owner: number, from: number) {
  let at = from;
  for (let i = 0; i < ring.length; i += 2) {
    const x = Math.round(ring[i]! * unitsPerDegree);
    const y = Math.round(ring[i + 1]! * unitsPerDegree);
    if (at > from && xs[at - 1] === x && ys[at - 1] === y) continue;
    xs[at] = x;
    ys[at] = y;
    at++;
  }
  if (at - from < 4) return from;
  if (doubleArea(xs, ys, from, at) > 0 === hole) {
    xs.subarray(from, at).reverse();
    ys.subarray(from, at).reverse();
  }
  ringStart.push(from);
  ringOwner.push(owner);
  return at;
}

/** Twice the signed surface of points from … to − 1, in square units. */
function doubleArea(xs: Float64Array, ys: Float64Array, from: number, to: number): number {
  const x0 = xs[from]!;
  const y0 = ys[from]!;
  let sum = 0;
  for (let i = from + 1; i < to; i++) sum += (xs[i - 1]! - x0) * (ys[i]! - y0) - (xs[i]! - x0) * (ys[i - 1]! - y0);
  return sum;
}

/** The ring that a point belongs to. */
export function ringOfPoint({ ringStart }: HalfEdges, point: number): number {
  let low = 0;
  let high = ringStart.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (ringStart[middle]! <= point) low = middle;
    else high = middle;
  }
  return low;
}
