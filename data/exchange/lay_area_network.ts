import type { AreaRow, CityRows } from "../schema/city_rows.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { emptyRows } from "./empty_rows.ts";
import { nameNetwork } from "./network_names.ts";
import type { ReadFeature, Refusal } from "./read_geojson.ts";

export interface AreaNetworkOptions {
  /** Name of the network that they become. */
  network: string;
  /** Attribute with the code; `id` also means the feature's own id. */
  code: string;
  /** Attribute with the name; `id` likewise. */
  label: string;
  source: string;
}

/**
 * Makes a network of one level from a coverage. Gaps and overlaps are not looked for: a coverage that stands in
 * the world is taken as it is.
 *
 * @param features - polygons that are valid each for itself
 * @returns rows, and the features refused for their code: missing, unusable, or given before
 */
export function layAreaNetwork(
  features: readonly ReadFeature<{ type: "MultiPolygon"; polygons: MultiPolygon }>[],
  options: AreaNetworkOptions,
): { rows: CityRows; refused: Refusal[] } {
  const refused: Refusal[] = [];
  const rowOfCode = new Map<string, number>();
  const area: AreaRow[] = [];
  for (const feature of features) {
    const { row, id } = feature;
    const code = fieldOf(feature, options.code);
    const fault = faultOf(code, rowOfCode, options.code);
    if (code === null || fault) {
      refused.push({ row, id, ...fault! });
      continue;
    }
    rowOfCode.set(code, row);
    const name = fieldOf(feature, options.label) ?? code;
    area.push({
      id: area.length + 1,
      network_id: 1,
      level_id: 1,
      parent_id: null,
      code,
      name,
      short_name: name,
      kind: "basic",
      profile_id: null,
      child_profile_id: null,
      geom: feature.geometry.polygons,
    });
  }
  const names = nameNetwork(options.network, "区");
  return {
    rows: {
      ...emptyRows(options.source),
      network: [{ id: 1, ...names, name_en: options.network, ordinal: 1 }],
      level: [{ id: 1, network_id: 1, ordinal: 1, role: "grid", name: "网格", name_en: "Grid", profile_id: null }],
      area,
    },
    refused,
  };
}

function fieldOf(feature: ReadFeature, field: string): string | null {
  const value = feature.properties[field] ?? (field === "id" ? feature.id : null);
  const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  return text === "" ? null : text;
}

function faultOf(
  code: string | null,
  rowOfCode: ReadonlyMap<string, number>,
  field: string,
): Pick<Refusal, "kind" | "reason"> | null {
  if (code === null) return { kind: "no_code", reason: `属性 ${field} 没有编码` };
  if (!/^[^\s:/?#]{1,64}$/.test(code)) {
    return { kind: "bad_code", reason: `编码「${code.slice(0, 70)}」含空格或 : / ? #,或超过 64 个字符` };
  }
  const before = rowOfCode.get(code);
  return before === undefined ? null : { kind: "duplicate_code", reason: `编码 ${code} 已在第 ${before} 行出现` };
}
