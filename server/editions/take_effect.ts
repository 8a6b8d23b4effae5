import { tellAccess } from "../access/access_changes.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { followSearch } from "./follow_search.ts";
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
