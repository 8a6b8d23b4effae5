import Flatbush from "flatbush";
import type { HalfEdges } from "./half_edges.ts";
import { orient } from "./orientation.ts";

/** Finds the owners of rings by place; all in units of 1e-9°. */
export interface OwnerLocator {
  /** Owners that hold the point (by the even-odd rule), rising. */
  ownersAt(x: number, y: number): number[];
  /** Owners whose box meets the box. */
  ownersNear(west: number, south: number, east: number, north: number): number[];
}

/** Edges of one owner by bands of y, for owners with many of them. */
interface Bands {
  south: number;
  height: number;
  edges: number[][];
}

const fewEdges = 64;
const mostBands = 256;

export function createOwnerLocator(halfEdges: HalfEdges, owners: number): OwnerLocator {
  const boxes = Array.from({ length: owners }, (_, owner) => boxOf(halfEdges, owner));
  const index = owners === 0 ? null : new Flatbush(owners);
  if (index) {
    for (const [west, south, east, north] of boxes) index.add(west, south, east, north);
    index.finish();
  }
  const bands = new Map<number, Bands>();
  const bandsOf = (owner: number): Bands => {
    let known = bands.get(owner);
    if (!known) {
      known = layBands(halfEdges, owner, boxes[owner]!);
      bands.set(owner, known);
    }
    return known;
  };
  return {
    ownersNear: (west, south, east, north) => index?.search(west, south, east, north) ?? [],
    ownersAt(x, y) {
      const near = index?.search(x, y, x, y) ?? [];
      return near.filter((owner) => holds(halfEdges, bandsOf(owner), x, y)).sort((a, b) => a - b);
    },
  };
}

type Box = [west: number, south: number, east: number, north: number];

/** An owner without rings gets a box that meets nothing. */
function boxOf({ xs, ys, ringStart, ownerRings }: HalfEdges, owner: number): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const to = ringStart[ownerRings[owner + 1]!]!;
  for (let i = ringStart[ownerRings[owner]!]!; i < to; i++) {
    west = Math.min(west, xs[i]!);
    east = Math.max(east, xs[i]!);
    south = Math.min(south, ys[i]!);
    north = Math.max(north, ys[i]!);
  }
  return west <= east ? [west, south, east, north] : [4e11, 4e11, 4e11, 4e11];
}

function layBands({ ys, ringStart, ownerRings }: HalfEdges, owner: number, [, south, , north]: Box): Bands {
  const firstRing = ownerRings[owner]!;
  const endRing = ownerRings[owner + 1]!;
  const count = ringStart[endRing]! - ringStart[firstRing]!;
  const size = count <= fewEdges ? 1 : Math.min(mostBands, count >> 3);
  const height = Math.max(1, (north - south) / size);
  const edges: number[][] = Array.from({ length: size }, () => []);
  const bandOf = (y: number) => Math.min(size - 1, Math.floor((y - south) / height));
  for (let ring = firstRing; ring < endRing; ring++) {
    for (let i = ringStart[ring]!; i + 1 < ringStart[ring + 1]!; i++) {
      const last = bandOf(Math.max(ys[i]!, ys[i + 1]!));
      for (let band = bandOf(Math.min(ys[i]!, ys[i + 1]!)); band <= last; band++) edges[band]!.push(i);
    }
  }
  return { south, height, edges };
}

function holds({ xs, ys }: HalfEdges, { south, height, edges }: Bands, x: number, y: number): boolean {
  const band = edges[Math.min(edges.length - 1, Math.max(0, Math.floor((y - south) / height)))]!;
  let inside = false;
  for (const i of band) {
    const isUp = ys[i + 1]! > y;
    if (ys[i]! > y === isUp) continue;
    const side = orient(xs[i]!, ys[i]!, xs[i + 1]!, ys[i + 1]!, x, y);
    if (isUp ? side > 0 : side < 0) inside = !inside;
  }
  return inside;
}
