import { aroundLine } from "../measure/box.ts";
import { isInRing } from "../measure/in_ring.ts";
import type { MultiPolygon, Polygon, Ring } from "../schema/geometry.ts";

/**
 * Gives each hole to the smallest exterior round it: an island in a hole has holes of its own.
 * @throws Error if there is no exterior round one: such a hole would become ground unseen
 */
export function joinHoles(exteriors: readonly Ring[], holes: readonly Ring[]): MultiPolygon {
  const polygons: Polygon[] = exteriors.map((ring) => [ring]);
  if (polygons.length === 1) return [[...polygons[0]!, ...holes]];
  if (holes.length === 0) return polygons;
  const boxes = exteriors.map((ring) => aroundLine(ring));
  const sizes = boxes.map(([w, s, e, n]) => (e - w) * (n - s));
  for (const hole of holes) {
    // a corner may touch an exterior, the middle of a side does not
    const [x, y] = [(hole[0]! + hole[2]!) / 2, (hole[1]! + hole[3]!) / 2];
    let best = -1;
    for (let i = 0; i < polygons.length; i++) {
      const [w, s, e, n] = boxes[i]!;
      if (x < w || x > e || y < s || y > n || (best >= 0 && sizes[best]! <= sizes[i]!)) continue;
      if (isInRing(exteriors[i]!, x, y)) best = i;
    }
    const polygon = polygons[best];
    if (!polygon) throw new Error(`no exterior round the hole at ${hole[0]},${hole[1]}`);
    polygon.push(hole);
  }
  return polygons;
}
