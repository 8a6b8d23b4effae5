import type { MultiPolygon, Ring } from "../schema/geometry.ts";
import type { Invalidity } from "./invalidity.ts";
import { orient } from "./orientation.ts";
import { sweepRings } from "./sweep_rings.ts";

/** Edges: up to here groups are compared with groups, which is faster than the sweep. */
const fewEdges = 2048;
/** Consecutive edges that share a box. */
const groupSize = 8;

/**
 * Whether polygons are valid as OGC Simple Features (and ST_IsValid) have it: rings are simple and closed, holes lie
 * in their exterior and not in each other, parts do not overlap or share a line, the inside of each is connected.
 * Touching at single points is allowed between rings, never within one. Exact on the coordinates as given: a
 * polygon is not made valid or invalid by rounding.
 *
 * @param polygons - closed rings in degrees, exterior first, any winding
 * @returns the first reason found, or null
 */
export function findInvalidity(polygons: MultiPolygon): Invalidity | null {
  if (polygons.every((polygon) => polygon.length === 0)) return { reason: "empty", at: null };
  for (const polygon of polygons) {
    for (const ring of polygon) {
      if (isCollapsed(ring)) return { reason: "collapsed", at: ring.length < 2 ? null : [ring[0]!, ring[1]!] };
    }
  }
  const only = polygons.length === 1 && polygons[0]!.length === 1 ? polygons[0]![0]! : null;
  if (only && only.length <= 2 * fewEdges) return compareEdges(only);
  return sweepRings(polygons);
}

/** Fewer than three different positions. */
function isCollapsed(ring: Ring): boolean {
  const [x, y] = [ring[0], ring[1]];
  for (let i = 2; i < ring.length; i += 2) {
    if (ring[i] === x && ring[i + 1] === y) continue;
    for (let j = i + 2; j < ring.length; j += 2) {
      const isFirst = ring[j] === x && ring[j + 1] === y;
      const isSecond = ring[j] === ring[i] && ring[j + 1] === ring[i + 1];
      if (!isFirst && !isSecond) return false;
    }
    return true;
  }
  return true;
}

const xs = new Float64Array(fewEdges + 1);
const ys = new Float64Array(fewEdges + 1);
/** west, south, east, north of each edge, and of each group of edges. */
const boxes = new Float64Array(4 * fewEdges);
const groupBoxes = new Float64Array((4 * fewEdges) / groupSize);

/** Every edge of a ring against every other whose group comes near. */
function compareEdges(ring: Ring): Invalidity | null {
  const count = layEdges(ring);
  const groups = Math.ceil(count / groupSize);
  for (let g = 0; g < groups; g++) {
    for (let h = g; h < groups; h++) {
      if (!doMeet(groupBoxes, g, groupBoxes, h)) continue;
      const end = Math.min(count, (h + 1) * groupSize);
      for (let i = g * groupSize; i < Math.min(count, (g + 1) * groupSize); i++) {
        if (!doMeet(boxes, i, groupBoxes, h)) continue;
        for (let j = Math.max(i + 1, h * groupSize); j < end; j++) {
          const reason = doMeet(boxes, i, boxes, j) ? compareTwo(i, j, count) : null;
          if (reason) return { reason, at: [xs[j]!, ys[j]!] };
        }
      }
    }
  }
  return null;
}

function doMeet(a: Float64Array, i: number, b: Float64Array, j: number): boolean {
  const [p, q] = [4 * i, 4 * j];
  return a[p]! <= b[q + 2]! && b[q]! <= a[p + 2]! && a[p + 1]! <= b[q + 3]! && b[q + 1]! <= a[p + 3]!;
}

/** Fills the scratch arrays; positions that repeat are left out. @returns the number of edges */
function layEdges(ring: Ring): number {
  let count = 0;
  xs[0] = ring[0]!;
  ys[0] = ring[1]!;
  for (let i = 2; i < ring.length; i += 2) {
    const ax = xs[count]!;
    const ay = ys[count]!;
    const bx = ring[i]!;
    const by = ring[i + 1]!;
    if (ax === bx && ay === by) continue;
    const at = 4 * count;
    boxes[at] = ax < bx ? ax : bx;
    boxes[at + 1] = ay < by ? ay : by;
    boxes[at + 2] = ax < bx ? bx : ax;
    boxes[at + 3] = ay < by ? by : ay;
    count++;
    xs[count] = bx;
    ys[count] = by;
  }
  for (let first = 0; first < count; first += groupSize) {
    const group = (4 * first) / groupSize;
    groupBoxes[group] = groupBoxes[group + 1] = Infinity;
    groupBoxes[group + 2] = groupBoxes[group + 3] = -Infinity;
    for (let at = 4 * first; at < 4 * Math.min(count, first + groupSize); at += 4) {
      groupBoxes[group] = Math.min(groupBoxes[group]!, boxes[at]!);
      groupBoxes[group + 1] = Math.min(groupBoxes[group + 1]!, boxes[at + 1]!);
      groupBoxes[group + 2] = Math.max(groupBoxes[group + 2]!, boxes[at + 2]!);
      groupBoxes[group + 3] = Math.max(groupBoxes[group + 3]!, boxes[at + 3]!);
    }
  }
  return count;
}

/** Edges i < j of a ring of `count` edges: what they do that a simple ring does not. */
function compareTwo(i: number, j: number, count: number): Invalidity["reason"] | null {
  const [ax, ay, bx, by] = [xs[i]!, ys[i]!, xs[i + 1]!, ys[i + 1]!];
  const [cx, cy, dx, dy] = [xs[j]!, ys[j]!, xs[j + 1]!, ys[j + 1]!];
  const sideC = orient(ax, ay, bx, by, cx, cy);
  const sideD = orient(ax, ay, bx, by, dx, dy);
  const follows = j === i + 1;
  const leads = i === 0 && j === count - 1;
  if (follows || leads) {
    // the shared end is on both; the far end of one must not come back over the other
    if ((follows ? sideD : sideC) !== 0) return null;
    const [sx, sy] = follows ? [bx, by] : [ax, ay];
    const [px, py, qx, qy] = follows ? [ax, ay, dx, dy] : [bx, by, cx, cy];
    return (px - sx) * (qx - sx) + (py - sy) * (qy - sy) > 0 ? "touches_itself" : null;
  }
  if ((sideC > 0 && sideD > 0) || (sideC < 0 && sideD < 0)) return null;
  const sideA = orient(cx, cy, dx, dy, ax, ay);
  const sideB = orient(cx, cy, dx, dy, bx, by);
  if ((sideA > 0 && sideB > 0) || (sideA < 0 && sideB < 0)) return null;
  // their boxes meet: when all four are on one line, so do they
  return sideA === 0 || sideB === 0 || sideC === 0 || sideD === 0 ? "touches_itself" : "crosses_itself";
}
