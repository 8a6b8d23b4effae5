import type { Express } from "express";
import request from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import { AreaDetail, AreaList, AreasAt } from "../../../data/schema/area.ts";
import { EditionDifference, FamilyTree } from "../../../data/schema/plan.ts";
import { SearchResult } from "../../../data/schema/search.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabase } from "../../support/database.ts";
import { readApi } from "../../support/demo_app.ts";
import { publishNow } from "../../support/edition_plans.ts";
import { aReader } from "../../support/readers.ts";
import { smallCity, square } from "../../support/small_city.ts";

let db: Db;
let app: Express;
let supervisor: Express;

/** West and east half of the first grid, about one third and two thirds. */
const west = [[[121.4, 33.6, 121.4003, 33.6, 121.4003, 33.601, 121.4, 33.601, 121.4, 33.6]]];
const east = [[[121.4003, 33.6, 121.401, 33.6, 121.401, 33.601, 121.4003, 33.601, 121.4003, 33.6]]];

/**
 * Edition 2 splits 001001 in two; edition 3 merges the eastern half (001005) and 001002; 4 puts 001001 and 001003 together
 * and renames 001004.
 */
beforeAll(async () => {
  await buildWorkers();
  db = await testDatabase();
  await loadCity(db, smallCity());
  await publishNow(db, [
    { area: "001001", geom: west },
    { area: "new-1", parent: "001", level: 2, name: "小社区东格", short_name: "东格", geom: east },
  ]);
  await publishNow(db, [
    { area: "001005", removed: true },
    {
      area: "001002",
      geom: [
        [
          [
            121.4003, 33.6, 121.401, 33.6, 121.402, 33.6, 121.402, 33.601, 121.401, 33.601, 121.4003, 33.601, 121.4003,
            33.6,
          ],
        ],
      ],
    },
  ]);
  await publishNow(db, [
    { area: "001001", removed: true },
    {
      area: "001003",
      geom: [
        [
          [
            121.4, 33.6, 121.4003, 33.6, 121.4003, 33.601, 121.401, 33.601, 121.401, 33.602, 121.4, 33.602, 121.4,
            33.601, 121.4, 33.6,
          ],
        ],
      ],
    },
    { area: "001004", name: "河畔网格", short_name: "河畔" },
  ]);
  app = readApi(db);
  const [community] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001'`);
  supervisor = readApi(db, aReader("supervisor", community!.id));
});

async function ask(path: string, status = 200, of = app): Promise<unknown> {
  const answer = await request(of).get(path);
  expect({ path, status: answer.status, body: status === 200 ? undefined : answer.body }).toMatchObject({ status });
  return answer.body;
}

describe("areas at an edition", () => {
  test("are listed as they were, with the counts that they had", async () => {
    const at = async (edition: number) =>
      AreaList.parse(await ask(`/api/areas?parent=001&edition=${edition}`)).areas.map(
        (area) => `${area.code} ${area.households}`,
      );
    expect(await at(1)).toEqual(["001001 3", "001002 3", "001003 3", "001004 3"]);
    expect(await at(2)).toEqual(["001001 0", "001002 3", "001003 3", "001004 3", "001005 3"]);
    expect(await at(3)).toEqual(["001001 0", "001002 6", "001003 3", "001004 3"]);
    expect(await at(4)).toEqual(["001002 6", "001003 3", "001004 3"]);
  });

  test("know their neighbours, children and counts of that edition", async () => {
    const one = async (edition: number) =>
      AreaDetail.parse(await ask(`/api/areas/governance:001002?edition=${edition}`));
    expect((await one(1)).neighbours.map(({ code }) => code).sort()).toEqual(["001001", "001004"]);
    expect((await one(2)).neighbours.map(({ code }) => code).sort()).toEqual(["001004", "001005"]);
    expect((await one(4)).neighbours.map(({ code }) => code).sort()).toEqual(["001003", "001004"]);
    expect((await one(1)).counts).toMatchObject({ households: 3, buildings: 1 });
    expect((await one(4)).counts).toMatchObject({ households: 6, buildings: 3 });
  });

  test("are found at a place with the edition in force, not the one in which they last changed", async () => {
    const { networks } = AreasAt.parse(await ask("/api/areas/at?lon=121.4015&lat=33.6015"));
    expect(networks[0]).toMatchObject({ network: "governance", edition: 4 });
  });

  test("search finds those in force by their names of now", async () => {
    const hits = async (words: string) =>
      SearchResult.parse(await ask(`/api/search?q=${encodeURIComponent(words)}`)).hits.map(({ key }) => key);
    expect(await hits("河畔")).toEqual(["governance:001004"]);
    expect(await hits("东格")).toEqual([]);
    expect(await hits("小01")).toEqual([]);
    const [address] = SearchResult.parse(await ask(`/api/search?q=${encodeURIComponent("小路1号")}`)).hits;
    expect(address!.subtitle).toBe("小社区 › 小02");
  });
});

