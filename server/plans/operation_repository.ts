import type { Inverse } from "../../data/division/draft.ts";
import type { PlanLogQuery } from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { Person } from "./repository.ts";
import type { SavedArea } from "./write_draft.ts";

export interface OperationRow {
  seq: number;
  revision: number;
  state: "done" | "undone" | "dropped";
  operation: PlanOperation | { op: "begin" | "rebase" };
  changed: string[];
  by: Person;
  at: Date;
  state_revision: number;
  state_by: Person;
  state_at: Date;
}

const columns = sql`
  o.seq, o.revision, o.state, o.operation, to_json(o.changed) as changed,
  json_build_object('id', c.id::text, 'display_name', c.display_name) as by, o.at,
  o.state_revision, json_build_object('id', s.id::text, 'display_name', s.display_name) as state_by, o.state_at`;
const joins = sql`plan_operation o join account c on c.id = o.account_id join account s on s.id = o.state_by`;

/** Newest first; with `after_revision` those that came to their state later, oldest first. */
export function findOperations(
  db: Queries,
  plan_id: string,
  { after_revision, before, limit }: PlanLogQuery,
): Promise<OperationRow[]> {
  if (after_revision !== undefined) {
    return db.query(sql<OperationRow>`
      select ${columns} from ${joins} where o.plan_id = ${plan_id}::bigint and o.state_revision > ${after_revision}
      order by o.state_revision, o.seq limit ${limit}`);
  }
  return db.query(sql<OperationRow>`
    select ${columns} from ${joins}
    where o.plan_id = ${plan_id}::bigint and (${before ?? null}::int is null or o.seq < ${before ?? null}::int)
    order by o.seq desc limit ${limit}`);
}

export async function findByKey(db: Queries, plan_id: string, key: string): Promise<OperationRow | undefined> {
  const rows = await db.query(sql<OperationRow>`
    select ${columns} from ${joins} where o.plan_id = ${plan_id}::bigint and o.key = ${key}`);
  return rows[0];
}

/** What an undo takes back: the last step that is done. Of a redo, the step that was taken back last. */
export async function findStep(
  tx: Queries,
  plan_id: string,
  which: "undo" | "redo",
): Promise<{ seq: number; inverse: Inverse } | undefined> {
  const rows = await tx.query(
    which === "undo"
      ? sql<{ seq: number; inverse: Inverse }>`
          select o.seq, o.inverse from plan_operation o
          where o.plan_id = ${plan_id}::bigint and o.state = 'done' and o.operation ->> 'op' not in ('begin', 'rebase')
          order by o.seq desc limit 1`
      : sql<{ seq: number; inverse: Inverse }>`
          select o.seq, o.inverse from plan_operation o
          where o.plan_id = ${plan_id}::bigint and o.state = 'undone' order by o.seq limit 1`,
  );
  return rows[0];
}

export interface NewOperation {
  plan_id: string;
  /** That it makes. */
  revision: number;
  operation: PlanOperation | { op: "begin" | "rebase"; [more: string]: unknown };
  inverse: Inverse;
  changed: readonly string[];
  account_id: string;
  key: string | null;
}

/** Appends a step; what was undone before cannot be redone any more. */
export async function appendOperation(tx: Queries, step: NewOperation): Promise<void> {
  const { plan_id, revision, operation, inverse, changed, account_id, key } = step;
  await tx.query(sql`
    with dropped as (
      update plan_operation set state = 'dropped', state_revision = ${revision}, state_by = ${account_id}::bigint,
        state_at = now()
      where plan_id = ${plan_id}::bigint and state = 'undone')
    insert into plan_operation (plan_id, seq, revision, operation, inverse, changed, account_id, state_revision, state_by, key)
    select ${plan_id}::bigint, coalesce(max(seq), 0) + 1, ${revision}, ${JSON.stringify(operation)}::jsonb,
      ${JSON.stringify(inverse)}::jsonb, ${changed}::text[], ${account_id}::bigint, ${revision},
      ${account_id}::bigint, ${key}
    from plan_operation where plan_id = ${plan_id}::bigint`);
}

/** A step that was undone or done again. `inverse` then takes it to the other state. */
export async function turnOperation(
  tx: Queries,
  step: {
    plan_id: string;
    seq: number;
    state: "done" | "undone";
    inverse: Inverse;
    revision: number;
    account_id: string;
  },
): Promise<void> {
  const { plan_id, seq, state, inverse, revision, account_id } = step;
  await tx.query(sql`
    update plan_operation set state = ${state}, inverse = ${JSON.stringify(inverse)}::jsonb,
      state_revision = ${revision}, state_by = ${account_id}::bigint, state_at = now()
    where plan_id = ${plan_id}::bigint and seq = ${seq}`);
}

/** How areas of the draft are now; and the plan with its next revision. One statement: each costs a way to the database. */
export async function saveStep(
  tx: Queries,
  plan: { id: string; revision: number; given: number; account_id: string },
  areas: readonly SavedArea[],
): Promise<void> {
  await tx.query(sql`
    with saved as (
      insert into plan_area (plan_id, id, removed, parent_id, level, code, name, short_name, kind, profile_id,
        child_profile_id, geom)
      select ${plan.id}::bigint, a.id, a.removed, a.parent_id, a.level, a.code, a.name, a.short_name, a.kind,
        a.profile_id, a.child_profile_id, a.geom
      from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb) as a (id text, removed boolean,
        parent_id text, level int, code text, name text, short_name text, kind text, profile_id bigint,
        child_profile_id bigint, geom geometry(MultiPolygon, 4490))
      on conflict (plan_id, id) do update set removed = excluded.removed, parent_id = excluded.parent_id,
        level = excluded.level, code = excluded.code, name = excluded.name, short_name = excluded.short_name,
        kind = excluded.kind, profile_id = excluded.profile_id, child_profile_id = excluded.child_profile_id,
        geom = excluded.geom)
    update plan set revision = ${plan.revision}, given = ${plan.given}, changed_at = now(),
      changed_by = ${plan.account_id}::bigint
    where id = ${plan.id}::bigint`);
}

/** The areas of a whole draft at once, where there are none yet. */
export async function copyAreas(tx: Queries, plan_id: string, areas: Iterable<SavedArea>): Promise<void> {
  const names = [
    ...(["id", "removed", "parent_id", "level", "code", "name", "short_name", "kind"] as const),
    ...(["profile_id", "child_profile_id", "geom"] as const),
  ];
  function* rows() {
    for (const area of areas) yield [plan_id, ...names.map((name) => area[name])];
  }
  await tx.copyIn("plan_area", ["plan_id", ...names], rows());
}
