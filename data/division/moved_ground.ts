import Flatbush from "flatbush";
import { arrangeFaces, type Arrangement } from "../coverage/arrangement.ts";
import { createEdge, type Edge, type Points } from "../coverage/edge.ts";
import type { CoverageArea } from "../coverage/fault.ts";
import { findRoom } from "../coverage/find_room.ts";
import { type HalfEdges, layOutRings } from "../coverage/half_edges.ts";
import { createOwnerLocator } from "../coverage/locate_owners.ts";
import { joinRegions } from "../coverage/name_owners.ts";
import { nodeEdges } from "../coverage/node_edges.ts";
import { type PairedEdges, pairEdges } from "../coverage/pair_edges.ts";
import { pointInFace } from "../coverage/point_in_face.ts";
import { bordersOf, traceOutline } from "../coverage/trace_outline.ts";
import { areaOf } from "../measure/area.ts";
import { boxOf } from "../measure/box.ts";
import { poleOf } from "../measure/pole.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";
import { createVertexTable } from "./vertex_table.ts";

/** A connected place that lay in one area and lies in another; null: in none. */
export interface MovedGround {
  from: string | null;
  to: string | null;
  polygons: MultiPolygon;
  /** m², authalic. */
  area_m2: number;
  /** A point inside: of larger places where a label stands best. */
  at: Position;
}

/** m²: finding the best point of a sliver takes longer than finding the sliver, and it has no room for a label. */
const roomForLabel = 100;

/**
 * All ground that changed hands between two coverages. An area that has the same id in both is the same area.
 *
 * Edges that have the same areas on either side before and after have no moved ground beside them, and drop out first;
 * the others are noded, and of each face it is asked where it lay and lies:
 *
 *     ┌─────┬─────┐      ┌───┬───────┐      ┌───┬─┬─────┐
 *     │  1  │  2  │  →   │ 1 │   2   │  :   ┊   │1→2    ┊
 *     └─────┴─────┘      └───┴───────┘      └───┴─┴─────┘
 *
 * @param before, after - coverages without faults, closed rings in degrees; areas that are alike in both may be left
 *   out of both
 * @returns places wider than rounding (findRoom), in no order that means anything
 */
export function findMovedGround(before: readonly CoverageArea[], after: readonly CoverageArea[]): MovedGround[] {
  const halfEdges = layOutRings([...before, ...after].map(({ polygons }) => polygons));
  const paired = pairEdges(halfEdges, -1);
  const points = createVertexTable(paired.size + 16, 1);
  const identities = identitiesOf(before, after);
  const edges = nodeEdges(changedEdges(halfEdges, paired, { identities, olds: before.length }, points), points);
  if (edges.length === 0) return [];
  const arrangement = arrangeFaces(edges, points);
  const labels = labelFaces(arrangement, halfEdges, before.length, identities).map(
    (label) =>
      label && {
        from: label.from < 0 ? null : before[label.from]!.id,
        to: label.to < 0 ? null : after[label.to - before.length]!.id,
      },
  );
  return tracePlaces(arrangement, labels);
}

/** Ground that changed hands in one edition after the other. */
export type GroundStep = readonly MovedGround[];

/**
 * What changed hands over several editions, from what did in each: of ground that moved more than once, who had it first
 * and who has it last. A place that no other step comes near stays as it is.
 *
 * @param steps - by edition, of one coverage; an area that has the same id throughout is the same area
 * @returns as `findMovedGround` of the first and the last coverage, but for places no wider than rounding
 */
export function chainMovedGround(steps: readonly GroundStep[]): MovedGround[] {
  const { alone, met } = partMet(steps);
  return [...alone, ...chainPieces(met)];
}

/** @param pieces - those of an earlier step come first */
function chainPieces(pieces: readonly MovedGround[]): MovedGround[] {
  const halfEdges = layOutRings(pieces.map(({ polygons }) => polygons));
  const paired = pairEdges(halfEdges, -1);
  const points = createVertexTable(paired.size + 16, 1);
  const edges = nodeEdges(
    Array.from(paired.first.subarray(0, paired.size), (half) => wallAt(halfEdges, half, points)),
    points,
  );
  if (edges.length === 0) return [];
  const arrangement = arrangeFaces(edges, points);
  const locator = createOwnerLocator(halfEdges, pieces.length);
  const labels = insidesOf(arrangement).map((inside) => {
    const owners = inside ? locator.ownersAt(inside[0], inside[1]) : [];
    if (owners.length === 0) return null;
    const [{ from }, { to }] = [pieces[owners[0]!]!, pieces[owners.at(-1)!]!];
    return from === to ? null : { from, to };
  });
  return tracePlaces(arrangement, labels);
}

