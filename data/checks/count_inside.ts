import Flatbush from "flatbush";
import { layOutRings, unitsPerDegree } from "../coverage/half_edges.ts";
import { createOwnerLocator } from "../coverage/locate_owners.ts";
import { aroundLine } from "../measure/box.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";

/** A building as it is counted: by one point. */
export interface CountedPoint {
  at: Position;
  households: number;
  people: number;
}

export interface InsideCounts {
  buildings: number;
  households: number;
  people: number;
}

/** Indexes points once; the answer counts those inside a place (closed rings in degrees). */
export function indexPoints(points: readonly CountedPoint[]): (place: MultiPolygon) => InsideCounts {
  const index = points.length === 0 ? null : new Flatbush(points.length);
  for (const { at } of points) index?.add(at[0], at[1]);
  index?.finish();
  return (place) => {
    const counts = { buildings: 0, households: 0, people: 0 };
    if (!index) return counts;
    const holds = holdsPoint(place);
    for (const [exterior] of place) {
      const [west, south, east, north] = aroundLine(exterior!);
      for (const i of index.search(west, south, east, north)) {
        const { at, households, people } = points[i]!;
        if (!holds(at)) continue;
        counts.buildings++;
        counts.households += households;
        counts.people += people;
      }
    }
    return counts;
  };
}

function holdsPoint(place: MultiPolygon): (at: Position) => boolean {
  const locator = createOwnerLocator(layOutRings([place]), 1);
  return (at) => locator.ownersAt(at[0] * unitsPerDegree, at[1] * unitsPerDegree).length > 0;
}
