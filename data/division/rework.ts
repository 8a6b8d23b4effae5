import { joinHoles } from "../coverage/join_holes.ts";
import { orient } from "../coverage/orientation.ts";
import type { MultiPolygon, Ring } from "../schema/geometry.ts";
import { type Patch, stretchKey } from "./patch.ts";
import { isCounterClockwise } from "./ring_facts.ts";
import { brokenEdges, fresh, type Knot, type Splits, unwritten, type Weave, weaveRing, writeRing } from "./weave.ts";

/**
 * Directed stretches by `stretchKey`. One whose reverse an area has as its border takes that away; another one is new
 * border, the area on its left.
 */
export type Chain = Map<number, readonly [from: number, to: number]>;

/** Two stretches against each other are none. */
export function addToChain(chain: Chain, from: number, to: number): void {
  if (chain.delete(stretchKey(to, from))) return;
  chain.set(stretchKey(from, to), [from, to]);
}

/** A stretch of border: knot `at` of a weave, or new (weave −1). */
interface Strand {
  from: number;
  to: number;
  weave: number;
  at: number;
}

/**
 * An area with ground added and taken away along its border. Rings that are not touched stay what they are; of the
 * others, what is left keeps its vertices, its start and its direction.
 *
 * @param polygons - as they are; the same object comes back if nothing changes
 */
export function rework(patch: Patch, polygons: MultiPolygon, chain: Chain, splits: Splits): MultiPolygon {
  const weaves: Weave[] = [];
  const isHole: boolean[] = [];
  for (const polygon of polygons) {
    polygon.forEach((ring, i) => {
      weaves.push(weaveRing(patch, ring, i > 0, splits));
      isHole.push(i > 0);
    });
  }
  const touched = findTouched(weaves, chain);
  if (!touched.includes(true)) {
    const rings = new Map(weaves.map((weave) => [weave.ring, withSplits(patch, weave)]));
    const same = weaves.every(({ ring }) => rings.get(ring) === ring);
    return same ? polygons : polygons.map((polygon) => polygon.map((ring) => rings.get(ring)!));
  }
  const exteriors: Ring[] = [];
  const holes: Ring[] = [];
  weaves.forEach((weave, i) => {
    if (!touched[i]) (isHole[i] ? holes : exteriors).push(withSplits(patch, weave));
  });
  const forward = directionsOf(polygons);
  for (const cycle of traceCycles(patch, strandsOf(weaves, touched, chain))) {
    const surface = doubleSurface(patch, cycle);
    if (surface === 0) continue;
    const ring = writeCycle(patch, cycle, weaves, surface > 0 ? forward.exterior : forward.hole);
    (surface > 0 ? exteriors : holes).push(ring);
  }
  return joinHoles(exteriors, holes);
}

/** Whether rings run with their area on the left, as most files have it, or the other way round. */
function directionsOf(polygons: MultiPolygon): { exterior: boolean; hole: boolean } {
  const first = polygons[0]?.[0];
  const exterior = first ? isCounterClockwise(first) : true;
  const hole = polygons.find((polygon) => polygon.length > 1)?.[1];
  return { exterior, hole: hole ? !isCounterClockwise(hole) : exterior };
}

function findTouched(weaves: readonly Weave[], chain: Chain): boolean[] {
  if (chain.size === 0) return weaves.map(() => false);
  const nodes = new Set<number>();
  for (const [from, to] of chain.values()) nodes.add(from).add(to);
  const touched = weaves.map(({ knots }) => knots.some(({ node }) => nodes.has(node)));
  // an area that has no ring yet is all new
  return weaves.length === 0 ? [true] : touched.includes(true) ? touched : [...touched, true];
}

function withSplits(patch: Patch, { ring, forward, knots }: Weave): Ring {
  if (!knots.some(({ own }) => own === fresh)) return ring;
  return writeRing(patch, knots, brokenEdges(knots), forward);
}

function strandsOf(weaves: readonly Weave[], touched: readonly boolean[], chain: Chain): Strand[] {
  const strands: Strand[] = [];
  const taken = new Set<number>();
  weaves.forEach(({ knots }, weave) => {
    if (!touched[weave]) return;
    knots.forEach(({ node }, at) => {
      const to = knots[(at + 1) % knots.length]!.node;
      const back = stretchKey(to, node);
      if (chain.has(back)) taken.add(back);
      else strands.push({ from: node, to, weave, at });
    });
  });
  for (const [key, [from, to]] of chain) if (!taken.has(key)) strands.push({ from, to, weave: -1, at: -1 });
  return strands;
}