/** Places that the box of a place of another step meets, in the order of the steps, and the others. */
function partMet(steps: readonly GroundStep[]): { alone: MovedGround[]; met: MovedGround[] } {
  const places = steps.flatMap((step, number) => step.map((place) => ({ place, number, box: boxOf(place.polygons) })));
  const parts = { alone: [] as MovedGround[], met: [] as MovedGround[] };
  if (places.length === 0) return parts;
  const index = new Flatbush(places.length);
  for (const { box } of places) index.add(...box);
  index.finish();
  for (const { place, number, box } of places) {
    let isMet = false;
    index.search(...box, (other) => {
      isMet ||= places[other]!.number !== number;
      return false;
    });
    parts[isMet ? "met" : "alone"].push(place);
  }
  return parts;
}

/** Faces with the same label that touch are one place; those without are none. */
function tracePlaces(
  arrangement: Arrangement,
  labels: readonly (Pick<MovedGround, "from" | "to"> | null)[],
): MovedGround[] {
  const { regionOf, faceOfRegion } = joinRegions(
    arrangement,
    labels.map((label) => (label ? `${label.from} ${label.to}` : null)),
  );
  const borders = bordersOf(arrangement, regionOf, faceOfRegion.length);
  const moved: MovedGround[] = [];
  faceOfRegion.forEach((face, region) => {
    const polygons = traceOutline(arrangement, regionOf, borders, region);
    const room = findRoom(polygons);
    if (room === null) return;
    const area_m2 = areaOf(polygons);
    moved.push({ ...labels[face]!, polygons, area_m2, at: area_m2 < roomForLabel ? room : poleOf(polygons) });
  });
  return moved;
}

/** A number for each area of both, the same for the same id. */
function identitiesOf(before: readonly CoverageArea[], after: readonly CoverageArea[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from([...before, ...after], ({ id }) => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    return numbers.size - 1;
  });
}

interface Sides {
  identities: Int32Array;
  /** Owners below this number are of the coverage before. */
  olds: number;
}

function changedEdges(halfEdges: HalfEdges, paired: PairedEdges, sides: Sides, points: Points): Edge[] {
  const owners = ownersByPoint(halfEdges);
  const edges: Edge[] = [];
  for (let edge = 0; edge < paired.size; edge++) {
    if (isAlike(halfEdges, paired, owners, edge, sides)) continue;
    edges.push(wallAt(halfEdges, paired.first[edge]!, points));
  }
  return edges;
}

function wallAt({ xs, ys }: HalfEdges, half: number, points: Points): Edge {
  const [from, to] = [points.add(xs[half]!, ys[half]!), points.add(xs[half + 1]!, ys[half + 1]!)];
  return createEdge(points, { from, to, areaStep: 0, containerStep: 0, wall: true, origin: null });
}

function ownersByPoint({ xs, ringStart, ringOwner }: HalfEdges): Int32Array {
  const owners = new Int32Array(xs.length);
  for (const [ring, owner] of ringOwner.entries()) owners.fill(owner, ringStart[ring]!, ringStart[ring + 1]!);
  return owners;
}

/** Whether the same areas have the edge on the same sides before and after. */
function isAlike(
  { xs, ys }: HalfEdges,
  { first, alike }: PairedEdges,
  owners: Int32Array,
  edge: number,
  { identities, olds }: Sides,
): boolean {
  const head = first[edge]!;
  // areas on the left as 2 n, on the right as 2 n + 1; what is on one list alone makes the difference
  const lists: [number[], number[]] = [[], []];
  for (let half = head; half >= 0; half = alike[half]!) {
    const forward = xs[half] === xs[head] && ys[half] === ys[head];
    const owner = owners[half]!;
    lists[owner < olds ? 0 : 1].push(2 * identities[owner]! + (forward ? 0 : 1));
  }
  const [old, fresh] = lists;
  return old.length === fresh.length && old.every((side) => fresh.includes(side));
}

interface Label {
  /** Owner numbers; −1: none. */
  from: number;
  to: number;
}

/** Where each face lay and lies; null where that is the same area, or nowhere. */
function labelFaces(arrangement: Arrangement, halfEdges: HalfEdges, olds: number, identities: Int32Array) {
  const locator = createOwnerLocator(halfEdges, identities.length);
  const labels: (Label | null)[] = new Array<Label | null>(arrangement.faces).fill(null);
  for (const [face, inside] of insidesOf(arrangement).entries()) {
    if (!inside) continue;
    const owners = locator.ownersAt(inside[0], inside[1]); // rising: those before come first
    const from = owners[0] !== undefined && owners[0] < olds ? owners[0] : -1;
    const to = owners.find((owner) => owner >= olds) ?? -1;
    if (from < 0 && to < 0) continue;
    if (from >= 0 && to >= 0 && identities[from] === identities[to]) continue;
    labels[face] = { from, to };
  }
  return labels;
}

/** A point inside each face; null for the outer one, and for those without room. */
function insidesOf(arrangement: Arrangement) {
  const { faces } = arrangement;
  const each = Int32Array.from({ length: faces }, (_, face) => face);
  const { halves, start } = bordersOf(arrangement, each, faces);
  return Array.from({ length: faces }, (_, face) =>
    face === 0 ? null : pointInFace(arrangement, halves.subarray(start[face]!, start[face + 1]!)),
  );
}
