import Flatbush from "flatbush";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";
import { unitsPerDegree } from "./half_edges.ts";

/**
 * Metres. A place is d wide when a disc of diameter d fits into it: below 0.5 mm that is rounding, from 2 mm on a
 * fault. Asking for a disc of 1 mm leaves a factor of two on either side for rounding to the grid and for sampling.
 */
const radius = 0.0005;
/** Metres: free stretches below this are rounding, as at the tip of a needle, where exactly one centre is allowed. */
const shortestStretch = radius / 50;
/** Radians between directions tried at a corner; the disc found in place of the right one keeps 0.9 of its radius. */
const directionStep = Math.PI / 8;

/** Edges in metres from a corner of the place, the inside on the left. */
interface Border {
  count: number;
  /** x and y of both ends of each edge: four numbers an edge. */
  ends: Float64Array;
  /** The edge that follows on the same ring. */
  after: Int32Array;
  near(west: number, south: number, east: number, north: number): ArrayLike<number>;
}

/**
 * Looks for a disc of 1 mm inside a place: exactly along every edge (where another edge forbids one stretch of
 * centres, since the distance to a segment is convex), by sampled directions at corners that point inwards.
 *
 * @param place - closed rings in degrees, exteriors counter-clockwise, holes clockwise
 * @returns the centre of a disc that fits, in degrees; null when the place is narrower everywhere
 */
export function findRoom(place: MultiPolygon): Position | null {
  if (place.length === 0) return null;
  const [lon, lat] = [place[0]![0]![0]!, place[0]![0]![1]!];
  const [perLon, perLat] = metresPerDegree(lat);
  const border = layBorder(place, perLon / unitsPerDegree, perLat / unitsPerDegree);
  const order = Array.from({ length: border.count }, (_, i) => i);
  const length = (i: number) =>
    Math.abs(border.ends[4 * i + 2]! - border.ends[4 * i]!) +
    Math.abs(border.ends[4 * i + 3]! - border.ends[4 * i + 1]!);
  if (border.count < 1000) order.sort((a, b) => length(b) - length(a)); // a wide place is told at once
  for (const edge of order) {
    const centre = besideEdge(border, edge) ?? atCorner(border, edge);
    // at the tip of a needle rounding may find room beyond the other side
    if (centre && isInside(border, centre[0], centre[1])) return [lon + centre[0] / perLon, lat + centre[1] / perLat];
  }
  return null;
}

/** Differences are taken between whole units: those of degrees would be off by more than the angle of a needle. */
function layBorder(place: MultiPolygon, metresX: number, metresY: number): Border {
  const units = (degrees: number) => Math.round(degrees * unitsPerDegree);
  const [x0, y0] = [units(place[0]![0]![0]!), units(place[0]![0]![1]!)];
  let count = 0;
  for (const polygon of place) for (const ring of polygon) count += ring.length / 2 - 1;
  const ends = new Float64Array(4 * count);
  const after = new Int32Array(count);
  let at = 0;
  for (const polygon of place) {
    for (const ring of polygon) {
      const first = at;
      for (let i = 0; i + 3 < ring.length; i += 2) {
        ends[4 * at] = (units(ring[i]!) - x0) * metresX;
        ends[4 * at + 1] = (units(ring[i + 1]!) - y0) * metresY;
        ends[4 * at + 2] = (units(ring[i + 2]!) - x0) * metresX;
        ends[4 * at + 3] = (units(ring[i + 3]!) - y0) * metresY;
        after[at] = at + 1;
        at++;
      }
      after[at - 1] = first;
    }
  }
  return { count, ends, after, near: indexEdges(ends, count) };
}

