import { crossingOf } from "../coverage/crossing.ts";
import { isThrough } from "../coverage/node_edges.ts";
import type { Cuts } from "./join_loose_ends.ts";
import type { RunIndex } from "./run_index.ts";
import { pushStretch, type RoadPoints, type Stretches } from "./stretches.ts";

/** Pieces of the stretches that were read, which come first. What has been cut has no ends (−1). */
interface Pieces extends Stretches {
  /** The stretch that each piece beyond the first was cut from. */
  rawOf: number[];
  /** The next piece of the same stretch, −1 at the last. */
  next: number[];
  /** The first piece of each stretch. */
  head: Int32Array;
}

/** Units beyond its stretch's box that a piece may reach, since crossings are rounded. */
const slack = 64;

/**
 * Cuts stretches, in place, until they meet at their ends only: snap rounding on whole units of 1e-9°, with the same
 * predicates as the coverage kernel (data/coverage/node_edges.ts), but on one index of the stretches as read, which
 * stays right for all of their pieces, and no object an edge, since a city has hundreds of thousands.
 *
 * What has been cut has no ends (−1) afterwards; the others stand `from` before `to` by x, then y. The same piece of two
 * roads is there twice.
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
  const pieces = asPieces(stretches, points);
  const pad = [moved[0] + slack, moved[1] + slack] as const;
  cutPieces(pieces, cuts, points);
  let fresh = cutPieces(pieces, findFirstCuts(pieces, points, index, pad), points);
  while (fresh.length > 0) fresh = cutPieces(pieces, findCuts(pieces, fresh, points, index, pad), points);
}

/** Every stretch as its own piece, in the direction that `isThrough` wants. */
function asPieces(stretches: Stretches, points: RoadPoints): Pieces {
  const { from, to } = stretches;
  const size = from.length;
  const head = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const [a, b] = [from[i]!, to[i]!];
    head[i] = i;
    if (a === b) {
      from[i] = -1;
      to[i] = -1;
    } else if (!isBefore(points, a, b)) {
      from[i] = b;
      to[i] = a;
    }
  }
  return { ...stretches, rawOf: [], next: new Array<number>(size).fill(-1), head };
}

function isBefore(points: RoadPoints, a: number, b: number): boolean {
  const ax = points.lonOf(a);
  const bx = points.lonOf(b);
  return ax < bx || (ax === bx && points.latOf(a) < points.latOf(b));
}

/** Cuts of all pieces that meet elsewhere than at their ends. */
function findFirstCuts(pieces: Pieces, points: RoadPoints, index: RunIndex, pad: readonly [number, number]): Cuts {
  const cuts: Cuts = [];
  const { runCount, boxes } = index;
  for (let run = 0; run < runCount; run++) {
    const west = boxes[4 * run]! - pad[0];
    const south = boxes[4 * run + 1]! - pad[1];
    const east = boxes[4 * run + 2]! + pad[0];
    const north = boxes[4 * run + 3]! + pad[1];
    index.visit(west, south, east, north, (other) => {
      if (other >= run) cutRuns(pieces, points, index, pad, run, other, cuts);
    });
  }
  return cuts;
}

function cutRuns(
  pieces: Pieces,
  points: RoadPoints,
  { runStart, boxes }: RunIndex,
  pad: readonly [number, number],
  run: number,
  other: number,
  cuts: Cuts,
): void {
  const { from, to, head, next } = pieces;
  const west = boxes[4 * other]! - pad[0];
  const south = boxes[4 * other + 1]! - pad[1];
  const east = boxes[4 * other + 2]! + pad[0];
  const north = boxes[4 * other + 3]! + pad[1];
  for (let raw = runStart[run]!; raw < runStart[run + 1]!; raw++) {
    for (let i = head[raw]!; i >= 0; i = next[i]!) {
      if (from[i]! < 0 || points.lonOf(to[i]!) < west || points.lonOf(from[i]!) > east) continue;
      const ay = points.latOf(from[i]!);
      const by = points.latOf(to[i]!);
      if (Math.max(ay, by) < south || Math.min(ay, by) > north) continue;
      for (let rawB = run === other ? raw : runStart[other]!; rawB < runStart[other + 1]!; rawB++) {
        // of one stretch, pieces stand by falling number
        for (let j = raw === rawB ? next[i]! : head[rawB]!; j >= 0; j = next[j]!) {
          if (from[j]! >= 0) cutPair(pieces, i, j, points, cuts);
        }
      }
    }
  }
}

