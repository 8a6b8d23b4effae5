import { groupBy } from "../../data/group_by.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import type { CopyValue, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { indexAreas } from "./area_index.ts";
import type { IdShift } from "./id_shift.ts";
import type { LoadedArea } from "./networks.ts";

/** Writes for each building of a part which deepest area of each network of the part holds its point. */
export async function assignBuildings(
  tx: Queries,
  part: Pick<CityRows, "building">,
  areas: readonly LoadedArea[],
  shift: IdShift,
): Promise<void> {
  const byNetwork = groupBy(areas, ({ network_id }) => network_id);
  const rows = function* (): Generator<CopyValue[]> {
    for (const [network_id, own] of byNetwork) {
      const index = indexAreas(own.map(({ id, level, geom }) => ({ id, level, polygons: geom })));
      for (const { id, at } of part.building) {
        const area = index.deepestAt(at);
        if (area !== 0) yield [shift.of("building", id), network_id, area];
      }
    }
  };
  await tx.copyIn("building_area", ["building_id", "network_id", "area_id"], rows());
}

/**
 * What the parts could not know: buildings that stood before inside new networks, and new buildings inside networks
 * that stood before. Both are few or none, so the database looks for them.
 */
export async function assignExisting(tx: Queries, fresh: readonly number[]): Promise<void> {
  const [before] = await tx.query(sql<{ some: boolean }>`
    select exists (select 1 from network where id <> all (${fresh}::bigint[]))
      or exists (select 1 from building b where not exists (select 1 from building_area m where m.building_id = b.id)) as some`);
  if (!before!.some) return;
  // First what is missing, then where it lies: in one join the planner expects a single row and, being wrong,
  // reads building_area once for every building.
  await tx.query(sql`
    with missing as materialized (
      select b.id, b.at, n.id as network_id
      from building b cross join network n
        left join building_area m on m.building_id = b.id and m.network_id = n.id
      where m.building_id is null)
    insert into building_area (building_id, network_id, area_id)
    select distinct on (b.id, b.network_id) b.id, b.network_id, v.area_id
    from missing b
      join area_version v on v.network_id = b.network_id and v.to_edition is null and v.geom && b.at and st_covers(v.geom, b.at)
      join level l on l.id = v.level_id
    order by b.id, b.network_id, l.ordinal desc, v.area_id`);
}
