import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

export interface EditionRef {
  network_id: number;
  number: number;
}

const longStatement = { timeout_ms: 120_000 };

/**
 * Says of each building on moved ground in which lowest area it stands now; of a first edition, of all buildings.
 * @returns areas that lost or got buildings
 */
export async function placeBuildings(tx: Queries, { network_id, number }: EditionRef): Promise<number[]> {
  const [first] = await tx.query(sql<{ is_first: boolean }>`
    select not exists (select 1 from edition where network_id = ${network_id} and number < ${number}) as is_first`);
  const which = first!.is_first
    ? sql`select b.id, b.at from building b where b.at && (
        select st_setsrid(st_extent(v.geom)::geometry, 4490) from area_version v
        where v.network_id = ${network_id} and v.from_edition = ${number})`
    : sql`select distinct b.id, b.at from moved_ground g join building b on b.at && g.geom and st_covers(g.geom, b.at)
        where g.network_id = ${network_id} and g.edition = ${number} and g.lowest`;
  const rows = await tx.query(
    sql<{ building_id: number; old_id: number | null; new_id: number | null }>`
      with found as materialized (${which}),
      -- by place alone: the edition is not analysed yet, and any other index would seem as good
      near as materialized (
        select f.id, f.at, v.area_id, v.from_edition from found f join area_version v on v.geom && f.at),
      placed as (
        select distinct on (near.id) near.id, v.area_id
        from near join area_version v on v.area_id = near.area_id and v.from_edition = near.from_edition
          join level l on l.id = v.level_id
        where v.network_id = ${network_id} and st_covers(v.geom, near.at)
          and v.from_edition <= ${number} and (v.to_edition is null or v.to_edition > ${number})
        order by near.id, l.ordinal desc, v.area_id)
      select f.id as building_id, m.area_id as old_id, placed.area_id as new_id
      from found f left join placed on placed.id = f.id
        left join building_area m on m.building_id = f.id and m.network_id = ${network_id}
      where m.area_id is distinct from placed.area_id`,
    longStatement,
  );
  const now = rows.filter(({ new_id }) => new_id !== null);
  const out = rows.filter(({ new_id }) => new_id === null);
  await tx.query(sql`
    insert into building_area (building_id, network_id, area_id)
    select m.building_id, ${network_id}, m.area_id
    from unnest(${now.map((row) => row.building_id)}::bigint[], ${now.map((row) => row.new_id)}::bigint[]) as m (building_id, area_id)
    on conflict (building_id, network_id) do update set area_id = excluded.area_id`);
  await tx.query(sql`
    delete from building_area where network_id = ${network_id}
      and building_id = any(${out.map((row) => row.building_id)}::bigint[])`);
  const touched = rows.flatMap(({ old_id, new_id }) => [old_id, new_id]).filter((id) => id !== null);
  return [...new Set(touched)];
}

/** Counts what changed in the edition, the areas with other buildings, and all above either, from below upwards. */
export async function recountAreas(tx: Queries, edition: EditionRef, touched: readonly number[]): Promise<void> {
  const { network_id, number } = edition;
  const rows = await tx.query(sql<{ id: number; level: number | null }>`
    with recursive up as (
      select id from unnest(${touched}::bigint[]) as id
      union
      select area_id from area_version
      where network_id = ${network_id} and (from_edition = ${number} or to_edition = ${number})
      union
      select v.parent_id from up join area_version v on v.area_id = up.id
      where v.network_id = ${network_id} and v.parent_id is not null
        and v.from_edition <= ${number} and (v.to_edition is null or v.to_edition >= ${number}))
    select up.id, l.ordinal as level
    from up left join area_version v on v.area_id = up.id and v.from_edition <= ${number}
        and (v.to_edition is null or v.to_edition > ${number})
      left join level l on l.id = v.level_id`);
  const gone = rows.filter(({ level }) => level === null).map(({ id }) => id);
  await tx.query(sql`delete from area_count where area_id = any(${gone}::bigint[])`);
  const levels = [...new Set(rows.map(({ level }) => level))].filter((level) => level !== null);
  for (const level of levels.sort((a, b) => b - a)) {
    const ids = rows.filter((row) => row.level === level).map(({ id }) => id);
    await tx.query(sql`select recount_areas(${network_id}::bigint, ${number}::int, ${ids}::bigint[])`, longStatement);
  }
}