/** Cuts of pieces that meet a fresh one elsewhere than at their ends. */
function findCuts(
  pieces: Pieces,
  fresh: readonly number[],
  points: RoadPoints,
  index: RunIndex,
  [padX, padY]: readonly [number, number],
): Cuts {
  const cuts: Cuts = [];
  const isFresh = new Uint8Array(pieces.from.length);
  for (const piece of fresh) isFresh[piece] = 1;
  const { from, to, head, next } = pieces;
  for (const i of fresh) {
    const ay = points.latOf(from[i]!);
    const by = points.latOf(to[i]!);
    const west = points.lonOf(from[i]!) - padX;
    const east = points.lonOf(to[i]!) + padX;
    index.visit(west, Math.min(ay, by) - padY, east, Math.max(ay, by) + padY, (run) => {
      for (let raw = index.runStart[run]!; raw < index.runStart[run + 1]!; raw++) {
        for (let j = head[raw]!; j >= 0; j = next[j]!) {
          if (from[j]! >= 0 && (isFresh[j] === 0 || j > i)) cutPair(pieces, i, j, points, cuts);
        }
      }
    });
  }
  return cuts;
}

/** Runs for every pair of pieces that may meet: no closure, no array in here. */
function cutPair({ from, to }: Pieces, i: number, j: number, points: RoadPoints, cuts: Cuts): void {
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

/** @returns the pieces that were made */
function cutPieces(pieces: Pieces, cuts: Cuts, points: RoadPoints): number[] {
  const pointsOf = new Map<number, number[]>();
  for (let i = 0; i < cuts.length; i += 2) {
    const known = pointsOf.get(cuts[i]!);
    if (known) known.push(cuts[i + 1]!);
    else pointsOf.set(cuts[i]!, [cuts[i + 1]!]);
  }
  const made: number[] = [];
  for (const [piece, at] of pointsOf) if (pieces.from[piece]! >= 0) cutPiece(pieces, piece, at, points, made);
  return made;
}

function cutPiece(pieces: Pieces, piece: number, at: readonly number[], points: RoadPoints, made: number[]): void {
  const [start, end, raw] = [pieces.from[piece]!, pieces.to[piece]!, rawOf(pieces, piece)];
  const [ax, ay] = [points.lonOf(start), points.latOf(start)];
  const [dx, dy] = [points.lonOf(end) - ax, points.latOf(end) - ay];
  const stations = at.map((point) => ({
    point,
    along: (points.lonOf(point) - ax) * dx + (points.latOf(point) - ay) * dy,
  }));
  stations.sort((a, b) => a.along - b.along);
  removePiece(pieces, piece, raw);
  let from = start;
  for (const { point } of [...stations, { point: end }]) {
    if (point === from) continue;
    const one = pieces.from.length;
    const isForward = isBefore(points, from, point);
    pushStretch(pieces, isForward ? from : point, isForward ? point : from, pieces.road[piece]!);
    pieces.rawOf.push(raw);
    pieces.next.push(pieces.head[raw]!);
    pieces.head[raw] = one;
    made.push(one);
    from = point;
  }
}

function rawOf({ head, rawOf: of }: Pieces, piece: number): number {
  return piece < head.length ? piece : of[piece - head.length]!;
}

function removePiece({ from, to, next, head }: Pieces, piece: number, raw: number): void {
  if (head[raw] === piece) head[raw] = next[piece]!;
  else {
    let one = head[raw]!;
    while (next[one] !== piece) one = next[one]!;
    next[one] = next[piece]!;
  }
  from[piece] = -1;
  to[piece] = -1;
}
