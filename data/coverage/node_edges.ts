import Flatbush from "flatbush";
import { crossingOf } from "./crossing.ts";
import { createEdge, type Edge, type EdgeSet, keyOf, matters, type Points, putEdge } from "./edge.ts";
import { type Cuts, sweepCuts } from "./sweep_cuts.ts";
import { mostPieces, TangledCoverage } from "./tangled.ts";

/** Rounds after which rounded crossings will not come to rest: three or four are usual. */
const mostRounds = 50;

/**
 * Cuts edges until they meet at their ends only, by snap rounding (Hobby 1999) on whole units: a crossing is rounded
 * to the nearest position of the grid, and an edge that comes within half a unit of a point is bent through it.
 *
 *     ───╲───              ──╲  ╱──
 *         ╲        →          ╲╱          the crossing becomes a point of both
 *     ─────╲──             ───╱╲───
 *
 * Pieces that fall together become one, with their steps added up; those whose sum is 0 drop out (walls stay).
 * Each round looks only at pieces that the one before made; no piece, no crossing left: done. Boxes tell which edges
 * may meet; where so many boxes meet that this would take quadratic time (fans, stars of many points), a sweep tells.
 *
 * @throws TangledCoverage if there would be more than `mostPieces`
 */
export function nodeEdges(edges: readonly Edge[], points: Points): Edge[] {
  const set: EdgeSet = new Map();
  let freshKeys = new Set<number>();
  for (const edge of edges) freshKeys.add(putEdge(set, edge));
  const most = mostPieces(edges.length);
  for (let round = 0; ; round++) {
    if (set.size > most || round > mostRounds) throw new TangledCoverage("crossings");
    const all = freshFirst(set, freshKeys);
    let cuts = findCuts(all.edges, all.fresh, points);
    const isCrowded = cuts === null;
    cuts ??= sweepCuts(all.edges, points);
    if (!cuts) return all.edges;
    const pieces: Edge[] = [];
    cuts.forEach((cut, i) => {
      if (!cut) return;
      set.delete(keyOf(all.edges[i]!));
      addPieces(pieces, all.edges[i]!, cut, points);
    });
    if (pieces.length === 0 && !isCrowded) return all.edges;
    // what a sweep that cut something left alone may still meet
    freshKeys = new Set(isCrowded ? set.keys() : []);
    for (const piece of pieces) freshKeys.add(putEdge(set, piece));
  }
}

/** Drops what does not matter and puts the fresh edges in front. */
function freshFirst(set: EdgeSet, freshKeys: ReadonlySet<number>): { edges: Edge[]; fresh: number } {
  const edges: Edge[] = [];
  for (const key of freshKeys) {
    const edge = set.get(key)!;
    if (matters(edge)) edges.push(edge);
    else set.delete(key);
  }
  const fresh = edges.length;
  if (set.size > fresh) for (const [key, edge] of set) if (!freshKeys.has(key)) edges.push(edge);
  return { edges, fresh };
}

function addPieces(pieces: Edge[], edge: Edge, cut: number[], points: Points): void {
  const [ax, ay] = [points.lonOf(edge.from), points.latOf(edge.from)];
  const [dx, dy] = [points.lonOf(edge.to) - ax, points.latOf(edge.to) - ay];
  const stations = cut.map((point) => ({
    point,
    along: (points.lonOf(point) - ax) * dx + (points.latOf(point) - ay) * dy,
  }));
  stations.sort((a, b) => a.along - b.along);
  let from = edge.from;
  for (const { point } of [...stations, { point: edge.to }]) {
    if (point === from) continue;
    pieces.push(createEdge(points, { ...edge, from, to: point }));
    from = point;
  }
}

/** Pairs of boxes that may meet before a sweep is faster: some for each edge are usual, and a few more cost nothing. */
const mostPairs = { more: 200_000, an_edge: 64 };

/**
 * Points at which edges must be cut, by edge; pairs of which neither is among the first `fresh` are left out.
 * @returns null when too many boxes meet
 */
