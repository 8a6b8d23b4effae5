import type { EdgeClass } from "../ground_plan.ts";
import { roundToCentimetre } from "../warp.ts";
import type { DraftBuilding, DraftFace } from "./draft.ts";
import { distanceToSegment } from "./polygon.ts";
import { fromFrame } from "./free_space.ts";
import { halfStreet } from "./house_styles.ts";
import type { Subdivision } from "./subdivision.ts";

/** A way fits where buildings leave this much free; metres. */
const leastGap = 2 * halfStreet.estate_way + 1.2;
/** From the middle of a way to the nearest wall; metres. */
const clearance = halfStreet.estate_way + 0.5;

/** Nobody reaches a house over these. */
const barriers: ReadonlySet<EdgeClass> = new Set<EdgeClass>(["border", "railway", "river", "bank"]);

interface RowCut {
  /** Direction of the way, and where it lies across. */
  ux: number;
  uy: number;
  across: number;
  score: number;
}

interface WayEnd {
  half: number;
  /** −1: a new vertex at x, y on the half-edge; else the vertex where the half-edge begins. */
  vertex: number;
  x: number;
  y: number;
}

/**
 * Cuts parcels of slabs by straight ways through the gaps between rows or columns, nearest half of the homes, until
 * none holds more than `most` homes or no gap is left. New parcels take the key, use and block of the old one and the
 * buildings on their side.
 * @param faces - grows with the new faces
 */
export function cutRows(
  subdivision: Subdivision,
  faces: DraftFace[],
  face: number,
  most: number,
  frozenLines: readonly boolean[],
): void {
  const waiting = [face];
  while (waiting.length > 0) {
    const current = waiting.pop()!;
    const parcel = faces[current]!;
    if (parcel.buildings.length < 2 || sumCapacity(parcel.buildings) <= most) continue;
    const added = cutBetween(subdivision, current, parcel.buildings, frozenLines);
    if (added < 0) continue;
    faces[added] = { ...parcel, key: `${parcel.key}+`, buildings: [], features: [] };
    parcel.key = `${parcel.key}-`;
    shareBuildings(subdivision, parcel, faces[added]!, added);
    waiting.push(current, added);
  }
}

function sumCapacity(buildings: readonly DraftBuilding[]): number {
  return buildings.reduce((sum, building) => sum + building.capacity, 0);
}

function cutBetween(
  subdivision: Subdivision,
  face: number,
  buildings: readonly DraftBuilding[],
  frozenLines: readonly boolean[],
): number {
  const corners = buildings.map(boxCorners);
  const cuts = findDirections(subdivision, face, buildings[0]!)
    .flatMap((angle) => findGaps(buildings, corners, angle))
    .sort((a, b) => a.score - b.score);
  for (const cut of cuts.slice(0, 12)) {
    const ends = findEnds(subdivision, face, cut, frozenLines);
    if (!ends || !isClearOf(ends, corners)) continue;
    const [from, to] = ends.map((end) => halfFrom(subdivision, end)) as [number, number];
    return subdivision.splitFace(from, to, [], "estate_way", -1);
  }
  return -1;
}

function boxCorners(building: DraftBuilding): number[] {
  const { x, y, width, depth } = building.box;
  const corners: number[] = [];
  for (const [dx, dy] of [
    [0, 0],
    [width, 0],
    [width, depth],
    [0, depth],
  ] as const) {
    corners.push(...fromFrame(building.frame, x + dx, y + dy));
  }
  return corners;
}

/** Along the rows, across them, and along the longer sides of the parcel; radians. */
function findDirections(subdivision: Subdivision, face: number, first: DraftBuilding): number[] {
  const rows = Math.atan2(first.frame.sin, first.frame.cos);
  const angles = [rows, rows + Math.PI / 2];
  for (const half of subdivision.ring(face)) {
    const a = subdivision.origin[half]!;
    const b = subdivision.target(half);
    const dx = subdivision.x[b]! - subdivision.x[a]!;
    const dy = subdivision.y[b]! - subdivision.y[a]!;
    if (Math.hypot(dx, dy) < 30) continue;
    const angle = Math.atan2(dy, dx);
    const isNew = angles.every((other) => Math.abs(Math.sin(other - angle)) > 0.07);
    if (isNew) angles.push(angle);
  }
  return angles;
}

/** Gaps between buildings seen along a direction, best halving first. */
function findGaps(buildings: readonly DraftBuilding[], corners: readonly number[][], angle: number): RowCut[] {
  const ux = Math.cos(angle);
  const uy = Math.sin(angle);
  const spans = corners.map((ring, index) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < ring.length; i += 2) {
      const across = ring[i + 1]! * ux - ring[i]! * uy;
      low = Math.min(low, across);
      high = Math.max(high, across);
    }
    return { low, high, capacity: buildings[index]!.capacity };
  });
  spans.sort((a, b) => a.low - b.low);
  const total = spans.reduce((sum, span) => sum + span.capacity, 0);
  const cuts: RowCut[] = [];
  let reach = spans[0]!.high;
  let below = spans[0]!.capacity;
  for (const span of spans.slice(1)) {
    const gap = span.low - reach;
    if (gap >= leastGap) {
      const score = Math.abs(below / total - 0.5) - 0.004 * Math.min(gap, 30);
      cuts.push({ ux, uy, across: (span.low + reach) / 2, score });
    }
    reach = Math.max(reach, span.high);
    below += span.capacity;
  }
  return cuts;
}

