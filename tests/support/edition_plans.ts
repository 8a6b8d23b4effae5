import { drawEdition } from "../../data/division/draw_edition.ts";
import type { MultiPolygon } from "../../data/schema/geometry.ts";
import { recordAudit, serverActor } from "../../server/audit/service.ts";
import type { Queries } from "../../server/db/db.ts";
import { sql } from "../../server/db/sql.ts";
import { multiPolygonHex } from "../../server/loading/ewkb.ts";
import { type PublishParts, publishPlan } from "../../server/editions/publish.ts";

/** How an area of a draft differs from its base; what is left out is as it was. */
export interface DraftChange {
  /** Code of the published area, or `new-1` … */
  area: string;
  removed?: boolean;
  /** Code of a published area, or `new-1` …; null: none. */
  parent?: string | null;
  level?: number;
  code?: string | null;
  name?: string;
  short_name?: string;
  kind?: "basic" | "special";
  geom?: MultiPolygon;
}

export interface PlanFacts {
  network?: string;
  name?: string;
  status?: string;
  /** Null: a first edition; left out: the last edition. */
  base?: number | null;
  from_day?: string;
}

/** Writes a plan as the planners' part leaves it, approved unless said otherwise. @returns its id */
export async function writePlan(db: Queries, changes: readonly DraftChange[], facts: PlanFacts = {}): Promise<string> {
  const { network = "governance", name = "调整方案", status = "approved", from_day = null } = facts;
  const [account] = await db.query(sql<{ id: number }>`
    insert into account (name, display_name, origin, issuer, subject)
    values ('planner', '规划员', 'identity_provider', 'test', 'planner')
    on conflict (name) do update set display_name = excluded.display_name returning id`);
  const [plan] = await db.query(sql<{ id: string; network_id: number; base: number | null }>`
    insert into plan (network_id, base_edition, name, status, author_id, changed_by, from_day)
    select n.id, ${facts.base === undefined ? sql`(select max(number) from edition e where e.network_id = n.id)` : facts.base},
      ${name}, ${status}, ${account!.id}, ${account!.id}, ${from_day}::date
    from network n where n.code = ${network}
    returning id::text as id, network_id, base_edition as base`);
  for (const change of changes) await writeChange(db, plan!, change);
  return plan!.id;
}

async function writeChange(db: Queries, plan: { id: string; network_id: number }, change: DraftChange): Promise<void> {
  const idOf = async (code: string | null | undefined) => {
    if (code === null || code === undefined || code.startsWith("new-")) return code ?? null;
    const [row] = await db.query(sql<{ id: string }>`
      select id::text as id from area where network_id = ${plan.network_id} and code = ${code}`);
    return row!.id;
  };
  const [old] = await db.query(sql<Record<string, string | number | null>>`
    select v.parent_id::text as parent_id, l.ordinal as level, a.code, v.name, v.short_name, v.kind, v.profile_id::text as profile_id,
      v.child_profile_id::text as child_profile_id, v.geom as geom
    from area a join area_version v on v.area_id = a.id and v.to_edition is null join level l on l.id = v.level_id
    where a.network_id = ${plan.network_id} and a.code = ${change.area}`);
  const geom = change.geom ? multiPolygonHex(change.geom) : (old!.geom as string);
  await db.query(sql`
    insert into plan_area (plan_id, id, removed, parent_id, level, code, name, short_name, kind, profile_id, child_profile_id, geom)
    values (${plan.id}::bigint, ${await idOf(change.area)}, ${change.removed ?? false},
      ${change.parent === undefined ? (old?.parent_id ?? null) : await idOf(change.parent)}, ${change.level ?? old?.level ?? 1},
      ${change.code === undefined ? (old?.code ?? null) : change.code}, ${change.name ?? old?.name ?? change.area},
      ${change.short_name ?? old?.short_name ?? change.area}, ${change.kind ?? old?.kind ?? "basic"},
      ${old?.profile_id ?? null}::bigint, ${old?.child_profile_id ?? null}::bigint, ${geom}::geometry)`);
}

/** What publishing needs, on a day; drawn on the spot, without a thread. */
export function publishParts(day = new Date().toISOString().slice(0, 10)): PublishParts {
  return { recordAudit, today: () => day, draw: async (input) => drawEdition(input) };
}

/** Publishes what is drawn here and now. @throws Error with the problem where it is refused */
export async function publishNow(
  db: Queries,
  changes: readonly DraftChange[],
  facts: PlanFacts & { day?: string } = {},
) {
  const id = await writePlan(db, changes, facts);
  const published = await publishPlan(db, publishParts(facts.day), id, serverActor);
  if (!published.ok) throw new Error(JSON.stringify(published.problem));
  return published.value;
}