function findCuts(edges: readonly Edge[], fresh: number, points: Points): Cuts | null {
  const cuts: Cuts = new Array(edges.length).fill(undefined);
  if (fresh === 0) return cuts;
  const longest = longestChunk(edges, points);
  const owners: number[] = [];
  const boxes: number[] = [];
  edges.forEach((edge, i) => {
    visitChunks(edge, points, longest, (west, south, east, north) => {
      owners.push(i);
      boxes.push(west, south, east, north);
    });
  });
  const index = new Flatbush(owners.length);
  for (let i = 0; i < boxes.length; i += 4) index.add(boxes[i]!, boxes[i + 1]!, boxes[i + 2]!, boxes[i + 3]!);
  index.finish();
  let pairs = mostPairs.more;
  for (let i = 0; i < fresh; i++) {
    visitChunks(edges[i]!, points, longest, (west, south, east, north) => {
      index.search(west, south, east, north, (chunk) => {
        const j = owners[chunk]!;
        if (j > i || j >= fresh) cutPair(edges, i, j, points, cuts);
        pairs--;
        return false;
      });
    });
    pairs += mostPairs.an_edge;
    if (pairs < 0) return null;
  }
  return cuts;
}

/** Units: longer slanting edges are looked at piece by piece, since their whole box meets too much. */
function longestChunk(edges: readonly Edge[], points: Points): number {
  let sum = 0;
  for (const { from, to } of edges) {
    sum += Math.abs(points.lonOf(to) - points.lonOf(from)) + Math.abs(points.latOf(to) - points.latOf(from));
  }
  return Math.max(16, (4 * sum) / edges.length);
}

/** Boxes along an edge that hold all of it and one unit more. */
function visitChunks(
  { from, to }: Edge,
  points: Points,
  longest: number,
  visit: (west: number, south: number, east: number, north: number) => void,
): void {
  const [ax, ay] = [points.lonOf(from), points.latOf(from)];
  const [dx, dy] = [points.lonOf(to) - ax, points.latOf(to) - ay];
  const chunks = Math.max(1, Math.ceil(Math.min(Math.abs(dx), Math.abs(dy)) / longest));
  for (let i = 0; i < chunks; i++) {
    const [x0, x1] = [ax + (dx * i) / chunks, ax + (dx * (i + 1)) / chunks];
    const [y0, y1] = [ay + (dy * i) / chunks, ay + (dy * (i + 1)) / chunks];
    visit(Math.min(x0, x1) - 1, Math.min(y0, y1) - 1, Math.max(x0, x1) + 1, Math.max(y0, y1) + 1);
  }
}

/** Runs for every pair of edges whose boxes meet: no closure, no array in here. */
function cutPair(edges: readonly Edge[], i: number, j: number, points: Points, cuts: Cuts): void {
  const a = edges[i]!;
  const b = edges[j]!;
  const ax = points.lonOf(a.from);
  const ay = points.latOf(a.from);
  const bx = points.lonOf(a.to);
  const by = points.latOf(a.to);
  const cx = points.lonOf(b.from);
  const cy = points.latOf(b.from);
  const dx = points.lonOf(b.to);
  const dy = points.latOf(b.to);
  let touches = a.from === b.from || a.from === b.to || a.to === b.from || a.to === b.to;
  if (isThrough(ax, ay, bx, by, cx, cy)) touches = addCut(cuts, i, b.from);
  if (isThrough(ax, ay, bx, by, dx, dy)) touches = addCut(cuts, i, b.to);
  if (isThrough(cx, cy, dx, dy, ax, ay)) touches = addCut(cuts, j, a.from);
  if (isThrough(cx, cy, dx, dy, bx, by)) touches = addCut(cuts, j, a.to);
  if (touches) return;
  const crossing = crossingOf(ax, ay, bx, by, cx, cy, dx, dy);
  if (!crossing) return;
  const point = points.add(crossing[0], crossing[1]);
  if (point !== a.from && point !== a.to) addCut(cuts, i, point);
  if (point !== b.from && point !== b.to) addCut(cuts, j, point);
}

function addCut(cuts: Cuts, edge: number, point: number): true {
  const known = cuts[edge];
  if (known) known.push(point);
  else cuts[edge] = [point];
  return true;
}

/**
 * Does the segment pass within less than half a unit (either way) of the point, which is none of its ends? At exactly half
 * it does not: the diagonals of a square of one unit would be bent into each other for ever.
 */
export function isThrough(ax: number, ay: number, bx: number, by: number, px: number, py: number): boolean {
  if (px < ax || px > bx || (py < ay && py < by) || (py > ay && py > by)) return false;
  const dx = bx - ax;
  const dy = by - ay;
  if (2 * Math.abs(dx * (py - ay) - dy * (px - ax)) >= dx + Math.abs(dy)) return false;
  return (px !== ax || py !== ay) && (px !== bx || py !== by);
}
