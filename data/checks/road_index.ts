import Flatbush from "flatbush";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { CheckedThing } from "./division.ts";

/** Straight stretches of road centre lines, found by where they reach. */
export interface RoadIndex {
  /** Ends of each stretch in degrees: four numbers. */
  ends: Float64Array;
  /** Metres from the centre line within which a border runs on the road. */
  reach: Float64Array;
  /** Whether one of the stretches that reach into the box satisfies; asks no more after the first. */
  someNear(west: number, south: number, east: number, north: number, satisfies: (stretch: number) => boolean): boolean;
}

/**
 * Usual width in metres. The upper four after GB 50220—95, table 7.1.6 (fast roads 35–45, main roads 35–55, secondary
 * roads 30–50, side streets 15–30 by size of the city), taken at the lower end, since old towns are narrower than
 * plans; lanes and ways by what a fire engine passes (GB 50016: 4 m) and what stands beside.
 */
const usualWidth: Record<string, number> = {
  ring: 45,
  main: 38,
  secondary: 30,
  side: 15,
  lane: 6,
  estate_way: 6,
  field_way: 4,
};
const unknownWidth = 15;

/** Metres: a border drawn along a kerb, a wall or from an air photograph lies this far off. */
const drawingError = 3;

/** @param things - of which the roads are taken */
export function indexRoads(things: readonly Pick<CheckedThing, "kind" | "shape" | "road_class">[]): RoadIndex {
  const ends: number[] = [];
  const reach: number[] = [];
  for (const { kind, shape, road_class } of things) {
    if (kind !== "road" || shape.type !== "MultiLineString") continue;
    const metres = (usualWidth[road_class ?? ""] ?? unknownWidth) / 2 + drawingError;
    for (const line of shape.lines) {
      for (let i = 2; i < line.length; i += 2) {
        if (line[i - 2] === line[i] && line[i - 1] === line[i + 1]) continue;
        ends.push(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!);
        reach.push(metres);
      }
    }
  }
  const index = indexReach(ends, reach);
  return {
    ends: Float64Array.from(ends),
    reach: Float64Array.from(reach),
    someNear: (west, south, east, north, satisfies) => index?.collides(west, south, east, north, satisfies) ?? false,
  };
}

function indexReach(ends: readonly number[], reach: readonly number[]): Flatbush | null {
  if (reach.length === 0) return null;
  const index = new Flatbush(reach.length);
  for (let i = 0; i < reach.length; i++) {
    const [ax, ay, bx, by] = [ends[4 * i]!, ends[4 * i + 1]!, ends[4 * i + 2]!, ends[4 * i + 3]!];
    const [perLon, perLat] = metresPerDegree(ay);
    const [x, y] = [reach[i]! / perLon, reach[i]! / perLat];
    index.add(Math.min(ax, bx) - x, Math.min(ay, by) - y, Math.max(ax, bx) + x, Math.max(ay, by) + y);
  }
  index.finish();
  return index;
}
