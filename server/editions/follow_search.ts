import type { Bbox, Position } from "../../data/schema/geometry.ts";
import type { CopyValue, Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import { areaEntries, searchColumns } from "../loading/search_entries.ts";
import type { EditionRef } from "./recount.ts";

interface EntryRow {
  id: number;
  parent_id: number | null;
  level: number;
  code: string;
  name: string;
  short_name: string;
  lon: number;
  lat: number;
  box: Bbox;
  /** The way down to it, in the edition and in the one before; null: it was not there. */
  path: string;
  former_path: string | null;
  is_lowest: boolean;
}

/** Search finds areas as they are now, and says of things where they lie now. In the transaction of the effect. */
export async function followSearch(tx: Queries, edition: EditionRef): Promise<void> {
  const { network_id, number } = edition;
  const [network] = await tx.query(
    sql<{ code: string; prefix: string; name: string; ordinal: number; is_first: boolean }>`
      select code, prefix, name, ordinal, ordinal = (select min(ordinal) from network) as is_first
      from network where id = ${network_id}`,
  );
  const rows = await tx.query(changedEntries(edition));
  await tx.query(sql`
    delete from search_entry where kind = 'area' and ref_id in (
      select area_id from area_version where network_id = ${network_id} and to_edition = ${number}
      union all select unnest(${rows.map(({ id }) => id)}::bigint[]))`);
  const entries = areaEntries(rows.map(entryOf(network_id)), new Map([[network_id, network!]]));
  await tx.copyIn("search_entry", searchColumns, [...entries] as CopyValue[][]);
  if (network!.is_first) await followThings(tx, edition, rows);
}

/** Areas that changed and all below them, with those above for their names. */
function changedEntries({ network_id, number }: EditionRef): Sql<EntryRow> {
  const path = (edition: number) => sql`(
    with recursive up as (
      select v.parent_id, v.short_name, 0 as depth from area_version v
      where v.area_id = named.area_id and v.from_edition <= ${edition} and (v.to_edition is null or v.to_edition > ${edition})
      union all
      select v.parent_id, v.short_name, up.depth + 1 from up join area_version v on v.area_id = up.parent_id
        and v.from_edition <= ${edition} and (v.to_edition is null or v.to_edition > ${edition}))
    select string_agg(short_name, ' › ' order by depth desc) from up)`;
  return sql<EntryRow>`
    with recursive now as materialized (
      select v.area_id, v.parent_id, v.from_edition from area_version v
      where v.network_id = ${network_id} and v.from_edition <= ${number} and (v.to_edition is null or v.to_edition > ${number})),
    listed as (
      select area_id from now where from_edition = ${number}
      union
      select now.area_id from listed join now on now.parent_id = listed.area_id),
    named as (
      select area_id from listed
      union
      select now.parent_id from named join now on now.area_id = named.area_id where now.parent_id is not null)
    select v.area_id as id, v.parent_id, l.ordinal as level, a.code, v.name, v.short_name, st_x(v.at) as lon,
      st_y(v.at) as lat, json_build_array(st_xmin(v.geom), st_ymin(v.geom), st_xmax(v.geom), st_ymax(v.geom)) as box,
      ${path(number)} as path, ${path(number - 1)} as former_path,
      not exists (select 1 from now child where child.parent_id = v.area_id) as is_lowest
    from named join now on now.area_id = named.area_id
      join area_version v on v.area_id = now.area_id and v.from_edition = now.from_edition
      join area a on a.id = v.area_id join level l on l.id = v.level_id`;
}

function entryOf(network_id: number) {
  return ({ lon, lat, box: [west, south, east, north], ...row }: EntryRow) => ({
    ...row,
    network_id,
    at: [lon, lat] satisfies Position as Position,
    geom: [[[west, south, east, south, east, north, west, north, west, south]]],
  });
}

/**
 * Things lie where the lowest area of the first network lies: on ground that changed hands, and in areas that are called
 * otherwise now, they are told so.
 */
async function followThings(tx: Queries, edition: EditionRef, rows: readonly EntryRow[]): Promise<void> {
  const renamed = rows.filter(({ is_lowest, path, former_path }) => is_lowest && path !== former_path);
  await tx.query(
    sql`
      with place as materialized (${placesOf(
        edition,
        renamed.map(({ id }) => id),
      )}),
      thing as materialized (
        ${thingsIn("building")} union all ${thingsIn("address")} union all ${thingsIn("facility")}
        union all ${thingsIn("legal_entity")} union all ${thingsIn("key_unit")} union all ${thingsIn("small_place")}
        union all ${entriesIn("estate")} union all ${entriesIn("road")}),
      path as materialized (
        select * from unnest(${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ path }) => path)}::text[]) as p (id, words)),
      told as materialized (
        select distinct on (thing.kind, thing.id) thing.kind, thing.id, path.words
        from thing join path on path.id = thing.area_id order by thing.kind, thing.id, path.id)
      update search_entry s set subtitle = told.words from told
      where s.kind = told.kind and s.ref_id = told.id and s.subtitle <> told.words`,
    { timeout_ms: 120_000 },
  );
}

/** Ground on which things are told anew where they lie: what came to another area, and renamed areas as a whole. */
function placesOf({ network_id, number }: EditionRef, renamed: readonly number[]): Sql {
  return sql`
    select area_id, geom from moved_ground
    where network_id = ${network_id} and edition = ${number} and lowest and area_id is not null
    union all
    select area_id, geom from area_version
    where area_id = any(${renamed}::bigint[]) and network_id = ${network_id}
      and from_edition <= ${number} and (to_edition is null or to_edition > ${number})`;
}

/** Entries of these kinds stand at the point of their thing, and the things have an index of places. */
const tablesOfKind = {
  building: sql`building`,
  address: sql`address`,
  facility: sql`facility`,
  legal_entity: sql`legal_entity`,
  key_unit: sql`key_unit`,
  small_place: sql`small_place`,
};

function thingsIn(kind: keyof typeof tablesOfKind): Sql {
  return sql`
    select ${kind}::text as kind, t.id, place.area_id
    from place join ${tablesOfKind[kind]} t on t.at && place.geom and st_covers(place.geom, t.at)`;
}

/** Estates and roads stand at a point of their own; their surfaces and lines lead to it. */
function entriesIn(kind: "estate" | "road"): Sql {
  const table = kind === "estate" ? sql`estate` : sql`road`;
  return sql`
    select s.kind, s.ref_id, place.area_id
    from place join ${table} t on t.geom && place.geom
      join search_entry s on s.kind = ${kind} and s.ref_id = t.id and st_covers(place.geom, s.at)`;
}
