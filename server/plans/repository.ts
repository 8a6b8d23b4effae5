import type { NetworkRules } from "../../data/checks/division.ts";
import type { Grant } from "../../data/access/roles.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { PlanListQuery, PlanStatus } from "../../data/schema/plan.ts";
import { grantedAreas } from "../access/scope_sql.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";

export interface PlanRow {
  id: string;
  name: string;
  network: string;
  network_id: string;
  network_name: string;
  special_areas: NetworkRules["special_areas"];
  area_id: string | null;
  /** As the area was last; null: the whole network. */
  area: AreaRef | null;
  /** The area is no more in the edition in force: there is nothing left to divide. */
  is_retired: boolean;
  base_edition: number | null;
  current_edition: number | null;
  status: PlanStatus;
  revision: number;
  given: number;
  author: Person;
  submitted_by: Person | null;
  approved_by: Person | null;
  changed_by: Person;
  reason: string | null;
  from_day: string | null;
  edition: number | null;
  made_at: Date;
  changed_at: Date;
  can_undo: number;
  can_redo: number;
  /** Accounts that wrote in it. */
  writers: string[];
  /** Granted areas that each area lies in that the plan reaches: its own, or every top of the network. */
  around: string[][];
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
}

export interface Person {
  id: string;
  display_name: string;
}

export interface PlanView {
  grants: readonly Pick<Grant, "area_id">[];
  /** YYYY-MM-DD */
  day: string;
}

const person = (id: Sql): Sql =>
  sql`(select json_build_object('id', c.id::text, 'display_name', c.display_name) from account c where c.id = ${id})`;

/** Begin and rebase stand in the log, but are no steps that could be undone. */
const isStep: Sql = sql`o.operation ->> 'op' not in ('begin', 'rebase')`;

const holdsNow: Sql = sql`coalesce(v.from_edition <= current.number and (v.to_edition is null or v.to_edition > current.number), false)`;

/** Of an area, as everywhere (data/access/decide.ts). */
const liesIn: Sql = sql`(g.area_id = v.area_id or (v.area_m2 <= g.area_m2 and st_intersects(g.geom, v.at)))`;

/**
 * Plans with what they are about and who may reach them. What they are based on must be the last edition, also if its day
 * is still to come, for that is the one that the next will follow. Grants hold where areas are in force today, as everywhere
 * (server/access/scope_sql.ts).
 * @param listed - areas of which one must hold each area that the plan reaches, for `reach.is_listed`
 * @param which - over `p`, `n` and `reach`
 */
function planStatement({ grants, day }: PlanView, listed: readonly string[], which: Sql, limit: number): Sql<PlanRow> {
  return sql<PlanRow>`
    with granted as materialized (${grantedAreas(grants, day)})
    select p.id::text as id, p.name, n.code as network, n.id::text as network_id, n.name as network_name, n.special_areas,
      p.area_id::text as area_id, reach.area, coalesce(p.area_id is not null and not reach.in_force, false) as is_retired,
      p.base_edition, current.number as current_edition, p.status, p.revision, p.given,
      ${person(sql`p.author_id`)} as author, ${person(sql`p.submitted_by`)} as submitted_by,
      ${person(sql`p.approved_by`)} as approved_by, ${person(sql`p.changed_by`)} as changed_by,
      p.reason, p.from_day, p.edition, p.made_at, p.changed_at,
      steps.can_undo, steps.can_redo, steps.writers, coalesce(reach.around, '[]') as around,
      coalesce(reach.west, drawn.west) as west, coalesce(reach.south, drawn.south) as south,
      coalesce(reach.east, drawn.east) as east, coalesce(reach.north, drawn.north) as north
    from plan p join network n on n.id = p.network_id
      cross join lateral (select max(e.number) as number from edition e where e.network_id = p.network_id) current
      cross join lateral (
        select count(*) filter (where o.state = 'done' and ${isStep})::int as can_undo,
          count(*) filter (where o.state = 'undone')::int as can_redo,
          coalesce(json_agg(distinct o.account_id::text), '[]') as writers
        from plan_operation o where o.plan_id = p.id) steps
      cross join lateral (
        select json_agg(reached.granted) as around, bool_and(reached.in_force) as in_force,
          bool_and(reached.is_listed) as is_listed,
          (array_agg(reached.area) filter (where p.area_id is not null))[1] as area,
          min(reached.west) as west, min(reached.south) as south, max(reached.east) as east, max(reached.north) as north
        from (
          select json_build_object('id', v.area_id::text, 'network', n.code, 'code', a.code, 'name', v.name,
              'short_name', v.short_name, 'level', l.ordinal, 'role', l.role) as area,
            ${holdsNow} as in_force,
            coalesce((select json_agg(g.area_id::text) from granted g where ${liesIn}), '[]') as granted,
            exists (select from granted g where g.area_id = any(${listed}::bigint[]) and ${liesIn}) as is_listed,
            st_xmin(v.geom) as west, st_ymin(v.geom) as south, st_xmax(v.geom) as east, st_ymax(v.geom) as north
          from area_version v join area a on a.id = v.area_id join level l on l.id = v.level_id
          where (p.area_id is null and v.network_id = p.network_id and v.parent_id is null and ${holdsNow})
            or (v.area_id = p.area_id and v.from_edition = (
              select max(last.from_edition) from area_version last
              where last.area_id = p.area_id and last.from_edition <= coalesce(current.number, last.from_edition)))
        ) reached) reach
      left join lateral (
        select min(st_xmin(d.geom)) as west, min(st_ymin(d.geom)) as south, max(st_xmax(d.geom)) as east,
          max(st_ymax(d.geom)) as north
        from plan_area d where d.plan_id = p.id and not d.removed and p.area_id is null) drawn on true
    where ${which}
    order by p.id desc limit ${limit}`;
}

/** One plan, with the granted areas that it lies in; whoever asks decides what they allow. */
export async function findPlan(db: Queries, id: string, view: PlanView): Promise<PlanRow | undefined> {
  const rows = await db.query(planStatement(view, [], sql`p.id = ${id}::bigint`, 1));
  return rows[0];
}

/** Plans that lie whole in the listed areas, latest first. Of a network without a top, all do. */
export function findPlans(
  db: Queries,
  view: PlanView,
  listed: readonly string[],
  { network, status, after, limit }: Pick<PlanListQuery, "network" | "status" | "after" | "limit">,
): Promise<PlanRow[]> {
  let which = sql`coalesce(reach.is_listed, true)`;
  if (network !== undefined) which = sql`${which} and n.code = ${network}`;
  if (status !== undefined) which = sql`${which} and p.status = ${status}`;
  if (after !== undefined) which = sql`${which} and p.id < ${after}::bigint`;
  return db.query(planStatement(view, listed, which, limit));
}

/** What must still hold when a write begins; the row stays locked until the transaction ends. */
export async function lockPlan(tx: Queries, id: string): Promise<LockedPlan | undefined> {
  const rows = await tx.query(sql<LockedPlan>`
    select revision, status, given, base_edition from plan where id = ${id}::bigint for update`);
  return rows[0];
}
export type LockedPlan = Pick<PlanRow, "revision" | "status" | "given" | "base_edition">;

/** Every cache and every reader hears of it. Next to last in a transaction: the log alone comes after. */
export async function tellPlan(tx: Queries, id: string, box: readonly number[] | null): Promise<void> {
  await tx.query(sql`select record_change('plans', ${[id]}::bigint[], ${box}::float8[])`);
}
