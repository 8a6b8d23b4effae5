import type { Position } from "../schema/geometry.ts";

const semiMajorAxis = 6378137; // metres, CGCS2000
const flattening = 1 / 298.257222101;

/** Where the demo city lies: open sea, so that a real basemap never contradicts it. */
export const demoOrigin: Position = [121.4, 33.6];

/** Turns local metres (x east, y north of an origin) into degrees; see {@link localPlane}. */
export interface LocalPlane {
  /** Degrees, 7 decimals (about 1 cm). */
  lon(x: number): number;
  lat(y: number): number;
}

/**
 * The plane in which a demo district is laid out. Degrees are linear in metres, with the two radii of curvature at
 * the origin: straight stays straight, and over 3 km the error of length stays below 0.04 %.
 *
 * Give each vertex its degrees once and keep them, so that what shares a vertex shares its bytes.
 */
export function localPlane(origin: Position): LocalPlane {
  const phi = (origin[1] * Math.PI) / 180;
  const e2 = flattening * (2 - flattening);
  const w2 = 1 - e2 * Math.sin(phi) ** 2;
  const normal = semiMajorAxis / Math.sqrt(w2);
  const meridian = (normal * (1 - e2)) / w2;
  const metresPerLon = Math.round(((normal * Math.cos(phi) * Math.PI) / 180) * 1e3) / 1e3;
  const metresPerLat = Math.round(((meridian * Math.PI) / 180) * 1e3) / 1e3;
  return {
    lon: (x) => round7(origin[0] + x / metresPerLon),
    lat: (y) => round7(origin[1] + y / metresPerLat),
  };
}

function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
