import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadTown } from "../../../server/towns/load_town.ts";
import { testDatabase } from "../../support/database.ts";
import { bowTie, collection, feature, townFiles } from "../../support/town_files.ts";

let db: Db;
beforeAll(async () => {
  db = await testDatabase();
});

const options = { name: "Kremsdorf", source: "© 测绘队", from_day: "2026-03-01" };

describe("loading a town", () => {
  test("fills the same tables as the demo city and reports every feature that was not taken", async () => {
    const outcome = await loadTown(db, townFiles(), options);
    expect(outcome).toMatchObject({
      ok: true,
      value: { network: "kremsdorf", rows: 16, loaded: { building: 5, road: 4, ground: 3, area: 1 } },
    });
    const refused = outcome.ok ? outcome.value.refused : [];
    expect(refused.map(({ file, row, kind }) => [file, row, kind])).toEqual([
      ["buildings", 5, "invalid_geometry"],
      ["roads", 6, "not_used"],
      ["railways", 2, "not_used"],
    ]);
  });

  test("gives its area the counts of its buildings, and everything its source", async () => {
    const [row] = await db.query(sql<{ buildings: number; people: number; sum: number }>`
      select c.buildings, c.people, (select sum(people) from building) as sum from area_count c`);
    expect(row).toMatchObject({ buildings: 5, people: row!.sum });
    expect(
      await db.query(
        sql`select distinct source from building union select source from road union select source from network`,
      ),
    ).toEqual([{ source: "© 测绘队" }]);
  });

  test("does not load the same town twice", async () => {
    expect(await loadTown(db, townFiles(), options)).toMatchObject({ ok: false });
    expect(await db.query(sql`select count(*) as count from building`)).toEqual([{ count: 5 }]);
  });

  test("stands beside another one", async () => {
    expect(await loadTown(db, townFiles(), { ...options, name: "Steindorf" })).toMatchObject({ ok: true });
    expect(await db.query(sql`select code, ordinal from network order by ordinal`)).toEqual([
      { code: "kremsdorf", ordinal: 1 },
      { code: "steindorf", ordinal: 2 },
    ]);
  });

  test("needs a boundary that holds, and files that are GeoJSON", async () => {
    const crossed = { ...townFiles(), boundary: collection(feature({}, bowTie(0, 0))) };
    expect(await loadTown(db, crossed, { ...options, name: "A" })).toMatchObject({
      ok: false,
      problem: { detail: expect.stringContaining("边界") },
    });
    const broken = { ...townFiles(), roads: { type: "Topology" } };
    expect(await loadTown(db, broken, { ...options, name: "B" })).toMatchObject({
      ok: false,
      problem: { pointer: "roads" },
    });
  });
});
