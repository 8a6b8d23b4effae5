import request from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import { AreaDetail } from "../../../data/schema/area.ts";
import { RecordDetail } from "../../../data/schema/record.ts";
import { SearchResult } from "../../../data/schema/search.ts";
import type { Reader } from "../../../server/access/reader.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { readApi } from "../../support/demo_app.ts";
import { aReader, thePublic } from "../../support/readers.ts";
import { canaries, twoSubdistricts } from "../../support/two_subdistricts.ts";

let db: Db;
const areas: Record<string, string> = {};

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, twoSubdistricts());
  for (const { id, code } of await db.query(sql<{ id: string; code: string }>`select id::text as id, code from area`)) {
    areas[code] = id;
  }
});

const ask = (reader: Reader, path: string) => request(readApi(db, reader)).get(path);

async function idOf(table: string, column: string, value: string): Promise<string> {
  const rows = await db.query<{ id: string }>({
    text: `select id::text as id from ${table} where ${column} = $1`,
    values: [value],
  });
  return rows[0]!.id;
}

async function record(reader: Reader, path: string): Promise<RecordDetail> {
  return RecordDetail.parse((await ask(reader, `/api/registers/${path}`).expect(200)).body);
}

describe("a record", () => {
  test("leaves out what the tier hides and names it", async () => {
    const path = `buildings/${await idOf("building", "name", "西甲楼")}`;
    const hidden = ["households", "people", "registered", "floating", "let_homes"];
    const seen = await record(thePublic, path);
    expect(seen.hidden).toEqual(hidden);
    for (const name of hidden) expect(seen.facts).not.toHaveProperty(name);
    const full = await record(aReader("planner", areas["01"]!), path);
    expect(full.hidden).toEqual([]);
    expect(full.facts.registered).toBe(canaries.west.registered);
    expect((await record(aReader("planner", areas["02"]!), path)).hidden).toEqual(hidden);
  });

  test("that the reader does not see answers like one that there is not", async () => {
    for (const [path, id] of [
      ["key_units", await idOf("key_unit", "code", canaries.west.keyUnitCode)],
      ["pipes", await idOf("pipe", "code", canaries.west.pipe)],
      ["components", await idOf("component", "code", canaries.west.camera)],
      ["components", String(2n ** 40n + BigInt(await idOf("pipe_node", "code", canaries.west.pipeEnd)))],
    ]) {
      const absent = (await ask(thePublic, `/api/registers/${path}/987654`).expect(404)).body;
      for (const reader of [thePublic, aReader("worker", areas["02"]!), aReader("handler", areas["01"]!)]) {
        const refused = (await ask(reader, `/api/registers/${path}/${id}`).expect(404)).body;
        expect({ ...refused, detail: "" }).toEqual({ ...absent, detail: "" });
        expect(refused.detail).toBe(absent.detail.replace("987654", id));
      }
    }
  });

  test("of a key unit keeps its level for those with clearance", async () => {
    const path = `key_units/${await idOf("key_unit", "code", canaries.west.keyUnitCode)}`;
    const seen = await record(aReader("worker", areas["01"]!), path);
    expect(seen.facts).not.toHaveProperty("key_level");
    expect(seen.hidden).toContain("key_level");
    expect((await record(aReader("dispatcher", areas["01"]!), path)).facts.key_level).toBe(2);
  });

  test("with a grant for one organisation is seen where that one, or one below it, holds it", async () => {
    const path = `key_units/${await idOf("key_unit", "code", canaries.west.keyUnitCode)}`;
    for (const [code, status] of [
      ["ORG-西", 200],
      ["ROOT", 200],
      ["ORG-东", 404],
    ] as const) {
      const organisation_id = await idOf("organisation", "code", code);
      await ask(aReader("dispatcher", areas["0"]!, { organisation_id }), `/api/registers/${path}`).expect(status);
    }
  });
});

