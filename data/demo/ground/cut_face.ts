import type { EdgeClass } from "../ground_plan.ts";
import { drawBetween, type Random } from "../random.ts";
import { crossSegments, distanceToSegment, findLyingRectangle, type LyingRectangle } from "./polygon.ts";
import type { Subdivision } from "./subdivision.ts";

/** How a face is cut in two. */
export interface CutStyle {
  class: EdgeClass;
  /** Greatest bend of the chord, as a fraction of its length. */
  bend: number;
  /** Greatest turn of the chord from the short axis, radians. */
  turn: number;
}

/** A face as the cutter sees it: its ring with what is known of each corner and edge. */
interface CutRing {
  halves: number[];
  /** x,y,… of the origins of the half-edges. */
  points: number[];
  area: number;
  corner: boolean[];
  snappable: boolean[];
  /** Nobody drives across: river, railway or border. */
  barrier: boolean[];
  frozen: boolean[];
}

interface ChordEnd {
  /** Index in the ring of the edge, or of the vertex when share is 0. */
  index: number;
  share: number;
  x: number;
  y: number;
  snapped: boolean;
}

interface Chord {
  from: ChordEnd;
  to: ChordEnd;
  between: number[];
  score: number;
}

const attempts = 16;
/** Chords end at least this far from a corner, in large faces; metres. */
const cornerDistance = 38;
/** Points along a chord, so that the warp can bend it; metres. */
const bendStep = 45;

/**
 * Cuts a face in two by a bent chord across its long axis: of 16 tries the one that meets the border most squarely,
 * halves the area best and continues streets that already end there. Returns the new face, or −1 if none fits.
 *
 * @param frozenLines - lines whose vertices are shared with a neighbour: chords end at one of them
 */
export function cutFace(
  subdivision: Subdivision,
  face: number,
  style: CutStyle,
  random: Random,
  frozenLines: readonly boolean[] = [],
): number {
  const ring = readRing(subdivision, face, frozenLines);
  const lying = findLyingRectangle(ring.points);
  // Between two barriers no street can cross: there it runs along them.
  const best = chooseChord(ring, lying, style, random) ?? chooseChord(ring, turnRectangle(lying), style, random);
  if (!best) return -1;
  const from = halfAt(subdivision, ring, best.from);
  const to = halfAt(subdivision, ring, best.to);
  return subdivision.splitFace(from, to, best.between, style.class, -1);
}

/** The best try that stays clear of the ring; most tries never have to be measured against it. */
function chooseChord(ring: CutRing, lying: LyingRectangle, style: CutStyle, random: Random): Chord | null {
  const chords: Chord[] = [];
  for (let i = 0; i < attempts; i++) {
    const chord = tryChord(ring, lying, style, random);
    if (chord) chords.push(chord);
  }
  chords.sort((a, b) => a.score - b.score);
  return chords.find((chord) => isClear(ring, chord)) ?? null;
}

/** The same rectangle with its short side taken for the long one. */
function turnRectangle({ angle, along, across }: LyingRectangle): LyingRectangle {
  return { angle: angle + Math.PI / 2, along: across, across: [-along[1], -along[0]] };
}

/** The half-edge that starts at a chord's end, where need be after putting a vertex on the edge. */
function halfAt(subdivision: Subdivision, ring: CutRing, end: ChordEnd): number {
  const half = ring.halves[end.index]!;
  if (end.share === 0) return half;
  subdivision.splitEdge(half, end.x, end.y);
  return subdivision.next[half]!;
}

function readRing(subdivision: Subdivision, face: number, frozenLines: readonly boolean[]): CutRing {
  const halves = subdivision.ring(face);
  const n = halves.length;
  const points: number[] = [];
  for (const half of halves)
    points.push(subdivision.x[subdivision.origin[half]!]!, subdivision.y[subdivision.origin[half]!]!);
  const barrier = halves.map((half) => {
    const edgeClass = subdivision.edgeClass[half >> 1]!;
    return edgeClass === "river" || edgeClass === "railway" || edgeClass === "border";
  });
  const corner: boolean[] = [];
  const snappable: boolean[] = [];
  let twice = 0;
  for (let i = 0; i < n; i++) {
    const before = (i + n - 1) % n;
    const after = (i + 1) % n;
    const turn = turnAt(points, before, i, after);
    const degree = subdivision.degree[subdivision.origin[halves[i]!]!]!;
    const bent = turn > Math.PI / 6;
    corner.push(degree > 2 || bent);
    snappable.push(degree === 3 && !bent && !barrier[i] && !barrier[before]);
    twice += points[2 * i]! * points[2 * after + 1]! - points[2 * after]! * points[2 * i + 1]!;
  }
  const frozen = halves.map((half) => frozenLines[subdivision.edgeLine[half >> 1]!] === true);
  return { halves, points, area: twice / 2, corner, snappable, barrier, frozen };
}

