import { orient } from "./orientation.ts";

/** Units: how far a crossing computed in doubles may be off before whole numbers are used. */
const worstError = 0.01;

/**
 * Where the segments a–b and c–d cross, rounded to whole units; null when they do not cross properly, that is at a
 * point inside both. Coordinates are whole numbers below 2^52.
 */
export function crossingOf(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): [number, number] | null {
  const sideC = orient(ax, ay, bx, by, cx, cy);
  const sideD = orient(ax, ay, bx, by, dx, dy);
  if (sideC === 0 || sideD === 0 || sideC > 0 === sideD > 0) return null;
  const sideA = orient(cx, cy, dx, dy, ax, ay);
  const sideB = orient(cx, cy, dx, dy, bx, by);
  if (sideA === 0 || sideB === 0 || sideA > 0 === sideB > 0) return null;

  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const down = ux * vy - uy * vx;
  const share = ((cx - ax) * vy - (cy - ay) * vx) / down;
  const products = Math.abs(ux * vy) + Math.abs(uy * vx) + Math.abs((cx - ax) * vy) + Math.abs((cy - ay) * vx);
  const length = Math.abs(ux) + Math.abs(uy);
  if (products * 2 ** -51 * length > worstError * Math.abs(down)) return exactCrossing(ax, ay, ux, uy, cx, cy, vx, vy);
  return [Math.round(ax + share * ux), Math.round(ay + share * uy)];
}

/** For segments almost parallel, where doubles would put the crossing metres away. */
function exactCrossing(
  ax: number,
  ay: number,
  ux: number,
  uy: number,
  cx: number,
  cy: number,
  vx: number,
  vy: number,
): [number, number] {
  const [bigUx, bigUy, bigVx, bigVy] = [BigInt(ux), BigInt(uy), BigInt(vx), BigInt(vy)];
  const down = bigUx * bigVy - bigUy * bigVx;
  const up = BigInt(cx - ax) * bigVy - BigInt(cy - ay) * bigVx;
  return [ax + roundedQuotient(up * bigUx, down), ay + roundedQuotient(up * bigUy, down)];
}

function roundedQuotient(up: bigint, down: bigint): number {
  const [top, base] = down < 0n ? [-up, -down] : [up, down];
  const doubled = 2n * top + base;
  const floor = doubled >= 0n ? doubled / (2n * base) : -((-doubled + 2n * base - 1n) / (2n * base));
  return Number(floor);
}
