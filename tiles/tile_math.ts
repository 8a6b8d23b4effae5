import type { Bbox } from "../data/schema/geometry.ts";

/** Side of a tile in its own units (MVT extent). */
export const extent = 4096;

/**
 * Tile units that a tile carries beyond each side, so that lines, labels and bands drawn along a clipped border stay
 * out of sight: the widest inward band reaches 10 px = 80 units inside a face.
 */
export const buffer = 96;

/**
 * World units: the Web Mercator square in whole numbers, x east from 180° W, y south from 85.05° N. One unit is
 * 1.9 cm at the equator, an eighth of a tile unit at zoom 16.
 */
export const worldBits = 31;
const worldSize = 2 ** worldBits;

/** Degrees to world units. Latitudes beyond the square are drawn at its edge. */
export function worldX(lon: number): number {
  return clamped((lon / 360 + 0.5) * worldSize);
}

export function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return clamped((0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI) * worldSize);
}

function clamped(value: number): number {
  return Math.max(0, Math.min(worldSize - 1, Math.round(value)));
}

export function lonOfWorld(x: number): number {
  return (x / worldSize - 0.5) * 360;
}

export function latOfWorld(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / worldSize))) * 180) / Math.PI;
}

/** World units in one tile unit at a zoom. */
export function unitAt(z: number): number {
  return 2 ** (worldBits - 12 - z);
}

/** A box in world units: [left, top, right, bottom]. */
export type WorldBox = readonly [number, number, number, number];

/** What a tile covers with its buffer. */
export function tileBox(z: number, x: number, y: number): WorldBox {
  const side = 2 ** (worldBits - z);
  const margin = buffer * unitAt(z);
  return [x * side - margin, y * side - margin, (x + 1) * side + margin, (y + 1) * side + margin];
}

export function boxesMeet(a: WorldBox, b: WorldBox): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** The smallest box round both; either may be missing. */
export function joinBoxes(a: WorldBox | null, b: WorldBox | null): WorldBox | null {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

export function boxOfDegrees([west, south, east, north]: Bbox): WorldBox {
  return [worldX(west), worldY(north), worldX(east), worldY(south)];
}

export function degreesOfBox([left, top, right, bottom]: WorldBox): Bbox {
  return [lonOfWorld(left), latOfWorld(bottom), lonOfWorld(right), latOfWorld(top)];
}
