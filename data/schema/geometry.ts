import { z } from "zod";

/** Longitude and latitude in degrees, CGCS2000 (EPSG:4490), longitude first. */
export const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type Position = z.infer<typeof Position>;

/** [west, south, east, north] in degrees, CGCS2000. */
export const Bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Bbox = z.infer<typeof Bbox>;

/**
 * The kernel's own geometry: flat arrays, because a city has millions of vertices
 * and an array per vertex costs four times the memory.
 *
 * A `Line` is [lon, lat, lon, lat, …]; a `Ring` is a line whose last position repeats the first.
 * A `Polygon` is its exterior ring, then its holes. Degrees, CGCS2000, snapped to 1e-9°.
 */
export type Line = number[];
export type Ring = Line;
export type Polygon = Ring[];
export type MultiPolygon = Polygon[];
export type MultiLine = Line[];

/** What GeoJSON calls a geometry, in flat arrays; used where a table holds more than one kind. */
export type Shape =
  | { type: "Point"; at: Position }
  | { type: "MultiLineString"; lines: MultiLine }
  | { type: "MultiPolygon"; polygons: MultiPolygon };
