import type { Bbox, Position } from "../../data/schema/geometry.ts";
import { tellAccess } from "../access/access_changes.ts";
import type { CopyValue, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { areaEntries, searchColumns } from "../loading/search_entries.ts";
import { type EditionRef, placeBuildings, recountAreas } from "./recount.ts";

/** What followed an edition on its first day. */
export interface Effect {
  organisations: number;
  /** Rights on areas that are no more: they stay as they were given and reach nothing until somebody gives others. */
  grants_on_retired: number;
}

/**
 * Lets counts, search, organisations and rights follow an edition whose day has come, in the running transaction, which
 * holds the lock of the network. What ended keeps its counts.
 */
export async function takeEffect(tx: Queries, edition: EditionRef): Promise<Effect> {
  // whoever counts buildings waits: a count that came in between would be overwritten
  await tx.execute("lock table building in share mode");
  const { network_id, number } = edition;
  await tx.query(sql`
    insert into ended_area_count (area_id, from_edition, households, people, registered, floating, let_homes, buildings, homes)
    select v.area_id, v.from_edition, c.households, c.people, c.registered, c.floating, c.let_homes, c.buildings, c.homes
    from area_version v join area_count c on c.area_id = v.area_id
    where v.network_id = ${network_id} and v.to_edition = ${number}
    on conflict do nothing`);
  const touched = await placeBuildings(tx, edition);
  await tx.query(sql`
    update edition set in_effect = true where network_id = ${network_id} and number = ${number}`);
  await recountAreas(tx, edition, touched);
  await followSearch(tx, edition);
  const organisations = await followOrganisations(tx, edition);
  await followRights(tx, edition);
  const [left] = await tx.query(sql<{ count: number }>`
    select count(*)::int as count from role_grant g
    where g.area_id in (select v.area_id from area_version v where v.network_id = ${network_id} and v.to_edition = ${number})
      and not exists (select 1 from area_version v where v.area_id = g.area_id and v.to_edition is null)`);
  return { organisations, grants_on_retired: left!.count };
}

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
  is_listed: boolean;
  is_lowest: boolean;
}

/** Search finds areas as they are now, and says of things where they lie now. */
async function followSearch(tx: Queries, edition: EditionRef): Promise<void> {
  const { network_id, number } = edition;
  const [network] = await tx.query(sql<{
    code: string;
    prefix: string;
    name: string;
    ordinal: number;
    is_first: boolean;
  }>`
    select code, prefix, name, ordinal, ordinal = (select min(ordinal) from network) as is_first
    from network where id = ${network_id}`);
  const rows = await tx.query(sql<EntryRow>`
    with recursive now as (
      select v.* from area_version v where v.network_id = ${network_id} and v.from_edition <= ${number}
        and (v.to_edition is null or v.to_edition > ${number})),
    listed as (
      select area_id from now where from_edition = ${number}
      union
      select now.area_id from listed join now on now.parent_id = listed.area_id),
    named as (
      select area_id from listed
      union
      select now.parent_id from named join now on now.area_id = named.area_id where now.parent_id is not null)
    select now.area_id as id, now.parent_id, l.ordinal as level, a.code, now.name, now.short_name, st_x(now.at) as lon,
      st_y(now.at) as lat, json_build_array(st_xmin(now.geom), st_ymin(now.geom), st_xmax(now.geom), st_ymax(now.geom)) as box,
      now.area_id in (select area_id from listed) as is_listed,
      not exists (select 1 from now child where child.parent_id = now.area_id) as is_lowest
    from named join now on now.area_id = named.area_id join area a on a.id = now.area_id join level l on l.id = now.level_id`);
  await tx.query(sql`
    delete from search_entry where kind = 'area' and ref_id in (
      select area_id from area_version where network_id = ${network_id} and to_edition = ${number}
      union all select unnest(${rows.map(({ id }) => id)}::bigint[]))`);
  const entries = areaEntries(rows.map(entryOf(network_id)), new Map([[network_id, network!]]));
  await tx.copyIn("search_entry", searchColumns, [...entries] as CopyValue[][]);
  if (network!.is_first) await followThings(tx, edition, rows);
}

