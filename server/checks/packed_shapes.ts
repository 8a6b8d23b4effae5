import type { Line, MultiLine, MultiPolygon, Position, Shape } from "../../data/schema/geometry.ts";
import { lineShape, pointShape, ShapeCollector, type ShapeColumns } from "../../tiles/shape_columns.ts";
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
  const { types, starts, holes } = columns;
  const [from, to] = [starts[i]!, starts[i + 1]!];
  if (types[i] === pointShape) return { type: "Point", at: lineOf(columns, from) as Line as Position };
  if (types[i] === lineShape) {
    const lines: MultiLine = [];
    for (let part = from; part < to; part++) lines.push(lineOf(columns, part));
    return { type: "MultiLineString", lines };
  }
  const polygons: MultiPolygon = [];
  for (let part = from; part < to; part++) {
    if (holes[part]) polygons.at(-1)!.push(lineOf(columns, part));
    else polygons.push([lineOf(columns, part)]);
  }
  return { type: "MultiPolygon", polygons };
}

/** By hand: `Array.from` takes several times as long, and a city has a million rings. */
function lineOf({ ends, coordinates }: ShapeColumns, part: number): Line {
  const from = part === 0 ? 0 : 2 * ends[part - 1]!;
  const line: Line = new Array<number>(2 * ends[part]! - from);
  for (let k = 0; k < line.length; k++) line[k] = coordinates[from + k]!;
  return line;
}
