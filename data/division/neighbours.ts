import Flatbush from "flatbush";
import { lengthOf } from "../measure/distance.ts";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { Arc } from "./arcs.ts";

/** Two faces (a < b) and the length of the border that they share, in metres. */
export interface Neighbours {
  a: number;
  b: number;
  border_m: number;
}

/** Metres: touching in a corner, or along less than this, makes no neighbours. */
const shortestBorder = 1;

/** Metres: how far apart two unpaired borders may run and still be seen as one. */
const besideEachOther = 0.5;

/** Cosine of the widest angle (about 10°) between two unpaired edges that count as running side by side. */
const sameDirection = 0.985;

/**
 * Faces that share more than 1 m of border, by a, then b.
 *
 * Arcs with a face on both sides count in full. Where a real coverage does not match (slivers, vertices that only
 * one side has), arcs have one face each: they count for as far as two of them run side by side within 0.5 m.
 */
export function findNeighbours(arcs: readonly Arc[]): Neighbours[] {
  const borders = new Map<string, Neighbours>();
  const count = (one: number, other: number, metres: number) => {
    const [a, b] = one < other ? [one, other] : [other, one];
    const key = `${a} ${b}`;
    const known = borders.get(key);
    if (known) known.border_m += metres;
    else borders.set(key, { a, b, border_m: metres });
  };
  for (const arc of arcs) if (arc.left !== 0 && arc.right !== 0) count(arc.left, arc.right, lengthOf(arc.line));
  countSideBySide(arcs, count);
  return [...borders.values()]
    .filter((pair) => pair.border_m > shortestBorder)
    .sort((one, other) => one.a - other.a || one.b - other.b);
}

/** Edges of one-sided arcs, in local metres. */
interface LonelyEdges {
  face: number[];
  ends: number[];
}

function countSideBySide(arcs: readonly Arc[], count: (a: number, b: number, metres: number) => void): void {
  const { face, ends } = lonelyEdges(arcs);
  if (face.length < 2) return;
  const index = new Flatbush(face.length);
  for (let i = 0; i < face.length; i++) {
    const [ax, ay, bx, by] = ends.slice(i * 4, i * 4 + 4) as [number, number, number, number];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  for (let i = 0; i < face.length; i++) {
    const [ax, ay, bx, by] = ends.slice(i * 4, i * 4 + 4) as [number, number, number, number];
    const [west, east] = ax < bx ? [ax, bx] : [bx, ax];
    const [south, north] = ay < by ? [ay, by] : [by, ay];
    const reach = besideEachOther;
    index.search(west - reach, south - reach, east + reach, north + reach, (j) => {
      if (j > i && face[j] !== face[i]) {
        const metres = sharedLength(ends, i, j);
        if (metres > 0) count(face[i]!, face[j]!, metres);
      }
      return false;
    });
  }
}

function lonelyEdges(arcs: readonly Arc[]): LonelyEdges {
  const lonely = arcs.filter((arc) => arc.left === 0 || arc.right === 0);
  const first = lonely[0]?.line ?? [0, 0];
  const face: number[] = [];
  const ends: number[] = [];
  const [perLon, perLat] = metresPerDegree(first[1]!);
  for (const { left, right, line } of lonely) {
    for (let i = 2; i < line.length; i += 2) {
      face.push(left || right);
      ends.push((line[i - 2]! - first[0]!) * perLon, (line[i - 1]! - first[1]!) * perLat);
      ends.push((line[i]! - first[0]!) * perLon, (line[i + 1]! - first[1]!) * perLat);
    }
  }
  return { face, ends };
}

/** Metres for which edge j runs within reach of edge i, measured along i. */
function sharedLength(ends: number[], i: number, j: number): number {
  const [ax, ay, bx, by] = ends.slice(i * 4, i * 4 + 4) as [number, number, number, number];
  const [cx, cy, dx, dy] = ends.slice(j * 4, j * 4 + 4) as [number, number, number, number];
  const length = Math.hypot(bx - ax, by - ay);
  const other = Math.hypot(dx - cx, dy - cy);
  if (length === 0 || other === 0) return 0;
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  if (Math.abs(ux * (dx - cx) + uy * (dy - cy)) < sameDirection * other) return 0;
  // j in a frame where i runs from (0, 0) to (length, 0)
  let [s, t] = [(cx - ax) * ux + (cy - ay) * uy, (dx - ax) * ux + (dy - ay) * uy];
  let [p, q] = [(cy - ay) * ux - (cx - ax) * uy, (dy - ay) * ux - (dx - ax) * uy];
  if (s > t) [s, t, p, q] = [t, s, q, p];
  const slope = (q - p) / (t - s);
  if (slope === 0) {
    if (Math.abs(p) > besideEachOther) return 0;
  } else {
    const atLow = s + (-besideEachOther - p) / slope;
    const atHigh = s + (besideEachOther - p) / slope;
    s = Math.max(s, Math.min(atLow, atHigh));
    t = Math.min(t, Math.max(atLow, atHigh));
  }
  return Math.max(0, Math.min(t, length) - Math.max(s, 0));
}
