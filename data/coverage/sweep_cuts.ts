import { crossingOf } from "./crossing.ts";
import type { Edge, Points } from "./edge.ts";
import { orient } from "./orientation.ts";
import { createSweepLine, type SweepLine } from "./sweep_line.ts";
import { mostPieces, TangledCoverage } from "./tangled.ts";

/** Points at which edges must be cut, by edge. */
export type Cuts = (number[] | undefined)[];

/**
 * Finds crossings by one sweep from west to east (Bentley and Ottmann 1979), on rounded crossings: n edges and k
 * crossings take about (n + k) log n, also where the boxes of all edges meet, as in a fan or a star of many points.
 *
 * An edge that is found to cross its neighbour is cut in two at once, and goes on as two; it bends by up to half a unit, so
 * what the sweep found is tried again by the caller until a sweep finds nothing: then no two edges cross, for certain.
 *
 * @param edges - each once; none with the same ends as another
 * @returns null when nothing crosses
 * @throws TangledCoverage when there are too many pieces
 */
export function sweepCuts(edges: readonly Edge[], points: Points): Cuts | null {
  const sweep = startSweep(edges, points);
  for (let point = sweep.events.next(); point >= 0; point = sweep.events.next()) passPoint(sweep, point);
  return sweep.found ? sweep.cuts : null;
}

/** Stretches of edges; a cut makes two of one. Both ends in order of the sweep. */
interface Sweep {
  points: Points;
  edgeOf: number[];
  from: number[];
  to: number[];
  leaving: Map<number, number[]>;
  /** How many stretches on the line end at a point. */
  arriving: Map<number, number>;
  line: SweepLine;
  events: EventQueue;
  cuts: Cuts;
  /** Stretches that there may be. */
  most: number;
  /** Something was cut, or could not be seen to its end: once more. */
  found: boolean;
}

function startSweep(edges: readonly Edge[], points: Points): Sweep {
  const sweep: Sweep = {
    points,
    edgeOf: [],
    from: [],
    to: [],
    leaving: new Map(),
    arriving: new Map(),
    line: createSweepLine(),
    events: createEventQueue(edges, points),
    cuts: new Array(edges.length).fill(undefined),
    most: mostPieces(edges.length),
    found: false,
  };
  edges.forEach(({ from, to }, edge) => {
    addStretch(sweep, edge, from, to);
  });
  return sweep;
}

function addStretch(sweep: Sweep, edge: number, from: number, to: number): void {
  if (sweep.edgeOf.length >= sweep.most) throw new TangledCoverage("crossings");
  const stretch = sweep.edgeOf.push(edge) - 1;
  sweep.from.push(from);
  sweep.to.push(to);
  const others = sweep.leaving.get(from);
  if (others) others.push(stretch);
  else sweep.leaving.set(from, [stretch]);
}

function passPoint(sweep: Sweep, point: number): void {
  const { line, to, arriving } = sweep;
  const low = line.countBelow((stretch) => isBelow(sweep, stretch, point));
  let high = low;
  while (high < line.length && comesTo(sweep, line.at(high), point)) high++;
  const met = line.slice(low, high);
  let ended = 0;
  for (const stretch of met) {
    if (to[stretch] === point) ended++;
    else cutHere(sweep, stretch, point);
  }
  let [at, count] = [low, high - low];
  if (ended !== (arriving.get(point) ?? 0)) {
    // bent out of order: taken out by hand
    line.replace(at, count, []);
    for (let i = line.length - 1; i >= 0; i--) if (to[line.at(i)] === point) line.replace(i, 1, []);
    sweep.found = true;
    at = line.countBelow((stretch) => isBelow(sweep, stretch, point));
    count = 0;
  }
  arriving.delete(point);
  const leaving = leavingOf(sweep, point);
  for (const stretch of leaving) arriving.set(to[stretch]!, (arriving.get(to[stretch]!) ?? 0) + 1);
  line.replace(at, count, leaving);
  while (at > 0 && (leaving.length > 0 || at < line.length) && parts(sweep, point, line.at(at - 1), line.at(at))) {
    at--; // what crosses at once is left to the next sweep
    drop(sweep, at);
  }
  for (let above = at + leaving.length; leaving.length > 0 && above < line.length; ) {
    if (!parts(sweep, point, line.at(above - 1), line.at(above))) break;
    drop(sweep, above);
  }
}

/** Stretches that begin here, from south to north; of those that run over each other the shortest stays, others go on. */
function leavingOf(sweep: Sweep, point: number): number[] {
  const { points, to, edgeOf } = sweep;
  const all = sweep.leaving.get(point);
  if (!all) return [];
  sweep.leaving.delete(point);
  const [x, y] = [points.lonOf(point), points.latOf(point)];
  const turn = (a: number, b: number): number => {
    const [p, q] = [to[a]!, to[b]!];
    return orient(x, y, points.lonOf(p), points.latOf(p), points.lonOf(q), points.latOf(q));
  };
  const isNearer = (a: number, b: number) => (isAfter(points, to[b]!, to[a]!) ? -1 : to[a] === to[b] ? 0 : 1);
  all.sort((a, b) => -turn(a, b) || isNearer(a, b));
  const kept: number[] = [];
  for (const stretch of all) {
    const before = kept.at(-1);
    if (before === undefined || turn(before, stretch) !== 0) {
      kept.push(stretch);
      continue;
    }
    const end = to[before]!;
    if (to[stretch] === end) continue;
    addCut(sweep, edgeOf[stretch]!, end);
    addStretch(sweep, edgeOf[stretch]!, end, to[stretch]!);
  }
  return kept;
}

