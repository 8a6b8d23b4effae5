import { findFaults } from "../../data/coverage/find_faults.ts";
import type { Fault } from "../../data/coverage/fault.ts";
import { readFeatures, type ReadFeature } from "../../data/exchange/read_geojson.ts";
import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";
import { multiPolygonHex } from "../loading/ewkb.ts";
import { unpackShapes, type PackedShapes } from "../checks/packed_shapes.ts";
import { toDegrees, type FileSystem } from "./projections.ts";

export interface FileAsked {
  json: unknown;
  crs: FileSystem;
  name_field: string;
  code_field: string | null;
  /** What the polygons must stay inside, one shape; null: anywhere. */
  container: PackedShapes | null;
}

/** Everything that is wrong with a file, or its areas. */
export type FileRead =
  | { ok: true; areas: FileArea[] }
  | { ok: false; detail: string; places: { what: string; at: Position | null }[]; row?: number };

export interface FileArea {
  name: string;
  code: string | null;
  /** EWKB in hex. */
  geom: string;
}

const mostPlaces = 200;
const mostAreas = 20_000;
const codePattern = /^[^\s:/?#\0]{1,64}$/;

/**
 * Reads polygons that are to become a division. They may leave ground uncovered, but must not overlap, reach outside or
 * be invalid; every one has a name, and codes are unique. Nothing is repaired.
 */
export function readDivisionFile({ json, crs, name_field, code_field, container }: FileAsked): FileRead {
  const degrees = toDegrees(json, crs);
  const read = readFeatures(degrees, ["MultiPolygon"]);
  if (!read.ok) return { ok: false, detail: read.problem.detail, places: [] };
  const { features, refused } = read.value;
  if (refused.length > 0) {
    const places = refused
      .slice(0, mostPlaces)
      .map(({ row, reason, at }) => ({ what: `第 ${row} 行：${reason}`, at: at ?? null }));
    return { ok: false, detail: `文件中有 ${refused.length} 个要素不能使用。`, places, row: refused[0]!.row };
  }
  if (features.length === 0) return { ok: false, detail: "文件中没有面要素。", places: [] };
  if (features.length > mostAreas) {
    return { ok: false, detail: `文件有 ${features.length} 个面，超过 ${mostAreas} 个的上限。`, places: [] };
  }
  const named = nameAll(features, name_field, code_field);
  if (!named.ok) return named;
  const faults = faultsOf(features, container);
  if (faults.length > 0) {
    const nameOf = (row: string) => `第 ${row} 行「${named.areas[Number(row) - 1]!.name}」`;
    const places = faults.slice(0, mostPlaces).map((fault) => ({ what: describeFault(fault, nameOf), at: fault.at }));
    return { ok: false, detail: `文件中的面有 ${faults.length} 处问题：${places[0]!.what}`, places };
  }
  return named;
}

/** Gaps are left: they are uncovered ground of the draft. */
function faultsOf(
  features: readonly ReadFeature<{ type: "MultiPolygon"; polygons: MultiPolygon }>[],
  container: PackedShapes | null,
): Fault[] {
  const areas = features.map(({ geometry }, i) => ({ id: String(i + 1), polygons: geometry.polygons }));
  const shape = container ? unpackShapes(container)[0] : undefined;
  const within = shape?.type === "MultiPolygon" ? shape.polygons : undefined;
  return findFaults(areas, within).filter(({ kind }) => kind !== "gap");
}

function nameAll(
  features: readonly ReadFeature<{ type: "MultiPolygon"; polygons: MultiPolygon }>[],
  name_field: string,
  code_field: string | null,
): FileRead {
  const areas: FileArea[] = [];
  const places: { what: string; at: Position | null }[] = [];
  const rows = new Map<string, number>();
  for (const { row, id, properties, geometry } of features) {
    const corner = geometry.polygons[0]![0]!;
    const at: Position = [corner[0]!, corner[1]!];
    const field = (name: string): string => {
      const value = properties[name] ?? (name === "id" ? id : null);
      return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
    };
    const name = field(name_field);
    const code = code_field === null ? null : field(code_field);
    if (name === "" || name.length > 60 || name.includes("\0")) {
      places.push({ what: `第 ${row} 行：属性 ${name_field} 应为 1 至 60 个字的名称`, at });
    }
    if (code !== null && code !== "") {
      const before = rows.get(code);
      if (!codePattern.test(code))
        places.push({ what: `第 ${row} 行：编码「${code.slice(0, 70)}」含空格或 : / ? #`, at });
      else if (before !== undefined) places.push({ what: `第 ${row} 行：编码 ${code} 已在第 ${before} 行出现`, at });
      rows.set(code, row);
    }
    areas.push({ name, code: code === "" ? null : code, geom: multiPolygonHex(geometry.polygons) });
  }
  if (places.length === 0) return { ok: true, areas };
  return { ok: false, detail: `文件中有 ${places.length} 处名称或编码不能使用。`, places: places.slice(0, mostPlaces) };
}

/** What is wrong with areas, in words. */
export function describeFault({ kind, features, area_m2, reason }: Fault, nameOf: (row: string) => string): string {
  const names = features.slice(0, 4).map(nameOf).join("与");
  const size = area_m2 >= 1 ? `约 ${Math.round(area_m2)} 平方米` : "不到 1 平方米";
  if (kind === "overlap") return `${names} 重叠 ${size}。`;
  if (kind === "outside") return `${names} 超出方案范围 ${size}。`;
  return `${names} 不是有效的面${reason ? `（${reasonWords[reason]}）` : ""}。`;
}

const reasonWords: Record<NonNullable<Fault["reason"]>, string> = {
  empty: "没有范围",
  collapsed: "面积为零",
  crosses_itself: "边界自相交",
  touches_itself: "边界与自身相接",
  nested: "外环互相嵌套",
  disconnected: "内部不连通",
};
