import { drawBetween, drawWhole, type Random } from "../random.ts";
import { freeIntervals, heightOfWalls, type Wall } from "./free_space.ts";
import type { RowStyle } from "./house_styles.ts";

/** A building's box in the frame of its rows. */
export interface Box {
  x: number;
  y: number;
  width: number;
  depth: number;
  entrances: number;
}

/** An empty band moves on by so much; metres. */
const emptyStep = 3;

/**
 * Fills what the walls enclose with rows of buildings from south to north.
 * @param walls - in the frame of the rows
 * @param spread - factor on the spacing of rows and gaps: above 1 fewer buildings stand
 */
export function fillRows(walls: readonly Wall[], style: RowStyle, random: Random, spread = 1): Box[] {
  const boxes: Box[] = [];
  const [low, high] = heightOfWalls(walls);
  const entranceWidth = drawBetween(random, style.width[0], style.width[1]);
  const mostEntrances = drawWhole(random, style.entrances[0], style.entrances[1]);
  const spacing = drawBetween(random, style.spacing[0], style.spacing[1]) * spread;
  let y = low;
  while (y < high) {
    const depth = drawBetween(random, style.depth[0], style.depth[1]);
    const free = freeIntervals(walls, y, y + depth);
    const before = boxes.length;
    for (let i = 0; i < free.length; i += 2) {
      if (style.varied) packVaried(boxes, free[i]!, free[i + 1]!, y, depth, { style, spread }, random);
      else packAlike(boxes, free[i]!, free[i + 1]!, y, depth, { style, entranceWidth, mostEntrances, spread }, random);
    }
    const row = style.varied ? drawBetween(random, style.spacing[0], style.spacing[1]) * spread : spacing;
    y += boxes.length > before ? depth + row : emptyStep;
  }
  return boxes;
}

interface Alike {
  style: RowStyle;
  entranceWidth: number;
  mostEntrances: number;
  spread: number;
}

/** Slabs of whole entrances, all of one length, the rest spread into the gaps. */
function packAlike(
  boxes: Box[],
  from: number,
  to: number,
  y: number,
  depth: number,
  { style, entranceWidth, mostEntrances, spread }: Alike,
  random: Random,
): void {
  const room = to - from;
  const gap = drawBetween(random, style.gap[0], style.gap[1]) * spread;
  const least = style.entrances[0];
  if (room < least * entranceWidth) return;
  let most = Math.max(least, mostEntrances);
  while (most > least && most * entranceWidth > room) most--;
  const count = Math.max(1, Math.floor((room + gap) / (most * entranceWidth + gap)));
  // One more slab in place of long gaps, if all may be an entrance shorter.
  const shorter = most > least && room - count * most * entranceWidth - (count - 1) * gap > 0.6 * most * entranceWidth;
  const fits = Math.floor(((room + gap) / (count + 1) - gap) / entranceWidth);
  const entrances = shorter && fits >= least ? fits : most;
  const slabs = shorter && fits >= least ? count + 1 : count;
  const width = entrances * entranceWidth;
  const rest = room - slabs * width - (slabs - 1) * gap;
  const extra = slabs > 1 ? Math.min(rest / (slabs - 1), 9) : 0;
  let x = from + (rest - extra * (slabs - 1)) * (0.3 + 0.4 * random());
  for (let i = 0; i < slabs; i++) {
    boxes.push({ x, y, width, depth, entrances });
    x += width + gap + extra;
  }
}

/** Houses of varied width, an alley after every few. */
function packVaried(
  boxes: Box[],
  from: number,
  to: number,
  y: number,
  depth: number,
  { style, spread }: { style: RowStyle; spread: number },
  random: Random,
): void {
  let x = from;
  let untilAlley = style.alley
    ? drawWhole(random, style.alley.every[0], style.alley.every[1])
    : Number.POSITIVE_INFINITY;
  for (;;) {
    let width = drawBetween(random, style.width[0], style.width[1]);
    if (x + width > to) width = to - x;
    if (width < style.width[0]) return;
    boxes.push({ x, y, width, depth, entrances: 0 });
    x += width + drawBetween(random, style.gap[0], style.gap[1]) * spread;
    if (--untilAlley <= 0 && style.alley) {
      x += drawBetween(random, style.alley.width[0], style.alley.width[1]);
      untilAlley = drawWhole(random, style.alley.every[0], style.alley.every[1]);
    }
  }
}
