import type { BorderArc } from "../../../data/division/draft.ts";
import { aroundLine } from "../../../data/measure/box.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { hullOf, movedBy, positionsOf } from "./positions.ts";

/** Metres that a place may be led to a border: the half of a wide street and a verge. */
const furthest = 60;
/** Metres that it reaches over the border, so that no sliver stays between. */
const over = 0.5;
/** A side of the place belongs to the passage while it is at most so much further from the border than the nearest. */
const slack = 12;

/**
 * The ground between a place and the border that it is to be joined to; nothing where the place lies on it already or
 * the border is too far.
 *
 *     ┌──────┐
 *     │place │
 *     ├┄┄┄┄┄┄┤  ← passage
 *     ════════  border of who gets it
 */
export function reachBorder(ring: readonly Position[], borders: readonly BorderArc[]): Position[][][] {
  const [perLon, perLat] = metresPerDegree(ring[0]![1]);
  const feet = ring.flatMap((at) => {
    const foot = footOn(at, borders, perLon, perLat);
    return foot ? [{ at, ...foot }] : [];
  });
  const least = Math.min(...feet.map(({ far }) => far));
  if (!(least <= furthest)) return [];
  const near = feet.filter(({ far }) => far <= least + slack);
  const beyond = near.map(({ at, foot, far }): Position => {
    const share = far === 0 ? 0 : over / far;
    return movedBy([foot[0] + (foot[0] - at[0]) * share, foot[1] + (foot[1] - at[1]) * share], 0, 0);
  });
  const hull = hullOf([...near.map(({ at }) => at), ...beyond]);
  return hull.length > 3 ? [[hull]] : [];
}

function footOn([lon, lat]: Position, borders: readonly BorderArc[], perLon: number, perLat: number) {
  let best: { foot: Position; far: number } | null = null;
  for (const { line } of borders) {
    const path = positionsOf(line);
    for (let i = 0; i + 1 < path.length; i++) {
      const [ax, ay] = [(path[i]![0] - lon) * perLon, (path[i]![1] - lat) * perLat];
      const [bx, by] = [(path[i + 1]![0] - lon) * perLon, (path[i + 1]![1] - lat) * perLat];
      const long = (bx - ax) ** 2 + (by - ay) ** 2;
      const share = long === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / long));
      const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)];
      const far = Math.hypot(x, y);
      if (!best || far < best.far) best = { foot: [lon + x / perLon, lat + y / perLat], far };
    }
  }
  return best;
}

/** Metres within which a street's centre line counts as the border that was drawn along it: tiles keep 0.15 m. */
const onBorder = 1.2;

/**
 * A ring of streets whose borders run along them: where it lies on a border it is pushed a little beyond, so that no
 * sliver of the block stays behind; elsewhere it stays on the street.
 *
 * @param ring - closed, counter-clockwise
 */
export function pushOverBorders(ring: readonly Position[], borders: readonly BorderArc[]): Position[] {
  const [perLon, perLat] = metresPerDegree(ring[0]![1]);
  const [west, south, east, north] = aroundLine(ring.flat());
  const [aside, up] = [2 / perLon, 2 / perLat];
  const near = borders.filter(({ line }) => {
    const box = aroundLine(line);
    return box[0] <= east + aside && box[2] >= west - aside && box[1] <= north + up && box[3] >= south - up;
  });
  const open = ring.slice(0, -1);
  const pushed = open.map((at, i): Position => {
    const foot = footOn(at, near, perLon, perLat);
    if (!foot || foot.far > onBorder) return at;
    const [before, after] = [open[(i + open.length - 1) % open.length]!, open[(i + 1) % open.length]!];
    // to the right of the way round, which is outside
    const [x, y] = [(after[0] - before[0]) * perLon, (after[1] - before[1]) * perLat];
    const long = Math.hypot(x, y) || 1;
    return movedBy(at, (y / long) * (onBorder + over), (-x / long) * (onBorder + over));
  });
  return [...pushed, pushed[0]!];
}
