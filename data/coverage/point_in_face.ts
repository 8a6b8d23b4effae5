import type { Arrangement } from "./arrangement.ts";
import { startOf } from "./trace_outline.ts";

/** Where on its edge a look inwards begins; the next where a corner stands right in the way. */
const shares = [1 / 2, 0.382, 0.557, 0.271, 0.691, 0.146];

/**
 * A point inside a bounded face, in units: from its longest edge straight inwards, half way to what comes next. Null for
 * a face without room, whose border is one line there and back.
 *
 * A corner exactly in the way is avoided: beyond it the face may go on at one side, and half way would be the corner.
 *
 *     ┌──┬──┐
 *     │  ↑  │      from the middle of the lower edge half way up is where three faces meet
 *     │  ├──┤
 *     │  ↑  │
 *     └──┴──┘
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
  // to the left of the half-edge
  const inX = y(base) - y(base ^ 1);
  const inY = x(base ^ 1) - x(base);
  let [foundX, foundY, nearest] = [0, 0, Infinity];
  for (const share of shares) {
    foundX = x(base) + share * inY;
    foundY = y(base) - share * inX;
    nearest = Infinity;
    let isFree = true;
    for (let i = 0; i < halves.length; i++) {
      const half = halves[i]!;
      if (half === base) continue;
      const [ax, ay] = [x(half) - foundX, y(half) - foundY];
      const [bx, by] = [x(half ^ 1) - foundX, y(half ^ 1) - foundY];
      const sideA = inX * ay - inY * ax;
      const sideB = inX * by - inY * bx;
      if (sideA === 0) isFree = false;
      if (sideA > 0 === sideB > 0) continue;
      const part = sideA / (sideA - sideB);
      const along = ((ax + part * (bx - ax)) * inX + (ay + part * (by - ay)) * inY) / (inX * inX + inY * inY);
      if (along > 0 && along < nearest) nearest = along;
    }
    if (isFree) break;
  }
  return nearest === Infinity ? null : [foundX + (nearest / 2) * inX, foundY + (nearest / 2) * inY];
}
