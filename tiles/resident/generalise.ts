import { maxTileZoom } from "../../data/schema/tile_layers.ts";
import { unitAt } from "../tile_math.ts";

/** Tile units that a generalised line may lie off the true one: 0.4 px, up to 0.75 px just before the next zoom. */
const tolerance = 3;

/** World units: at the last zoom, which maps enlarge, only what is less than a quarter tile unit goes. */
const leastDetail = unitAt(maxTileZoom) / 4;

/** Rank of a vertex that no zoom needs. */
export const neverDrawn = maxTileZoom + 1;

/**
 * First zoom at which a vertex is drawn that lies `distance` world units off the line drawn without it.
 * A vertex is part of its line at every zoom ≥ its rank.
 */
export function rankOf(distance: number): number {
  if (distance < leastDetail) return neverDrawn;
  const rank = Math.floor(Math.log2((tolerance * unitAt(0)) / distance)) + 1;
  return Math.min(Math.max(rank, 0), maxTileZoom);
}

/**
 * Ranks the vertices of one line by Douglas & Peucker (Cartographica 10, 1973): each is split at the vertex farthest
 * off, whose distance counts, but never for more than that of the split above, so that what each zoom keeps is the
 * line simplified with that zoom's tolerance. Both ends have rank 0. A closed line is split at the vertex
 * farthest from its start first.
 *
 * @param xy - world units x, y, …; positions `from` … `to` (both included) are the line
 * @param ranks - one a position, written from `from` to `to`
 */
export function rankVertices(xy: ArrayLike<number>, from: number, to: number, ranks: Uint8Array): void {
  ranks[from] = 0;
  ranks[to] = 0;
  if (to - from < 2) return;
  if (xy[from * 2] !== xy[to * 2] || xy[from * 2 + 1] !== xy[to * 2 + 1]) {
    split(xy, from, to, Infinity, ranks);
    return;
  }
  const middle = farthestFrom(xy, from, to);
  const reach = Math.hypot(xy[middle * 2]! - xy[from * 2]!, xy[middle * 2 + 1]! - xy[from * 2 + 1]!);
  ranks[middle] = rankOf(reach);
  split(xy, from, middle, reach, ranks);
  split(xy, middle, to, reach, ranks);
}

function farthestFrom(xy: ArrayLike<number>, from: number, to: number): number {
  let best = from + 1;
  let most = -1;
  for (let i = from + 1; i < to; i++) {
    const distance = (xy[i * 2]! - xy[from * 2]!) ** 2 + (xy[i * 2 + 1]! - xy[from * 2 + 1]!) ** 2;
    if (distance > most) [best, most] = [i, distance];
  }
  return best;
}

function split(xy: ArrayLike<number>, start: number, end: number, limit: number, ranks: Uint8Array): void {
  const open: number[] = [start, end, limit];
  while (open.length > 0) {
    const above = open.pop()!;
    const to = open.pop()!;
    const from = open.pop()!;
    if (to - from < 2) continue;
    const [ax, ay] = [xy[from * 2]!, xy[from * 2 + 1]!];
    const [dx, dy] = [xy[to * 2]! - ax, xy[to * 2 + 1]! - ay];
    const square = dx * dx + dy * dy;
    let best = from + 1;
    let most = -1;
    for (let i = from + 1; i < to; i++) {
      let px = xy[i * 2]! - ax;
      let py = xy[i * 2 + 1]! - ay;
      if (square > 0) {
        const along = Math.max(0, Math.min(1, (px * dx + py * dy) / square));
        px -= along * dx;
        py -= along * dy;
      }
      const distance = px * px + py * py;
      // of equal ones the middle, so that long flat runs do not make a deep chain of splits
      if (distance > most || (distance === most && Math.abs(2 * i - from - to) < Math.abs(2 * best - from - to))) {
        [best, most] = [i, distance];
      }
    }
    const distance = Math.min(above, Math.sqrt(most));
    ranks[best] = rankOf(distance);
    open.push(from, best, distance, best, to, distance);
  }
}
