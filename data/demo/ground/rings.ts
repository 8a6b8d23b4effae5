import { roundToCentimetre } from "../warp.ts";
import type { Subdivision } from "./subdivision.ts";

/** Half-edges round a union of faces that has no holes, counter-clockwise. */
export function outlineOf(subdivision: Subdivision, faces: readonly number[]): number[] {
  const inside = new Set(faces);
  const isBorder = (half: number): boolean => !inside.has(subdivision.face[half ^ 1]!);
  const start = faces.flatMap((face) => subdivision.ring(face)).find(isBorder)!;
  const outline: number[] = [];
  let half = start;
  do {
    outline.push(half);
    half = subdivision.next[half]!;
    while (!isBorder(half)) half = subdivision.next[half ^ 1]!;
  } while (half !== start);
  return outline;
}

/**
 * Moves every side of a ring inward by its own distance and joins them again; sides that vanish are dropped.
 * Rounded; null where nothing sound is left.
 *
 * @param ring - x,y,… counter-clockwise
 * @param distances - per side, the side i runs from point i to the next
 */
export function insetRing(ring: readonly number[], distances: readonly number[]): number[] | null {
  let sides = distances.map((distance, i) => moveSide(ring, i, distance)).filter((side) => side.length > 0.5);
  for (let round = 0; round < 12 && sides.length >= 3; round++) {
    const corners = sides.map((side, i) => joinSides(sides[(i + sides.length - 1) % sides.length]!, side));
    // A side that now runs backwards has vanished.
    const kept = sides.filter((side, i) => {
      const a = corners[i]!;
      const b = corners[(i + 1) % sides.length]!;
      return (b[0] - a[0]) * side.ux + (b[1] - a[1]) * side.uy > 0.05;
    });
    if (kept.length === sides.length) return corners.flatMap(([x, y]) => [roundToCentimetre(x), roundToCentimetre(y)]);
    sides = kept;
  }
  return null;
}

interface Side {
  /** A point on it, its direction, and its length before moving. */
  x: number;
  y: number;
  ux: number;
  uy: number;
  length: number;
  endX: number;
  endY: number;
}

function moveSide(ring: readonly number[], i: number, distance: number): Side {
  const j = (2 * i + 2) % ring.length;
  const dx = ring[j]! - ring[2 * i]!;
  const dy = ring[j + 1]! - ring[2 * i + 1]!;
  const length = Math.hypot(dx, dy);
  const ux = dx / length;
  const uy = dy / length;
  const x = ring[2 * i]! - uy * distance;
  const y = ring[2 * i + 1]! + ux * distance;
  return { x, y, ux, uy, length, endX: x + dx, endY: y + dy };
}

/** Where two moved sides meet; where they are nearly parallel, between their ends. */
function joinSides(before: Side, after: Side): [number, number] {
  const cross = before.ux * after.uy - before.uy * after.ux;
  if (Math.abs(cross) < 0.02) return [(before.endX + after.x) / 2, (before.endY + after.y) / 2];
  const t = ((after.x - before.x) * after.uy - (after.y - before.y) * after.ux) / cross;
  return [before.x + t * before.ux, before.y + t * before.uy];
}
