import type { Arrangement } from "./arrangement.ts";
import { startOf } from "./trace_outline.ts";

/**
 * A point inside a bounded face, in units: from the middle of its longest edge straight inwards, half way to what
 * comes next. Null for a face without room, whose border is one line there and back.
 *
 * @param halves - all half-edges that border the face
 */
export function pointInFace(arrangement: Arrangement, halves: ArrayLike<number>): [number, number] | null {
  const { points } = arrangement;
  const x = (half: number) => points.lonOf(startOf(arrangement, half));
  const y = (half: number) => points.latOf(startOf(arrangement, half));
  let base = -1;
  let longest = -1;
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    const length = Math.abs(x(half ^ 1) - x(half)) + Math.abs(y(half ^ 1) - y(half));
    if (length > longest) [base, longest] = [half, length];
  }
  const middleX = (x(base) + x(base ^ 1)) / 2;
  const middleY = (y(base) + y(base ^ 1)) / 2;
  // to the left of the half-edge
  const inX = y(base) - y(base ^ 1);
  const inY = x(base ^ 1) - x(base);
  let nearest = Infinity;
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    if (half === base) continue;
    const [ax, ay] = [x(half) - middleX, y(half) - middleY];
    const [bx, by] = [x(half ^ 1) - middleX, y(half ^ 1) - middleY];
    const sideA = inX * ay - inY * ax;
    const sideB = inX * by - inY * bx;
    if (sideA > 0 === sideB > 0) continue;
    const share = sideA / (sideA - sideB);
    const hitX = ax + share * (bx - ax);
    const hitY = ay + share * (by - ay);
    const along = (hitX * inX + hitY * inY) / (inX * inX + inY * inY);
    if (along > 0 && along < nearest) nearest = along;
  }
  if (nearest === Infinity) return null;
  return [middleX + (nearest / 2) * inX, middleY + (nearest / 2) * inY];
}
