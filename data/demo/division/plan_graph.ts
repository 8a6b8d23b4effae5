import type { EdgeClass, GroundPlan } from "../ground_plan.ts";
import type { FacePlaces } from "./area_tree.ts";
import { type Border, type FaceGraph, faceGraph, subgraph } from "./face_graph.ts";

/** What a metre of border costs more than itself: borders seek big streets, the railway and the river. */
const classCost: Record<EdgeClass, number> = {
  border: 0,
  ring: 0,
  main: 0,
  secondary: 0.1,
  side: 0.25,
  lane: 0.55,
  field_way: 0.8,
  estate_way: 1,
  bank: 0.1,
  railway: -0.2,
  river: -0.3,
};

/** Centre and size of every parcel. */
export function parcelPlaces(plan: GroundPlan): FacePlaces & { x: number[]; y: number[]; area: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  const area: number[] = [];
  for (const parcel of plan.parcels) {
    const centre = ringCentre(parcel.ring, plan);
    x.push(centre[0]);
    y.push(centre[1]);
    area.push(parcel.area);
  }
  return { x, y, area };
}

/** Centre of area of a ring of vertices. */
export function ringCentre(ring: readonly number[], { x, y }: { x: number[]; y: number[] }): [number, number] {
  const x0 = x[ring[0]!]!;
  const y0 = y[ring[0]!]!;
  let sum = 0;
  let sx = 0;
  let sy = 0;
  for (let at = 1; at + 1 < ring.length; at++) {
    const ax = x[ring[at]!]! - x0;
    const ay = y[ring[at]!]! - y0;
    const bx = x[ring[at + 1]!]! - x0;
    const by = y[ring[at + 1]!]! - y0;
    const twice = ax * by - bx * ay;
    sum += twice;
    sx += twice * (ax + bx);
    sy += twice * (ay + by);
  }
  return sum === 0 ? [x0, y0] : [x0 + sx / (3 * sum), y0 + sy / (3 * sum)];
}

/**
 * The graph of all parcels. Load and homes are the parcels' capacity.
 * No link crosses the river's centre line: no area but the whole district lies on both banks.
 */
export function parcelGraph(plan: GroundPlan): FaceGraph {
  const places = parcelPlaces(plan);
  const buildings = new Float64Array(plan.parcels.length);
  for (const building of plan.buildings) if (building.capacity > 0) buildings[building.parcel]! += 1;
  const borders: Border[] = [];
  for (const edge of plan.edges) {
    if (edge.left === -1 || edge.right === -1 || edge.class === "river") continue;
    const dx = plan.x[edge.to]! - plan.x[edge.from]!;
    const dy = plan.y[edge.to]! - plan.y[edge.from]!;
    borders.push({
      a: edge.left,
      b: edge.right,
      cost: Math.sqrt(dx * dx + dy * dy) * (1 + classCost[edge.class]),
    });
  }
  const homes = Float64Array.from(plan.parcels, (parcel) => parcel.capacity);
  return faceGraph(
    { load: homes, homes, buildings, x: Float64Array.from(places.x), y: Float64Array.from(places.y) },
    borders,
  );
}

/** The graph of some faces, with `areaShare` of their summed homes spread over them by area and added to the load. */
export function loadedGraph(
  graph: FaceGraph,
  faces: readonly number[],
  { areaShare, area }: { areaShare: number; area: ArrayLike<number> },
): FaceGraph {
  const part = subgraph(graph, faces);
  const homes = part.homes.reduce((sum, load) => sum + load, 0);
  const whole = faces.reduce((sum, face) => sum + area[face]!, 0);
  // Where nobody lives, area alone counts.
  const perSquareMetre = homes > 0 ? (areaShare * homes) / whole : 1 / whole;
  const load = Float64Array.from(faces, (face, at) => part.homes[at]! + perSquareMetre * area[face]!);
  return { ...part, load };
}

/** Lists of items by group number. */
export function groupBy(group: ArrayLike<number>, groups: number, items?: readonly number[]): number[][] {
  const lists: number[][] = Array.from({ length: groups }, () => []);
  for (let at = 0; at < group.length; at++) if (group[at]! >= 0) lists[group[at]!]!.push(items ? items[at]! : at);
  return lists;
}
