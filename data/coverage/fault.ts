import type { MultiPolygon, Position } from "../schema/geometry.ts";
import type { Invalidity } from "./invalidity.ts";

/** One area of a coverage: closed rings in degrees, exterior first, any winding. `id` is the caller's name for it. */
export interface CoverageArea {
  id: string;
  polygons: MultiPolygon;
}

/** A place that is not covered exactly once, or an area whose geometry cannot be judged. */
export interface Fault {
  kind: "gap" | "overlap" | "outside" | "invalid_geometry";
  /** Surface in m²: authalic, edges straight in longitude/latitude. */
  area_m2: number;
  /** Ids: of the areas beside a gap, of all that overlap here, of those that reach outside, of the invalid one. */
  features: string[];
  /** A point inside the place; where an invalid geometry goes wrong; null for an empty one. */
  at: Position | null;
  /** Closed rings, exteriors counter-clockwise; of an invalid geometry what it covers by the even-odd rule. */
  polygons: MultiPolygon;
  reason?: Invalidity["reason"];
}