/** The stretch passes the point and not through it: so near that it must be cut there counts as through. */
function isBelow(sweep: Sweep, stretch: number, point: number): boolean {
  if (comesTo(sweep, stretch, point)) return false;
  const { points, from, to } = sweep;
  const [a, b] = [from[stretch]!, to[stretch]!];
  const [px, py] = [points.lonOf(point), points.latOf(point)];
  return orient(points.lonOf(a), points.latOf(a), points.lonOf(b), points.latOf(b), px, py) > 0;
}

/** Ends in the point, or passes within less than half a unit (either way). */
function comesTo({ points, from, to }: Sweep, stretch: number, point: number): boolean {
  const [a, b] = [from[stretch]!, to[stretch]!];
  if (b === point) return true;
  const [ax, ay, bx, by] = [points.lonOf(a), points.latOf(a), points.lonOf(b), points.latOf(b)];
  const [px, py] = [points.lonOf(point), points.latOf(point)];
  if (px > bx || (py < ay && py < by) || (py > ay && py > by)) return false;
  const [dx, dy] = [bx - ax, by - ay];
  const off = Math.abs(dx * (py - ay) - dy * (px - ax));
  return 2 * off < dx + Math.abs(dy) || orient(ax, ay, bx, by, px, py) === 0;
}

/** A stretch on the line that passes the point ends in it, and its rest leaves it. */
function cutHere(sweep: Sweep, stretch: number, point: number): void {
  const { edgeOf, to, arriving } = sweep;
  const end = to[stretch]!;
  arriving.set(end, arriving.get(end)! - 1);
  addCut(sweep, edgeOf[stretch]!, point);
  if (isAfter(sweep.points, end, point)) addStretch(sweep, edgeOf[stretch]!, point, end);
  to[stretch] = point;
}

function addCut(sweep: Sweep, edge: number, point: number): void {
  const known = sweep.cuts[edge];
  if (known) known.push(point);
  else sweep.cuts[edge] = [point];
  sweep.found = true;
}

/** Cuts two neighbours where they cross. @returns true if the place is passed already, so that one of them must go */
function parts(sweep: Sweep, point: number, below: number, above: number): boolean {
  const { points, from, to, edgeOf } = sweep;
  const crossing = crossingOf(
    points.lonOf(from[below]!),
    points.latOf(from[below]!),
    points.lonOf(to[below]!),
    points.latOf(to[below]!),
    points.lonOf(from[above]!),
    points.latOf(from[above]!),
    points.lonOf(to[above]!),
    points.latOf(to[above]!),
  );
  if (!crossing) return false;
  const at = points.add(crossing[0], crossing[1]);
  if (!isAfter(points, at, point)) {
    for (const stretch of [below, above]) {
      if (at !== from[stretch] && at !== to[stretch]) addCut(sweep, edgeOf[stretch]!, at);
    }
    sweep.found = true;
    return true;
  }
  sweep.events.add(at);
  for (const stretch of [below, above]) if (at !== to[stretch]) cutAhead(sweep, stretch, at);
  return false;
}

/** A stretch on the line will end in a point ahead, and go on from there. */
function cutAhead(sweep: Sweep, stretch: number, at: number): void {
  const { points, to, edgeOf, arriving } = sweep;
  const end = to[stretch]!;
  addCut(sweep, edgeOf[stretch]!, at);
  if (isAfter(points, end, at)) addStretch(sweep, edgeOf[stretch]!, at, end);
  else addStretch(sweep, edgeOf[stretch]!, end, at); // rounded beyond its end, in the same column
  arriving.set(end, arriving.get(end)! - 1);
  arriving.set(at, (arriving.get(at) ?? 0) + 1);
  to[stretch] = at;
}

function drop({ line, arriving, to }: Sweep, place: number): void {
  const end = to[line.at(place)]!;
  arriving.set(end, arriving.get(end)! - 1);
  line.replace(place, 1, []);
}

/** In the order of the sweep: by x, then by y. */
function isAfter(points: Points, a: number, b: number): boolean {
  const [ax, bx] = [points.lonOf(a), points.lonOf(b)];
  return ax > bx || (ax === bx && points.latOf(a) > points.latOf(b));
}

interface EventQueue {
  /** The next point, each once; −1 at the end. */
  next(): number;
  /** A point that lies ahead. */
  add(point: number): void;
}

/** Ends of edges in order; crossings come in by a heap. */
function createEventQueue(edges: readonly Edge[], points: Points): EventQueue {
  const ends = new Set<number>();
  for (const { from, to } of edges) ends.add(from).add(to);
  const order = [...ends].sort((a, b) => (isAfter(points, a, b) ? 1 : -1));
  const heap: number[] = [];
  let at = 0;
  let last = -1;
  return {
    next() {
      for (;;) {
        const planned = order[at];
        const isHeaped = heap.length > 0 && (planned === undefined || isAfter(points, planned, heap[0]!));
        if (!isHeaped && planned === undefined) return -1;
        const point = isHeaped ? pop(heap, points) : order[at++]!;
        if (point === last) continue; // a crossing that fell on another
        last = point;
        return point;
      }
    },
    add: (point) => push(heap, points, point),
  };
}

function push(heap: number[], points: Points, point: number): void {
  let i = heap.push(point) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!isAfter(points, heap[parent]!, point)) break;
    heap[i] = heap[parent]!;
    i = parent;
  }
  heap[i] = point;
}

function pop(heap: number[], points: Points): number {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isAfter(points, heap[child]!, heap[child + 1]!)) child++;
    if (!isAfter(points, last, heap[child]!)) break;
    heap[i] = heap[child]!;
    i = child;
  }
  heap[i] = last;
  return top;
}
