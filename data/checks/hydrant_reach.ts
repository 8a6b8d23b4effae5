import Flatbush from "flatbush";
import { boxOf } from "../measure/box.ts";
import { distanceBetween } from "../measure/distance.ts";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import { isInRing } from "../measure/in_ring.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";
import type { CheckedThing } from "./division.ts";
import type { HydrantReach } from "./findings.ts";

/** Share by which flat distances over a whole city may be wrong; what is nearest is looked for within it. */
const flatError = 0.02;
const firstBatch = 8;

/**
 * Finds the buildings that no working hydrant reaches. The distance is geodesic, from the hydrant to the nearest point
 * of the building's outline (0 inside it).
 *
 * @param things - of which the buildings are taken
 * @param areaOf - id of the lowest area that a building's point lies in
 * @returns far ones in the order of the things
 */
export function reachOfHydrants(
  things: readonly CheckedThing[],
  hydrants: readonly Position[],
  radius_m: number,
  areaOf: (at: Position) => string | null,
): HydrantReach {
  const reach: HydrantReach = { radius_m, hydrants: hydrants.length, buildings: 0, far: [] };
  const index = indexHydrants(hydrants);
  for (const { kind, id, name, shape, at } of things) {
    if (kind !== "building") continue;
    reach.buildings++;
    const outline = shape.type === "MultiPolygon" && shape.polygons.length > 0 ? shape.polygons : null;
    const distance_m = index ? index.distanceBeyond(outline ?? [[[...at, ...at]]], radius_m) : null;
    if (index && distance_m === null) continue;
    reach.far.push({ area_id: areaOf(at), building_id: id, name, at, distance_m });
  }
  return reach;
}

interface HydrantIndex {
  /** Metres to the nearest hydrant; null when one lies within the radius. */
  distanceBeyond(outline: MultiPolygon, radius: number): number | null;
}

function indexHydrants(hydrants: readonly Position[]): HydrantIndex | null {
  if (hydrants.length === 0) return null;
  // flat metres, only to put hydrants into order
  const [perLon, perLat] = metresPerDegree(hydrants[0]![1]);
  const index = new Flatbush(hydrants.length);
  for (const [lon, lat] of hydrants) index.add(lon * perLon, lat * perLat);
  index.finish();
  return {
    distanceBeyond(outline, radius) {
      const [west, south, east, north] = boxOf(outline);
      const reach = radius * (1 + flatError);
      const [w, s, e, n] = [
        west * perLon - reach,
        south * perLat - reach,
        east * perLon + reach,
        north * perLat + reach,
      ];
      if (index.collides(w, s, e, n, (i) => isWithin(outline, hydrants[i]!, radius))) return null;
      const centre: Position = [(west + east) / 2, (south + north) / 2];
      const half = Math.hypot((east - west) * perLon, (north - south) * perLat) / 2;
      const least = nearestTo(outline, centre, half);
      return least <= radius ? null : least;
    },
  };

  /** Asks the hydrants in order of their distance from the centre, until none that follows can be nearer. */
  function nearestTo(outline: MultiPolygon, centre: Position, half: number): number {
    let best = Infinity;
    for (let asked = 0, batch = firstBatch; asked < hydrants.length; batch *= 8) {
      const order = index.neighbors(centre[0] * perLon, centre[1] * perLat, batch);
      for (; asked < order.length; asked++) {
        const hydrant = hydrants[order[asked]!]!;
        const flat = Math.hypot((hydrant[0] - centre[0]) * perLon, (hydrant[1] - centre[1]) * perLat);
        if ((flat - half) * (1 - flatError) > best) return best;
        best = Math.min(best, distanceToOutline(outline, hydrant));
      }
    }
    return best;
  }
}

function isWithin(outline: MultiPolygon, hydrant: Position, radius: number): boolean {
  return distanceToOutline(outline, hydrant) <= radius;
}

/** Geodesic metres from a position to the nearest point of a surface; 0 inside. */
export function distanceToOutline(outline: MultiPolygon, from: Position): number {
  const [perLon, perLat] = metresPerDegree(from[1]);
  let least = Infinity;
  let nearest: Position = from;
  let inside = false;
  for (const ring of outline.flat()) {
    if (isInRing(ring, from[0], from[1])) inside = !inside;
    for (let i = 2; i < ring.length; i += 2) {
      const [ax, ay] = [(ring[i - 2]! - from[0]) * perLon, (ring[i - 1]! - from[1]) * perLat];
      const [dx, dy] = [(ring[i]! - ring[i - 2]!) * perLon, (ring[i + 1]! - ring[i - 1]!) * perLat];
      const square = dx * dx + dy * dy;
      const along = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square));
      const [px, py] = [ax + along * dx, ay + along * dy];
      const distance = px * px + py * py;
      if (distance >= least) continue;
      least = distance;
      nearest = [from[0] + px / perLon, from[1] + py / perLat];
    }
  }
  return inside ? 0 : distanceBetween(from, nearest);
}