describe("a retired area", () => {
  test("answers with who has its ground", async () => {
    expect(await ask("/api/areas/governance:001005", 410)).toMatchObject({
      code: "area.retired",
      detail: expect.stringContaining("自第 3 版起停用"),
      areas: [expect.any(String)],
    });
    expect(await ask("/api/areas/governance:001005?edition=2")).toMatchObject({ code: "001005", edition: 2 });
    await ask("/api/areas/governance:999", 404);
  });

  test("has a family tree with what came before and after, and today's areas by share", async () => {
    const tree = FamilyTree.parse(await ask("/api/areas/governance:001005/lineage"));
    expect(tree).toMatchObject({ area: { code: "001005", name: "小社区东格" }, retired_in: 3 });
    expect(
      tree.editions.map(({ edition, entries }) => [
        edition,
        ...entries.map((e) => `${e.from?.code}→${e.area?.code} ${e.kind}`),
      ]),
    ).toEqual([
      [3, "001005→001002 merged"],
      [2, "001001→001005 split"],
    ]);
    expect(tree.today).toEqual([{ area: expect.objectContaining({ code: "001002" }), share: 1 }]);
  });

  test("of an edition that is over tells where its ground went, though the area goes on", async () => {
    const tree = FamilyTree.parse(await ask("/api/areas/governance:001001/lineage?edition=1"));
    expect(tree.today.map(({ area, share }) => [area.code, Math.round(share * 100)])).toEqual([
      ["001002", 70],
      ["001003", 30],
    ]);
    const now = FamilyTree.parse(await ask("/api/areas/governance:001002/lineage"));
    expect(now.today).toEqual([{ area: expect.objectContaining({ code: "001002" }), share: 1 }]);
    await ask("/api/areas/governance:001005/lineage?edition=1", 404);
    await ask("/api/areas/governance:001001/lineage?edition=9", 404);
  });
});

describe("the difference of two editions", () => {
  const difference = async (range: string, of = app) =>
    EditionDifference.parse(await ask(`/api/editions/governance/${range}`, 200, of));

  test("lists the ground that changed hands, as it was found at publishing or worked out over several editions", async () => {
    const moves = async (range: string) =>
      (await difference(range)).changes.map(({ from, to, kind }) => `${from?.code}→${to?.code} ${kind}`).sort();
    expect(await moves("1..2")).toEqual(["001001→001005 moved"]);
    expect(await moves("2..3")).toEqual(["001005→001002 moved"]);
    expect(await moves("1..3")).toEqual(["001001→001002 moved"]);
    expect(await moves("1..4")).toEqual(["001001→001002 moved", "001001→001003 moved"]);
    expect(await moves("4..4")).toEqual([]);
    const long = await difference("1..4");
    expect(long.lineage.map(({ from, area, kind }) => `${from?.code}→${area?.code} ${kind}`).sort()).toEqual([
      "001001→001002 merged",
      "001001→001003 merged",
      "001002→001002 merged",
      "001003→001003 merged",
      "001004→001004 kept",
    ]);
    expect(long.renamed).toMatchObject([
      { area: { code: "001004", name: "河畔网格" }, was: { name: "小社区第4网格" } },
    ]);
  });

  test("counts the lowest areas of both, those that did not change among them", async () => {
    expect((await difference("1..2")).areas).toEqual({ from: 4, to: 5 });
    expect((await difference("2..4")).areas).toEqual({ from: 5, to: 3 });
    expect((await difference("4..4")).areas).toEqual({ from: 3, to: 3 });
  });

  test("tells households of single places only to those who may check the division there", async () => {
    expect((await difference("1..2")).changes[0]).toMatchObject({ households: null, people: null });
    expect((await difference("1..2")).lineage[0]).toMatchObject({ households: null });
    expect((await difference("1..2", supervisor)).changes[0]).toMatchObject({ households: 3, people: 8 });
    expect((await difference("1..4", supervisor)).changes.map(({ households }) => households).sort()).toEqual([0, 3]);
    const elsewhere = readApi(db, aReader("supervisor", "6"));
    expect((await difference("1..2", elsewhere)).changes[0]!.households).toBe(3); // the fire area lies over all of it
  });

  test("refuses editions that are not there, or in the wrong order", async () => {
    expect(await ask("/api/editions/governance/1..9", 404)).toMatchObject({ code: "edition.unknown", pointer: "to" });
    expect(await ask("/api/editions/governance/2..1", 400)).toMatchObject({ code: "edition.order" });
    expect(await ask("/api/editions/nowhere/1..2", 404)).toMatchObject({ code: "network.unknown" });
    await ask("/api/editions/governance/1..x", 400);
  });
});

test("codes of retired areas are not given out again", async () => {
  await publishNow(db, [
    {
      area: "001004",
      geom: square(1, 1, 1).map((p) => p.map((r) => r.map((v, i) => (i % 2 === 0 && v > 121.4015 ? 121.4015 : v)))),
    },
    {
      area: "new-1",
      parent: "001",
      level: 2,
      geom: [[[121.4015, 33.601, 121.402, 33.601, 121.402, 33.602, 121.4015, 33.602, 121.4015, 33.601]]],
    },
  ]);
  const codes = AreaList.parse(await ask("/api/areas?parent=001")).areas.map(({ code }) => code);
  expect(codes).toEqual(["001002", "001003", "001004", "001006"]);
});
