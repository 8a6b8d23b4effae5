import fc from "fast-check";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { RoadClass } from "../../../data/schema/city_rows.ts";
import type { Line, Position } from "../../../data/schema/geometry.ts";
import type { Road } from "../../../data/roads/road.ts";
import type { RoadGraph } from "../../../data/roads/road_graph.ts";

const origin = { lon: 121_400_000_000, lat: 33_590_000_000 };
const [perLon, perLat] = metresPerDegree(33.59);

/** A position so many metres east and north of the place where tests are drawn, on the 1e-9° grid. */
export function metres(east: number, north: number): Position {
  return [
    (origin.lon + Math.round((east / perLon) * 1e9)) / 1e9,
    (origin.lat + Math.round((north / perLat) * 1e9)) / 1e9,
  ];
}

export function aRoad(id: number, course: readonly (readonly [number, number])[], rank: RoadClass = "side"): Road {
  return { id, class: rank, name: `${id}路`, lines: [course.flatMap(([east, north]) => metres(east, north))] };
}

const classes = ["main", "side", "lane"] as const;

/** Some roads on a grid of positions: `step` units of 1e-9° apart, `size` by `size`. */
export function someRoads({ size = 7, step = 100_003, most = 12 } = {}): fc.Arbitrary<Road[]> {
  const place = fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 0, max: size - 1 }));
  const course = fc.array(place, { minLength: 2, maxLength: 5 });
  return fc.array(fc.tuple(course, fc.constantFrom(...classes)), { minLength: 1, maxLength: most }).map((roads) =>
    roads.map(([places, rank], at) => ({
      id: at + 1,
      class: rank,
      name: null,
      lines: [places.flatMap(([x, y]) => [(origin.lon + x * step) / 1e9, (origin.lat + y * step) / 1e9])],
    })),
  );
}

export interface Stretch {
  edge: number;
  a: Position;
  b: Position;
}

/** Straight pieces of every edge. */
export function stretchesOf({ edgeCount, edgeStart, positions }: RoadGraph): Stretch[] {
  const stretches: Stretch[] = [];
  for (let edge = 0; edge < edgeCount; edge++) {
    for (let at = edgeStart[edge]!; at < edgeStart[edge + 1]! - 1; at++) {
      stretches.push({ edge, a: positionAt(positions, at), b: positionAt(positions, at + 1) });
    }
  }
  return stretches;
}

export function positionAt(positions: Float64Array | Line, at: number): Position {
  return [positions[2 * at]!, positions[2 * at + 1]!];
}
