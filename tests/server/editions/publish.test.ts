import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { publishNow } from "../../support/edition_plans.ts";
import { smallCity } from "../../support/small_city.ts";

let db: Db;

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
});

/** Rows of the areas in an edition, by code. */
function areasIn(edition: number) {
  return db.query(sql<{ code: string; name: string; from_edition: number; hue: number; parent: string | null }>`
    select a.code, v.name, v.from_edition, v.hue::int as hue, p.code as parent
    from area_version v join area a on a.id = v.area_id join network n on n.id = a.network_id
      left join area p on p.id = v.parent_id
    where n.code = 'governance' and v.from_edition <= ${edition} and (v.to_edition is null or v.to_edition > ${edition})
    order by a.code`);
}

describe("an edition in which a grid is split and another is merged", () => {
  beforeAll(async () => {
    // 1 is cut in a western and an eastern half; 4 takes in 3
    const west = [[[121.4, 33.6, 121.4003, 33.6, 121.4003, 33.601, 121.4, 33.601, 121.4, 33.6]]];
    const east = [[[121.4003, 33.6, 121.401, 33.6, 121.401, 33.601, 121.4003, 33.601, 121.4003, 33.6]]];
    const north = [
      [
        [
          121.4, 33.601, 121.401, 33.601, 121.402, 33.601, 121.402, 33.602, 121.401, 33.602, 121.4, 33.602, 121.4,
          33.601,
        ],
      ],
    ];
    await publishNow(db, [
      { area: "001001", geom: west },
      { area: "new-1", parent: "001", level: 2, name: "小社区东格", short_name: "东格", geom: east },
      { area: "001003", removed: true },
      { area: "001004", geom: north },
    ]);
  });

  test("writes rows for what changed and leaves the others as they were", async () => {
    expect(await areasIn(2)).toMatchObject([
      { code: "001", from_edition: 1 },
      { code: "001001", from_edition: 2 },
      { code: "001002", from_edition: 1 },
      { code: "001004", from_edition: 2 },
      { code: "001005", from_edition: 2, parent: "001", name: "小社区东格" },
    ]);
    expect((await areasIn(1)).map(({ code }) => code)).toEqual(["001", "001001", "001002", "001003", "001004"]);
  });

  test("says where every area comes from, with shares of the surface", async () => {
    const rows = await db.query(sql<object>`
      select r.kind, a.code as area, f.code as from, round(r.share_of_from::numeric, 3) as share_of_from,
        round(r.share_of_area::numeric, 3) as share_of_area, r.households
      from area_lineage r left join area a on a.id = r.area_id left join area f on f.id = r.from_area_id
      order by f.code, a.code`);
    expect(rows).toEqual([
      { kind: "split", area: "001001", from: "001001", share_of_from: 0.3, share_of_area: 1, households: 0 },
      { kind: "split", area: "001005", from: "001001", share_of_from: 0.7, share_of_area: 1, households: 3 },
      { kind: "merged", area: "001004", from: "001003", share_of_from: 1, share_of_area: 0.5, households: 3 },
      { kind: "merged", area: "001004", from: "001004", share_of_from: 1, share_of_area: 0.5, households: 3 },
    ]);
  });

  test("counts follow the buildings, and sums above stay what they were", async () => {
    const rows = await db.query(sql<object>`
      select a.code, c.households, c.buildings from area_count c join area a on a.id = c.area_id
      where a.code like '001%' order by a.code`);
    expect(rows).toEqual([
      { code: "001", households: 12, buildings: 5 },
      { code: "001001", households: 0, buildings: 0 },
      { code: "001002", households: 3, buildings: 1 },
      { code: "001004", households: 6, buildings: 2 },
      { code: "001005", households: 3, buildings: 2 },
    ]);
    await db.query(sql`select refresh_area_counts(id) from network`);
    expect(
      await db.query(sql<object>`
        select a.code, c.households, c.buildings from area_count c join area a on a.id = c.area_id
        where a.code like '001%' order by a.code`),
    ).toEqual(rows);
  });
});
