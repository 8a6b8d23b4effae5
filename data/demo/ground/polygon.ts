/** Plain measures of rings in metres: x,y,x,y,… not closed. */

/** Signed area, positive counter-clockwise; m². */
export function ringArea(ring: readonly number[]): number {
  let twice = 0;
  const n = ring.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    twice += (ring[j]! - ring[0]!) * (ring[i + 1]! - ring[1]!) - (ring[i]! - ring[0]!) * (ring[j + 1]! - ring[1]!);
  }
  return twice / 2;
}

export function ringPerimeter(ring: readonly number[]): number {
  let sum = 0;
  const n = ring.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) sum += Math.hypot(ring[i]! - ring[j]!, ring[i + 1]! - ring[j + 1]!);
  return sum;
}

/** Centre of gravity of the ring's area. */
export function ringCentre(ring: readonly number[]): [number, number] {
  const x0 = ring[0]!;
  const y0 = ring[1]!;
  let cx = 0;
  let cy = 0;
  let sum = 0;
  const n = ring.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const ax = ring[j]! - x0;
    const ay = ring[j + 1]! - y0;
    const bx = ring[i]! - x0;
    const by = ring[i + 1]! - y0;
    const cross = ax * by - bx * ay;
    cx += (ax + bx) * cross;
    cy += (ay + by) * cross;
    sum += cross;
  }
  return [x0 + cx / (3 * sum), y0 + cy / (3 * sum)];
}

/** Even-odd test; points on the edge may fall on either side. */
export function ringHolds(ring: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const n = ring.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const ay = ring[j + 1]!;
    const by = ring[i + 1]!;
    if (ay > y !== by > y && x < ring[j]! + ((y - ay) / (by - ay)) * (ring[i]! - ring[j]!)) inside = !inside;
  }
  return inside;
}

/** Distance from a point to a segment. */
export function distanceToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
  const ox = x - ax - t * dx;
  const oy = y - ay - t * dy;
  return Math.sqrt(ox * ox + oy * oy);
}

/**
 * Where two segments meet, as shares of their lengths, or null. Touching ends count.
 */
export function crossSegments(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): [number, number] | null {
  const rx = bx - ax;
  const ry = by - ay;
  const sx = dx - cx;
  const sy = dy - cy;
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null;
  const t = ((cx - ax) * sy - (cy - ay) * sx) / cross;
  if (t < 0 || t > 1) return null;
  const u = ((cx - ax) * ry - (cy - ay) * rx) / cross;
  return u < 0 || u > 1 ? null : [t, u];
}

/** The smallest rectangle round a ring, over directions 5° apart: its angle along the long side, and both sides. */
export interface LyingRectangle {
  angle: number;
  /** Extent along the angle, and across. */
  along: [number, number];
  across: [number, number];
}

export function findLyingRectangle(ring: readonly number[]): LyingRectangle {
  let best: LyingRectangle | null = null;
  let bestArea = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 18; step++) {
    const angle = (step * Math.PI) / 36;
    const u = projectRing(ring, Math.cos(angle), Math.sin(angle));
    const v = projectRing(ring, -Math.sin(angle), Math.cos(angle));
    const area = (u[1] - u[0]) * (v[1] - v[0]);
    if (area >= bestArea) continue;
    bestArea = area;
    const longU = u[1] - u[0] >= v[1] - v[0];
    best = longU ? { angle, along: u, across: v } : { angle: angle + Math.PI / 2, along: v, across: [-u[1], -u[0]] };
  }
  return best!;
}

function projectRing(ring: readonly number[], ux: number, uy: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < ring.length; i += 2) {
    const at = ring[i]! * ux + ring[i + 1]! * uy;
    if (at < low) low = at;
    if (at > high) high = at;
  }
  return [low, high];
}
