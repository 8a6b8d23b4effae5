import { areaOf } from "../measure/area.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import type { CoverageArea, Fault } from "./fault.ts";
import type { WrongPlace } from "./find_places.ts";
import { findRoom } from "./find_room.ts";
import { evenOddOf } from "./repair_rings.ts";
import { findInvalidity } from "./validity.ts";

/** What an area covers, and its fault if its geometry is invalid. */
export interface Cover {
  polygons: MultiPolygon;
  fault: Fault | null;
}

/** @throws RangeError if a ring is open or a position is not in degrees */
export function coverOf({ id, polygons }: CoverageArea): Cover {
  requireClosed(polygons);
  const invalidity = findInvalidity(polygons);
  if (!invalidity) return { polygons, fault: null };
  const { reason, at } = invalidity;
  const clean = evenOddOf(polygons);
  const fault: Fault = {
    kind: "invalid_geometry",
    area_m2: areaOf(clean),
    features: [id],
    at,
    polygons: clean,
    reason,
  };
  return { polygons: clean, fault };
}

/** Null for a place too narrow to be one. */
export function faultOfPlace({ kind, owners, place }: WrongPlace, idOf: (owner: number) => string): Fault | null {
  const at = findRoom(place);
  return at && { kind, area_m2: areaOf(place), features: owners.map(idOf), at, polygons: place };
}

export function byFallingArea(a: Fault, b: Fault): number {
  return b.area_m2 - a.area_m2;
}

/** @throws RangeError if a ring is open or a position is not in degrees */
export function requireClosed(polygons: MultiPolygon): void {
  for (const polygon of polygons) {
    for (const ring of polygon) {
      if (ring.at(-2) !== ring[0] || ring.at(-1) !== ring[1]) throw new RangeError("a ring is not closed");
      for (let i = 0; i < ring.length; i++) {
        if (!(Math.abs(ring[i]!) <= 180)) throw new RangeError(`${ring[i]} is no position in degrees`);
      }
    }
  }
}
