import type { CoverageArea } from "../coverage/fault.ts";
import type { MultiPolygon, Polygon, Ring } from "../schema/geometry.ts";

/** Something in a file that cannot be judged. */
export interface BadInput {
  /** Place of the feature in the file, from 1; null when it is about the file. */
  row: number | null;
  /** JSON pointer to the value. */
  pointer: string;
  /** Chinese, then English. */
  reason: string;
}

export interface CoverageRead {
  areas: CoverageArea[];
  /** Not empty: nothing may be said about the coverage. At most `mostProblems`, the first ones. */
  problems: BadInput[];
}

const mostProblems = 50;
/** Collections in collections: more is no data but an attack on the stack. */
const deepest = 64;

/**
 * Reads polygons with ids from parsed GeoJSON, coordinates as given: collections may be nested in any way, a feature
 * with a GeometryCollection is one area. Empty geometries are taken (the checker names them). Ids must be there and
 * unique; a bare geometry, which cannot have one, goes by its row.
 *
 * @param needsIds - false for a container, of which only the shape counts
 */
export function readCoverage(json: unknown, { needsIds = true } = {}): CoverageRead {
  const reader: Reader = { needsIds, areas: [], problems: [], rowOfId: new Map(), row: 0 };
  try {
    readNode(reader, json, "", 0);
    if (reader.row === 0 && reader.problems.length === 0) fail("", "文件里没有任何面 / the file holds no polygon");
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    note(reader, reader.row || null, error);
  }
  return { areas: reader.areas, problems: reader.problems };
}

interface Reader extends CoverageRead {
  needsIds: boolean;
  rowOfId: Map<string, number>;
  row: number;
}

/** Caught where the next feature begins. */
class Unreadable extends Error {
  readonly pointer: string;
  constructor(pointer: string, reason: string) {
    super(reason);
    this.pointer = pointer;
  }
}

function fail(pointer: string, reason: string): never {
  throw new Unreadable(pointer, reason);
}

function note({ problems }: Reader, row: number | null, { pointer, message }: Unreadable): void {
  if (problems.length < mostProblems) problems.push({ row, pointer, reason: message });
}

function readNode(reader: Reader, node: unknown, pointer: string, depth: number): void {
  if (depth > deepest) fail(pointer, `嵌套超过 ${deepest} 层 / nested more than ${deepest} deep`);
  if (!isObject(node)) fail(pointer, "不是 GeoJSON 对象 / no GeoJSON object");
  requireDegrees(node, pointer);
  if (node.type === "FeatureCollection") {
    if (!Array.isArray(node.features)) fail(`${pointer}/features`, "缺少 features 数组 / no array of features");
    for (const [i, child] of node.features.entries()) readNode(reader, child, `${pointer}/features/${i}`, depth + 1);
    return;
  }
  if (node.type === "GeometryCollection") {
    if (!Array.isArray(node.geometries)) fail(`${pointer}/geometries`, "缺少 geometries 数组 / no array of geometries");
    for (const [i, child] of node.geometries.entries())
      readNode(reader, child, `${pointer}/geometries/${i}`, depth + 1);
    return;
  }
  reader.row++;
  try {
    if (node.type === "Feature") readFeature(reader, node, pointer, depth);
    else reader.areas.push({ id: String(reader.row), polygons: readGeometry(node, pointer, depth) });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    note(reader, reader.row, error);
  }
}

function readFeature(reader: Reader, node: Record<string, unknown>, pointer: string, depth: number): void {
  const polygons = node.geometry === null ? [] : readGeometry(node.geometry, `${pointer}/geometry`, depth + 1);
  const id = reader.needsIds ? readId(reader, node.id, `${pointer}/id`) : String(reader.row);
  reader.areas.push({ id, polygons });
}

function readId({ rowOfId, row }: Reader, id: unknown, pointer: string): string {
  const isName = (typeof id === "string" && id !== "") || (typeof id === "number" && Number.isFinite(id));
  if (!isName) fail(pointer, "要素没有 id（文本或数字） / the feature has no id (text or number)");
  const name = String(id);
  const before = rowOfId.get(name);
  if (before !== undefined) {
    fail(pointer, `id ${name.slice(0, 80)} 与第 ${before} 行重复 / is also that of row ${before}`);
  }
  rowOfId.set(name, row);
  return name;
}