function turnAt(points: readonly number[], a: number, b: number, c: number): number {
  const inAngle = Math.atan2(points[2 * b + 1]! - points[2 * a + 1]!, points[2 * b]! - points[2 * a]!);
  const outAngle = Math.atan2(points[2 * c + 1]! - points[2 * b + 1]!, points[2 * c]! - points[2 * b]!);
  let turn = Math.abs(outAngle - inAngle);
  if (turn > Math.PI) turn = 2 * Math.PI - turn;
  return turn;
}

function tryChord(ring: CutRing, lying: LyingRectangle, style: CutStyle, random: Random): Chord | null {
  const share = drawBetween(random, 0.36, 0.64);
  const angle = lying.angle + Math.PI / 2 + drawBetween(random, -style.turn, style.turn);
  const bend = drawBetween(random, -style.bend, style.bend);
  const along = lying.along[0] + share * (lying.along[1] - lying.along[0]);
  const across = (lying.across[0] + lying.across[1]) / 2;
  const cx = along * Math.cos(lying.angle) - across * Math.sin(lying.angle);
  const cy = along * Math.sin(lying.angle) + across * Math.cos(lying.angle);
  const ends = longestInnerPiece(ring, cx, cy, Math.cos(angle), Math.sin(angle));
  if (!ends) return null;
  const reach = Math.min(75, 0.3 * Math.sqrt(ring.area));
  const from = snapEnd(ring, ends[0], reach);
  const to = snapEnd(ring, ends[1], reach);
  if (!from || !to || from.index === to.index) return null;
  if (isBarrierEnd(ring, from) && isBarrierEnd(ring, to)) return null;
  const between = bendChord(from, to, bend);
  const halving = Math.abs(shareBehind(ring, from, to, between) - 0.5);
  if (halving > 0.36) return null;
  return { from, to, between, score: 2 * halving + scoreEnds(ring, from, to, between) };
}

/** Where a line enters and leaves the ring for its longest stretch inside. */
function longestInnerPiece(ring: CutRing, cx: number, cy: number, ux: number, uy: number): [ChordEnd, ChordEnd] | null {
  const hits: { at: number; end: ChordEnd }[] = [];
  const p = ring.points;
  const n = ring.halves.length;
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    const sideA = (p[2 * i]! - cx) * uy - (p[2 * i + 1]! - cy) * ux;
    const sideB = (p[2 * j]! - cx) * uy - (p[2 * j + 1]! - cy) * ux;
    if (sideA > 0 === sideB > 0) continue;
    const share = sideA / (sideA - sideB);
    const x = p[2 * i]! + share * (p[2 * j]! - p[2 * i]!);
    const y = p[2 * i + 1]! + share * (p[2 * j + 1]! - p[2 * i + 1]!);
    hits.push({ at: (x - cx) * ux + (y - cy) * uy, end: { index: i, share, x, y, snapped: false } });
  }
  hits.sort((a, b) => a.at - b.at);
  let best: [ChordEnd, ChordEnd] | null = null;
  let longest = 20;
  for (let i = 0; i + 1 < hits.length; i += 2) {
    const length = hits[i + 1]!.at - hits[i]!.at;
    if (length <= longest) continue;
    longest = length;
    best = [hits[i]!.end, hits[i + 1]!.end];
  }
  return best;
}

/** Moves an end to a junction of the other side, if one is near; refuses ends beside a corner. */
function snapEnd(ring: CutRing, end: ChordEnd, reach: number): ChordEnd | null {
  const n = ring.halves.length;
  let best = -1;
  let nearest = reach;
  let cornerNear = false;
  const clear = Math.min(cornerDistance, 0.22 * Math.sqrt(ring.area));
  for (let i = 0; i < n; i++) {
    if (!ring.corner[i]) continue;
    const distance = Math.hypot(ring.points[2 * i]! - end.x, ring.points[2 * i + 1]! - end.y);
    if (ring.snappable[i] && distance < nearest) {
      nearest = distance;
      best = i;
    }
    if (distance < clear) cornerNear = true;
  }
  if (best >= 0) return vertexEnd(ring, best, true);
  if (cornerNear) return null;
  if (ring.frozen[end.index]) return vertexEnd(ring, (end.index + Math.round(end.share)) % n, false);
  // A vertex at hand saves a sliver of an edge.
  const length = edgeLength(ring, end.index);
  if (end.share * length < 6) return vertexEnd(ring, end.index, false);
  if ((1 - end.share) * length < 6) return vertexEnd(ring, (end.index + 1) % n, false);
  return end;
}

function vertexEnd(ring: CutRing, index: number, snapped: boolean): ChordEnd {
  return { index, share: 0, x: ring.points[2 * index]!, y: ring.points[2 * index + 1]!, snapped };
}

function edgeLength(ring: CutRing, index: number): number {
  const j = (index + 1) % ring.halves.length;
  const p = ring.points;
  return Math.hypot(p[2 * j]! - p[2 * index]!, p[2 * j + 1]! - p[2 * index + 1]!);
}

