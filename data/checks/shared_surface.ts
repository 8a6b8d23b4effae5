import { signedAreaOf } from "../measure/area.ts";
import { eccentricitySquared, radians, semiMinorAxis } from "../measure/ellipsoid.ts";
import type { MultiPolygon } from "../schema/geometry.ts";

/** Edges of one side, radians from a common origin; `side` is +1 where the surface lies below the edge, else −1. */
interface Edges {
  count: number;
  west: Float64Array;
  east: Float64Array;
  atWest: Float64Array;
  atEast: Float64Array;
  side: Int8Array;
}

/** Above this many pairs, edges are sorted so that only those above one another meet. */
const fewPairs = 4096;

/**
 * Surface in m² that two multipolygons share: authalic, edges straight in longitude/latitude, so that shares add up
 * to `areaOf` the whole. Nothing is constructed and nothing decided, so touching, equal and nearly equal edges are as
 * good as any: a point lies in A ∩ B as often as the signed strips below their edges say,
 *
 *     1(A) · 1(B) = Σ over edges e of A and f of B of  ± 1(below e) · ± 1(below f),
 *
 * and the surface below the lower one of two edges is known in closed form. Good to 1e-9 of the smaller one's surface
 * within some 10 km (the map of latitudes to surface is a cubic there).
 *
 * @param a - closed rings in degrees, exterior first, any winding, no ring crossing another
 */
export function sharedSurface(a: MultiPolygon, b: MultiPolygon): number {
  const [boxA, boxB] = [boundsOf(a), boundsOf(b)];
  const [west, south] = [Math.max(boxA[0], boxB[0]), Math.max(boxA[1], boxB[1])];
  const [east, north] = [Math.min(boxA[2], boxB[2]), Math.min(boxA[3], boxB[3])];
  if (!(west < east && south < north)) return 0;
  const window = { west, south, east };
  const [edgesA, edgesB] = [layEdges(a, window), layEdges(b, window)];
  const below = surfaceBelow(south * radians);
  const sum =
    edgesA.count * edgesB.count <= fewPairs ? sumPairs(edgesA, edgesB, below) : sumSorted(edgesA, edgesB, below);
  return Math.max(0, sum);
}

interface Window {
  west: number;
  south: number;
  east: number;
}

/** Edges that end west or east of the window, or lie below it, add nothing: below them the other side cancels out. */
function layEdges(polygons: MultiPolygon, { west, south, east }: Window): Edges {
  let most = 0;
  for (const polygon of polygons) for (const ring of polygon) most += ring.length >> 1;
  const numbers = () => new Float64Array(most);
  const edges: Edges = {
    count: 0,
    west: numbers(),
    east: numbers(),
    atWest: numbers(),
    atEast: numbers(),
    side: new Int8Array(most),
  };
  for (const polygon of polygons) {
    for (let r = 0; r < polygon.length; r++) {
      const ring = polygon[r]!;
      const forward = signedAreaOf(ring) > 0 !== r > 0;
      for (let i = 2; i < ring.length; i += 2) {
        const [ax, ay, bx, by] = [ring[i - 2]!, ring[i - 1]!, ring[i]!, ring[i + 1]!];
        if (ax === bx || (ax <= west && bx <= west) || (ax >= east && bx >= east) || (ay <= south && by <= south))
          continue;
        const at = edges.count++;
        const leftwards = bx < ax;
        edges.west[at] = ((leftwards ? bx : ax) - west) * radians;
        edges.east[at] = ((leftwards ? ax : bx) - west) * radians;
        edges.atWest[at] = ((leftwards ? by : ay) - south) * radians;
        edges.atEast[at] = ((leftwards ? ay : by) - south) * radians;
        edges.side[at] = leftwards === forward ? 1 : -1;
      }
    }
  }
  return edges;
}

/** Surface per radian of longitude between a latitude and t radians north of it, to the third order. */
type SurfaceBelow = (t: number) => number;

