import Flatbush from "flatbush";
import type { MultiPolygon } from "../schema/geometry.ts";
import { type Arrangement, arrangeFaces } from "./arrangement.ts";
import { createEdge, type Edge } from "./edge.ts";
import type { HalfEdges } from "./half_edges.ts";
import type { OwnerLocator } from "./locate_owners.ts";
import { nodeEdges } from "./node_edges.ts";
import { pointInFace } from "./point_in_face.ts";
import { mostOwners, TangledCoverage } from "./tangled.ts";
import { bordersOf, startOf, traceOutline } from "./trace_outline.ts";

/** A connected place that the same areas cover. */
export interface OwnedPlace {
  kind: "overlap" | "outside";
  owners: number[];
  place: MultiPolygon;
}

/** Which faces of the first arrangement are to be named, by face. */
export interface Suspects {
  overlap: Uint8Array;
  outside: Uint8Array;
}

/**
 * Says which areas lie over each suspect face. The border between two areas that are proved neighbours may run through
 * it and is not in the first arrangement, so the faces are cut once more, by every edge of an area that comes near:
 *
 *     ┌────────────┐          ┌─────┬──────┐
 *     │  2 times   │    →     │ A,B │ A,C  │
 *     └────────────┘          └─────┴──────┘
 *
 * @throws TangledCoverage if there would be more than `mostOwners` names in all
 */
export function nameOwners(
  first: Arrangement,
  suspects: Suspects,
  halfEdges: HalfEdges,
  locator: OwnerLocator,
): OwnedPlace[] {
  const outlines = suspectOutlines(first, suspects);
  if (outlines.length === 0) return [];
  const edges = [...outlines, ...edgesNear(first, suspects, halfEdges, locator)];
  const cut = arrangeFaces(nodeEdges(edges, first.points), first.points);
  const owners = ownersOfFaces(cut, locator);
  return [...placesOf("overlap", cut, owners, cut.areas, 2), ...placesOf("outside", cut, owners, cut.containers, 1)];
}

/** Borders of the suspect faces; their steps now count suspicion: overlap in `areaStep`, outside in `containerStep`. */
function suspectOutlines({ edges, face, points }: Arrangement, { overlap, outside }: Suspects): Edge[] {
  const outlines: Edge[] = [];
  edges.forEach(({ from, to }, i) => {
    const [left, right] = [face[2 * i]!, face[2 * i + 1]!];
    const areaStep = overlap[left]! - overlap[right]!;
    const containerStep = outside[left]! - outside[right]!;
    if (areaStep === 0 && containerStep === 0) return;
    outlines.push(createEdge(points, { from, to, areaStep, containerStep, wall: true, origin: null }));
  });
  return outlines;
}

