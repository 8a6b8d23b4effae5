import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { RunIndex } from "./run_index.ts";
import { type RoadPoints, type Stretches, unitsPerDegree } from "./stretches.ts";

/** Points at which stretches must be cut: the stretch, the point, … */
export type Cuts = number[];

interface Ground {
  stretches: Stretches;
  points: RoadPoints;
  index: RunIndex;
  /** How many stretches end at each point. */
  degrees: Uint32Array;
  /** Points that may move no more, since something was led to them or to a stretch that ends there. */
  anchored: Uint8Array;
}

/**
 * Leads ends at which one stretch alone ends to the road that they miss by less than the snapping distance: to its
 * nearest vertex within that distance, else to the foot on it. Only the end moves, the other road keeps its course.
 *
 *     ═════════╤═════════        ═════════╤═════════
 *              ╵ ↕ 0.3 m     →            │
 *              │                          │
 *
 * The end's own line does not count for as far as it lies within twice the distance along it.
 *
 * @param snapping - metres
 * @returns where stretches must be cut at a foot
 */
export function joinLooseEnds(stretches: Stretches, points: RoadPoints, index: RunIndex, snapping: number): Cuts {
  const degrees = new Uint32Array(points.size);
  const anchored = new Uint8Array(points.size);
  const { from, to } = stretches;
  for (let i = 0; i < from.length; i++) {
    degrees[from[i]!]!++;
    degrees[to[i]!]!++;
  }
  const ground: Ground = { stretches, points, index, degrees, anchored };
  const cuts: Cuts = [];
  for (let i = 0; i < from.length; i++) {
    for (const end of [from[i]!, to[i]!]) {
      if (degrees[end] === 1 && anchored[end] === 0) joinEnd(ground, i, end, snapping, cuts);
    }
  }
  return cuts;
}

function joinEnd(ground: Ground, stretch: number, end: number, snapping: number, cuts: Cuts): void {
  const { stretches, points, degrees, anchored } = ground;
  const target = findTarget(ground, stretch, end, snapping);
  if (!target) return;
  const point = target.vertex >= 0 ? target.vertex : points.add(target.x, target.y);
  if (stretches.from[stretch] === end) stretches.from[stretch] = point;
  else stretches.to[stretch] = point;
  degrees[end] = 0;
  if (point < degrees.length) {
    degrees[point]!++;
    anchored[point] = 1;
  }
  if (target.vertex >= 0) return;
  anchored[stretches.from[target.stretch]!] = 1;
  anchored[stretches.to[target.stretch]!] = 1;
  cuts.push(target.stretch, point);
}

interface Target {
  stretch: number;
  /** −1: the foot at x, y (units). */
  vertex: number;
  x: number;
  y: number;
}

/** The nearest vertex of another road within the distance, else the nearest foot; null where there is neither. */
function findTarget(ground: Ground, stretch: number, end: number, snapping: number): Target | null {
  const { stretches, points, index } = ground;
  const [x, y] = [points.lonOf(end), points.latOf(end)];
  const [perLon, perLat] = metresPerDegree(y / unitsPerDegree).map((metres) => metres / unitsPerDegree) as [
    number,
    number,
  ];
  const [reachX, reachY] = [snapping / perLon, snapping / perLat];
  let own: ReadonlySet<number> | null = null;
  let [nearestVertex, nearestFoot] = [snapping, snapping];
  let vertex: Target | null = null;
  let foot: Target | null = null;
  const look = (other: number): void => {
    if (other === stretch) return;
    own ??= ownTail(ground, stretch, end, 2 * snapping, perLon, perLat);
    if (own.has(other)) return;
    const [a, b] = [stretches.from[other]!, stretches.to[other]!];
    const [ax, ay] = [points.lonOf(a), points.latOf(a)];
    const [dx, dy] = [points.lonOf(b) - ax, points.latOf(b) - ay];
    for (const [point, px, py] of [
      [a, ax, ay],
      [b, ax + dx, ay + dy],
    ] as const) {
      const far = Math.hypot((px - x) * perLon, (py - y) * perLat);
      if (far >= nearestVertex || point === end) continue;
      nearestVertex = far;
      vertex = { stretch: other, vertex: point, x: px, y: py };
    }
    const square = (dx * perLon) ** 2 + (dy * perLat) ** 2;
    const share = ((x - ax) * dx * perLon ** 2 + (y - ay) * dy * perLat ** 2) / square;
    if (!(share > 0 && share < 1)) return;
    const far = Math.hypot((ax + share * dx - x) * perLon, (ay + share * dy - y) * perLat);
    if (far >= nearestFoot) return;
    nearestFoot = far;
    foot = { stretch: other, vertex: -1, x: Math.round(ax + share * dx), y: Math.round(ay + share * dy) };
  };
  index.visit(x - reachX, y - reachY, x + reachX, y + reachY, (run) => {
    for (let other = index.runStart[run]!; other < index.runStart[run + 1]!; other++) look(other);
  });
  return vertex ?? foot;
}

/** The end's own stretch and those that go on from it in the same line, up to a length in metres. */
function ownTail(
  { stretches: { from, to }, points }: Ground,
  stretch: number,
  end: number,
  length: number,
  perLon: number,
  perLat: number,
): Set<number> {
  const tail = new Set<number>();
  let [at, left, one] = [end, length, stretch];
  const step = from[stretch] === end ? 1 : -1;
  while (one >= 0 && one < from.length && (from[one] === at || to[one] === at)) {
    tail.add(one);
    const next = from[one] === at ? to[one]! : from[one]!;
    if (left <= 0) break;
    left -= Math.hypot(
      (points.lonOf(next) - points.lonOf(at)) * perLon,
      (points.latOf(next) - points.latOf(at)) * perLat,
    );
    at = next;
    one += step;
  }
  return tail;
}
