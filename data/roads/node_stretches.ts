import Flatbush from "flatbush";
import { crossingOf } from "../coverage/crossing.ts";
import { isThrough } from "../coverage/node_edges.ts";
import type { Cuts } from "./join_loose_ends.ts";
import type { RunIndex } from "./run_index.ts";
import { pushStretch, type RoadPoints, type Stretches } from "./stretches.ts";

/** Units by which pieces may lie beyond the box of their stretch, since crossings are rounded. */
const slack = 64;

/**
 * Cuts stretches, in place, until they meet at their ends only: snap rounding on whole units of 1e-9°, with the same
 * predicates as the coverage kernel (data/coverage/node_edges.ts), but without an object an edge, since a city has
 * hundreds of thousands. The index of the stretches as read serves in all rounds for those that were not cut; pieces
 * are few and have an index of their own.
 *
 * What has been cut has no ends (−1) afterwards, pieces stand behind; the others stand `from` before `to` by x, then y.
 * The same piece of two roads is there twice.
 *
 * @param index - of the stretches before their ends were moved by at most half of `moved` ([x, y] in units)
 * @param cuts - where stretches must be cut in any case
 */
export function nodeStretches(
  stretches: Stretches,
  points: RoadPoints,
  index: RunIndex,
  moved: readonly [number, number],
  cuts: Cuts,
): void {
  const read = stretches.from.length;
  const pad = [moved[0] + slack, moved[1] + slack] as const;
  turnForward(stretches, points);
  let fresh = cutStretches(stretches, cuts.concat(findFirstCuts(stretches, points, index, pad)), points);
  while (fresh < stretches.from.length) {
    const found: Cuts = [];
    cutAgainstRead(stretches, fresh, points, index, pad, found);
    cutAgainstPieces(stretches, read, fresh, points, found);
    fresh = cutStretches(stretches, found, points);
  }
}

/** In the direction that `isThrough` wants; without ends where an end was moved to the other. */
function turnForward({ from, to }: Stretches, points: RoadPoints): void {
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [from[i]!, to[i]!];
    if (a === b) {
      from[i] = -1;
      to[i] = -1;
    } else if (!isBefore(points, a, b)) {
      from[i] = b;
      to[i] = a;
    }
  }
}

function isBefore(points: RoadPoints, a: number, b: number): boolean {
  const ax = points.lonOf(a);
  const bx = points.lonOf(b);
  return ax < bx || (ax === bx && points.latOf(a) < points.latOf(b));
}

/** Cuts of all stretches that meet elsewhere than at their ends. */
function findFirstCuts(
  stretches: Stretches,
  points: RoadPoints,
  index: RunIndex,
  pad: readonly [number, number],
): Cuts {
  const cuts: Cuts = [];
  const { runCount, boxes } = index;
  for (let run = 0; run < runCount; run++) {
    const west = boxes[4 * run]! - pad[0];
    const south = boxes[4 * run + 1]! - pad[1];
    const east = boxes[4 * run + 2]! + pad[0];
    const north = boxes[4 * run + 3]! + pad[1];
    index.visit(west, south, east, north, (other) => {
      if (other >= run) cutRuns(stretches, points, index, pad, run, other, cuts);
    });
  }
  return cuts;
}

function cutRuns(
  stretches: Stretches,
  points: RoadPoints,
  { runStart, boxes }: RunIndex,
  pad: readonly [number, number],
  run: number,
  other: number,
  cuts: Cuts,
): void {
  const { from, to } = stretches;
  const west = boxes[4 * other]! - pad[0];
  const south = boxes[4 * other + 1]! - pad[1];
  const east = boxes[4 * other + 2]! + pad[0];
  const north = boxes[4 * other + 3]! + pad[1];
  for (let i = runStart[run]!; i < runStart[run + 1]!; i++) {
    if (from[i]! < 0 || points.lonOf(to[i]!) < west || points.lonOf(from[i]!) > east) continue;
    const ay = points.latOf(from[i]!);
    const by = points.latOf(to[i]!);
    if (Math.max(ay, by) < south || Math.min(ay, by) > north) continue;
    for (let j = run === other ? i + 1 : runStart[other]!; j < runStart[other + 1]!; j++) {
      if (from[j]! >= 0) cutPair(stretches, i, j, points, cuts);
    }
  }
}

/** Cuts of fresh pieces and stretches as read that meet elsewhere than at their ends. */
function cutAgainstRead(
  stretches: Stretches,
  fresh: number,
  points: RoadPoints,
  { runStart, visit }: RunIndex,
  [padX, padY]: readonly [number, number],
  cuts: Cuts,
): void {
  const { from, to } = stretches;
  for (let i = fresh; i < from.length; i++) {
    const ay = points.latOf(from[i]!);
    const by = points.latOf(to[i]!);
    const west = points.lonOf(from[i]!) - padX;
    const east = points.lonOf(to[i]!) + padX;
    visit(west, Math.min(ay, by) - padY, east, Math.max(ay, by) + padY, (run) => {
      for (let j = runStart[run]!; j < runStart[run + 1]!; j++) {
        if (from[j]! >= 0) cutPair(stretches, i, j, points, cuts);
      }
    });
  }
}

