import type { AreaRef } from "../../data/schema/area.ts";
import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";
import { refColumns, refJoins } from "../areas/rows.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import { holds } from "./difference_repository.ts";
import { readPolygons } from "./read_polygons.ts";

/** An area as it was in the edition asked for, else as it holds, else as it last was. */
export interface KnownArea extends AreaRef {
  network_id: number;
  /** In which it is seen here. */
  edition: number;
  /** First edition of this row, and the one in which the area as a whole ended; null while it holds. */
  from_edition: number;
  retired_in: number | null;
  at: Position;
}

/**
 * Finds an area of any edition that has begun.
 * @param current - the edition in force of each network on the day is looked up here
 */
export async function findArea(
  db: Queries,
  key: { id: string } | { network: string; code: string },
  day: string,
  edition?: number,
): Promise<KnownArea | undefined> {
  const which = "id" in key ? sql`a.id = ${key.id}::bigint` : sql`a.code = ${key.code} and n.code = ${key.network}`;
  const asked = edition === undefined ? sql`true` : holds(sql`v`, edition);
  const rows = await db.query(sql<Omit<KnownArea, "at"> & { lon: number; lat: number }>`
    select ${refColumns}, a.network_id, v.from_edition, current.number as current,
      coalesce(${edition ?? null}::int, least(current.number, v.to_edition - 1)) as edition,
      st_x(v.at) as lon, st_y(v.at) as lat,
      (select case when max(coalesce(last.to_edition, current.number + 1)) > current.number then null
          else max(last.to_edition) end
        from area_version last where last.area_id = a.id and last.from_edition <= current.number) as retired_in
    from ${refJoins} cross join lateral (${inForce(day)}) current
    where ${which} and v.from_edition <= current.number and ${asked}
      and coalesce(${edition ?? null}::int, current.number) <= current.number
    order by v.from_edition desc limit 1`);
  if (!rows[0]) return undefined;
  const { lon, lat, ...row } = rows[0];
  return { ...row, at: [lon, lat] };
}

/** The edition of network `n` in force on the day, as `number`. */
function inForce(day: string): Sql {
  return sql`
    select e.number from edition e where e.network_id = n.id and e.from_day <= ${day}::date
      and (e.to_day is null or e.to_day > ${day}::date)`;
}

/** Of the lineage those rows that the area's own ancestry and succession run through. */
export function familyOf({ id, network_id }: KnownArea, upTo: number): Sql {
  // an exchange of ground between two areas that both go on makes nobody's children
  const follows = sql`(r.kind in ('split', 'merged') or r.from_area_id = r.area_id or r.kind = 'kept')`;
  return sql`(r.edition <= ${upTo} and (r.area_id = ${id}::bigint or r.from_area_id = ${id}::bigint
    or (r.network_id, r.edition, coalesce(r.area_id, 0), coalesce(r.from_area_id, 0)) in (
      with recursive back as (
        select ${id}::bigint as id, 2147483647 as edition
        union
        select r.from_area_id, r.edition from back join area_lineage r on r.area_id = back.id and r.edition < back.edition
        where r.network_id = ${network_id} and r.from_area_id is not null and ${follows}),
      ahead as (
        select ${id}::bigint as id, 0 as edition
        union
        select r.area_id, r.edition from ahead join area_lineage r on r.from_area_id = ahead.id and r.edition > ahead.edition
        where r.network_id = ${network_id} and r.area_id is not null and r.edition <= ${upTo} and ${follows})
      select r.network_id, r.edition, coalesce(r.area_id, 0), coalesce(r.from_area_id, 0)
      from back join area_lineage r on r.area_id = back.id and r.edition < back.edition where ${follows}
      union
      select r.network_id, r.edition, coalesce(r.area_id, 0), coalesce(r.from_area_id, 0)
      from ahead join area_lineage r on r.from_area_id = ahead.id and r.edition > ahead.edition
      where ${follows} or r.area_id is null)))`;
}

/** First days of editions. */
export async function findDays(
  db: Queries,
  network_id: number,
  editions: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db.query(sql<{ number: number; from_day: string }>`
    select number, from_day from edition where network_id = ${network_id} and number = any(${editions}::int[])`);
  return new Map(rows.map(({ number, from_day }) => [number, from_day]));
}

export interface Ground {
  polygons: MultiPolygon;
  /** Areas of the same level in force now that meet it. */
  met: (AreaRef & { polygons: MultiPolygon })[];
}

/** The ground of an area as it was, and who is there on the day. */
export async function readGround(db: Queries, area: KnownArea, day: string): Promise<Ground> {
  const rows = await db.query(sql<AreaRef & { wkb: Uint8Array; is_self: boolean }>`
    with self as (
      select v.geom, v.level_id from area_version v
      where v.area_id = ${area.id}::bigint and v.from_edition = ${area.from_edition})
    select ${refColumns}, st_asbinary(v.geom) as wkb, false as is_self
    from self join ${refJoins} on v.level_id = self.level_id and v.geom && self.geom
      cross join lateral (${inForce(day)}) current
    where a.network_id = ${area.network_id} and v.from_edition <= current.number
      and (v.to_edition is null or v.to_edition > current.number)
    union all
    select ${refColumns}, st_asbinary(self.geom), true
    from self cross join ${refJoins} where v.area_id = ${area.id}::bigint and v.from_edition = ${area.from_edition}`);
  const self = rows.find(({ is_self }) => is_self);
  if (!self) throw new Error(`area ${area.id} lost its row of edition ${area.from_edition}`);
  return {
    polygons: readPolygons(self.wkb),
    met: rows
      .filter(({ is_self }) => !is_self)
      .map(({ wkb, is_self: _, ...ref }) => ({ ...ref, polygons: readPolygons(wkb) })),
  };
}
