import type { Bbox, MultiPolygon, Ring } from "../schema/geometry.ts";

/**
 * Cuts polygons to a box (Sutherland and Hodgman 1974): right in the box; what runs along its sides there and back
 * cancels out wherever edges are paired.
 */
export function clipToBox(polygons: MultiPolygon, [west, south, east, north]: Bbox): MultiPolygon {
  const clipped = polygons.map((polygon) =>
    polygon
      .map((ring) => {
        let cut = clipSide(ring, 0, west, 1);
        cut = clipSide(cut, 0, east, -1);
        cut = clipSide(cut, 1, south, 1);
        return clipSide(cut, 1, north, -1);
      })
      .filter((ring) => ring.length >= 8),
  );
  return clipped.filter((polygon) => polygon.length > 0);
}

/** Keeps what lies beyond `limit` on one axis (0: longitude, 1: latitude), in the direction of `sign`. */
function clipSide(ring: Ring, axis: 0 | 1, limit: number, sign: 1 | -1): Ring {
  const kept: Ring = [];
  for (let i = 2; i < ring.length; i += 2) {
    const [before, here] = [ring[i - 2 + axis]!, ring[i + axis]!];
    const [wasIn, isIn] = [(before - limit) * sign >= 0, (here - limit) * sign >= 0];
    if (wasIn !== isIn) {
      const share = (limit - before) / (here - before);
      const other = ring[i - 1 - axis]! + share * (ring[i + 1 - axis]! - ring[i - 1 - axis]!);
      kept.push(axis === 0 ? limit : other, axis === 0 ? other : limit);
    }
    if (isIn) kept.push(ring[i]!, ring[i + 1]!);
  }
  if (kept.length > 0) kept.push(kept[0]!, kept[1]!);
  return kept;
}