describe("search", () => {
  const find = async (reader: Reader, q: string, limit = 12) =>
    SearchResult.parse((await ask(reader, `/api/search?limit=${limit}&q=${encodeURIComponent(q)}`).expect(200)).body)
      .hits;

  test("finds key units of the own area, and counts none of the others", async () => {
    expect(await find(thePublic, "金丝雀")).toEqual([]);
    expect((await find(aReader("worker", areas["02"]!), "金丝雀")).map(({ title }) => title)).toEqual([
      canaries.east.keyUnit,
    ]);
    expect(await find(aReader("worker", areas["0"]!), "金丝雀")).toHaveLength(2);
    // hidden ones take no place of those that are shown
    expect((await find(aReader("worker", areas["02"]!), "金丝雀", 1))[0]!.title).toBe(canaries.east.keyUnit);
  });

  test("does not tell a credit code piece by piece", async () => {
    const code = canaries.west.creditCode;
    for (const words of [code, code.slice(0, 9), code.slice(-4)]) {
      expect(await find(thePublic, words), words).toEqual([]);
      expect(await find(aReader("planner", areas["02"]!), words), words).toEqual([]);
      expect(await find(aReader("planner", areas["01"]!), words), words).toHaveLength(1);
    }
    expect(await find(thePublic, "西风商店")).toHaveLength(1);
  });
});

describe("an area", () => {
  const countsOf = async (reader: Reader, code: string) =>
    AreaDetail.parse((await ask(reader, `/api/areas/governance:${code}`).expect(200)).body).counts;

  test("shows households and people to everybody, the rest to those of it", async () => {
    expect(await countsOf(thePublic, "01")).toMatchObject({
      people: 16,
      registered: null,
      floating: null,
      let_homes: null,
    });
    expect(await countsOf(aReader("worker", areas["01"]!), "01")).toMatchObject({
      registered: canaries.west.registeredSum,
    });
    expect(await countsOf(aReader("worker", areas["02"]!), "01")).toMatchObject({ registered: null });
  });

  test("above the one of the grant keeps its figures, wherever its name is written", async () => {
    const [inside] = await db.query(sql<{ code: string }>`
      select a.code from area_version g join area a on a.id = g.area_id, area_version top
      where top.parent_id is null and length(a.code) = 4 and st_intersects(g.geom, top.at) limit 1`);
    expect(await countsOf(aReader("worker", areas[inside!.code]!), "0")).toMatchObject({ registered: null });
    expect(await countsOf(aReader("worker", areas["0"]!), "0")).not.toMatchObject({ registered: null });
  });
});

describe("when the grids below a community are redrawn", () => {
  test("a grant on the community goes on holding, one on a grid that is no more does not", async () => {
    const path = `/api/registers/key_units/${await idOf("key_unit", "code", canaries.west.keyUnitCode)}`;
    const [community, grid] = [aReader("worker", areas["011"]!), aReader("worker", areas["0111"]!)];
    await ask(community, path).expect(200);
    await ask(grid, path).expect(200);
    await db.query(sql`update edition set to_day = current_date where number = 1`);
    await db.query(sql`
      insert into edition (network_id, number, from_day, note) select network_id, 2, current_date, '' from edition`);
    await db.query(sql`
      with made as (insert into area (network_id, code) select network_id, '0119' from area where code = '0' returning id),
      joined as (
        select st_multi(st_union(geom)) as geom, sum(area_m2) as area_m2, min(hue) as hue
        from area_version where area_id in (${areas["0111"]!}::bigint, ${areas["0112"]!}::bigint))
      insert into area_version (area_id, network_id, from_edition, level_id, parent_id, name, short_name, kind, hue, geom, at, area_m2, piece_count, source)
      select made.id, v.network_id, 2, v.level_id, v.parent_id, '合并网格', '合', v.kind, joined.hue, joined.geom, v.at, joined.area_m2, 1, v.source
      from area_version v, made, joined where v.area_id = ${areas["0111"]!}::bigint`);
    await db.query(sql`
      update area_version set to_edition = 2 where area_id in (${areas["0111"]!}::bigint, ${areas["0112"]!}::bigint)`);
    await ask(community, path).expect(200);
    await ask(grid, path).expect(404);
    await ask(aReader("worker", await idOf("area", "code", "0119")), path).expect(200);
  });
});
