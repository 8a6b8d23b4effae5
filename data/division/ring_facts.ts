import Flatbush from "flatbush";
import type { Bbox, Ring } from "../schema/geometry.ts";

/** Whole units in one degree: positions are told apart to 1e-9° (0.1 mm). */
export const unitsPerDegree = 1e9;

/** Edges that share a box in the index of a long ring; shorter rings are looked through. */
const chunkSize = 16;
const shortRing = 128;

interface RingFacts {
  isCounterClockwise: boolean;
  chunks: Flatbush | null;
}

/** Rings are never changed, only replaced: what is known of one holds for as long as it is there. */
const known = new WeakMap<Ring, RingFacts>();

function factsOf(ring: Ring): RingFacts {
  let facts = known.get(ring);
  if (!facts) {
    facts = {
      isCounterClockwise: doubleArea(ring) > 0,
      chunks: ring.length > 2 * shortRing ? indexChunks(ring) : null,
    };
    known.set(ring, facts);
  }
  return facts;
}

export function isCounterClockwise(ring: Ring): boolean {
  return factsOf(ring).isCounterClockwise;
}

function doubleArea(ring: Ring): number {
  const [x0, y0] = [ring[0]!, ring[1]!];
  let sum = 0;
  for (let i = 2; i < ring.length; i += 2) {
    sum += (ring[i - 2]! - x0) * (ring[i + 1]! - y0) - (ring[i]! - x0) * (ring[i - 1]! - y0);
  }
  return sum;
}

function indexChunks(ring: Ring): Flatbush {
  const edges = ring.length / 2 - 1;
  const index = new Flatbush(Math.ceil(edges / chunkSize));
  for (let first = 0; first < edges; first += chunkSize) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = first; i <= Math.min(edges, first + chunkSize); i++) {
      west = Math.min(west, ring[2 * i]!);
      east = Math.max(east, ring[2 * i]!);
      south = Math.min(south, ring[2 * i + 1]!);
      north = Math.max(north, ring[2 * i + 1]!);
    }
    index.add(west, south, east, north);
  }
  index.finish();
  return index;
}

/** Visits the edges of a ring whose box meets the box; edge i runs from position i to i + 1. */
export function visitEdgesNear(ring: Ring, box: Bbox, visit: (edge: number) => void): void {
  const { chunks } = factsOf(ring);
  const edges = ring.length / 2 - 1;
  if (!chunks) {
    visitEdges(ring, 0, edges, box, visit);
    return;
  }
  const found = chunks.search(box[0], box[1], box[2], box[3]).sort((a, b) => a - b);
  for (const chunk of found) {
    visitEdges(ring, chunk * chunkSize, Math.min(edges, (chunk + 1) * chunkSize), box, visit);
  }
}

function visitEdges(ring: Ring, first: number, end: number, box: Bbox, visit: (edge: number) => void): void {
  const [west, south, east, north] = box;
  for (let i = first; i < end; i++) {
    const [ax, ay, bx, by] = [ring[2 * i]!, ring[2 * i + 1]!, ring[2 * i + 2]!, ring[2 * i + 3]!];
    if ((ax < west && bx < west) || (ax > east && bx > east)) continue;
    if ((ay < south && by < south) || (ay > north && by > north)) continue;
    visit(i);
  }
}
