import { type Outcome, failed } from "../schema/problem.ts";
import type { Line, MultiLine, MultiPolygon, Position, Ring } from "../schema/geometry.ts";

/** What a feature may carry, in flat arrays of degrees snapped to 1e-9°; single kinds come as multi ones. */
export type FeatureGeometry =
  | { type: "Point"; at: Position }
  | { type: "MultiLineString"; lines: MultiLine }
  | { type: "MultiPolygon"; polygons: MultiPolygon };

/** One feature that can be used. */
export interface ReadFeature<G extends FeatureGeometry = FeatureGeometry> {
  /** Place in the file, from 1. */
  row: number;
  id: string | null;
  properties: Record<string, unknown>;
  geometry: G;
}

/** One feature that was not taken, and why: `kind` for programs, `reason` for people. */
export interface Refusal {
  row: number;
  id: string | null;
  kind: RefusalKind;
  reason: string;
  at?: Position;
}
export type RefusalKind =
  | "no_geometry"
  | "wrong_geometry"
  | "invalid_geometry"
  | "no_code"
  | "bad_code"
  | "duplicate_code"
  | "not_used";

export interface FeaturesRead<G extends FeatureGeometry> {
  features: ReadFeature<G>[];
  refused: Refusal[];
}

/**
 * Reads a parsed GeoJSON file of degrees (CGCS2000 or WGS 84; longitude first). Every feature is either among
 * `features` or among `refused`. Rings must be closed, of at least four positions and some surface; whether they
 * cross themselves is not looked at here.
 *
 * @param accept - kinds of geometry that the caller can use
 * @returns a problem when the file is no GeoJSON, or declares another coordinate system
 */
export function readFeatures<T extends FeatureGeometry["type"]>(
  json: unknown,
  accept: readonly T[],
): Outcome<FeaturesRead<Extract<FeatureGeometry, { type: T }>>> {
  const list = listFeatures(json);
  if (!list) {
    return failed("request.invalid", {
      detail: "文件不是 GeoJSON 的 FeatureCollection。",
      fix: "请提供 RFC 7946 的 FeatureCollection。",
    });
  }
  const system = declaredSystem(json);
  if (system && !/CRS84|EPSG:{1,2}(4326|4490)$/.test(system)) {
    return failed("request.invalid", {
      detail: `文件声明的坐标系是 ${system.slice(0, 80)}。`,
      fix: "请先转换为 CGCS2000 经纬度（EPSG:4490）。",
    });
  }
  type G = Extract<FeatureGeometry, { type: T }>;
  const read: FeaturesRead<G> = { features: [], refused: [] };
  list.forEach((feature, at) => {
    const one = readFeature(feature, at + 1);
    if ("kind" in one) read.refused.push(one);
    else if ((accept as readonly string[]).includes(one.geometry.type)) read.features.push(one as ReadFeature<G>);
    else {
      const reason = `几何类型 ${one.geometry.type} 不能用于此处，需要 ${accept.join("、")}`;
      read.refused.push({ row: one.row, id: one.id, kind: "wrong_geometry", reason });
    }
  });
  return { ok: true, value: read };
}

function listFeatures(json: unknown): unknown[] | null {
  if (!isObject(json)) return null;
  if (json.type === "Feature") return [json];
  return json.type === "FeatureCollection" && Array.isArray(json.features) ? json.features : null;
}

/** The name in the `crs` member of old GeoJSON. */
function declaredSystem(json: unknown): string | null {
  const crs = isObject(json) && isObject(json.crs) ? json.crs : null;
  const name = crs && isObject(crs.properties) ? crs.properties.name : null;
  return typeof name === "string" ? name : null;
}

function readFeature(feature: unknown, row: number): ReadFeature | Refusal {
  if (!isObject(feature)) return { row, id: null, kind: "no_geometry", reason: "不是要素（Feature）" };
  const id = typeof feature.id === "string" || typeof feature.id === "number" ? String(feature.id) : null;
  const properties = isObject(feature.properties) ? feature.properties : {};
  if (!isObject(feature.geometry)) return { row, id, kind: "no_geometry", reason: "没有几何" };
  try {
    return { row, id, properties, geometry: readGeometry(feature.geometry) };
  } catch (error) {
    if (!(error instanceof GeometryFault)) throw error;
    const at = error.at && { at: error.at };
    return { row, id, kind: error.kind, reason: error.message, ...at };
  }
}

/** Leaves the depths of the geometry; caught one level up and turned into a refusal. */
class GeometryFault extends Error {
  readonly kind: RefusalKind;
  readonly at: Position | undefined;
  constructor(message: string, kind: RefusalKind = "invalid_geometry", at?: Position) {
    super(message);
    this.kind = kind;
    this.at = at;
  }
}

function readGeometry(geometry: Record<string, unknown>): FeatureGeometry {
  const coordinates = geometry.coordinates;
  switch (geometry.type) {
    case "Point":
      return { type: "Point", at: readPosition(coordinates) };
    case "LineString":
      return { type: "MultiLineString", lines: [readLine(coordinates)] };
    case "MultiLineString":
      return { type: "MultiLineString", lines: some(coordinates).map(readLine) };
    case "Polygon":
      return { type: "MultiPolygon", polygons: [some(coordinates).map(readRing)] };
    case "MultiPolygon":
      return { type: "MultiPolygon", polygons: some(coordinates).map((polygon) => some(polygon).map(readRing)) };
    default:
      throw new GeometryFault(`几何类型 ${String(geometry.type)} 不能使用`, "wrong_geometry");
  }
}

function some(value: unknown): unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new GeometryFault("几何是空的", "no_geometry");
  return value;
}

function readPosition(value: unknown): Position {
  const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof lon !== "number" || typeof lat !== "number" || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    throw new GeometryFault("坐标不是数字");
  }
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) {
    throw new GeometryFault(`坐标 ${lon}, ${lat} 不是经纬度（度），可能是投影坐标`);
  }
  return [Math.round(lon * 1e9) / 1e9, Math.round(lat * 1e9) / 1e9];
}

function readLine(value: unknown): Line {
  const line = withoutRepeats(some(value));
  if (line.length < 4) throw new GeometryFault("线不足两个不同的点", "invalid_geometry", [line[0]!, line[1]!]);
  return line;
}

function readRing(value: unknown): Ring {
  const ring = withoutRepeats(some(value));
  const at: Position = [ring[0]!, ring[1]!];
  if (ring.at(-2) !== ring[0] || ring.at(-1) !== ring[1]) throw new GeometryFault("环没有闭合", "invalid_geometry", at);
  if (ring.length < 8) throw new GeometryFault("环不足三个不同的点", "invalid_geometry", at);
  return ring;
}

/** Positions that repeat the one before (after snapping) say nothing. */
function withoutRepeats(values: unknown[]): Line {
  const line: Line = [];
  for (const value of values) {
    const [lon, lat] = readPosition(value);
    if (line.length === 0 || line.at(-2) !== lon || line.at(-1) !== lat) line.push(lon, lat);
  }
  return line;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
