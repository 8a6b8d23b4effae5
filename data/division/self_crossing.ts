import { crossingOf } from "../coverage/crossing.ts";
import { orient } from "../coverage/orientation.ts";
import type { Position } from "../schema/geometry.ts";
import { unitsPerDegree } from "./ring_facts.ts";
import { indexStretches } from "./stretch_index.ts";
import type { VertexTable } from "./vertex_table.ts";

/** Where a line comes back to itself, first along it; null if it never does. Points in a row differ. */
export function findSelfCrossing(points: VertexTable, line: readonly number[]): Position | null {
  const stretches = line.slice(1).map((to, i) => [line[i]!, to] as const);
  const index = indexStretches(points, stretches);
  const segmentOf = (i: number): Segment => {
    const [from, to] = stretches[i]!;
    return { i, ax: points.lonOf(from), ay: points.latOf(from), bx: points.lonOf(to), by: points.latOf(to) };
  };
  for (let i = 0; i < stretches.length; i++) {
    for (const j of index.near(index.boxOf(i))) {
      const at = j < i ? meeting(segmentOf(i), segmentOf(j)) : null;
      if (at) return [at[0] / unitsPerDegree, at[1] / unitsPerDegree];
    }
  }
  return null;
}

interface Segment {
  i: number;
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

function meeting(one: Segment, other: Segment): [number, number] | null {
  const [a, b] = one.i < other.i ? [one, other] : [other, one];
  if (b.i === a.i + 1) {
    // they share a.b = b.a: only running straight back is wrong
    if (orient(a.ax, a.ay, a.bx, a.by, b.bx, b.by) !== 0) return null;
    const dot = (a.ax - a.bx) * (b.bx - b.ax) + (a.ay - a.by) * (b.by - b.ay);
    return dot > 0 ? [a.bx, a.by] : null;
  }
  for (const [x, y] of [
    [b.ax, b.ay],
    [b.bx, b.by],
  ] as const) {
    if (isOn(a, x, y)) return [x, y];
  }
  for (const [x, y] of [
    [a.ax, a.ay],
    [a.bx, a.by],
  ] as const) {
    if (isOn(b, x, y)) return [x, y];
  }
  return crossingOf(a.ax, a.ay, a.bx, a.by, b.ax, b.ay, b.bx, b.by);
}

function isOn({ ax, ay, bx, by }: Segment, x: number, y: number): boolean {
  if (x < Math.min(ax, bx) || x > Math.max(ax, bx) || y < Math.min(ay, by) || y > Math.max(ay, by)) return false;
  return orient(ax, ay, bx, by, x, y) === 0;
}