function edgesNear(first: Arrangement, suspects: Suspects, halfEdges: HalfEdges, locator: OwnerLocator): Edge[] {
  const { xs, ys, ringStart, ownerRings } = halfEdges;
  const boxes = suspectBoxes(first, suspects);
  const index = new Flatbush(boxes.length / 4);
  const near = new Set<number>();
  for (let i = 0; i < boxes.length; i += 4) {
    const [west, south, east, north] = [boxes[i]!, boxes[i + 1]!, boxes[i + 2]!, boxes[i + 3]!];
    index.add(west, south, east, north);
    for (const owner of locator.ownersNear(west, south, east, north)) near.add(owner);
  }
  index.finish();
  const { points } = first;
  const edges: Edge[] = [];
  for (const owner of near) {
    for (let ring = ownerRings[owner]!; ring < ownerRings[owner + 1]!; ring++) {
      for (let i = ringStart[ring]!; i + 1 < ringStart[ring + 1]!; i++) {
        const ax = xs[i]!;
        const ay = ys[i]!;
        const bx = xs[i + 1]!;
        const by = ys[i + 1]!;
        if (!meetsAny(index, Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) continue;
        const forward = ax < bx || (ax === bx && ay < by);
        const from = forward ? points.add(ax, ay) : points.add(bx, by);
        const to = forward ? points.add(bx, by) : points.add(ax, ay);
        edges.push({ from, to, areaStep: 0, containerStep: 0, wall: true, origin: null });
      }
    }
  }
  return edges;
}

function meetsAny(index: Flatbush, west: number, south: number, east: number, north: number): boolean {
  let meets = false;
  index.search(west, south, east, north, () => {
    meets = true;
    return false;
  });
  return meets;
}

/** [west, south, east, north, …] of each suspect face, one unit wider. */
function suspectBoxes(first: Arrangement, { overlap, outside }: Suspects): number[] {
  const { face, points } = first;
  const boxOf = new Map<number, number>();
  const boxes: number[] = [];
  for (let half = 0; half < face.length; half++) {
    const of = face[half]!;
    if (overlap[of] === 0 && outside[of] === 0) continue;
    let at = boxOf.get(of);
    if (at === undefined) {
      at = boxes.length;
      boxOf.set(of, at);
      boxes.push(Infinity, Infinity, -Infinity, -Infinity);
    }
    const point = startOf(first, half);
    boxes[at] = Math.min(boxes[at]!, points.lonOf(point) - 1);
    boxes[at + 1] = Math.min(boxes[at + 1]!, points.latOf(point) - 1);
    boxes[at + 2] = Math.max(boxes[at + 2]!, points.lonOf(point) + 1);
    boxes[at + 3] = Math.max(boxes[at + 3]!, points.latOf(point) + 1);
  }
  return boxes;
}

/** Owners over each suspect face; empty for all others. */
function ownersOfFaces(cut: Arrangement, locator: OwnerLocator): number[][] {
  const { faces, areas, containers } = cut;
  const each = Int32Array.from({ length: faces }, (_, i) => i);
  const { halves, start } = bordersOf(cut, each, faces);
  const owners: number[][] = Array.from({ length: faces }, () => []);
  let names = 0;
  for (let of = 1; of < faces; of++) {
    if (areas[of] === 0 && containers[of] === 0) continue;
    const inside = pointInFace(cut, halves.subarray(start[of]!, start[of + 1]!));
    if (inside) owners[of] = locator.ownersAt(inside[0], inside[1]);
    names += owners[of]!.length;
    if (names > mostOwners) throw new TangledCoverage("owners");
  }
  return owners;
}

/** Neighbouring faces with the same owners, joined; those with fewer than `least` owners are rounding. */
function placesOf(
  kind: OwnedPlace["kind"],
  cut: Arrangement,
  owners: number[][],
  suspicion: Int32Array,
  least: number,
): OwnedPlace[] {
  const keys = owners.map((list, of) => (suspicion[of]! > 0 && list.length >= least ? list.join() : null));
  const { regionOf, faceOfRegion } = joinRegions(cut, keys);
  const borders = bordersOf(cut, regionOf, faceOfRegion.length);
  return faceOfRegion.map((of, region) => ({
    kind,
    owners: owners[of]!,
    place: traceOutline(cut, regionOf, borders, region),
  }));
}

/** Regions of faces that touch along an edge and have the same key (null: none). */
export function joinRegions({ face, faces }: Arrangement, keys: (string | null)[]) {
  const parents = Int32Array.from({ length: faces }, (_, i) => i);
  const find = (of: number): number => {
    let root = of;
    while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
    return root;
  };
  for (let half = 0; half < face.length; half += 2) {
    const [left, right] = [face[half]!, face[half + 1]!];
    if (keys[left] !== null && keys[left] === keys[right]) parents[find(left)] = find(right);
  }
  const regionOf = new Int32Array(faces).fill(-1);
  const faceOfRegion: number[] = [];
  for (let of = 0; of < faces; of++) {
    if (keys[of] === null) continue;
    const root = find(of);
    if (regionOf[root]! < 0) regionOf[root] = faceOfRegion.push(root) - 1;
    regionOf[of] = regionOf[root]!;
  }
  return { regionOf, faceOfRegion };
}
