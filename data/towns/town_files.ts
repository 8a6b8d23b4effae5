import type { ReadFeature, Refusal } from "../exchange/read_geojson.ts";

/** Features with areas, with lines, or of either kind. */
export type PolygonFeature = ReadFeature<{ type: "MultiPolygon"; polygons: number[][][] }>;
export type LineFeature = ReadFeature<{ type: "MultiLineString"; lines: number[][] }>;
export type ShapeFeature = PolygonFeature | LineFeature;

/** What a town is laid out from. Attributes are OpenStreetMap's tags; `households`, `people` are ours. */
export interface TownFiles {
  boundary: PolygonFeature[];
  buildings: PolygonFeature[];
  /** With `highway`. */
  roads: LineFeature[];
  /** With `waterway`; polygons are water surfaces. */
  waterways: ShapeFeature[];
  /** With `railway`. */
  railways: ShapeFeature[];
  /** Land use: `leisure`, `landuse`, `natural`. */
  ground: ShapeFeature[];
}

export type TownFile = keyof TownFiles;

/** A feature that was not taken, with the file it stands in. */
export type TownRefusal = Refusal & { file: TownFile };

/** A tag as text; null where it is missing or empty. */
export function tag(feature: { properties: Record<string, unknown> }, name: string): string | null {
  const value = feature.properties[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** A tag as a number ≥ 0; null where it is missing or none. `12 m` reads as 12. */
export function numberTag(feature: { properties: Record<string, unknown> }, name: string): number | null {
  const value = Number.parseFloat(tag(feature, name) ?? "");
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** The refusal of a feature that is fine but has no place on this map. */
export function notUsed(file: TownFile, feature: ReadFeature, reason: string): TownRefusal {
  return { file, row: feature.row, id: feature.id, kind: "not_used", reason };
}
