import type { Grant } from "../../data/access/roles.ts";
import type { AreaCounts, AreaRef, AreaSummary } from "../../data/schema/area.ts";
import type { Bbox, Position } from "../../data/schema/geometry.ts";
import { type Sql, sql } from "../db/sql.ts";

/** What names an area, as every query here selects it. `v` area_version, `a` area, `n` network, `l` level. */
export const refColumns: Sql = sql`
  a.id::text as id, n.code as network, a.code, v.name, v.short_name, l.ordinal as level, l.role`;

export const refJoins: Sql = sql`
  area_version v
  join area a on a.id = v.area_id
  join network n on n.id = a.network_id
  join level l on l.id = v.level_id`;

/** The versions that hold in an edition (of the one network the query is about). */
export function inEdition(edition: number): Sql {
  return sql`(v.from_edition <= ${edition} and (v.to_edition is null or v.to_edition > ${edition}))`;
}

/** The versions in force in the edition that each network has on a day. */
export function inForceOn(day: string): Sql {
  return sql`exists (
    select 1 from edition e
    where e.network_id = a.network_id and e.from_day <= ${day}::date and (e.to_day is null or e.to_day > ${day}::date)
      and v.from_edition <= e.number and (v.to_edition is null or v.to_edition > e.number))`;
}

/** Counts of the version `v`, as `c`; of one that holds no more, as they were on its last day, as `k`. */
export const countJoins: Sql = sql`
  left join area_count c on c.area_id = v.area_id
  left join ended_area_count k on k.area_id = v.area_id and k.from_edition = v.from_edition`;

export interface SummaryRow extends AreaRef {
  parent_id: string | null;
  kind: "basic" | "special";
  hue: number;
  households: number;
  people: number;
  area_m2: number;
  child_count: number;
  leaf_count: number;
  lon: number;
  lat: number;
  west: number;
  south: number;
  east: number;
  north: number;
}

export function summaryOf(row: SummaryRow): AreaSummary {
  const { lon, lat, west, south, east, north, ...rest } = row;
  return { ...rest, at: [lon, lat] satisfies Position, bbox: [west, south, east, north] satisfies Bbox };
}

export type CountsRow = AreaCounts;

export interface AreasAsked {
  network: string;
  edition: number;
  /** bigint as text; null: those without a parent. */
  area_id: string | null;
}

/** Areas of grants; what they allow there is the caller's to know. */
export type GrantedPlaces = readonly Pick<Grant, "area_id">[];
