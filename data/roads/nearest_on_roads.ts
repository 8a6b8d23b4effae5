import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { Position } from "../schema/geometry.ts";
import { groundDistance } from "./ground_distance.ts";
import type { RoadGraph } from "./road_graph.ts";

/** A place on the graph. */
export interface RoadPlace {
  edge: number;
  /** Metres from the first position of the edge. */
  offset: number;
  /** On the 1e-9° grid, so up to 0.1 mm beside the stretch. */
  at: Position;
}

export interface NearRoad extends RoadPlace {
  /** Metres from the position that was asked for. */
  distance: number;
}

export interface NearestOptions {
  /** How many, one an edge. */
  most?: number;
  /** Metres; further ones are not found. */
  within?: number;
  /** Which roads count, by index in the graph's `roads`. */
  accept?: (road: number) => boolean;
}

/** Metres: how far is looked at first; doubled until enough is found. */
const firstReach = 50;
/** A quarter of the globe: nothing lies beyond. */
const everything = 10_002_000;

/**
 * The places on the graph that are nearest to a position: of each edge its nearest point, by rising distance. Edges that
 * are nearest at the same node come once.
 *
 * @param at - degrees
 */
export function nearestOnRoads(
  graph: RoadGraph,
  at: Position,
  { most = 1, within = Number.POSITIVE_INFINITY, accept }: NearestOptions = {},
): NearRoad[] {
  if (!graph.index || most < 1) return [];
  let reach = Math.min(within, Math.max(firstReach, Math.min(everything, distanceToBox(graph, at) * 1.01)));
  for (;;) {
    const found = placesWithin(graph, at, reach, accept);
    if (found.length >= most || reach >= within || reach >= everything) return found.slice(0, most);
    reach = Math.min(reach * 2, within);
  }
}

/** One edge's place at an offset in metres (held between its ends). */
export function placeOnEdge(graph: RoadGraph, edge: number, offset: number): RoadPlace {
  const { along } = graph;
  const first = graph.edgeStart[edge]!;
  const last = graph.edgeStart[edge + 1]! - 1;
  let at = first;
  while (at < last - 1 && along[at + 1]! <= offset) at++;
  const share = Math.min(1, Math.max(0, (offset - along[at]!) / (along[at + 1]! - along[at]!)));
  return placeOnStretch(graph, edge, at, share);
}

function distanceToBox({ index }: RoadGraph, [lon, lat]: Position): number {
  const { minX, minY, maxX, maxY } = index!;
  return groundDistance(lon, lat, Math.min(maxX, Math.max(minX, lon)), Math.min(maxY, Math.max(minY, lat)));
}

function placesWithin(graph: RoadGraph, at: Position, reach: number, accept: NearestOptions["accept"]): NearRoad[] {
  const [perLon, perLat] = metresPerDegree(Math.max(-89, Math.min(89, at[1])));
  const [x, y] = [Math.min(360, reach / perLon), reach / perLat];
  const { positions, stretchEdge, stretchPosition } = graph;
  const nearest = new Map<number, Foot>();
  graph.index!.search(at[0] - x, at[1] - y, at[0] + x, at[1] + y, (stretch) => {
    const edge = stretchEdge[stretch]!;
    if (accept && !accept(graph.edgeRoad[edge]!)) return false;
    const position = stretchPosition[stretch]!;
    const [ax, ay] = [(positions[2 * position]! - at[0]) * perLon, (positions[2 * position + 1]! - at[1]) * perLat];
    const dx = (positions[2 * position + 2]! - at[0]) * perLon - ax;
    const dy = (positions[2 * position + 3]! - at[1]) * perLat - ay;
    const share = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
    const far = Math.hypot(ax + share * dx, ay + share * dy);
    const known = nearest.get(edge);
    if (!known || far < known.far) nearest.set(edge, { edge, position, share, far });
    return false;
  });
  return toPlaces(graph, at, reach, [...nearest.values()]);
}

interface Foot {
  edge: number;
  /** First position of the stretch, and how much of it lies before the foot. */
  position: number;
  share: number;
  far: number;
}

function toPlaces(graph: RoadGraph, at: Position, reach: number, feet: Foot[]): NearRoad[] {
  const places = feet.map(({ edge, position, share }) => {
    const place = placeOnStretch(graph, edge, position, share);
    return { ...place, distance: groundDistance(at[0], at[1], place.at[0], place.at[1]) };
  });
  places.sort((a, b) => a.distance - b.distance || a.edge - b.edge);
  const seen = new Set<string>();
  return places.filter(({ at: [lon, lat], distance }) => {
    const key = `${lon} ${lat}`;
    if (distance > reach || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function placeOnStretch({ positions, along }: RoadGraph, edge: number, position: number, share: number): RoadPlace {
  const [ax, ay] = [positions[2 * position]!, positions[2 * position + 1]!];
  const [bx, by] = [positions[2 * position + 2]!, positions[2 * position + 3]!];
  const at: Position = [snapped(ax + share * (bx - ax)), snapped(ay + share * (by - ay))];
  if (at[0] === ax && at[1] === ay) return { edge, offset: along[position]!, at };
  if (at[0] === bx && at[1] === by) return { edge, offset: along[position + 1]!, at };
  return { edge, offset: along[position]! + share * (along[position + 1]! - along[position]!), at };
}

function snapped(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9;
}