/** Old GeoJSON may name a system; only those that are longitude and latitude on (nearly) CGCS2000 can be used. */
function requireDegrees(node: Record<string, unknown>, pointer: string): void {
  if (node.crs === undefined) return;
  const properties = isObject(node.crs) && isObject(node.crs.properties) ? node.crs.properties : {};
  const name = typeof properties.name === "string" ? properties.name : JSON.stringify(node.crs);
  if (/(CRS84|EPSG:{1,2}(4326|4490))$/.test(name)) return;
  fail(
    `${pointer}/crs`,
    `文件声明的坐标系是 ${name.slice(0, 80)}，请先转换为 CGCS2000 经纬度（EPSG:4490） / ` +
      "this coordinate system cannot be used: convert to longitude and latitude (EPSG:4490) first",
  );
}

function readGeometry(node: unknown, pointer: string, depth: number): MultiPolygon {
  if (depth > deepest) fail(pointer, `嵌套超过 ${deepest} 层 / nested more than ${deepest} deep`);
  if (!isObject(node)) fail(pointer, "没有几何 / no geometry");
  requireDegrees(node, pointer);
  const { coordinates, geometries } = node;
  const at = `${pointer}/coordinates`;
  switch (node.type) {
    case "Polygon":
      return isEmpty(coordinates) ? [] : [readPolygon(coordinates, at)];
    case "MultiPolygon":
      return list(coordinates, at).flatMap((one, i) => (isEmpty(one) ? [] : [readPolygon(one, `${at}/${i}`)]));
    case "GeometryCollection":
      return list(geometries, `${pointer}/geometries`).flatMap((one, i) =>
        readGeometry(one, `${pointer}/geometries/${i}`, depth + 1),
      );
    default:
      return fail(
        `${pointer}/type`,
        `几何类型 ${String(node.type).slice(0, 40)} 不是面 / is no Polygon, MultiPolygon or collection of them`,
      );
  }
}

function readPolygon(value: unknown, pointer: string): Polygon {
  return list(value, pointer).map((ring, i) => readRing(ring, `${pointer}/${i}`));
}

function readRing(value: unknown, pointer: string): Ring {
  const positions = list(value, pointer);
  const ring: Ring = [];
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i];
    const [lon, lat] = Array.isArray(position) ? (position as unknown[]) : [];
    if (typeof lon !== "number" || typeof lat !== "number" || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      fail(`${pointer}/${i}`, whyNotDegrees(lon, lat));
    }
    if (isArctic(lon, lat)) fail(`${pointer}/${i}`, latitudeFirst(lon, lat));
    ring.push(lon, lat);
  }
  if (positions.length < 4) {
    fail(
      pointer,
      `环只有 ${positions.length} 个点，至少要 4 个 / a ring needs 4 positions, this has ${positions.length}`,
    );
  }
  if (ring[0] !== ring.at(-2) || ring[1] !== ring.at(-1)) {
    fail(pointer, "环没有闭合：首尾两点不同 / the ring is not closed: its first and last positions differ");
  }
  return ring;
}

function whyNotDegrees(lon: unknown, lat: unknown): string {
  if (typeof lon !== "number" || typeof lat !== "number" || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    return "坐标不是有限的数字 / a coordinate is no finite number";
  }
  if (Math.abs(lon) <= 90 && Math.abs(lat) <= 180) return latitudeFirst(lon, lat);
  return (
    `坐标 ${lon}, ${lat} 不是经纬度，很可能是以米为单位的投影坐标，请先转换 / ` +
    "not longitude and latitude, probably projected metres: convert first"
  );
}

function latitudeFirst(lon: number, lat: number): string {
  return `坐标 ${lon}, ${lat}：很可能纬度在前，应为经度在前 / latitude seems to come first: longitude must`;
}

/** Where the west of China (73–90° E) comes to lie when its latitude is read as longitude: ice and sea. */
function isArctic(lon: number, lat: number): boolean {
  return lat >= 73 && lon >= 3 && lon <= 54;
}

function list(value: unknown, pointer: string): unknown[] {
  return Array.isArray(value) ? value : fail(pointer, "应为数组 / an array is expected here");
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
