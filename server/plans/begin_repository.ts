import type { NewNetwork } from "../../data/schema/plan.ts";
import { inEdition } from "../areas/rows.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

export interface PlannedNetwork {
  id: string;
  code: string;
  name: string;
  /** The last one, also if its day is still to come; null: none yet. */
  edition: number | null;
  levels: { ordinal: number; role: string }[];
}

export async function findNetwork(tx: Queries, code: string): Promise<PlannedNetwork | undefined> {
  const rows = await tx.query(sql<PlannedNetwork>`
    select n.id::text as id, n.code, n.name,
      (select max(e.number) from edition e where e.network_id = n.id) as edition,
      coalesce((select json_agg(json_build_object('ordinal', l.ordinal, 'role', l.role) order by l.ordinal)
        from level l where l.network_id = n.id), '[]') as levels
    from network n where n.code = ${code}`);
  return rows[0];
}

/** @returns undefined where the code or the prefix is taken */
export async function insertNetwork(
  tx: Queries,
  network: NewNetwork,
  source: string,
): Promise<PlannedNetwork | undefined> {
  const { code, prefix, name, name_en, mark, levels } = network;
  // one after the other, for the ordinal
  await tx.query(sql`select pg_advisory_xact_lock(7161313)`);
  const [made] = await tx.query(sql<{ id: string }>`
    insert into network (code, prefix, name, name_en, mark, ordinal, source)
    select ${code}, ${prefix}, ${name}, ${name_en}, ${mark}, coalesce(max(ordinal), 0) + 1, ${source} from network
    having not exists (select from network where code = ${code} or prefix = ${prefix})
    returning id::text as id`);
  if (!made) return undefined;
  await tx.query(sql`
    insert into level (network_id, ordinal, role, name, name_en)
    select ${made.id}::bigint, l.ordinal, l.role, l.name, l.name_en
    from unnest(${levels.map((_, i) => i + 1)}::int[], ${levels.map(({ role }) => role)}::text[],
      ${levels.map((level) => level.name)}::text[], ${levels.map((level) => level.name_en)}::text[])
      as l (ordinal, role, name, name_en)`);
  return { id: made.id, code, name, edition: null, levels: levels.map(({ role }, i) => ({ ordinal: i + 1, role })) };
}

export interface PlannedArea {
  id: string;
  name: string;
  level: number;
  wkb: Uint8Array;
}

export async function findArea(
  tx: Queries,
  { network, edition, code }: { network: string; edition: number; code: string },
): Promise<PlannedArea | undefined> {
  const rows = await tx.query(sql<PlannedArea>`
    select a.id::text as id, v.name, l.ordinal as level, st_asbinary(v.geom) as wkb
    from area a join area_version v on v.area_id = a.id and ${inEdition(edition)} join level l on l.id = v.level_id
    where a.network_id = ${network}::bigint and a.code = ${code}`);
  return rows[0];
}

export interface NewPlanRow {
  network_id: string;
  area_id: string | null;
  base_edition: number | null;
  name: string;
  account_id: string;
}

export async function insertPlan(tx: Queries, plan: NewPlanRow): Promise<string> {
  const { network_id, area_id, base_edition, name, account_id } = plan;
  const [row] = await tx.query(sql<{ id: string }>`
    insert into plan (network_id, area_id, base_edition, name, author_id, changed_by)
    values (${network_id}::bigint, ${area_id}::bigint, ${base_edition}, ${name}, ${account_id}::bigint, ${account_id}::bigint)
    returning id::text as id`);
  return row!.id;
}

/** What stands below the plan's area (of a whole network, all) is not in the draft; what is drawn already stays. */
export async function removeBelow(
  tx: Queries,
  plan_id: string,
  { network_id, area_id, base_edition }: Pick<NewPlanRow, "network_id" | "area_id"> & { base_edition: number },
): Promise<void> {
  const held = inEdition(base_edition);
  await tx.query(sql`
    with recursive below as (
      select v.area_id from area_version v
      where v.network_id = ${network_id}::bigint and ${held} and v.parent_id is not distinct from ${area_id}::bigint
      union all
      select v.area_id from below join area_version v on v.parent_id = below.area_id and ${held})
    insert into plan_area (plan_id, id, removed, parent_id, level, code, name, short_name, kind, profile_id,
      child_profile_id, geom)
    select ${plan_id}::bigint, v.area_id::text, true, v.parent_id::text, l.ordinal, a.code, v.name, v.short_name, v.kind,
      v.profile_id, v.child_profile_id, v.geom
    from below join area_version v on v.area_id = below.area_id and ${held} join area a on a.id = v.area_id
      join level l on l.id = v.level_id
    on conflict do nothing`);
}

export interface FoundCode {
  code: string;
  id: string;
  /** Holds in the base and lies in the plan: an area of the file with this code is that area. */
  within: boolean;
  parent_id: string | null;
  level: number | null;
  short_name: string | null;
  kind: "basic" | "special" | null;
  profile_id: string | null;
  child_profile_id: string | null;
}

/** Which of the codes were given before, and to whom; `within` those that `removeBelow` took out of the draft. */
export function findCodes(
  tx: Queries,
  { network_id, plan_id, codes }: { network_id: string; plan_id: string; codes: readonly string[] },
): Promise<FoundCode[]> {
  return tx.query(sql<FoundCode>`
    select a.code, a.id::text as id, d.id is not null as within, d.parent_id, d.level, d.short_name, d.kind,
      d.profile_id::text as profile_id, d.child_profile_id::text as child_profile_id
    from area a left join plan_area d on d.plan_id = ${plan_id}::bigint and d.id = a.id::text
    where a.network_id = ${network_id}::bigint and a.code = any(${codes}::text[])`);
}
