import { orient } from "../coverage/orientation.ts";
import type { Position } from "../schema/geometry.ts";
import { type Patch, positionOf } from "./patch.ts";
import { unitsPerDegree } from "./ring_facts.ts";
import { boxOfStretch, indexStretches, type StretchIndex } from "./stretch_index.ts";
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
  const index = indexStretches(patch.points, border.stretches);
  return hitsItself(patch, border, index) ?? hitsOther(patch, border, index) ?? swallows(patch, border);
}

function hitsItself(patch: Patch, { stretches }: NewBorder, index: StretchIndex): Hit | null {
  for (let i = 0; i < stretches.length; i++) {
    for (const j of index.near(index.boxOf(i))) {
      const at = j > i ? meeting(patch, stretches[i]!, stretches[j]!, null) : null;
      if (at) return { at, stretch: null, own: true };
    }
  }
  return null;
}

function hitsOther(patch: Patch, { stretches, instead, joints }: NewBorder, index: StretchIndex): Hit | null {
  for (const key of patch.owners.keys()) {
    const [from, to] = [Math.floor(key / 2 ** 26), key % 2 ** 26];
    if (instead.has(splitKey(from, to)) || (from > to && patch.owners.has(to * 2 ** 26 + from))) continue;
    for (const i of index.near(boxOfStretch(patch.points, from, to))) {
      const at = meeting(patch, stretches[i]!, [from, to], joints);
      if (at) return { at, stretch: [from, to], own: false };
    }
  }
  return null;
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
  const [west, south, east, north] = boxOfStretch(patch.points, a, b);
  const { points } = patch;
  for (const p of [c, d]) {
    const [x, y] = [points.lonOf(p), points.latOf(p)];
    if (x >= west && x <= east && y >= south && y <= north) return positionOf(points, p);
  }
  const [w, s, e, n] = boxOfStretch(patch.points, c, d);
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
  const nodes = new Map<number, readonly [number, number]>();
  for (const key of patch.owners.keys()) {
    const stretch = [Math.floor(key / 2 ** 26), key % 2 ** 26] as const;
    for (const node of stretch) if (!gone.has(node)) nodes.set(node, stretch);
  }
  for (const polygon of swept) {
    const corners = new Set(polygon);
    const sides = polygon.map((node, i) => [node, polygon[(i + 1) % polygon.length]!] as const);
    const index = indexStretches(patch.points, sides);
    for (const [node, stretch] of nodes) {
      if (!corners.has(node) && windingRound(patch, node, sides, index) !== 0) {
        return { at: positionOf(patch.points, node), stretch, own: false };
      }
    }
  }
  return null;
}

/** How often sides of a closed polygon run round a node that is on none of them: those to the east of it tell. */
function windingRound(
  { points }: Patch,
  node: number,
  sides: readonly (readonly [number, number])[],
  index: StretchIndex,
): number {
  const [x, y] = [points.lonOf(node), points.latOf(node)];
  let winding = 0;
  for (const i of index.near([x, y, Infinity, y])) {
    const [a, b] = sides[i]!;
    const [ax, ay, bx, by] = [points.lonOf(a), points.latOf(a), points.lonOf(b), points.latOf(b)];
    if (ay <= y && by > y && orient(ax, ay, bx, by, x, y) > 0) winding++;
    else if (ay > y && by <= y && orient(ax, ay, bx, by, x, y) < 0) winding--;
  }
  return winding;
}
