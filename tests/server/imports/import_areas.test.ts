import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { importAreas, type ImportAreasOptions } from "../../../server/imports/import_areas.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { smallCity } from "../../support/small_city.ts";
import { bowTie, box, collection, feature } from "../../support/town_files.ts";

let db: Db;
beforeAll(async () => {
  db = await testDatabase();
});

const options: ImportAreasOptions = {
  network: "Blocks",
  code: "id",
  label: "title",
  source: "测试",
  from_day: "2026-03-01",
};
const file = collection(
  feature({ title: "West" }, box(0, 0, 100, 100), "a1"),
  feature({}, box(100, 0, 100, 100), "a2"),
  feature({ title: "Again" }, box(200, 0, 100, 100), "a2"),
  feature({}, bowTie(300, 0), "a4"),
  feature({}, box(400, 0, 100, 100)),
  feature({}, box(500, 0, 100, 100), "a 6"),
  feature({}, { type: "Point", coordinates: [15.6, 48.4] }, "a7"),
  // overlaps a1 by 10 m: stands in the world, is taken
  feature({}, box(90, 50, 5, 10), "a8"),
);

describe("importing areas", () => {
  test("tries a file without writing anything", async () => {
    const outcome = await importAreas(db, file, { ...options, dry_run: true });
    expect(outcome).toMatchObject({ ok: true, value: { dry_run: true, taken: 3 } });
    expect(await db.query(sql`select 1 from network`)).toEqual([]);
  });

  test("takes what can be used and refuses the rest by row and reason", async () => {
    const outcome = await importAreas(db, file, options);
    expect(outcome).toMatchObject({ ok: true, value: { network: "blocks", edition: 1, rows: 8, taken: 3 } });
    const refused = outcome.ok ? outcome.value.refused : [];
    expect(refused.map(({ row, id, kind }) => [row, id, kind])).toEqual([
      [3, "a2", "duplicate_code"],
      [4, "a4", "invalid_geometry"],
      [5, null, "no_code"],
      [6, "a 6", "bad_code"],
      [7, "a7", "wrong_geometry"],
    ]);
    expect(refused[0]!.reason).toContain("第 2 行");
    expect(refused[1]!.at).toHaveLength(2);
  });

  test("makes a network with its first edition, neighbours, hues and counts", async () => {
    expect(
      await db.query(sql`
      select n.code, n.prefix, e.number, e.from_day from network n join edition e on e.network_id = n.id`),
    ).toEqual([{ code: "blocks", prefix: "BLOCKS", number: 1, from_day: "2026-03-01" }]);
    const areas = await db.query(sql`
      select a.code, v.name, c.buildings, (select count(*) from area_neighbour m where m.area_id = a.id) as neighbours
      from area a join area_version v on v.area_id = a.id join area_count c on c.area_id = a.id order by a.code`);
    expect(areas).toEqual([
      { code: "a1", name: "West", buildings: 0, neighbours: 1 },
      { code: "a2", name: "a2", buildings: 0, neighbours: 1 },
      { code: "a8", name: "a8", buildings: 0, neighbours: 0 },
    ]);
  });

  test("does not write a network twice", async () => {
    const outcome = await importAreas(db, file, options);
    expect(outcome).toMatchObject({
      ok: false,
      problem: { code: "request.invalid", detail: expect.stringContaining("blocks") },
    });
  });

  test("refuses a file in which nothing can be used and says why of its first row", async () => {
    const other = { ...options, network: "Other" };
    const outcome = await importAreas(db, collection(feature({}, bowTie(0, 0), "x")), other);
    expect(outcome).toMatchObject({
      ok: false,
      problem: {
        fix: expect.stringContaining("--code"),
        detail: expect.stringContaining("第 1 行：边界自相交"),
        row: 1,
      },
    });
    expect(await importAreas(db, collection(), other)).toMatchObject({ ok: false });
  });

  test("counts buildings that stood there before", async () => {
    await loadCity(db, smallCity());
    const squares = collection(
      feature(
        {},
        {
          type: "Polygon",
          coordinates: [
            [
              [121.4, 33.6],
              [121.402, 33.6],
              [121.402, 33.602],
              [121.4, 33.602],
              [121.4, 33.6],
            ],
          ],
        },
        "s1",
      ),
    );
    await importAreas(db, squares, { ...options, network: "Squares" });
    expect(
      await db.query(sql`
      select c.buildings, c.people from area_count c join area a on a.id = c.area_id where a.code = 's1'`),
    ).toEqual([{ buildings: 5, people: 32 }]);
  });
});
