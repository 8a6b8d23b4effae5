import type Flatbush from "flatbush";
import { crossingOf } from "../coverage/crossing.ts";
import { isThrough } from "../coverage/node_edges.ts";
import type { Cuts } from "./join_loose_ends.ts";
import { pushStretch, type RoadPoints, type Stretches } from "./stretches.ts";

/** Pieces of the stretches that were read. A piece without an end (−1) has been cut. */
interface Pieces extends Stretches {
  /** The stretch that each was cut from. */
  raw: number[];
  /** The next piece of the same stretch, −1 at the last. */
  next: number[];
  /** The first piece of each stretch. */
  head: Int32Array;
}

/** Units beyond its stretch's box that a piece may reach, since crossings are rounded. */
const slack = 64;

/**
 * Cuts stretches until they meet at their ends only: snap rounding on whole units of 1e-9°, with the same predicates as
 * the coverage kernel (data/coverage/node_edges.ts), but on one index of the stretches as read, which stays right for
 * all of their pieces; no object an edge, since a city has hundreds of thousands.
 *
 * @param index - boxes of the stretches in units, before ends were moved by at most `moved` ([x, y] in units)
 * @param cuts - where stretches must be cut in any case
 * @returns pieces, `from` before `to` by x, then y; the same piece of two roads comes twice
 */
export function nodeStretches(
  stretches: Stretches,
  points: RoadPoints,
  index: Flatbush,
  moved: readonly [number, number],
  cuts: Cuts,
): Stretches {
  const pieces = asPieces(stretches, points);
  let fresh = cutPieces(pieces, cuts, points);
  const cutBefore = new Set(fresh);
  const first: number[] = [];
  for (let piece = 0; piece < pieces.from.length; piece++) {
    if (pieces.from[piece]! >= 0 && !cutBefore.has(piece)) first.push(piece);
  }
  fresh = first.concat(fresh);
  while (fresh.length > 0) {
    fresh = cutPieces(pieces, findCuts(pieces, fresh, points, index, moved), points);
  }
  return withoutGaps(pieces);
}

/** Every stretch as its own piece, in the direction that `isThrough` wants. */
function asPieces({ from, to, road }: Stretches, points: RoadPoints): Pieces {
  const size = from.length;
  const pieces: Pieces = { from: [], to: [], road: [], raw: [], next: [], head: new Int32Array(size) };
  for (let i = 0; i < size; i++) {
    const turned = from[i] !== to[i] && !isBefore(points, from[i]!, to[i]!);
    if (from[i] === to[i]) pushStretch(pieces, -1, -1, road[i]!);
    else pushStretch(pieces, turned ? to[i]! : from[i]!, turned ? from[i]! : to[i]!, road[i]!);
    pieces.raw.push(i);
    pieces.next[i] = -1;
    pieces.head[i] = i;
  }
  return pieces;
}

function isBefore(points: RoadPoints, a: number, b: number): boolean {
  const [ax, bx] = [points.lonOf(a), points.lonOf(b)];
  return ax < bx || (ax === bx && points.latOf(a) < points.latOf(b));
}

/** @returns cuts of pieces that meet a fresh one elsewhere than at their ends */
function findCuts(
  pieces: Pieces,
  fresh: readonly number[],
  points: RoadPoints,
  index: Flatbush,
  [movedX, movedY]: readonly [number, number],
): Cuts {
  const cuts: Cuts = [];
  const isFresh = new Uint8Array(pieces.from.length);
  for (const piece of fresh) isFresh[piece] = 1;
  const { from, to, head, next } = pieces;
  for (const i of fresh) {
    const ax = points.lonOf(from[i]!);
    const ay = points.latOf(from[i]!);
    const bx = points.lonOf(to[i]!);
    const by = points.latOf(to[i]!);
    const south = Math.min(ay, by);
    const north = Math.max(ay, by);
    const padX = movedX + slack;
    const padY = movedY + slack;
    index.search(ax - padX, south - padY, bx + padX, north + padY, (raw) => {
      for (let j = head[raw]!; j >= 0; j = next[j]!) {
        if (from[j]! >= 0 && (isFresh[j] === 0 || j > i)) cutPair(pieces, i, j, points, cuts);
      }
      return false;
    });
  }
  return cuts;
}

/** Runs for every pair of pieces whose boxes meet: no closure, no array in here. */
function cutPair({ from, to }: Pieces, i: number, j: number, points: RoadPoints, cuts: Cuts): void {
  const [a, b, c, d] = [from[i]!, to[i]!, from[j]!, to[j]!];
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
  for (const [piece, at] of pointsOf) {
    if (pieces.from[piece]! >= 0) cutPiece(pieces, piece, at, points, made);
  }
  return made;
}

function cutPiece(pieces: Pieces, piece: number, at: readonly number[], points: RoadPoints, made: number[]): void {
  const [start, end, raw] = [pieces.from[piece]!, pieces.to[piece]!, pieces.raw[piece]!];
  const [ax, ay] = [points.lonOf(start), points.latOf(start)];
  const [dx, dy] = [points.lonOf(end) - ax, points.latOf(end) - ay];
  const stations = at.map((point) => ({
    point,
    along: (points.lonOf(point) - ax) * dx + (points.latOf(point) - ay) * dy,
  }));
  stations.sort((a, b) => a.along - b.along);
  removePiece(pieces, piece);
  let from = start;
  for (const { point } of [...stations, { point: end }]) {
    if (point === from) continue;
    const fresh = pieces.from.length;
    const forward = isBefore(points, from, point);
    pushStretch(pieces, forward ? from : point, forward ? point : from, pieces.road[piece]!);
    pieces.raw.push(raw);
    pieces.next[fresh] = pieces.head[raw]!;
    pieces.head[raw] = fresh;
    made.push(fresh);
    from = point;
  }
}

function removePiece({ from, to, raw, next, head }: Pieces, piece: number): void {
  const of = raw[piece]!;
  if (head[of] === piece) head[of] = next[piece]!;
  else {
    let one = head[of]!;
    while (next[one] !== piece) one = next[one]!;
    next[one] = next[piece]!;
  }
  from[piece] = -1;
  to[piece] = -1;
}

function withoutGaps(pieces: Pieces): Stretches {
  const stretches: Stretches = { from: [], to: [], road: [] };
  for (let i = 0; i < pieces.from.length; i++) {
    if (pieces.from[i]! >= 0) pushStretch(stretches, pieces.from[i]!, pieces.to[i]!, pieces.road[i]!);
  }
  return stretches;
}