function entryOf(network_id: number) {
  return ({ lon, lat, box: [west, south, east, north], ...row }: EntryRow) => ({
    ...row,
    network_id,
    at: [lon, lat] satisfies Position as Position,
    geom: [[[west, south, east, south, east, north, west, north, west, south]]],
  });
}

/** Things lie where the lowest area of the first network lies: those on moved ground, and in areas with another name. */
async function followThings(tx: Queries, { network_id, number }: EditionRef, rows: readonly EntryRow[]): Promise<void> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const pathOf = (id: number): string => {
    const { parent_id, short_name } = byId.get(id)!;
    return parent_id === null ? short_name : `${pathOf(parent_id)} › ${short_name}`;
  };
  const lowest = rows.filter(({ is_listed, is_lowest }) => is_listed && is_lowest);
  await tx.query(sql`
    with path as materialized (
      select * from unnest(${lowest.map(({ id }) => id)}::bigint[], ${lowest.map(({ id }) => pathOf(id))}::text[]) as p (id, words)),
    found as materialized (
      select distinct on (s.kind, s.ref_id) s.kind, s.ref_id, path.words
      from path join area_version v on v.area_id = path.id and v.network_id = ${network_id} and v.from_edition <= ${number}
          and (v.to_edition is null or v.to_edition > ${number})
        join search_entry s on s.kind <> 'area' and s.at && v.geom and st_covers(v.geom, s.at)
      order by s.kind, s.ref_id, path.id)
    update search_entry s set subtitle = found.words
    from found where found.kind = s.kind and found.ref_id = s.ref_id and s.subtitle <> found.words`);
}

/** An organisation that answered for an area that is no more answers for who got most of it, else for the parent. */
async function followOrganisations(tx: Queries, { network_id, number }: EditionRef): Promise<number> {
  const rows = await tx.query(sql<{ id: number }>`
    with recursive gone as (
      select distinct o.area_id from organisation o join area_version v on v.area_id = o.area_id
      where v.network_id = ${network_id} and v.to_edition = ${number}
        and not exists (select 1 from area_version w where w.area_id = o.area_id and w.from_edition = ${number})),
    up as (
      select gone.area_id as root, v.parent_id as id, 1 as depth from gone
        join area_version v on v.area_id = gone.area_id and v.to_edition = ${number}
      union all
      select up.root, v.parent_id, up.depth + 1 from up join area_version v on v.area_id = up.id
        and v.from_edition < ${number} and (v.to_edition is null or v.to_edition >= ${number})
      where up.id is not null),
    heir as (
      select gone.area_id, coalesce(
        (select r.area_id from area_lineage r where r.edition = ${number} and r.from_area_id = gone.area_id
          and r.area_id is not null and r.share_of_from >= 0.5 order by r.share_of_from desc, r.area_id limit 1),
        (select up.id from up where up.root = gone.area_id and exists (
          select 1 from area_version w where w.area_id = up.id and w.from_edition <= ${number}
            and (w.to_edition is null or w.to_edition > ${number})) order by up.depth limit 1)) as id
      from gone)
    update organisation o set area_id = heir.id, changed_at = now() from heir where o.area_id = heir.area_id
    returning o.id`);
  if (rows.length > 0)
    await tx.query(sql`select record_change('organisation', ${rows.map(({ id }) => id)}::bigint[], null)`);
  return rows.length;
}

/** Rights on an area that only got another code hold on. */
async function followRights(tx: Queries, { network_id, number }: EditionRef): Promise<void> {
  const rows = await tx.query(sql<{ account_id: string }>`
    update role_grant g set area_id = r.area_id
    from area_lineage r
    where r.network_id = ${network_id} and r.edition = ${number} and r.kind = 'kept' and r.from_area_id = g.area_id
      and r.area_id <> r.from_area_id
    returning g.account_id::text as account_id`);
  if (rows.length > 0) await tellAccess(tx, [...new Set(rows.map(({ account_id }) => account_id))]);
}
