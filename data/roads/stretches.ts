import { createVertexTable, type VertexTable } from "../division/vertex_table.ts";
import type { Road } from "./road.ts";

/** Positions in whole units of 1e-9°; `lonOf` and `latOf` of the table give units too. */
export type RoadPoints = VertexTable;

/** Straight pieces of centre lines between two points. */
export interface Stretches {
  from: number[];
  to: number[];
  /** Index of the road. */
  road: number[];
}

export const unitsPerDegree = 1e9;

/** Straight pieces in the order in which the lines name them; those without length are left out. */
export function readStretches(roads: readonly Road[]): { stretches: Stretches; points: RoadPoints } {
  const points = createVertexTable(countPositions(roads), 1);
  const stretches: Stretches = { from: [], to: [], road: [] };
  roads.forEach(({ lines }, road) => {
    for (const line of lines) {
      let from = -1;
      for (let i = 0; i < line.length; i += 2) {
        const to = points.add(Math.round(line[i]! * unitsPerDegree), Math.round(line[i + 1]! * unitsPerDegree));
        if (from >= 0 && from !== to) pushStretch(stretches, from, to, road);
        from = to;
      }
    }
  });
  return { stretches, points };
}

export function pushStretch({ from, to, road }: Stretches, a: number, b: number, of: number): void {
  from.push(a);
  to.push(b);
  road.push(of);
}

function countPositions(roads: readonly Road[]): number {
  let count = 0;
  for (const { lines } of roads) for (const line of lines) count += line.length >> 1;
  return count;
}
