import Flatbush from "flatbush";
import { lengthOf } from "../measure/distance.ts";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { Line, MultiLine, MultiPolygon, Position } from "../schema/geometry.ts";
import { surfaceLocator } from "./area_locator.ts";

/**
 * Metres. A stretch whose middle is no farther than this from the edge runs along it, not inside: coordinates are
 * rounded, and a place under 2 mm is no fault.
 */
const alongEdge = 0.002;

/**
 * Cuts lines to what runs inside a surface. What runs along its edge lies beside it and is left out.
 *
 * @param polygons - closed rings in degrees
 * @returns for asking often: the pieces of lines inside
 */
export function lineCutter(polygons: MultiPolygon): (lines: MultiLine) => MultiLine {
  const holds = surfaceLocator(polygons);
  const edges = indexEdges(polygons);
  return (lines) => {
    const inside: MultiLine = [];
    for (const line of lines) {
      for (let i = 2; i < line.length; i += 2) {
        const [ax, ay, bx, by] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!];
        const cuts = [0, ...cutsOf(edges, ax, ay, bx, by).sort((s, t) => s - t), 1];
        const at = (share: number): Position => [ax + share * (bx - ax), ay + share * (by - ay)];
        for (let k = 1; k < cuts.length; k++) {
          if (cuts[k] === cuts[k - 1]) continue;
          const middle = at((cuts[k - 1]! + cuts[k]!) / 2);
          if (holds(middle) && !edges.passes(middle)) append(inside, at(cuts[k - 1]!), at(cuts[k]!));
        }
      }
    }
    return inside;
  };
}

export function lengthOfLines(lines: MultiLine): number {
  return lines.reduce((sum, line) => sum + lengthOf(line), 0);
}

function append(lines: MultiLine, from: Position, to: Position): void {
  const last: Line | undefined = lines.at(-1);
  if (last && last.at(-2) === from[0] && last.at(-1) === from[1]) last.push(...to);
  else lines.push([...from, ...to]);
}

interface Edges {
  /** Ends of edges whose box meets the box: four numbers each. */
  near(west: number, south: number, east: number, north: number): Float64Array[];
  /** Whether an edge passes the position within `alongEdge`. */
  passes(at: Position): boolean;
}

function indexEdges(polygons: MultiPolygon): Edges {
  const edges: Float64Array[] = [];
  for (const ring of polygons.flat()) {
    for (let i = 2; i < ring.length; i += 2) edges.push(Float64Array.from(ring.slice(i - 2, i + 2)));
  }
  const index = new Flatbush(Math.max(1, edges.length));
  for (const [ax, ay, bx, by] of edges as unknown as [number, number, number, number][]) {
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  if (edges.length === 0) index.add(Infinity, Infinity, -Infinity, -Infinity);
  index.finish();
  const near: Edges["near"] = (west, south, east, north) =>
    index.search(west, south, east, north).flatMap((i) => edges[i] ?? []);
  const [perLon, perLat] = metresPerDegree(edges[0]?.[1] ?? 0);
  const [reachX, reachY] = [alongEdge / perLon, alongEdge / perLat];
  return {
    near,
    passes: ([x, y]) =>
      near(x - reachX, y - reachY, x + reachX, y + reachY).some((edge) => {
        const [px, py] = [(edge[0]! - x) * perLon, (edge[1]! - y) * perLat];
        const [dx, dy] = [(edge[2]! - edge[0]!) * perLon, (edge[3]! - edge[1]!) * perLat];
        const square = dx * dx + dy * dy;
        const along = square === 0 ? 0 : Math.min(1, Math.max(0, -(px * dx + py * dy) / square));
        return Math.hypot(px + along * dx, py + along * dy) <= alongEdge;
      }),
  };
}

/** Shares of the segment a → b where it crosses an edge or ends on one. */
function cutsOf(edges: Edges, ax: number, ay: number, bx: number, by: number): number[] {
  const found = edges.near(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const cuts: number[] = [];
  for (const [cx, cy, ex, ey] of found as unknown as [number, number, number, number][]) {
    const across = dx * (ey - cy) - dy * (ex - cx);
    const [fx, fy] = [cx - ax, cy - ay];
    if (across === 0) {
      // beside one another: from where to where they run together
      for (const [px, py] of [
        [fx, fy],
        [ex - ax, ey - ay],
      ] as const) {
        const share = (px * dx + py * dy) / square;
        if (share > 0 && share < 1) cuts.push(share);
      }
      continue;
    }
    const share = (fx * (ey - cy) - fy * (ex - cx)) / across;
    const other = (fx * dy - fy * dx) / across;
    if (share > 0 && share < 1 && other >= 0 && other <= 1) cuts.push(share);
  }
  return cuts;
}
