import { boxOf } from "../measure/box.ts";
import { eccentricitySquared, radians, semiMinorAxis } from "../measure/ellipsoid.ts";
import type { MultiPolygon } from "../schema/geometry.ts";

/**
 * Edges of one side, five numbers each: longitudes of the western and the eastern end, latitudes there (radians from a
 * common origin), and +1 where the surface lies below the edge, else −1.
 */
type Edges = number[];
const stride = 5;

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
  const [boxA, boxB] = [boxOf(a), boxOf(b)];
  const [west, south] = [Math.max(boxA[0], boxB[0]), Math.max(boxA[1], boxB[1])];
  const [east, north] = [Math.min(boxA[2], boxB[2]), Math.min(boxA[3], boxB[3])];
  if (!(west < east && south < north)) return 0;
  const window = { west, south, width: east - west };
  // an edge below all of the other adds nothing: the other's edges cancel out above it
  const edgesA = layEdges(a, window, boxB[1] - south);
  const edgesB = layEdges(b, window, boxA[1] - south);
  const below = surfaceBelow(south * radians);
  const sum =
    edgesA.length * edgesB.length <= fewPairs * stride ** 2
      ? sumPairs(edgesA, edgesB, below)
      : sumSorted(edgesA, edgesB, below);
  return Math.max(0, sum);
}

interface Window {
  west: number;
  south: number;
  width: number;
}

/** Without those that lie beside the window, or up to `floor` (degrees from its south), which add nothing. */
function layEdges(polygons: MultiPolygon, { west, south, width }: Window, floor: number): Edges {
  const edges: Edges = [];
  for (const polygon of polygons) {
    for (let r = 0; r < polygon.length; r++) {
      const ring = polygon[r]!;
      const first = edges.length;
      let double = 0; // surface of the whole ring, for its direction
      for (let i = 2; i < ring.length; i += 2) {
        const [ax, ay, bx, by] = [ring[i - 2]! - west, ring[i - 1]! - south, ring[i]! - west, ring[i + 1]! - south];
        double += ax * by - bx * ay;
        if (ax === bx || (ax <= 0 && bx <= 0) || (ax >= width && bx >= width) || (ay <= floor && by <= floor)) continue;
        if (bx < ax) edges.push(bx * radians, ax * radians, by * radians, ay * radians, 1);
        else edges.push(ax * radians, bx * radians, ay * radians, by * radians, -1);
      }
      const isForward = double > 0 !== r > 0;
      if (!isForward) for (let i = first + 4; i < edges.length; i += stride) edges[i] = -edges[i]!;
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
  for (let i = 0; i < a.length; i += stride) {
    for (let j = 0; j < b.length; j += stride) {
      if (a[i]! < b[j + 1]! && b[j]! < a[i + 1]!) sum += belowBoth(a, i, b, j, below);
    }
  }
  return sum;
}

function sumSorted(a: Edges, b: Edges, below: SurfaceBelow): number {
  const order = Array.from({ length: b.length / stride }, (_, j) => j * stride).sort((i, j) => b[i]! - b[j]!);
  let widest = 0;
  for (let j = 0; j < b.length; j += stride) widest = Math.max(widest, b[j + 1]! - b[j]!);
  let sum = 0;
  for (let i = 0; i < a.length; i += stride) {
    for (let k = firstFrom(order, b, a[i]! - widest); k < order.length; k++) {
      const j = order[k]!;
      if (b[j]! >= a[i + 1]!) break;
      if (a[i]! < b[j + 1]!) sum += belowBoth(a, i, b, j, below);
    }
  }
  return sum;
}

/** First place in `order` whose edge begins at `least` or east of it. */
function firstFrom(order: readonly number[], edges: Edges, least: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[order[middle]!]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Signed surface below both edges. */
function belowBoth(a: Edges, i: number, b: Edges, j: number, below: SurfaceBelow): number {
  const from = Math.max(a[i]!, b[j]!);
  const to = Math.min(a[i + 1]!, b[j + 1]!);
  const [a0, a1] = [heightAt(a, i, from), heightAt(a, i, to)];
  const [b0, b1] = [heightAt(b, j, from), heightAt(b, j, to)];
  const side = a[i + 4]! * b[j + 4]!;
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
  const [west, east] = [edges[i]!, edges[i + 1]!];
  // the end itself stays the end, so that what two neighbours share is one number
  if (x === west) return edges[i + 2]!;
  if (x === east) return edges[i + 3]!;
  return edges[i + 2]! + ((x - west) / (east - west)) * (edges[i + 3]! - edges[i + 2]!);
}

/** Half the distance between the two points of Gauss' rule, which is right for cubics, in half widths. */
const gauss = 1 / Math.sqrt(3);

function strip(width: number, from: number, to: number, below: SurfaceBelow): number {
  const [middle, off] = [(from + to) / 2, ((to - from) / 2) * gauss];
  return (width * (below(middle - off) + below(middle + off))) / 2;
}
