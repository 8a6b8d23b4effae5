import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { EditionToWrite, IdOf } from "./write_edition.ts";

interface ReasonRow {
  id: number;
  area_id: number | null;
  keys: string[] | null;
}

/**
 * Reasons for warnings in the new edition. Those of the plan become reasons of the edition; ids that the draft gave to new
 * areas are replaced in their keys. Those of the edition before are copied where they still speak of the same thing: the
 * area stays, and its ground (or, of a reason for all warnings of a kind, also all ground below it) is what it was.
 */
export async function carryReasons(tx: Queries, edition: EditionToWrite, idOf: IdOf): Promise<void> {
  const { plan, number } = edition;
  if (plan.base_edition !== null) await copyFormer(tx, edition);
  const rows = await tx.query(sql<ReasonRow>`
    select id, area_id, keys from warning_reason where plan_id = ${plan.id}::bigint`);
  const fallback = await topOf(tx, edition, idOf);
  for (const { id, area_id, keys } of rows) {
    await tx.query(sql`
      update warning_reason set plan_id = null, edition = ${number}, area_id = ${area_id ?? fallback},
        keys = ${keys?.map((key) => withRealIds(key, edition, idOf)) ?? null}::text[]
      where id = ${id}`);
  }
}

/** Keys name areas by id: kind, area, duty or thing, with something between them that is no part of an id. */
function withRealIds(key: string, { next }: EditionToWrite, idOf: IdOf): string {
  return key.replace(/new-\d+|\d+/g, (id) => {
    const recoded = next.recoded.get(id);
    if (recoded !== undefined) return String(idOf(recoded));
    return next.fresh.has(id) ? String(idOf(id)) : id;
  });
}

/** Where a reason of a plan without an area hangs: at the plan's own area, else at a top of the network. */
async function topOf(tx: Queries, { plan, number, next }: EditionToWrite, idOf: IdOf): Promise<number | null> {
  const [row] = await tx.query(sql<{ id: number | null }>`
    select coalesce(p.area_id, (select min(v.area_id) from area_version v
      where v.network_id = p.network_id and v.parent_id is null and v.from_edition <= ${number}
        and (v.to_edition is null or v.to_edition > ${number}))) as id
    from plan p where p.id = ${plan.id}::bigint`);
  const id = row?.id ?? null;
  const recoded = id === null ? undefined : next.recoded.get(String(id));
  return recoded === undefined ? id : idOf(recoded);
}

async function copyFormer(tx: Queries, { plan, number, next, drawn }: EditionToWrite): Promise<void> {
  const changed = next.ended.filter((id) => drawn.reshaped.has(id)).map(Number);
  await tx.query(sql`
    with recursive touched as (
      select id, id as root from unnest(${changed}::bigint[]) as id
      union
      select v.parent_id, touched.root from touched join area_version v on v.area_id = touched.id
      where v.network_id = ${plan.network_id} and v.parent_id is not null
        and v.from_edition <= ${plan.base_edition} and (v.to_edition is null or v.to_edition > ${plan.base_edition})),
    above as (select distinct id from touched)
    insert into warning_reason (network_id, area_id, edition, kind, keys, text, account_id, at)
    select r.network_id, r.area_id, ${number}, r.kind, kept.keys, r.text, r.account_id, r.at
    from warning_reason r
      cross join lateral (
        select array_agg(key) as keys from unnest(r.keys) as key
        where not (regexp_split_to_array(key, '[^0-9]+') && ${changed.map(String)}::text[])) kept
    where r.network_id = ${plan.network_id} and r.edition = ${plan.base_edition}
      and exists (select 1 from area_version v where v.area_id = r.area_id and v.to_edition is null)
      and case when r.keys is null then not exists (select 1 from above where above.id = r.area_id)
        else kept.keys is not null end`);
}
