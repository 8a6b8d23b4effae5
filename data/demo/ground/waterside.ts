import type { Warp } from "../warp.ts";
import { roundToCentimetre } from "../warp.ts";
import type { DraftFace } from "./draft.ts";
import { feature } from "./open_spaces.ts";
import type { River } from "./river.ts";
import type { Subdivision } from "./subdivision.ts";

/** Distance of points along the banks; metres. */
const bankStep = 30;

/**
 * Draws water and green bank of a face between the river's centre line and an embankment street.
 * @param planeX, planeY - vertices of the subdivision in the parameter plane, before they were moved to the ground
 */
export function layWaterside(
  subdivision: Subdivision,
  face: number,
  parcel: DraftFace,
  river: River,
  plane: { x: readonly number[]; y: readonly number[]; warp: Warp },
): void {
  const ring = subdivision.ring(face).map((half) => subdivision.origin[half]!);
  /** 0 on the centre line, 1 on the bank. */
  const shareOut = (v: number): number =>
    Math.abs(plane.y[v]! - river.centre(plane.x[v]!)) / river.halfWidth(plane.x[v]!);
  const water: number[] = [];
  const green: number[] = [];
  const leaves: { x: number; atWater: number; atGreen: number }[] = [];
  for (let i = 0; i < ring.length; i++) {
    const v = ring[i]!;
    const w = ring[(i + 1) % ring.length]!;
    const a = shareOut(v);
    const b = shareOut(w);
    const own = a < 1 ? water : green;
    own.push(subdivision.x[v]!, subdivision.y[v]!);
    if (a < 1 === b < 1) continue;
    const t = (1 - a) / (b - a);
    const x = roundToCentimetre(subdivision.x[v]! + t * (subdivision.x[w]! - subdivision.x[v]!));
    const y = roundToCentimetre(subdivision.y[v]! + t * (subdivision.y[w]! - subdivision.y[v]!));
    water.push(x, y);
    green.push(x, y);
    leaves.push({ x: plane.x[v]! + t * (plane.x[w]! - plane.x[v]!), atWater: water.length, atGreen: green.length });
  }
  if (leaves.length !== 2) return;
  const side = ring.some((v) => plane.y[v]! > river.centre(plane.x[v]!) + 60) ? 1 : -1;
  joinByBank(
    water,
    leaves.map((leave) => [leave.x, leave.atWater]),
    isLeaving(ring, shareOut, 1),
    river,
    side,
    plane.warp,
  );
  joinByBank(
    green,
    leaves.map((leave) => [leave.x, leave.atGreen]),
    isLeaving(ring, shareOut, -1),
    river,
    side,
    plane.warp,
  );
  parcel.features.push(feature("water", [water]), feature("green", [green]));
}

/** Index of the crossing after which a ring follows the bank: where it leaves the water (1) or the green (−1). */
function isLeaving(ring: readonly number[], shareOut: (v: number) => number, sign: 1 | -1): 0 | 1 {
  const firstIsOut = shareOut(ring[0]!) >= 1;
  return firstIsOut === (sign === 1) ? 1 : 0;
}

function joinByBank(
  ring: number[],
  crossings: readonly (readonly [number, number])[],
  after: 0 | 1,
  river: River,
  side: number,
  warp: Warp,
): void {
  const [fromX, index] = crossings[after]!;
  const [toX] = crossings[1 - after]!;
  const count = Math.max(2, Math.round(Math.abs(toX - fromX) / bankStep));
  const bank: number[] = [];
  for (let i = 1; i < count; i++) {
    const x = fromX + ((toX - fromX) * i) / count;
    const [gx, gy] = warp(x, river.centre(x) + side * river.halfWidth(x));
    bank.push(roundToCentimetre(gx), roundToCentimetre(gy));
  }
  ring.splice(index, 0, ...bank);
}
