import { drawBetween, type Random } from "../random.ts";
import { roundToCentimetre } from "../warp.ts";
import type { Box } from "./fill_rows.ts";
import { type Frame, fromFrame } from "./free_space.ts";

/** Depth of the notches between entrances on the north side of slabs; metres. */
const notchDepth = 1.3;

/** The footprint of a building of this form in its box: x,y,… on the ground, counter-clockwise, rounded. */
export function drawFootprint(form: string, box: Box, frame: Frame, random: Random): number[] {
  const { x, y, width, depth } = box;
  const local = drawLocal(form, box, random);
  const ring: number[] = [];
  for (let i = 0; i < local.length; i += 2) {
    const [gx, gy] = fromFrame(frame, x + local[i]! * width, y + local[i + 1]! * depth);
    ring.push(roundToCentimetre(gx), roundToCentimetre(gy));
  }
  return ring;
}

/** The same in shares of width and depth. */
function drawLocal(form: string, box: Box, random: Random): number[] {
  if (form === "tower_18" || form === "tower_33") return drawCross();
  if (box.entrances > 0) return drawSlab(box);
  if (form === "courtyard" || form === "village") return drawOldHouse(random, form === "village" ? 0.7 : 0.34);
  if (form === "public" || form === "school" || form === "hospital" || form === "office")
    return drawOldHouse(random, 0.55);
  return rectangle;
}

const rectangle = [0, 0, 1, 0, 1, 1, 0, 1];

function drawCross(): number[] {
  const a = 0.28;
  const b = 1 - a;
  return [a, 0, b, 0, b, a, 1, a, 1, b, b, b, b, 1, a, 1, a, b, 0, b, 0, a, a, a];
}

/** Straight to the south; to the north each staircase stands out. */
function drawSlab(box: Box): number[] {
  const back = 1 - notchDepth / box.depth;
  const ring = [0, 0, 1, 0, 1, back];
  for (let i = box.entrances - 1; i >= 0; i--) {
    const left = (i + 0.3) / box.entrances;
    const right = (i + 0.7) / box.entrances;
    ring.push(right, back, right, 1, left, 1, left, back);
  }
  ring.push(0, back);
  return ring;
}

/** Rectangle, L or U. */
function drawOldHouse(random: Random, plain: number): number[] {
  const shape = random();
  const cutX = drawBetween(random, 0.35, 0.6);
  const cutY = drawBetween(random, 0.4, 0.6);
  if (shape < plain) return rectangle;
  const mirrored = random() < 0.5;
  if (shape < plain + (1 - plain) * 0.7) {
    return mirrored
      ? [0, 0, 1, 0, 1, 1, cutX, 1, cutX, cutY, 0, cutY]
      : [0, 0, 1, 0, 1, cutY, cutX, cutY, cutX, 1, 0, 1];
  }
  const side = 0.28;
  return [0, 0, 1, 0, 1, 1, 1 - side, 1, 1 - side, cutY, side, cutY, side, 1, 0, 1];
}
