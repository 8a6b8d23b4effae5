import { orient } from "../coverage/orientation.ts";
import type { Position } from "../schema/geometry.ts";
import { type Patch, positionOf } from "./patch.ts";
import { unitsPerDegree } from "./ring_facts.ts";
import { splitKey } from "./weave.ts";

/** New stretches of border in the place of old ones. Nodes are points of the patch. */
export interface NewBorder {
  /** Each as from, to. */
  stretches: readonly (readonly [number, number])[];
  /** By `splitKey`. */
  instead: ReadonlySet<number>;
  /** Where the new border meets what stays. */
  joints: ReadonlySet<number>;
  /** Closed polygons of nodes: the ground that changes hands lies inside them. */
  swept: readonly (readonly number[])[];
  /** Nodes that go away. */
  gone: ReadonlySet<number>;
}

/** Where a new border meets what it must not: the stretch that it hits, none if it is its own or swallows a node. */
export interface Hit {
  at: Position;
  stretch: readonly [number, number] | null;
  own: boolean;
}

/**
 * Whether borders can be laid anew without changing what lies where: they may touch nothing but their joints, and no
 * node may lie in the ground that is swept. Exact.
 */
export function findHit(patch: Patch, border: NewBorder): Hit | null {
  return hitsItself(patch, border) ?? hitsOther(patch, border) ?? swallows(patch, border);
}

function hitsItself(patch: Patch, { stretches }: NewBorder): Hit | null {
  const boxed = stretches.map((stretch) => ({ stretch, box: boxOf(patch, stretch[0], stretch[1]) }));
  boxed.sort((p, q) => p.box[0] - q.box[0]);
  for (let i = 0; i < boxed.length; i++) {
    const { stretch, box } = boxed[i]!;
    for (let j = i + 1; j < boxed.length && boxed[j]!.box[0] <= box[2]; j++) {
      const other = boxed[j]!;
      if (other.box[1] > box[3] || other.box[3] < box[1]) continue;
      const at = meeting(patch, stretch, other.stretch, null);
      if (at) return { at, stretch: null, own: true };
    }
  }
  return null;
}

function hitsOther(patch: Patch, { stretches, instead, joints }: NewBorder): Hit | null {
  const { points } = patch;
  const boxes = stretches.map(([a, b]) => boxOf(patch, a, b));
  for (const key of patch.owners.keys()) {
    const [from, to] = [Math.floor(key / 2 ** 26), key % 2 ** 26];
    if (instead.has(splitKey(from, to)) || (from > to && patch.owners.has(to * 2 ** 26 + from))) continue;
    const [ax, ay, bx, by] = [points.lonOf(from), points.latOf(from), points.lonOf(to), points.latOf(to)];
    for (let i = 0; i < stretches.length; i++) {
      const [west, south, east, north] = boxes[i]!;
      if ((ax < west && bx < west) || (ax > east && bx > east)) continue;
      if ((ay < south && by < south) || (ay > north && by > north)) continue;
      const at = meeting(patch, stretches[i]!, [from, to], joints);
      if (at) return { at, stretch: [from, to], own: false };
    }
  }
  return null;
}

