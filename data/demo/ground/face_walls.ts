import type { EdgeClass } from "../ground_plan.ts";
import type { Wall } from "./free_space.ts";
import { halfStreet, setback } from "./house_styles.ts";
import type { Subdivision } from "./subdivision.ts";

/**
 * The edges of a face as obstacles: half of the street and the setback, and what `more` asks for (a strip for shops).
 */
export function wallsOfFace(
  subdivision: Subdivision,
  face: number,
  more: (edgeClass: EdgeClass, half: number) => number = () => 0,
): Wall[] {
  return subdivision.ring(face).map((half) => {
    const a = subdivision.origin[half]!;
    const b = subdivision.target(half);
    const edgeClass = subdivision.edgeClass[half >> 1]!;
    return {
      ax: subdivision.x[a]!,
      ay: subdivision.y[a]!,
      bx: subdivision.x[b]!,
      by: subdivision.y[b]!,
      clear: halfStreet[edgeClass] + setback[edgeClass] + more(edgeClass, half),
    };
  });
}

/** The four sides of a box as obstacles, so that others keep away from it. */
export function wallsOfRing(ring: readonly number[], clear: number): Wall[] {
  const walls: Wall[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    walls.push({ ax: ring[j]!, ay: ring[j + 1]!, bx: ring[i]!, by: ring[i + 1]!, clear });
  }
  return walls;
}

/**
 * The direction of walls nearest to east–west: their mean, where right angles count as the same; radians in
 * (−π/4, π/4]. Slabs face south: `most` clamps it.
 */
export function findDirection(walls: readonly Wall[], most = Math.PI / 4): number {
  let cos = 0;
  let sin = 0;
  for (const wall of walls) {
    const angle = 4 * Math.atan2(wall.by - wall.ay, wall.bx - wall.ax);
    const length = Math.hypot(wall.bx - wall.ax, wall.by - wall.ay);
    cos += length * Math.cos(angle);
    sin += length * Math.sin(angle);
  }
  return Math.max(-most, Math.min(most, Math.atan2(sin, cos) / 4));
}
