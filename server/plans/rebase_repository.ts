import type { Inverse } from "../../data/division/draft.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { removeBelow } from "./begin_repository.ts";
import type { SavedArea } from "./write_draft.ts";

export interface DoneStep {
  seq: number;
  operation: PlanOperation;
  inverse: Inverse;
}

/** Steps that hold, in the order in which they were done. */
export function readDoneSteps(tx: Queries, plan_id: string): Promise<DoneStep[]> {
  return tx.query(sql<DoneStep>`
    select seq, operation, inverse from plan_operation
    where plan_id = ${plan_id}::bigint and state = 'done' and operation ->> 'op' not in ('begin', 'rebase') order by seq`);
}

/** How the plan began. */
export async function readBeginning(tx: Queries, plan_id: string): Promise<"edition" | "file" | "nothing"> {
  const [row] = await tx.query(sql<{ from: "edition" | "file" | "nothing" }>`
    select operation ->> 'from' as from from plan_operation where plan_id = ${plan_id}::bigint and seq = 1`);
  return row!.from;
}

export interface ChangedArea {
  id: string;
  name: string;
  lon: number;
  lat: number;
}

/** Areas of a network that became different between two editions, or ended. */
export function findChangedAreas(
  tx: Queries,
  { network_id, from, to }: { network_id: string; from: number; to: number },
): Promise<ChangedArea[]> {
  return tx.query(sql<ChangedArea>`
    select distinct on (v.area_id) v.area_id::text as id, v.name, st_x(v.at) as lon, st_y(v.at) as lat
    from area_version v
    where v.network_id = ${network_id}::bigint
      and ((v.from_edition > ${from} and v.from_edition <= ${to}) or (v.to_edition > ${from} and v.to_edition <= ${to}))
    order by v.area_id, v.from_edition desc`);
}

/** The plan stands on another edition from now on; of what was drawn nothing is left, unless it is kept as it is. */
export async function moveBase(
  tx: Queries,
  plan: { id: string; network_id: string; area_id: string | null; edition: number; keep: boolean },
): Promise<void> {
  const { id, network_id, area_id, edition, keep } = plan;
  await tx.query(sql`
    update plan set base_edition = ${edition}, status = 'draft', submitted_by = null, approved_by = null
    where id = ${id}::bigint`);
  await tx.query(sql`delete from plan_area where plan_id = ${id}::bigint and (removed or not ${keep})`);
  if (keep) await removeBelow(tx, id, { network_id, area_id, base_edition: edition });
}

/** Steps as they are on the new base; those that could not be done again are dropped. */
export async function saveReplay(
  tx: Queries,
  of: { plan_id: string; revision: number; account_id: string },
  done: readonly { seq: number; inverse: Inverse; changed: string[] }[],
  leftOut: readonly number[],
): Promise<void> {
  const { plan_id, revision, account_id } = of;
  await tx.query(sql`
    update plan_operation o set inverse = d.inverse, changed = array(select jsonb_array_elements_text(d.changed))
    from jsonb_to_recordset(${JSON.stringify(done)}::jsonb) as d (seq int, inverse jsonb, changed jsonb)
    where o.plan_id = ${plan_id}::bigint and o.seq = d.seq`);
  await tx.query(sql`
    update plan_operation set state = 'dropped', state_revision = ${revision}, state_by = ${account_id}::bigint, state_at = now()
    where plan_id = ${plan_id}::bigint and seq = any(${leftOut}::int[])`);
}

/** What each area came to, the last of all steps. */
export function lastOf(steps: readonly { saved: readonly SavedArea[] }[]): SavedArea[] {
  const last = new Map<string, SavedArea>();
  for (const { saved } of steps) for (const area of saved) last.set(area.id, area);
  return [...last.values()];
}