/** Walks round every piece with its ground on the left; where it comes back to a node, it is cut in two rings. */
function traceCycles(patch: Patch, strands: readonly Strand[]): Strand[][] {
  const leaving = new Map<number, number[]>();
  strands.forEach(({ from }, i) => {
    const list = leaving.get(from);
    if (list) list.push(i);
    else leaving.set(from, [i]);
  });
  const used = new Uint8Array(strands.length);
  const cycles: Strand[][] = [];
  for (let start = 0; start < strands.length; start++) {
    if (used[start]) continue;
    const cycle: Strand[] = [];
    let here = start;
    while (here >= 0 && !used[here]) {
      used[here] = 1;
      cycle.push(strands[here]!);
      here = nextStrand(patch, strands, strands[here]!, leaving, used);
    }
    cycles.push(...splitAtRepeats(cycle));
  }
  return cycles;
}

/** Of the unused strands that leave the end of this one: the first clockwise from where it came. */
function nextStrand(
  patch: Patch,
  strands: readonly Strand[],
  { from, to }: Strand,
  leaving: ReadonlyMap<number, readonly number[]>,
  used: Uint8Array,
): number {
  let best = -1;
  for (const i of leaving.get(to) ?? []) {
    if (used[i]) continue;
    if (best < 0 || comesFirst(patch, to, from, strands[i]!.to, strands[best]!.to)) best = i;
  }
  return best;
}

/** Turning clockwise round `at` from the direction of `start`: is a met before b? */
function comesFirst({ points }: Patch, at: number, start: number, a: number, b: number): boolean {
  const side = (p: number, q: number) =>
    orient(points.lonOf(at), points.latOf(at), points.lonOf(p), points.latOf(p), points.lonOf(q), points.latOf(q));
  const half = (p: number) => {
    const turn = side(start, p);
    if (turn !== 0) return turn < 0 ? 0 : 2;
    const dot =
      (points.lonOf(start) - points.lonOf(at)) * (points.lonOf(p) - points.lonOf(at)) +
      (points.latOf(start) - points.latOf(at)) * (points.latOf(p) - points.latOf(at));
    return dot < 0 ? 1 : 3;
  };
  const [one, other] = [half(a), half(b)];
  return one !== other ? one < other : side(a, b) < 0;
}

function splitAtRepeats(cycle: readonly Strand[]): Strand[][] {
  const rings: Strand[][] = [];
  const open: Strand[] = [];
  const placeOf = new Map<number, number>();
  for (const strand of cycle) {
    const place = placeOf.get(strand.from);
    if (place !== undefined) {
      const ring = open.splice(place);
      for (const { from } of ring) placeOf.delete(from);
      if (ring.length > 2) rings.push(ring);
    }
    placeOf.set(strand.from, open.length);
    open.push(strand);
  }
  if (open.length > 2) rings.push(open);
  return rings;
}

function doubleSurface({ points }: Patch, cycle: readonly Strand[]): number {
  const [x0, y0] = [points.lonOf(cycle[0]!.from), points.latOf(cycle[0]!.from)];
  let sum = 0;
  for (const { from, to } of cycle) {
    const [ax, ay, bx, by] = [
      points.lonOf(from) - x0,
      points.latOf(from) - y0,
      points.lonOf(to) - x0,
      points.latOf(to) - y0,
    ];
    sum += ax * by - bx * ay;
  }
  return sum;
}

/** Where two strands followed each other before, their vertex stays as it was. */
function writeCycle(patch: Patch, cycle: readonly Strand[], weaves: readonly Weave[], forward: boolean): Ring {
  const broken = new Set<number>();
  const nameOf = (weave: number, edge: number) => weave * 2 ** 26 + edge;
  const knots: Knot[] = cycle.map((strand, i) => {
    const before = cycle[(i + cycle.length - 1) % cycle.length]!;
    const knot = strand.weave < 0 ? null : weaves[strand.weave]!.knots[strand.at]!;
    if (knot && before.weave === strand.weave) {
      const count = weaves[strand.weave]!.knots.length;
      if ((before.at + 1) % count === strand.at) {
        const edge = nameOf(strand.weave, knot.edge);
        if (knot.own === fresh) broken.add(edge).add(nameOf(before.weave, edgeAt(weaves, before)));
        return { ...knot, edge };
      }
    }
    if (knot?.own === unwritten) broken.add(nameOf(strand.weave, knot.edge));
    if (before.weave >= 0 && endOf(weaves, before).own === unwritten) {
      broken.add(nameOf(before.weave, edgeAt(weaves, before)));
    }
    return { node: strand.from, own: fresh, edge: -1 };
  });
  return writeRing(patch, knots, broken, forward);
}

function edgeAt(weaves: readonly Weave[], { weave, at }: Strand): number {
  return weaves[weave]!.knots[at]!.edge;
}

function endOf(weaves: readonly Weave[], { weave, at }: Strand): Knot {
  const { knots } = weaves[weave]!;
  return knots[(at + 1) % knots.length]!;
}
