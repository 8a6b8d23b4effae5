import type { PlanCheck } from "../../data/schema/plan.ts";
import { inEdition } from "../areas/rows.ts";
import { packShapes } from "../checks/packed_shapes.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { FormerAreas } from "./former_areas.ts";
import type { Drafts } from "./drafts.ts";
import type { PlanRow } from "./repository.ts";

type StaffChange = PlanCheck["staff"][number];

/**
 * Who holds a duty for an area that the draft splits, merges or retires, as publishing would hand duties over. By the
 * code of the area and the order of duties.
 *
 * @param drafts - hold the draft as the transaction sees it
 */
export async function readStaffChanges(
  tx: Queries,
  plan: Pick<PlanRow, "id" | "base_edition">,
  { drafts, day }: { drafts: Pick<Drafts, "unsettled">; day: string },
): Promise<StaffChange[]> {
  if (plan.base_edition === null) return [];
  const why = new Map(
    (await drafts.unsettled(plan.id, await readFormer(tx, plan.id, plan.base_edition))).map((one) => [
      one.area,
      one.why,
    ]),
  );
  const holders = await tx.query(sql<Omit<StaffChange, "why">>`
    select json_build_object('id', a.id::text, 'network', n.code, 'code', a.code, 'name', v.name,
        'short_name', v.short_name, 'level', l.ordinal, 'role', l.role) as area,
      d.code as duty, d.name as duty_name, s.name as person
    from assignment m
      join area_version v on v.area_id = m.area_id and ${inEdition(plan.base_edition)}
      join area a on a.id = v.area_id join network n on n.id = a.network_id join level l on l.id = v.level_id
      join duty d on d.id = m.duty_id join staff s on s.id = m.staff_id
    where m.area_id = any(${[...why.keys()]}::bigint[]) and m.from_day <= ${day}::date
      and (m.to_day is null or m.to_day > ${day}::date)
    order by a.code, d.ordinal, s.name`);
  return holders.map((holder) => ({ ...holder, why: why.get(holder.area.id)! }));
}

/** The areas that the draft changed, as they are in the base. */
async function readFormer(tx: Queries, plan_id: string, base: number): Promise<FormerAreas> {
  const facts: FormerAreas["facts"] = [];
  const wkb: Uint8Array[] = [];
  const statement = sql<FormerAreas["facts"][number] & { wkb: Uint8Array }>`
    select v.area_id::text as id, l.ordinal as level, v.kind, st_asbinary(v.geom) as wkb
    from plan_area d join area_version v on v.area_id::text = d.id and ${inEdition(base)} join level l on l.id = v.level_id
    where d.plan_id = ${plan_id}::bigint`;
  await tx.eachBatch(statement, 1000, (rows) => {
    for (const { wkb: shape, ...row } of rows) {
      facts.push(row);
      wkb.push(shape);
    }
  });
  return { facts, shapes: packShapes(wkb) };
}