function indexEdges(ends: Float64Array, count: number): Border["near"] {
  if (count <= 16) {
    const all = Array.from({ length: count }, (_, i) => i);
    return () => all;
  }
  const index = new Flatbush(count);
  for (let i = 0; i < 4 * count; i += 4) {
    const [ax, ay, bx, by] = [ends[i]!, ends[i + 1]!, ends[i + 2]!, ends[i + 3]!];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return (west, south, east, north) => index.search(west, south, east, north);
}

/** Centre of a disc that touches the edge from inside and crosses no other edge. */
function besideEdge({ ends, near }: Border, edge: number): [number, number] | null {
  const [ax, ay] = [ends[4 * edge]!, ends[4 * edge + 1]!];
  const length = Math.hypot(ends[4 * edge + 2]! - ax, ends[4 * edge + 3]! - ay);
  const [ux, uy] = [(ends[4 * edge + 2]! - ax) / length, (ends[4 * edge + 3]! - ay) / length];
  const [x0, y0] = [ax - uy * radius, ay + ux * radius]; // first centre; the last lies `length` further along
  const [x1, y1] = [x0 + ux * length, y0 + uy * length];
  const others = near(
    Math.min(x0, x1) - radius,
    Math.min(y0, y1) - radius,
    Math.max(x0, x1) + radius,
    Math.max(y0, y1) + radius,
  );
  const forbidden: [number, number][] = [];
  for (let i = 0; i < others.length; i++) {
    const other = 4 * others[i]!;
    if (other === 4 * edge) continue;
    const [px, py] = [ends[other]! - x0, ends[other + 1]! - y0];
    const [qx, qy] = [ends[other + 2]! - x0, ends[other + 3]! - y0];
    const stretch = forbiddenStretch(px * ux + py * uy, py * ux - px * uy, qx * ux + qy * uy, qy * ux - qx * uy);
    if (stretch) forbidden.push(stretch);
  }
  const along = firstFree(forbidden, length);
  return along === null ? null : [x0 + ux * along, y0 + uy * along];
}

/** Middle of the first stretch of 0 … length that nothing forbids. */
function firstFree(forbidden: [number, number][], length: number): number | null {
  forbidden.sort((a, b) => a[0] - b[0]);
  let reached = 0;
  for (const [from, to] of forbidden) {
    if (Math.min(from, length) - reached > shortestStretch) return (reached + Math.min(from, length)) / 2;
    if (to > reached) reached = to;
  }
  return length - reached > shortestStretch ? (reached + length) / 2 : null;
}

/** Where the line v = 0 passes closer than `radius` to the segment p–q: from … to along u. */
function forbiddenStretch(pu: number, pv: number, qu: number, qv: number): [number, number] | null {
  let from = Infinity;
  let to = -Infinity;
  const take = (u: number): void => {
    if (u < from) from = u;
    if (u > to) to = u;
  };
  for (const [u, v] of [
    [pu, pv],
    [qu, qv],
  ] as const) {
    if (Math.abs(v) >= radius) continue;
    const half = Math.sqrt(radius * radius - v * v);
    take(u - half);
    take(u + half);
  }
  const length = Math.hypot(qu - pu, qv - pv);
  const [nu, nv] = [(-(qv - pv) / length) * radius, ((qu - pu) / length) * radius];
  // the sides of the rectangle round the segment
  for (const side of [1, -1]) {
    const [av, bv] = [pv + side * nv, qv + side * nv];
    if (av > 0 === bv > 0) continue;
    take(pu + side * nu + (av / (av - bv)) * (qu - pu));
  }
  return from < to ? [from, to] : null;
}

/** Centre of a disc that touches the border only at the end of the edge, where the border turns away from the inside. */
function atCorner(border: Border, edge: number): [number, number] | null {
  const { ends, after } = border;
  const [x, y] = [ends[4 * edge + 2]!, ends[4 * edge + 3]!];
  const [ux, uy] = [x - ends[4 * edge]!, y - ends[4 * edge + 1]!];
  const following = 4 * after[edge]!;
  const [vx, vy] = [ends[following + 2]! - x, ends[following + 3]! - y];
  if (ux * vy - uy * vx >= 0) return null; // not by angles: the tip of a needle turns by nearly as much to the left
  const incoming = Math.atan2(uy, ux);
  let turn = incoming - Math.atan2(vy, vx);
  if (turn < 0) turn += 2 * Math.PI;
  const steps = Math.ceil(turn / directionStep); // turning right leaves room between the two normals
  for (let i = 1; i < steps; i++) {
    const direction = incoming + Math.PI / 2 - (turn * i) / steps;
    const centre: [number, number] = [x + Math.cos(direction) * radius, y + Math.sin(direction) * radius];
    if (isClear(border, centre[0], centre[1], 0.9 * radius)) return centre;
  }
  return null;
}

function isClear({ ends, near }: Border, x: number, y: number, reach: number): boolean {
  const others = near(x - reach, y - reach, x + reach, y + reach);
  for (let i = 0; i < others.length; i++) {
    const at = 4 * others[i]!;
    const [ax, ay] = [ends[at]! - x, ends[at + 1]! - y];
    const [dx, dy] = [ends[at + 2]! - x - ax, ends[at + 3]! - y - ay];
    const share = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
    if (Math.hypot(ax + share * dx, ay + share * dy) < reach) return false;
  }
  return true;
}

function isInside({ count, ends }: Border, x: number, y: number): boolean {
  let inside = false;
  for (let at = 0; at < 4 * count; at += 4) {
    const [ax, ay, bx, by] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
