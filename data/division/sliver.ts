import { metresPerDegree } from "../measure/ellipsoid.ts";
import { unitsPerDegree } from "./ring_facts.ts";
import type { VertexTable } from "./vertex_table.ts";

/** m²: nobody plans ground of less. */
const leastSurface = 1;
/** Metres: narrower than a wall. */
const leastWidth = 0.5;

/**
 * A sliver is a piece of ground of less than 1 m², or narrower than 0.5 m: twice its surface by its perimeter, which
 * for a strip is its width.
 *
 * @param stretches - the border of the piece, its ground on the left: from, to, from, to …
 */
export function isSliver(points: VertexTable, stretches: readonly number[]): boolean {
  if (stretches.length === 0) return true;
  const [x0, y0] = [points.lonOf(stretches[0]!), points.latOf(stretches[0]!)];
  const [perLon, perLat] = metresPerDegree(y0 / unitsPerDegree).map((metres) => metres / unitsPerDegree);
  let twice = 0;
  let perimeter = 0;
  for (let i = 0; i < stretches.length; i += 2) {
    const [from, to] = [stretches[i]!, stretches[i + 1]!];
    const [ax, ay] = [(points.lonOf(from) - x0) * perLon!, (points.latOf(from) - y0) * perLat!];
    const [bx, by] = [(points.lonOf(to) - x0) * perLon!, (points.latOf(to) - y0) * perLat!];
    twice += ax * by - bx * ay;
    perimeter += Math.hypot(bx - ax, by - ay);
  }
  return twice < 2 * leastSurface || twice < leastWidth * perimeter;
}
