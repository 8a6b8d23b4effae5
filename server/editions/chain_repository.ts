import { packShapes } from "../checks/packed_shapes.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { type Between, holds } from "./difference_repository.ts";
import type { ChangedArea, PackedGround } from "./edition_protocol.ts";

const batch = 2_000;

/**
 * Whether what changed hands in each edition says what did over all of them: not where an area changed its level. Of
 * areas that lie over others the rows do not say which they are of.
 */
export async function isChain(db: Queries, { network_id, from, to }: Between): Promise<boolean> {
  const [row] = await db.query(sql<{ is: boolean }>`
    select not exists (
      select 1 from area_version v where v.network_id = ${network_id} and v.from_edition <= ${to}
        and (v.to_edition is null or v.to_edition > ${from})
      group by v.area_id having count(distinct v.level_id) > 1) as is`);
  return row!.is;
}

/** Ground that changed hands in each edition after the first, as it was found at publishing. */
export async function readSteps(db: Queries, { network_id, from, to }: Between): Promise<PackedGround> {
  const facts: PackedGround["facts"] = [];
  const wkb: Uint8Array[] = [];
  await db.eachBatch(
    sql<PackedGround["facts"][number] & { wkb: Uint8Array }>`
      select g.edition, g.level, g.lowest, g.from_area_id::text as from, g.area_id::text as to, st_asbinary(g.geom) as wkb,
        g.area_m2, st_x(g.at) as lon, st_y(g.at) as lat
      from moved_ground g where g.network_id = ${network_id} and g.edition > ${from} and g.edition <= ${to}
      order by g.edition`,
    batch,
    (rows) => {
      for (const { wkb: shape, ...row } of rows) {
        facts.push(row);
        wkb.push(shape);
      }
    },
  );
  return { facts, ...packShapes(wkb) };
}

/** Areas of one of the two editions that are not alike in both, without their outlines. */
export async function readChanged(db: Queries, between: Between, side: "from" | "to"): Promise<ChangedArea[]> {
  const { network_id, from, to } = between;
  return db.query(sql<ChangedArea>`
    with changed as materialized (
      select distinct v.area_id from area_version v
      where v.network_id = ${network_id} and (v.from_edition > ${from} and v.from_edition <= ${to}
        or v.to_edition > ${from} and v.to_edition <= ${to}))
    select v.area_id::text as id, l.ordinal as level, v.area_m2
    from changed join area_version v on v.area_id = changed.area_id and ${holds(sql`v`, between[side])}
      join level l on l.id = v.level_id
    where v.network_id = ${network_id}`);
}