/** Cuts of fresh pieces and other pieces (all from `read` on) that meet elsewhere than at their ends. */
function cutAgainstPieces(stretches: Stretches, read: number, fresh: number, points: RoadPoints, cuts: Cuts): void {
  const { from, to } = stretches;
  const pieces: number[] = [];
  for (let i = read; i < from.length; i++) if (from[i]! >= 0) pieces.push(i);
  const index = new Flatbush(pieces.length);
  for (const i of pieces) {
    const ay = points.latOf(from[i]!);
    const by = points.latOf(to[i]!);
    index.add(points.lonOf(from[i]!) - 1, Math.min(ay, by) - 1, points.lonOf(to[i]!) + 1, Math.max(ay, by) + 1);
  }
  index.finish();
  for (let i = fresh; i < from.length; i++) {
    const ay = points.latOf(from[i]!);
    const by = points.latOf(to[i]!);
    const [west, east] = [points.lonOf(from[i]!), points.lonOf(to[i]!)];
    index.search(west, Math.min(ay, by), east, Math.max(ay, by), (at) => {
      const j = pieces[at]!;
      if (j < fresh || j > i) cutPair(stretches, i, j, points, cuts);
      return false;
    });
  }
}

/** Runs for every pair that may meet: no closure, no array in here. */
function cutPair({ from, to }: Stretches, i: number, j: number, points: RoadPoints, cuts: Cuts): void {
  const a = from[i]!;
  const b = to[i]!;
  const c = from[j]!;
  const d = to[j]!;
  const ax = points.lonOf(a);
  const bx = points.lonOf(b);
  const cx = points.lonOf(c);
  const dx = points.lonOf(d);
  if (bx < cx - 1 || dx < ax - 1) return;
  const ay = points.latOf(a);
  const by = points.latOf(b);
  const cy = points.latOf(c);
  const dy = points.latOf(d);
  if (Math.max(ay, by) < Math.min(cy, dy) - 1 || Math.max(cy, dy) < Math.min(ay, by) - 1) return;
  const before = cuts.length;
  if (isThrough(ax, ay, bx, by, cx, cy)) cuts.push(i, c);
  if (isThrough(ax, ay, bx, by, dx, dy)) cuts.push(i, d);
  if (isThrough(cx, cy, dx, dy, ax, ay)) cuts.push(j, a);
  if (isThrough(cx, cy, dx, dy, bx, by)) cuts.push(j, b);
  if (cuts.length > before || a === c || a === d || b === c || b === d) return;
  const crossing = crossingOf(ax, ay, bx, by, cx, cy, dx, dy);
  if (!crossing) return;
  const point = points.add(crossing[0], crossing[1]);
  if (point !== a && point !== b) cuts.push(i, point);
  if (point !== c && point !== d) cuts.push(j, point);
}

/** @returns number of the first piece that was made */
function cutStretches(stretches: Stretches, cuts: Cuts, points: RoadPoints): number {
  const made = stretches.from.length;
  const pointsOf = new Map<number, number[]>();
  for (let i = 0; i < cuts.length; i += 2) {
    const known = pointsOf.get(cuts[i]!);
    if (known) known.push(cuts[i + 1]!);
    else pointsOf.set(cuts[i]!, [cuts[i + 1]!]);
  }
  for (const [stretch, at] of pointsOf) if (stretches.from[stretch]! >= 0) cutStretch(stretches, stretch, at, points);
  return made;
}

function cutStretch(stretches: Stretches, stretch: number, at: readonly number[], points: RoadPoints): void {
  const [start, end] = [stretches.from[stretch]!, stretches.to[stretch]!];
  const [ax, ay] = [points.lonOf(start), points.latOf(start)];
  const [dx, dy] = [points.lonOf(end) - ax, points.latOf(end) - ay];
  const stations = at.map((point) => ({
    point,
    along: (points.lonOf(point) - ax) * dx + (points.latOf(point) - ay) * dy,
  }));
  stations.sort((a, b) => a.along - b.along);
  stretches.from[stretch] = -1;
  stretches.to[stretch] = -1;
  let from = start;
  for (const { point } of [...stations, { point: end }]) {
    if (point === from) continue;
    const isForward = isBefore(points, from, point);
    pushStretch(stretches, isForward ? from : point, isForward ? point : from, stretches.road[stretch]!);
    from = point;
  }
}
