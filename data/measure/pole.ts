import type { MultiPolygon, Polygon, Position } from "../schema/geometry.ts";
import { signedAreaOf } from "./area.ts";
import { metresPerDegree } from "./ellipsoid.ts";

/** A square of the search: its middle, half its side, its distance to the border, and the most a point in it may have. */
interface Cell {
  x: number;
  y: number;
  half: number;
  distance: number;
  most: number;
}

/**
 * Pole of inaccessibility: the point inside the largest piece that lies farthest from its border, within 1 % of the
 * piece's shorter side. Best place for a label. The search halves squares and drops those that cannot win
 * (mapbox/polylabel).
 *
 * @param polygons - closed rings in degrees, exterior first; at least one polygon
 * @throws RangeError if there is no polygon
 */
export function poleOf(polygons: MultiPolygon): Position {
  const piece = largestPiece(polygons);
  const exterior = piece[0]!;
  const [west, south, east, north] = boundsOf(exterior);
  const [perLon, perLat] = metresPerDegree((south + north) / 2);
  const flat = piece.map((ring) =>
    ring.map((value, i) => (i % 2 === 0 ? (value - west) * perLon : (value - south) * perLat)),
  );
  const width = (east - west) * perLon;
  const height = (north - south) * perLat;
  if (width === 0 || height === 0) return [exterior[0]!, exterior[1]!];
  const best = searchPole(flat, width, height);
  return [round(west + best.x / perLon), round(south + best.y / perLat)];
}

function searchPole(flat: Polygon, width: number, height: number): Cell {
  const side = Math.min(width, height);
  const precision = side / 100;
  const half = side / 2;
  const queue: Cell[] = [];
  for (let x = half; x - half < width; x += side) {
    for (let y = half; y - half < height; y += side) push(queue, cellAt(flat, x, y, half));
  }
  let best = centroidCell(flat);
  while (queue.length > 0) {
    const cell = pop(queue);
    if (cell.distance > best.distance) best = cell;
    if (cell.most - best.distance <= precision) break;
    const quarter = cell.half / 2;
    for (const [dx, dy] of quadrants) {
      const child = cellAt(flat, cell.x + dx * quarter, cell.y + dy * quarter, quarter);
      if (child.distance > best.distance) best = child;
      if (child.most - best.distance > precision) push(queue, child);
    }
  }
  return best;
}

const quadrants = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

function cellAt(flat: Polygon, x: number, y: number, half: number): Cell {
  const distance = signedDistance(flat, x, y);
  return { x, y, half, distance, most: distance + half * Math.SQRT2 };
}

/** Distance to the nearest border, negative outside. */
function signedDistance(flat: Polygon, x: number, y: number): number {
  let inside = false;
  let least = Infinity;
  for (const ring of flat) {
    let bx = ring[0]!;
    let by = ring[1]!;
    for (let i = 2; i < ring.length; i += 2) {
      const ax = bx;
      const ay = by;
      bx = ring[i]!;
      by = ring[i + 1]!;
      if (by > y !== ay > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside;
      const dx = bx - ax;
      const dy = by - ay;
      const square = dx * dx + dy * dy;
      const along = square === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / square;
      const share = along < 0 ? 0 : along > 1 ? 1 : along;
      const px = ax + share * dx - x;
      const py = ay + share * dy - y;
      const distance = px * px + py * py;
      if (distance < least) least = distance;
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(least);
}

function centroidCell(flat: Polygon): Cell {
  const ring = flat[0]!;
  let [sum, cx, cy] = [0, 0, 0];
  for (let i = 2; i < ring.length; i += 2) {
    const cross = ring[i - 2]! * ring[i + 1]! - ring[i]! * ring[i - 1]!;
    sum += cross;
    cx += (ring[i - 2]! + ring[i]!) * cross;
    cy += (ring[i - 1]! + ring[i + 1]!) * cross;
  }
  return sum === 0 ? cellAt(flat, ring[0]!, ring[1]!, 0) : cellAt(flat, cx / (3 * sum), cy / (3 * sum), 0);
}

function largestPiece(polygons: MultiPolygon): Polygon {
  let best: Polygon | undefined;
  let most = -1;
  for (const polygon of polygons) {
    const area = Math.abs(signedAreaOf(polygon[0]!));
    if (area > most) [best, most] = [polygon, area];
  }
  if (!best) throw new RangeError("poleOf needs at least one polygon");
  return best;
}

function boundsOf(ring: number[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    const lon = ring[i]!;
    const lat = ring[i + 1]!;
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}

function round(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9;
}

function push(heap: Cell[], cell: Cell): void {
  let i = heap.length;
  heap.push(cell);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (heap[parent]!.most >= cell.most) break;
    heap[i] = heap[parent]!;
    i = parent;
  }
  heap[i] = cell;
}

function pop(heap: Cell[]): Cell {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]!.most > heap[child]!.most) child++;
    if (heap[child]!.most <= last.most) break;
    heap[i] = heap[child]!;
    i = child;
  }
  heap[i] = last;
  return top;
}
