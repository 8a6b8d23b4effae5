import type { MultiPolygon } from "../../data/schema/geometry.ts";
import { polygonsOf, ShapeCollector } from "../../tiles/shape_columns.ts";
import { readWkb } from "../tiles/read_wkb.ts";

export type Polygons = MultiPolygon;

/** A surface from WKB. @throws RangeError for what is none */
export function readPolygons(wkb: Uint8Array): MultiPolygon {
  const shapes = new ShapeCollector();
  readWkb(wkb, shapes);
  return polygonsOf(shapes.finish(), 0);
}
