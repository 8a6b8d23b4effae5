import type { AreaRef } from "../../data/schema/area.ts";
import type { CheckFault, CheckReport, CheckWarning, Crosswalk } from "../../data/schema/check.ts";

/** A grid of the community network by its number. */
export function aGrid(number: string, facts: Partial<AreaRef> = {}): AreaRef {
  const short_name = `慧泽${number}`;
  return {
    id: String(Number(number)),
    network: "governance",
    code: `9001020010020${number}`,
    name: `慧泽社区第${Number(number)}网格`,
    short_name,
    level: 3,
    role: "grid",
    ...facts,
  };
}

export function aFault(facts: Partial<CheckFault> = {}): CheckFault {
  return {
    key: "gap-1",
    kind: "gap",
    area_m2: 1240,
    length_m: null,
    areas: [aGrid("09"), aGrid("11")],
    parent: aGrid("00", { code: "900102001002", short_name: "慧泽社区", role: "community" }),
    at: [121.4, 33.6],
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [121.4, 33.6],
          [121.401, 33.6],
          [121.401, 33.601],
          [121.4, 33.6],
        ],
      ],
    },
    reason: null,
    thing: null,
    inside: null,
    mends: [],
    ...facts,
  };
}

export function aWarning(facts: Partial<CheckWarning> = {}): CheckWarning {
  return {
    key: "population:02",
    kind: "population",
    area: aGrid("02"),
    figures: [{ what: "households", value: 612, limits: [300, 500], fits: false }],
    duty: null,
    cut: null,
    profile: { name: "网格规则", source: "某文件" },
    at: null,
    reason: null,
    ...facts,
  };
}

export function aReport(facts: Partial<CheckReport> = {}): CheckReport {
  return {
    summary: {
      network: "governance",
      network_name: "社区治理",
      area: null,
      edition: { number: 1, from_day: "2026-01-01", to_day: null, note: "" },
      checked_at: "2026-11-24T08:00:00Z",
      version: "0.1.0",
      rules: { special_areas: "beside", water: "covered", hydrant_radius_m: 150 },
      inputs: { areas: 1, vertices: 4, things: 0, sha256: "" },
      container_m2: 1,
      covered_m2: 1,
      valid: true,
      counts: { faults: {}, warnings: {}, without_reason: 0 },
    },
    faults: [],
    warnings: [],
    free_water: [],
    measures: { lowest_areas: 1, households: null, compactness: null, border_on_roads: null, by_area: [] },
    hydrants: null,
    ...facts,
  };
}

/** A row of a crosswalk whose parts have these shares; what is left lies in none. */
export function aCrosswalkRow(number: string, ...shares: number[]): Crosswalk["rows"][number] {
  const total = { area_m2: 1000, households: 100, legal_entities: 0 };
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  return {
    area: aGrid(number),
    total,
    parts: shares.map((share, index) => ({
      area: aGrid(String(index + 1), { network: "fire", code: `F${index + 1}`, short_name: `XF-0${index + 1}` }),
      area_m2: 1000 * share,
      households: Math.round(100 * share),
      legal_entities: 0,
      share,
      households_share: share,
      legal_entities_share: null,
    })),
    rest: { area_m2: 1000 * rest, households: Math.round(100 * rest), legal_entities: 0 },
  };
}
