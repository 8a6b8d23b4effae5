import type { MultiPolygon, Ring } from "../schema/geometry.ts";
import type { Arrangement } from "./arrangement.ts";
import { unitsPerDegree } from "./half_edges.ts";
import { joinHoles } from "./join_holes.ts";

/** Half-edges by the region of their face, in one array; those of region r stand from start[r] to start[r + 1]. */
export interface RegionBorders {
  halves: Int32Array;
  start: Int32Array;
}

/**
 * The half-edges that border each region from inside.
 * @param regionOf - region by face, from 0; −1 for faces that belong to none
 */
export function bordersOf({ face }: Arrangement, regionOf: Int32Array, regions: number): RegionBorders {
  const start = new Int32Array(regions + 1);
  const isBorder = (half: number): boolean => {
    const region = regionOf[face[half]!]!;
    return region >= 0 && region !== regionOf[face[half ^ 1]!];
  };
  for (let half = 0; half < face.length; half++) if (isBorder(half)) start[regionOf[face[half]!]! + 1]!++;
  for (let region = 0; region < regions; region++) start[region + 1]! += start[region]!;
  const halves = new Int32Array(start[regions]!);
  const at = start.slice();
  for (let half = 0; half < face.length; half++) if (isBorder(half)) halves[at[regionOf[face[half]!]!]!++] = half;
  return { halves, start };
}

/** One region as polygons in degrees, rings closed, exteriors counter-clockwise. Spurs and single lines vanish. */
export function traceOutline(
  arrangement: Arrangement,
  regionOf: Int32Array,
  { halves, start }: RegionBorders,
  region: number,
): MultiPolygon {
  const { next, face } = arrangement;
  const seen = new Set<number>();
  const exteriors: number[][] = [];
  const holes: number[][] = [];
  for (let i = start[region]!; i < start[region + 1]!; i++) {
    if (seen.has(halves[i]!)) continue;
    const cycle: number[] = [];
    let half = halves[i]!;
    while (!seen.has(half)) {
      seen.add(half);
      cycle.push(startOf(arrangement, half));
      half = next[half]!;
      while (regionOf[face[half ^ 1]!] === region) half = next[half ^ 1]!;
    }
    for (const ring of splitAtRepeats(cycle)) {
      const area = doubleArea(arrangement, ring);
      if (area > 0) exteriors.push(ring);
      else if (area < 0) holes.push(ring);
    }
  }
  return joinHoles(
    exteriors.map((ring) => inDegrees(arrangement, ring)),
    holes.map((ring) => inDegrees(arrangement, ring)),
  );
}

/** The point from which a half-edge runs. */
export function startOf({ edges }: Arrangement, half: number): number {
  const edge = edges[half >> 1]!;
  return half % 2 === 0 ? edge.from : edge.to;
}

/**
 * A border that comes back to a point is more than one ring:  ◁▷  two that touch;  a ─── b and back: nothing.
 */
function splitAtRepeats(cycle: number[]): number[][] {
  const rings: number[][] = [];
  const open: number[] = [];
  const placeOf = new Map<number, number>();
  for (const point of cycle) {
    const place = placeOf.get(point);
    if (place !== undefined) {
      const ring = open.splice(place);
      for (const passed of ring) placeOf.delete(passed);
      if (ring.length > 2) rings.push(ring);
    }
    placeOf.set(point, open.length);
    open.push(point);
  }
  if (open.length > 2) rings.push(open);
  return rings;
}

function doubleArea({ points }: Arrangement, ring: number[]): number {
  const [x0, y0] = [points.lonOf(ring[0]!), points.latOf(ring[0]!)];
  let sum = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const [ax, ay] = [points.lonOf(ring[i]!) - x0, points.latOf(ring[i]!) - y0];
    const [bx, by] = [points.lonOf(ring[i + 1]!) - x0, points.latOf(ring[i + 1]!) - y0];
    sum += ax * by - bx * ay;
  }
  return sum;
}

function inDegrees({ points }: Arrangement, ring: number[]): Ring {
  const degrees: Ring = [];
  for (const point of ring) degrees.push(points.lonOf(point) / unitsPerDegree, points.latOf(point) / unitsPerDegree);
  degrees.push(degrees[0]!, degrees[1]!);
  return degrees;
}
