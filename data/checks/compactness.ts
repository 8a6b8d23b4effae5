import { areaOf } from "../measure/area.ts";
import { lengthOf } from "../measure/distance.ts";
import type { MultiPolygon, Polygon } from "../schema/geometry.ts";

/** What an outline says of an area. */
export interface AreaMeasures {
  /** Authalic. */
  area_m2: number;
  pieces: number;
  /** 4π × surface / perimeter² (Polsby & Popper 1991) of the largest piece: 1 is a circle, a square has 0.785. */
  compactness: number;
}

/** @param polygons - closed rings in degrees, exterior first, any winding */
export function measureArea(polygons: MultiPolygon): AreaMeasures {
  let area_m2 = 0;
  let largest: Polygon | undefined;
  let most = 0;
  for (const piece of polygons) {
    const surface = areaOf([piece]);
    area_m2 += surface;
    if (surface <= most) continue;
    largest = piece;
    most = surface;
  }
  return { area_m2, pieces: polygons.length, compactness: largest ? compactnessOf(largest, most) : 0 };
}

/** The border of holes counts: who goes round an enclave walks it, too. */
function compactnessOf(piece: Polygon, surface: number): number {
  const perimeter = piece.reduce((sum, ring) => sum + lengthOf(ring), 0);
  return perimeter === 0 ? 0 : (4 * Math.PI * surface) / perimeter ** 2;
}