function isBarrierEnd(ring: CutRing, end: ChordEnd): boolean {
  if (ring.barrier[end.index]) return true;
  return end.share === 0 && ring.barrier[(end.index + ring.halves.length - 1) % ring.halves.length]!;
}

/** Points of a quadratic curve whose middle lies `bend` of its length aside. */
function bendChord(from: ChordEnd, to: ChordEnd, bend: number): number[] {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  const controlX = (from.x + to.x) / 2 - 2 * bend * dy;
  const controlY = (from.y + to.y) / 2 + 2 * bend * dx;
  const count = Math.max(2, Math.ceil(length / bendStep));
  const points: number[] = [];
  for (let i = 1; i < count; i++) {
    const t = i / count;
    const a = (1 - t) * (1 - t);
    const b = 2 * t * (1 - t);
    const c = t * t;
    points.push(a * from.x + b * controlX + c * to.x, a * from.y + b * controlY + c * to.y);
  }
  return points;
}

/** True if the chord stays inside and away from the ring's vertices. */
function isClear(ring: CutRing, { from, to, between }: Chord): boolean {
  const chord = [from.x, from.y, ...between, to.x, to.y];
  const n = ring.halves.length;
  const p = ring.points;
  const clearance = Math.min(14, 0.08 * Math.sqrt(ring.area));
  for (let s = 0; s + 3 < chord.length; s += 2) {
    const [ax, ay, bx, by] = [chord[s]!, chord[s + 1]!, chord[s + 2]!, chord[s + 3]!];
    for (let i = 0; i < n; i++) {
      const j = (i + 1) % n;
      const distance = distanceToSegment(p[2 * i]!, p[2 * i + 1]!, ax, ay, bx, by);
      if (
        distance < clearance &&
        !isBesideEnd(ring, i, from, 3 * clearance) &&
        !isBesideEnd(ring, i, to, 3 * clearance)
      )
        return false;
      const touches = (end: ChordEnd): boolean => end.index === i || (end.share === 0 && end.index === j);
      if ((s === 0 && touches(from)) || (s + 4 === chord.length && touches(to))) continue;
      if (crossSegments(ax, ay, bx, by, p[2 * i]!, p[2 * i + 1]!, p[2 * j]!, p[2 * j + 1]!)) return false;
    }
  }
  return true;
}

function isBesideEnd(ring: CutRing, vertex: number, end: ChordEnd, reach: number): boolean {
  return Math.hypot(ring.points[2 * vertex]! - end.x, ring.points[2 * vertex + 1]! - end.y) < reach;
}

function scoreEnds(ring: CutRing, from: ChordEnd, to: ChordEnd, between: readonly number[]): number {
  const first = [between[0] ?? to.x, between[1] ?? to.y] as const;
  const last = [between[between.length - 2] ?? from.x, between[between.length - 1] ?? from.y] as const;
  const skew = skewAt(ring, from, first[0], first[1]) + skewAt(ring, to, last[0], last[1]);
  const deadEnds = Number(isBarrierEnd(ring, from)) + Number(isBarrierEnd(ring, to));
  const snaps = Number(from.snapped) + Number(to.snapped);
  return 0.5 * skew - 0.32 * snaps + 0.2 * deadEnds;
}

/** (1 − angle / 90°)² between the chord and the edge, or the sharper of the two edges, at its end. */
function skewAt(ring: CutRing, end: ChordEnd, x: number, y: number): number {
  const n = ring.halves.length;
  const edges = end.share === 0 ? [(end.index + n - 1) % n, end.index] : [end.index];
  let worst = 0;
  for (const i of edges) {
    const j = (i + 1) % n;
    const ex = ring.points[2 * j]! - ring.points[2 * i]!;
    const ey = ring.points[2 * j + 1]! - ring.points[2 * i + 1]!;
    const dot = Math.abs(ex * (x - end.x) + ey * (y - end.y)) / (Math.hypot(ex, ey) * Math.hypot(x - end.x, y - end.y));
    const angle = Math.acos(Math.min(1, dot));
    worst = Math.max(worst, (1 - angle / (Math.PI / 2)) ** 2);
  }
  return worst;
}

/** Share of the area on the side of the ring that begins at `from`. */
function shareBehind(ring: CutRing, from: ChordEnd, to: ChordEnd, between: readonly number[]): number {
  const n = ring.halves.length;
  const part = [from.x, from.y];
  for (let i = (from.index + 1) % n; ; i = (i + 1) % n) {
    if (i === to.index && to.share === 0) break;
    part.push(ring.points[2 * i]!, ring.points[2 * i + 1]!);
    if (i === to.index) break;
  }
  part.push(to.x, to.y);
  for (let i = between.length - 2; i >= 0; i -= 2) part.push(between[i]!, between[i + 1]!);
  let twice = 0;
  for (let i = 0, j = part.length - 2; i < part.length; j = i, i += 2)
    twice += part[j]! * part[i + 1]! - part[i]! * part[j + 1]!;
  return twice / 2 / ring.area;
}