function surfaceBelow(latitude: number): SurfaceBelow {
  // w(φ) = b² cos φ / (1 − e² sin² φ)², the surface of a square radian; its derivatives by differences
  const weight = (phi: number) =>
    (semiMinorAxis ** 2 * Math.cos(phi)) / (1 - eccentricitySquared * Math.sin(phi) ** 2) ** 2;
  const step = 1e-3;
  const [before, here, after] = [weight(latitude - step), weight(latitude), weight(latitude + step)];
  const first = (after - before) / (2 * step) / 2;
  const second = (after - 2 * here + before) / step ** 2 / 6;
  return (t) => t * (here + t * (first + t * second));
}

function sumPairs(a: Edges, b: Edges, below: SurfaceBelow): number {
  let sum = 0;
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      if (a.west[i]! < b.east[j]! && b.west[j]! < a.east[i]!) sum += belowBoth(a, i, b, j, below);
    }
  }
  return sum;
}

function sumSorted(a: Edges, b: Edges, below: SurfaceBelow): number {
  const order = Array.from({ length: b.count }, (_, j) => j).sort((i, j) => b.west[i]! - b.west[j]!);
  let widest = 0;
  for (let j = 0; j < b.count; j++) widest = Math.max(widest, b.east[j]! - b.west[j]!);
  let sum = 0;
  for (let i = 0; i < a.count; i++) {
    for (let k = firstFrom(order, b.west, a.west[i]! - widest); k < order.length; k++) {
      const j = order[k]!;
      if (b.west[j]! >= a.east[i]!) break;
      if (a.west[i]! < b.east[j]!) sum += belowBoth(a, i, b, j, below);
    }
  }
  return sum;
}

/** First place in `order` whose value is at least `least`. */
function firstFrom(order: readonly number[], values: Float64Array, least: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[order[middle]!]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Signed surface below both edges. */
function belowBoth(a: Edges, i: number, b: Edges, j: number, below: SurfaceBelow): number {
  const from = Math.max(a.west[i]!, b.west[j]!);
  const to = Math.min(a.east[i]!, b.east[j]!);
  const [a0, a1] = [heightAt(a, i, from), heightAt(a, i, to)];
  const [b0, b1] = [heightAt(b, j, from), heightAt(b, j, to)];
  const side = a.side[i]! * b.side[j]!;
  const [off0, off1] = [a0 - b0, a1 - b1];
  if (off0 <= 0 && off1 <= 0) return side * strip(to - from, a0, a1, below);
  if (off0 >= 0 && off1 >= 0) return side * strip(to - from, b0, b1, below);
  const share = off0 / (off0 - off1);
  const middle = a0 + share * (a1 - a0);
  const width = share * (to - from);
  const [low0, low1] = off0 < 0 ? [a0, b1] : [b0, a1];
  return side * (strip(width, low0, middle, below) + strip(to - from - width, middle, low1, below));
}

function heightAt(edges: Edges, i: number, x: number): number {
  const [west, east] = [edges.west[i]!, edges.east[i]!];
  // the end itself stays the end, so that what two neighbours share is one number
  if (x === west) return edges.atWest[i]!;
  if (x === east) return edges.atEast[i]!;
  return edges.atWest[i]! + ((x - west) / (east - west)) * (edges.atEast[i]! - edges.atWest[i]!);
}

/** Half the distance between the two points of Gauss' rule, which is right for cubics, in half widths. */
const gauss = 1 / Math.sqrt(3);

function strip(width: number, from: number, to: number, below: SurfaceBelow): number {
  const [middle, off] = [(from + to) / 2, ((to - from) / 2) * gauss];
  return (width * (below(middle - off) + below(middle + off))) / 2;
}

/** [west, south, east, north] of multipolygons, from their exterior rings; infinite the wrong way round where empty. */
export function boundsOf(polygons: MultiPolygon): [west: number, south: number, east: number, north: number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [exterior] of polygons) {
    for (let i = 0; exterior && i < exterior.length; i += 2) {
      const [x, y] = [exterior[i]!, exterior[i + 1]!];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
  }
  return [west, south, east, north];
}
