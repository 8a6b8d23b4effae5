import Flatbush from "flatbush";
import { boxesMeet } from "../measure/box.ts";
import type { Bbox } from "../schema/geometry.ts";
import type { VertexTable } from "./vertex_table.ts";

/** Straight stretches by their boxes, in the units of the table, so that a long line is not compared piece by piece. */
export interface StretchIndex {
  boxOf(stretch: number): Bbox;
  /** Numbers of the stretches whose box meets the box. */
  near(box: Bbox): number[];
}

/** @param stretches - each from, to, both points of the table */
export function indexStretches(points: VertexTable, stretches: readonly (readonly [number, number])[]): StretchIndex {
  const boxes = stretches.map(([a, b]) => boxOfStretch(points, a, b));
  if (boxes.length === 0) return { boxOf: (stretch) => boxes[stretch]!, near: () => none };
  const index = new Flatbush(boxes.length);
  for (const [west, south, east, north] of boxes) index.add(west, south, east, north);
  index.finish();
  const all: Bbox = [index.minX, index.minY, index.maxX, index.maxY];
  return {
    boxOf: (stretch) => boxes[stretch]!,
    near: (box) => (boxesMeet(box, all) ? index.search(...box) : none),
  };
}

const none: number[] = [];

export function boxOfStretch(points: VertexTable, a: number, b: number): Bbox {
  const [ax, ay, bx, by] = [points.lonOf(a), points.latOf(a), points.lonOf(b), points.latOf(b)];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}
