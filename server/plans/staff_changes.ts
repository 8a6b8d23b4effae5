import type { AreaRef } from "../../data/schema/area.ts";
import type { PlanCheck } from "../../data/schema/plan.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { PlanRow } from "./repository.ts";

type StaffChange = PlanCheck["staff"][number];

/** An area of the base is touched where less of it than this stays in it. */
const stays = 0.99;

/**
 * Who holds a duty for an area that is no more in the draft, or that gave ground away: merged into others that were there
 * before, split among new ones, or retired. By the code of the area and the order of duties.
 */
export async function readStaffChanges(
  db: Queries,
  plan: Pick<PlanRow, "id" | "network" | "base_edition">,
  day: string,
): Promise<StaffChange[]> {
  if (plan.base_edition === null) return [];
  const rows = await db.query(sql<{ area: AreaRef } & Omit<StaffChange, "area">>`
    with held as materialized (
      select m.area_id, d.code as duty, d.name as duty_name, d.ordinal, s.name as person, v.geom, v.name, v.short_name,
        v.level_id, drawn.removed, drawn.geom as drawn_geom
      from plan_area drawn
        join area_version v on v.area_id::text = drawn.id and v.from_edition <= ${plan.base_edition}
          and (v.to_edition is null or v.to_edition > ${plan.base_edition})
        join assignment m on m.area_id = v.area_id and m.from_day <= ${day}::date and (m.to_day is null or m.to_day > ${day}::date)
        join duty d on d.id = m.duty_id join staff s on s.id = m.staff_id
      where drawn.plan_id = ${plan.id}::bigint and drawn.id not like 'new-%')
    select json_build_object('id', a.id::text, 'network', n.code, 'code', a.code, 'name', h.name,
        'short_name', h.short_name, 'level', l.ordinal, 'role', l.role) as area,
      h.duty, h.duty_name, h.person,
      case
        when exists (select from plan_area x where x.plan_id = ${plan.id}::bigint and not x.removed and x.id like 'new-%'
          and x.level = l.ordinal and st_intersects(st_pointonsurface(x.geom), h.geom)) then 'split'
        when h.removed and exists (select from plan_area x where x.plan_id = ${plan.id}::bigint and not x.removed
          and x.id not like 'new-%' and x.level = l.ordinal and st_intersects(x.geom, st_pointonsurface(h.geom))) then 'merged'
        else 'retired' end as why
    from held h join area a on a.id = h.area_id join network n on n.id = a.network_id join level l on l.id = h.level_id
    where h.removed or st_area(h.drawn_geom) < ${stays} * st_area(h.geom)
    order by a.code, h.ordinal, h.person`);
  return rows;
}
