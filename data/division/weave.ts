import type { Ring } from "../schema/geometry.ts";
import { type Patch, pointOf, positionOf, runsForward, stretchKey } from "./patch.ts";

/** A node of a ring: a vertex of its own (`own` is its point), one that only neighbours have, or one that is to be written. */
export interface Knot {
  node: number;
  own: number;
  /** The edge of the ring that leaves here or passes here. */
  edge: number;
}

/** `own` of a node that only neighbours have: it lies on a straight edge and stays unwritten while that edge stays. */
export const unwritten = -1;
/** `own` of a node that is written where the node is. */
export const fresh = -2;

/** A ring node by node, its area on the left; the first vertex of the ring comes first. */
export interface Weave {
  ring: Ring;
  forward: boolean;
  knots: Knot[];
}

/** Nodes put on stretches of border, by `splitKey` of their ends; in the order from the lower end to the higher. */
export type Splits = ReadonlyMap<number, readonly number[]>;

export function splitKey(a: number, b: number): number {
  return a < b ? stretchKey(a, b) : stretchKey(b, a);
}

/** The nodes put between two others, in the order from the first. */
function splitsBetween(splits: Splits, from: number, to: number): readonly number[] {
  const nodes = splits.get(splitKey(from, to));
  if (!nodes) return none;
  return from < to ? nodes : [...nodes].reverse();
}

const none: readonly number[] = [];

export function weaveRing(patch: Patch, ring: Ring, isHole: boolean, splits: Splits = new Map()): Weave {
  const forward = runsForward(ring, isHole);
  const edges = ring.length / 2 - 1;
  const knots: Knot[] = [];
  const add = (knot: Knot) => {
    const before = knots.at(-1);
    if (before?.node === knot.node) return;
    if (before && splits.size > 0) {
      for (const node of splitsBetween(splits, before.node, knot.node))
        knots.push({ node, own: fresh, edge: before.edge });
    }
    knots.push(knot);
  };
  for (let i = 0; i < edges; i++) {
    const vertex = forward || i === 0 ? i : edges - i;
    const edge = forward ? i : (vertex + edges - 1) % edges;
    const own = pointOf(patch.points, ring, vertex);
    add({ node: patch.nodeOf(own), own, edge });
    const between = patch.through(ring, edge);
    for (let j = 0; j < between.length; j++) {
      add({ node: between[forward ? j : between.length - 1 - j]!, own: unwritten, edge });
    }
  }
  const [first, last] = [knots[0]!, knots.at(-1)!];
  if (knots.length > 1 && first.node === last.node) knots.pop();
  else if (splits.size > 0) {
    for (const node of splitsBetween(splits, last.node, first.node)) knots.push({ node, own: fresh, edge: last.edge });
  }
  return { ring, forward, knots };
}

/**
 * The ring of some knots, closed. Edges in `broken` are not what they were: nodes on them are written, too.
 * @param forward - as the weave runs, or against it
 */
export function writeRing(patch: Patch, knots: readonly Knot[], broken: ReadonlySet<number>, forward: boolean): Ring {
  const points: number[] = [];
  for (const { node, own, edge } of knots) {
    if (own === unwritten && !broken.has(edge)) continue;
    points.push(own >= 0 ? own : node);
  }
  const ring: Ring = [];
  for (let i = 0; i < points.length; i++) {
    const point = points[forward || i === 0 ? i : points.length - i]!;
    ring.push(...positionOf(patch.points, point));
  }
  ring.push(ring[0]!, ring[1]!);
  return ring;
}

/** Edges of a weave on which a node is to be written. */
export function brokenEdges(knots: readonly Knot[]): Set<number> {
  const broken = new Set<number>();
  for (let i = 0; i < knots.length; i++) {
    if (knots[i]!.own !== fresh) continue;
    broken.add(knots[i]!.edge);
    broken.add(knots[(i + knots.length - 1) % knots.length]!.edge);
  }
  return broken;
}
