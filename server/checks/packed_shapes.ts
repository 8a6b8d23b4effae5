import type { Line, Position, Shape } from "../../data/schema/geometry.ts";
import { lineShape, pointShape, polygonsOf, ShapeCollector, type ShapeColumns } from "../../tiles/shape_columns.ts";
import { readWkb } from "../tiles/read_wkb.ts";

/** Geometries one behind the other: number i is `wkb[ends[i − 1] … ends[i]]`. Both buffers are of their own, to be handed over. */
export interface PackedShapes {
  wkb: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
}

export function packShapes(shapes: readonly Uint8Array[]): PackedShapes {
  const ends = new Uint32Array(shapes.length);
  let length = 0;
  shapes.forEach((shape, i) => {
    length += shape.length;
    ends[i] = length;
  });
  const wkb = new Uint8Array(length);
  for (const [i, shape] of shapes.entries()) wkb.set(shape, ends[i]! - shape.length);
  return { wkb, ends };
}

/** @throws RangeError for what is no WKB of points, lines or surfaces */
export function unpackShapes({ wkb, ends }: PackedShapes): Shape[] {
  const collector = new ShapeCollector();
  for (const [i, end] of ends.entries()) readWkb(wkb.subarray(i === 0 ? 0 : ends[i - 1]!, end), collector);
  const columns = collector.finish();
  return Array.from(ends, (_, i) => shapeOf(columns, i));
}

function shapeOf(columns: ShapeColumns, i: number): Shape {
  if (columns.types[i] === pointShape) return { type: "Point", at: linesOf(columns, i)[0] as Line as Position };
  if (columns.types[i] === lineShape) return { type: "MultiLineString", lines: linesOf(columns, i) };
  return { type: "MultiPolygon", polygons: polygonsOf(columns, i) };
}

function linesOf({ starts, ends, coordinates }: ShapeColumns, i: number): Line[] {
  const lines: Line[] = [];
  for (let part = starts[i]!; part < starts[i + 1]!; part++) {
    const from = part === 0 ? 0 : ends[part - 1]!;
    lines.push(Array.from(coordinates.subarray(from * 2, ends[part]! * 2)));
  }
  return lines;
}
