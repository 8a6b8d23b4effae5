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
  const byNetwork = new Map<number, LoadedArea[]>();
  for (const area of areas) {
    const own = byNetwork.get(area.network_id);
    if (own) own.push(area);
    else byNetwork.set(area.network_id, [area]);
  }
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
  // Planned on statistics from before the new rows, this took minutes where it takes a second. (The embedded engine
  // fails on joins with fresh geometry statistics: analyze.ts.)
  if (tx.engine === "postgis") await tx.execute("analyze area_version, building, building_area");
  await tx.query(sql`
    insert into building_area (building_id, network_id, area_id)
    select distinct on (b.id, v.network_id) b.id, v.network_id, v.area_id
    from area_version v
      join level l on l.id = v.level_id
      join building b on b.at && v.geom and st_covers(v.geom, b.at)
    where v.to_edition is null
      and not exists (select 1 from building_area m where m.building_id = b.id and m.network_id = v.network_id)
    order by b.id, v.network_id, l.ordinal desc, v.area_id`);
}