/** Where the way meets the ring: exactly two places, moved to a vertex close by. */
function findEnds(
  subdivision: Subdivision,
  face: number,
  cut: RowCut,
  frozenLines: readonly boolean[],
): [WayEnd, WayEnd] | null {
  const ends: WayEnd[] = [];
  for (const half of subdivision.ring(face)) {
    const a = subdivision.origin[half]!;
    const b = subdivision.target(half);
    const sideA = subdivision.y[a]! * cut.ux - subdivision.x[a]! * cut.uy - cut.across;
    const sideB = subdivision.y[b]! * cut.ux - subdivision.x[b]! * cut.uy - cut.across;
    if (sideA > 0 === sideB > 0) continue;
    const share = sideA / (sideA - sideB);
    ends.push(endOnEdge(subdivision, half, share, frozenLines));
  }
  if (ends.length !== 2) return null;
  const [from, to] = ends as [WayEnd, WayEnd];
  if (from.half === to.half || Math.hypot(from.x - to.x, from.y - to.y) < 12) return null;
  // A way leads to a street with one end at least.
  if (!meetsStreet(subdivision, from) && !meetsStreet(subdivision, to)) return null;
  return isAlongEdge(subdivision, from, to) ? null : [from, to];
}

function meetsStreet(subdivision: Subdivision, end: WayEnd): boolean {
  const halves = end.vertex >= 0 ? [end.half, subdivision.previous[end.half]!] : [end.half];
  return halves.some((half) => !barriers.has(subdivision.edgeClass[half >> 1]!));
}

function endOnEdge(subdivision: Subdivision, half: number, share: number, frozenLines: readonly boolean[]): WayEnd {
  const a = subdivision.origin[half]!;
  const b = subdivision.target(half);
  const dx = subdivision.x[b]! - subdivision.x[a]!;
  const dy = subdivision.y[b]! - subdivision.y[a]!;
  const length = Math.hypot(dx, dy);
  const isFrozen = frozenLines[subdivision.edgeLine[half >> 1]!] === true;
  const near = (vertex: number): number => (isFrozen ? 1e9 : subdivision.degree[vertex]! > 2 ? 9 : 3);
  const atVertex = (vertex: number, start: number): WayEnd => ({
    half: start,
    vertex,
    x: subdivision.x[vertex]!,
    y: subdivision.y[vertex]!,
  });
  if (share <= 0.5 && share * length < near(a)) return atVertex(a, half);
  if (share > 0.5 && (1 - share) * length < near(b)) return atVertex(b, subdivision.next[half]!);
  const x = roundToCentimetre(subdivision.x[a]! + share * dx);
  const y = roundToCentimetre(subdivision.y[a]! + share * dy);
  return { half, vertex: -1, x, y };
}

/** A way may not leave along the border. */
function isAlongEdge(subdivision: Subdivision, from: WayEnd, to: WayEnd): boolean {
  for (const [end, other] of [
    [from, to],
    [to, from],
  ] as const) {
    const before = subdivision.previous[end.half]!;
    const neighbours = [
      subdivision.target(end.half),
      end.vertex >= 0 ? subdivision.origin[before]! : subdivision.origin[end.half]!,
    ];
    for (const vertex of neighbours) {
      const ex = subdivision.x[vertex]! - end.x;
      const ey = subdivision.y[vertex]! - end.y;
      const wx = other.x - end.x;
      const wy = other.y - end.y;
      if ((ex * wx + ey * wy) / (Math.hypot(ex, ey) * Math.hypot(wx, wy)) > 0.94) return true;
    }
  }
  return false;
}

/** Moving an end to a vertex turns the way a little: it must still miss every building. */
function isClearOf(ends: readonly [WayEnd, WayEnd], corners: readonly number[][]): boolean {
  const [from, to] = ends;
  return corners.every((ring) => {
    let left = 0;
    for (let i = 0; i < ring.length; i += 2) {
      if (distanceToSegment(ring[i]!, ring[i + 1]!, from.x, from.y, to.x, to.y) < clearance) return false;
      const side = (to.x - from.x) * (ring[i + 1]! - from.y) - (to.y - from.y) * (ring[i]! - from.x);
      if (side > 0) left++;
    }
    return left === 0 || left === 4;
  });
}

function halfFrom(subdivision: Subdivision, end: WayEnd): number {
  if (end.vertex >= 0) return end.half;
  subdivision.splitEdge(end.half, end.x, end.y);
  return subdivision.next[end.half]!;
}

function shareBuildings(subdivision: Subdivision, old: DraftFace, added: DraftFace, addedFace: number): void {
  // The way is the only edge between the two: the added face lies to its left.
  const way = subdivision.previous[subdivision.faceStart[addedFace]!]!;
  const a = subdivision.origin[way]!;
  const b = subdivision.target(way);
  const isLeft = (building: DraftBuilding): boolean => {
    const { box, frame } = building;
    const [x, y] = fromFrame(frame, box.x + box.width / 2, box.y + box.depth / 2);
    const ax = subdivision.x[a]!;
    const ay = subdivision.y[a]!;
    return (subdivision.x[b]! - ax) * (y - ay) - (subdivision.y[b]! - ay) * (x - ax) > 0;
  };
  added.buildings = old.buildings.filter(isLeft);
  old.buildings = old.buildings.filter((building) => !isLeft(building));
}