function boxOf({ points }: Patch, a: number, b: number): [number, number, number, number] {
  const [ax, ay, bx, by] = [points.lonOf(a), points.latOf(a), points.lonOf(b), points.latOf(b)];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/**
 * Where two stretches meet otherwise than at an end that they may share.
 * @param joints - the only ends that may be shared; null: any
 */
function meeting(
  patch: Patch,
  [a, b]: readonly [number, number],
  [c, d]: readonly [number, number],
  joints: ReadonlySet<number> | null,
): Position | null {
  const { points } = patch;
  const side = (p: number, q: number, r: number) =>
    Math.sign(
      orient(points.lonOf(p), points.latOf(p), points.lonOf(q), points.latOf(q), points.lonOf(r), points.latOf(r)),
    );
  const shared = a === c || a === d ? a : b === c || b === d ? b : -1;
  if (shared >= 0) {
    if (joints && !joints.has(shared)) return positionOf(points, shared);
    const [p, q] = [shared === a ? b : a, shared === c ? d : c];
    if (p === q) return positionOf(points, p);
    if (side(shared, p, q) !== 0) return null;
    const [sx, sy] = [points.lonOf(shared), points.latOf(shared)];
    const dot = (points.lonOf(p) - sx) * (points.lonOf(q) - sx) + (points.latOf(p) - sy) * (points.latOf(q) - sy);
    return dot > 0 ? positionOf(points, q) : null;
  }
  const [sideC, sideD, sideA, sideB] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (sideC === 0 && sideD === 0) return alongEachOther(patch, a, b, c, d);
  if (sideC * sideD > 0 || sideA * sideB > 0) return null;
  if (sideC === 0) return positionOf(points, c);
  if (sideD === 0) return positionOf(points, d);
  return crossing(patch, a, b, c, d);
}

/** All four on one line. */
function alongEachOther(patch: Patch, a: number, b: number, c: number, d: number): Position | null {
  const [west, south, east, north] = boxOf(patch, a, b);
  const { points } = patch;
  for (const p of [c, d]) {
    const [x, y] = [points.lonOf(p), points.latOf(p)];
    if (x >= west && x <= east && y >= south && y <= north) return positionOf(points, p);
  }
  const [w, s, e, n] = boxOf(patch, c, d);
  const [x, y] = [points.lonOf(a), points.latOf(a)];
  return x >= w && x <= e && y >= s && y <= n ? positionOf(points, a) : null;
}

function crossing({ points }: Patch, a: number, b: number, c: number, d: number): Position {
  const [ax, ay, bx, by] = [points.lonOf(a), points.latOf(a), points.lonOf(b), points.latOf(b)];
  const [cx, cy, dx, dy] = [points.lonOf(c), points.latOf(c), points.lonOf(d), points.latOf(d)];
  const down = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  const share = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / down;
  const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)];
  return [Math.round(x) / unitsPerDegree, Math.round(y) / unitsPerDegree];
}

function swallows(patch: Patch, { swept, gone }: NewBorder): Hit | null {
  const seen = new Set<number>();
  for (const polygon of swept) {
    const corners = new Set(polygon);
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of polygon) {
      west = Math.min(west, patch.points.lonOf(node));
      east = Math.max(east, patch.points.lonOf(node));
      south = Math.min(south, patch.points.latOf(node));
      north = Math.max(north, patch.points.latOf(node));
    }
    seen.clear();
    for (const key of patch.owners.keys()) {
      const from = Math.floor(key / 2 ** 26);
      const to = key % 2 ** 26;
      for (const node of [from, to]) {
        if (seen.has(node) || corners.has(node) || gone.has(node)) continue;
        seen.add(node);
        const [x, y] = [patch.points.lonOf(node), patch.points.latOf(node)];
        if (x < west || x > east || y < south || y > north) continue;
        if (windingOf(patch, polygon, x, y) !== 0) {
          return { at: positionOf(patch.points, node), stretch: [from, to], own: false };
        }
      }
    }
  }
  return null;
}

/** How often a closed polygon of nodes runs round a place that is on none of its sides. */
function windingOf({ points }: Patch, polygon: readonly number[], x: number, y: number): number {
  let winding = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [a, b] = [polygon[i]!, polygon[(i + 1) % polygon.length]!];
    const [ax, ay, bx, by] = [points.lonOf(a), points.latOf(a), points.lonOf(b), points.latOf(b)];
    if (ay <= y && by > y && orient(ax, ay, bx, by, x, y) > 0) winding++;
    else if (ay > y && by <= y && orient(ax, ay, bx, by, x, y) < 0) winding--;
  }
  return winding;
}
