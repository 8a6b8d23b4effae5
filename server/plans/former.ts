import type { GeoJsonGeometry } from "../../data/schema/check.ts";
import type { PlanFormer } from "../../data/schema/plan.ts";
import { inEdition } from "../areas/rows.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { PlanRow } from "./repository.ts";

type FormerArea = PlanFormer["areas"][number];

/**
 * Areas that the plan changed or took away, as its base edition has them; none where it has no base. By level and id.
 * What a plan left alone is the same in both and is not told.
 */
export function readFormer(db: Queries, plan: Pick<PlanRow, "id" | "base_edition">): Promise<FormerArea[]> {
  if (plan.base_edition === null) return Promise.resolve([]);
  return db.query(sql<Omit<FormerArea, "geometry"> & { geometry: GeoJsonGeometry }>`
    select v.area_id::text as id, v.parent_id::text as parent_id, l.ordinal as level, a.code, v.name, v.short_name,
      v.kind, v.profile_id::text as profile_id, v.child_profile_id::text as child_profile_id,
      st_asgeojson(st_multi(v.geom), 15)::json as geometry
    from plan_area drawn
      join area_version v on v.area_id::text = drawn.id and ${inEdition(plan.base_edition)}
      join area a on a.id = v.area_id join level l on l.id = v.level_id
    where drawn.plan_id = ${plan.id}::bigint and drawn.id not like 'new-%'
    order by l.ordinal, v.area_id`);
}
