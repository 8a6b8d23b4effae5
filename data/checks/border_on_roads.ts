import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { Line } from "../schema/geometry.ts";
import type { RoadIndex } from "./road_index.ts";

/** Metres of border, and of those the metres that run on roads. */
export interface BorderLength {
  length_m: number;
  on_roads_m: number;
}

/** Cosine of the widest angle (about 18°) between a border and the road that it follows. */
const nearlyParallel = 0.95;

/**
 * How much of a border runs on roads: within half the road's usual width and a few metres of its centre line, nearly
 * parallel to it. A road that crosses the border adds nothing.
 *
 * @param line - degrees
 */
export function borderOnRoads(line: Line, roads: RoadIndex): BorderLength {
  const sum = { length_m: 0, on_roads_m: 0 };
  const [perLon, perLat] = metresPerDegree(line[1] ?? 0);
  for (let i = 2; i < line.length; i += 2) {
    const [ax, ay, bx, by] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!];
    const [dx, dy] = [(bx - ax) * perLon, (by - ay) * perLat];
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    const edge: Edge = { lon: ax, lat: ay, perLon, perLat, ux: dx / length, uy: dy / length, length };
    sum.length_m += length;
    sum.on_roads_m += metresOn(edge, bx, by, roads);
  }
  return sum;
}

/** An edge of the border from its first end: direction and length in local metres. */
interface Edge {
  lon: number;
  lat: number;
  perLon: number;
  perLat: number;
  ux: number;
  uy: number;
  length: number;
}

function metresOn(edge: Edge, bx: number, by: number, roads: RoadIndex): number {
  const { lon: ax, lat: ay, length } = edge;
  const stretches: [from: number, to: number][] = [];
  const isWhole = roads.someNear(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (stretch) => {
    const found = stretchAlong(edge, roads, stretch);
    if (found) stretches.push(found);
    return found !== null && found[0] <= 0 && found[1] >= length;
  });
  return isWhole ? length : unionOf(stretches);
}

/** From where to where along the edge (metres, within it) the road stretch runs beside it; null where nowhere. */
function stretchAlong(edge: Edge, { ends, reach }: RoadIndex, road: number): [number, number] | null {
  const { lon, lat, perLon, perLat, ux, uy, length } = edge;
  const [cx, cy] = [(ends[4 * road]! - lon) * perLon, (ends[4 * road + 1]! - lat) * perLat];
  const [dx, dy] = [(ends[4 * road + 2]! - lon) * perLon, (ends[4 * road + 3]! - lat) * perLat];
  const other = Math.hypot(dx - cx, dy - cy);
  if (Math.abs(ux * (dx - cx) + uy * (dy - cy)) < nearlyParallel * other) return null;
  // the road in a frame where the edge runs from (0, 0) to (length, 0)
  let [s, t, p, q] = [cx * ux + cy * uy, dx * ux + dy * uy, cy * ux - cx * uy, dy * ux - dx * uy];
  if (s > t) [s, t, p, q] = [t, s, q, p];
  const most = reach[road]!;
  const slope = (q - p) / (t - s);
  let [from, to] = [s, t];
  if (Math.abs(p) > most || Math.abs(q) > most) {
    if (slope === 0) return null;
    const [one, two] = [s + (-most - p) / slope, s + (most - p) / slope];
    from = Math.max(s, Math.min(one, two));
    to = Math.min(t, Math.max(one, two));
  }
  from = Math.max(0, from);
  to = Math.min(length, to);
  return from < to ? [from, to] : null;
}

function unionOf(stretches: [number, number][]): number {
  if (stretches.length > 1) stretches.sort((a, b) => a[0] - b[0]);
  let sum = 0;
  let end = 0;
  for (const [from, to] of stretches) {
    if (to <= end) continue;
    sum += to - Math.max(from, end);
    end = to;
  }
  return sum;
}
