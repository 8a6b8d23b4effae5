import type { Express } from "express";
import request from "supertest";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { areaOf } from "../../../data/measure/area.ts";
import { AreaDetail, AreaList, AreasAt, type AreaSummary } from "../../../data/schema/area.ts";
import { EditionList, NetworkList } from "../../../data/schema/network.ts";
import { RecordDetail, registers } from "../../../data/schema/record.ts";
import { type SearchHit, SearchResult } from "../../../data/schema/search.ts";
import { sql } from "../../../server/db/sql.ts";
import { tileRows } from "../../../server/tiles/repository.ts";
import { type DemoApp, demoApp, readApi } from "../../support/demo_app.ts";
import { testDatabase } from "../../support/database.ts";
import { aReader } from "../../support/readers.ts";

let demo: DemoApp;
/** The same API as a police liaison of the whole city sees it: everything. */
let liaison: Express;

beforeAll(async () => {
  demo = await demoApp();
  const [city] = await demo.db.query(sql<{ id: string }>`
    select area_id::text as id from area_version v join network n on n.id = v.network_id
    where n.code = 'governance' and parent_id is null`);
  liaison = readApi(demo.db, aReader("police_liaison", city.id));
});

async function ask(path: string, status = 200, app = demo.app): Promise<unknown> {
  const answer = await request(app).get(path);
  expect({ path, status: answer.status, body: status === 200 ? undefined : answer.body }).toMatchObject({ status });
  return answer.body;
}

async function areasOf(query: string): Promise<AreaSummary[]> {
  return AreaList.parse(await ask(`/api/areas?${query}`)).areas;
}

async function search(words: string, app = demo.app): Promise<SearchHit[]> {
  return SearchResult.parse(await ask(`/api/search?q=${encodeURIComponent(words)}`, 200, app)).hits;
}

describe("networks", () => {
  test("come in order with their levels from the top and the edition in force", async () => {
    const { networks } = NetworkList.parse(await ask("/api/networks"));
    expect(networks[0]).toMatchObject({ code: "governance", ordinal: 1, edition: { number: 1, to_day: null } });
    for (const network of networks) {
      expect(network.levels.map((level) => level.ordinal)).toEqual(network.levels.map((level) => level.ordinal).sort());
      expect(network.area_count).toBeGreaterThan(0);
    }
    const { editions } = EditionList.parse(await ask("/api/editions?network=governance"));
    expect(editions.map((edition) => edition.number)).toEqual([1]);
  });

  test("of an empty database are an empty list", async () => {
    const empty = readApi(await testDatabase());
    const answer = await request(empty).get("/api/networks").expect(200);
    expect(answer.body).toEqual({ networks: [] });
    const areas = await request(empty).get("/api/areas").expect(404);
    expect(areas.body).toMatchObject({ code: "network.unknown", allowed: [] });
  });
});

describe("areas", () => {
  test("慧泽社区 has its golden figures, and its 27 grids add up to it", async () => {
    const [huize] = await areasOf("text=慧泽社区&level=2");
    expect(huize).toMatchObject({
      short_name: "慧泽社区",
      households: 3189,
      people: 9470,
      leaf_count: 27,
      child_count: 27,
    });
    const grids = await areasOf(`parent=${huize.code}`);
    expect(grids).toHaveLength(27);
    expect(grids.reduce((sum, grid) => sum + grid.households, 0)).toBe(3189);
    expect(grids.reduce((sum, grid) => sum + grid.area_m2, 0)).toBeCloseTo(huize.area_m2, 0);
    const detail = AreaDetail.parse(await ask(`/api/areas/${huize.id}`));
    expect(detail.counts).toMatchObject({ households: 3189, people: 9470, homes: 131 });
    expect(detail.children).toHaveLength(27);
  });

  test("one answers the same by id and by network and code", async () => {
    const [grid] = await areasOf("level=3&limit=1");
    const byId = AreaDetail.parse(await ask(`/api/areas/${grid.id}`));
    const byCode = AreaDetail.parse(await ask(`/api/areas/governance:${grid.code}`));
    expect(byCode).toEqual(byId);
    expect(byId.ancestors.map((area) => area.level)).toEqual([1, 2]);
    expect(byId.profile).toMatchObject({ households: [90, 150] });
    expect(byId.staff.some((person) => person.duty.code === "leader")).toBe(true);
  });

  test("neighbours see each other with the same length of border", async () => {
    const grids = await areasOf("level=3");
    const details = await Promise.all(grids.map(async (grid) => AreaDetail.parse(await ask(`/api/areas/${grid.id}`))));
    const borders = new Map(
      details.flatMap((area) => area.neighbours.map((other) => [`${area.id} ${other.id}`, other.border_m] as const)),
    );
    expect(borders.size).toBeGreaterThan(27);
    for (const [pair, length] of borders) {
      const [a, b] = pair.split(" ");
      expect(borders.get(`${b} ${a}`)).toBe(length);
      expect(length).toBeGreaterThan(1);
    }
    const hues = new Map(details.map((area) => [area.id, area.hue]));
    for (const area of details) for (const other of area.neighbours) expect(hues.get(other.id)).not.toBe(area.hue);
  });

  test("no area holds more than the whole of another one, whatever rounding says", async () => {
    for (const { id } of await areasOf("limit=60")) AreaDetail.parse(await ask(`/api/areas/${id}`));
  });

  test("shares of another network's areas add up to the whole", async () => {
    const [grid] = await areasOf("level=3&limit=1");
    const { elsewhere } = AreaDetail.parse(await ask(`/api/areas/${grid.id}`));
    const shares = new Map<string, number>();
    for (const { network, share } of elsewhere) shares.set(network, (shares.get(network) ?? 0) + share);
    expect(shares.size).toBeGreaterThan(0);
    for (const share of shares.values()) expect(share).toBeCloseTo(1, 2);
  });

  test("at a place answer every network, from the top down", async () => {
    const [grid] = await areasOf("level=3&limit=1");
    const [lon, lat] = grid.at;
    const place = AreasAt.parse(await ask(`/api/areas/at?lon=${lon}&lat=${lat}`));
    const governance = place.networks.find((entry) => entry.network === "governance")!;
    expect(governance.areas.map((area) => area.level)).toEqual([1, 2, 3]);
    expect(governance.areas[2].id).toBe(grid.id);
    expect(AreasAt.parse(await ask("/api/areas/at?lon=0&lat=0")).networks).toEqual([]);
  });

  test("come in pages by code, without a gap or a repetition", async () => {
    const all = await areasOf("level=3");
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: AreaList = AreaList.parse(await ask(`/api/areas?level=3&limit=10${after ? `&after=${after}` : ""}`));
      seen.push(...page.areas.map((area) => area.code));
      after = page.next;
    } while (after);
    expect(seen).toEqual(all.map((area) => area.code));
  });

  test("in a box are those whose envelope meets it", async () => {
    const all = await areasOf("level=3");
    const [west, south, east, north] = all[0].bbox;
    const found = new Set((await areasOf(`level=3&bbox=${all[0].bbox}`)).map((area) => area.id));
    for (const area of all) {
      const meets = area.bbox[0] <= east && area.bbox[2] >= west && area.bbox[1] <= north && area.bbox[3] >= south;
      expect(found.has(area.id)).toBe(meets);
    }
  });

  test("carry the surface that the kernel measures", async () => {
    const areas = await areasOf("level=3");
    const byCode = new Map(demo.city.area.filter((row) => row.network_id === 1).map((row) => [row.code, row]));
    for (const area of areas) expect(area.area_m2).toBeCloseTo(areaOf(byCode.get(area.code)!.geom), 3);
  });

  test("of an edition or day that is not there are 404 and name what there is", async () => {
    expect(await ask("/api/areas?edition=9", 404)).toMatchObject({ code: "edition.unknown", allowed: ["1"] });
    expect(await ask("/api/areas?on=1999-01-01", 404)).toMatchObject({ code: "edition.unknown" });
    expect(await ask("/api/areas?network=moon", 404)).toMatchObject({
      code: "network.unknown",
      allowed: expect.arrayContaining(["governance"]),
    });
  });

  test("asked for with what cannot be read are 400 and name the parameter", async () => {
    for (const [query, pointer] of [
      ["edition=x", "edition"],
      ["bbox=1,2,3", "bbox"],
      ["bbox=a,b,c,d", "bbox"],
      ["on=2026-13-01", "on"],
      ["limit=0", "limit"],
    ]) {
      const refused = (await ask(`/api/areas?${query}`, 400)) as { pointer: string };
      expect(refused.pointer.split("/")[0]).toBe(pointer);
    }
  });

  test("that are not there are 404, whatever the id looks like", async () => {
    for (const id of ["999999999", "governance:000", "moon:1", "%27", "1e5", "-1", "９"]) {
      expect(await ask(`/api/areas/${id}`, 404)).toMatchObject({ code: expect.stringMatching(/unknown$/) });
    }
  });
});

describe("search", () => {
  test("finds a community by its name first", async () => {
    const [first] = await search("慧泽社区");
    expect(first).toMatchObject({ kind: "area", title: expect.stringContaining("慧泽社区") });
    expect(first.bbox).not.toBeNull();
  });

  test("finds a grid by its code, a road, an address, a key unit and a company by their names", async () => {
    const { city } = demo;
    const grid = city.area.find((row) => row.short_name === "慧泽03")!;
    expect((await search(grid.code))[0]).toMatchObject({ kind: "area", key: `governance:${grid.code}` });
    const road = city.road.find((row) => row.name !== null)!;
    expect((await search(road.name!)).some((hit) => hit.kind === "road")).toBe(true);
    expect((await search(city.address[0].text))[0]).toMatchObject({ kind: "address" });
    expect((await search(city.key_unit[0].name, liaison)).some((hit) => hit.kind === "key_unit")).toBe(true);
    expect((await search(city.legal_entity[0].name)).some((hit) => hit.kind === "legal_entity")).toBe(true);
  });

  test("finds letters whatever their case and width", async () => {
    const fire = demo.city.area.find((row) => /^XF-\d+$/.test(row.short_name))!;
    const wide = fire.short_name.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    for (const words of [fire.short_name, fire.short_name.toLowerCase(), wide]) {
      expect((await search(words)).map((hit) => hit.key)).toContain(`fire:${fire.code}`);
    }
  });

  test("takes signs of the pattern language as plain text", async () => {
    for (const words of ["%", "_", "\\", "慧%", "'; drop table area; --"]) expect(await search(words)).toEqual([]);
    const [count] = await demo.db.query(sql<{ areas: number }>`select count(*)::int as areas from area`);
    expect(count.areas).toBe(demo.city.area.length);
  });

  test("without words is 400", async () => {
    await ask("/api/search", 400);
    await ask("/api/search?q=%20", 400);
  });
});

describe("registers", () => {
  test("every register answers each kind of record with its place and areas", async () => {
    const tables: Record<string, string> = {
      buildings: "building",
      roads: "road",
      estates: "estate",
      facilities: "facility",
      legal_entities: "legal_entity",
      pipes: "pipe",
      components: "component",
      key_units: "key_unit",
      small_places: "small_place",
      addresses: "address",
    };
    for (const register of registers) {
      const rows = await demo.db.query<{ id: string }>({
        text: `select min(id)::text as id from ${tables[register]}`,
        values: [],
      });
      const record = RecordDetail.parse(await ask(`/api/registers/${register}/${rows[0].id}`, 200, liaison));
      expect(record.areas.length, register).toBeGreaterThan(0);
      expect(record.source, register).toContain("演示");
    }
  });

  test("a pipe node is found among the components behind 2^40", async () => {
    const [node] = await demo.db.query(
      sql<{ id: number; code: string }>`select id, code from pipe_node order by id limit 1`,
    );
    const record = RecordDetail.parse(await ask(`/api/registers/components/${2 ** 40 + node.id}`, 200, liaison));
    expect(record.title).toBe(node.code);
  });

  test("no record shows a phone in full that is not public", async () => {
    const [unit] = await demo.db.query(sql<{ id: string; phone: string }>`
      select key_unit_id::text as id, phone from contact where key_unit_id is not null limit 1`);
    expect(JSON.stringify(await ask(`/api/registers/key_units/${unit.id}`, 200, liaison))).not.toContain(unit.phone);
  });

  test("an unknown register names the known ones, an unknown record is 404", async () => {
    expect(await ask("/api/registers/secrets/1", 404)).toMatchObject({
      code: "register.unknown",
      allowed: [...registers],
    });
    expect(await ask("/api/registers/buildings/0", 404)).toMatchObject({ code: "record.unknown" });
    expect(await ask("/api/registers/components/99999999999999999999", 404)).toMatchObject({ code: "record.unknown" });
  });
});

describe("portraits", () => {
  test("are served so that no script could run, and only with consent", async () => {
    const [shown] = await demo.db.query(sql<{ id: string }>`
      select id::text as id from staff where photo_public and portrait is not null limit 1`);
    const answer = await request(demo.app).get(`/api/staff/${shown.id}/portrait`).expect(200);
    expect(answer.headers["content-type"]).toContain("image/svg+xml");
    expect(answer.headers["content-security-policy"]).toContain("sandbox");
    const [hidden] = await demo.db.query(
      sql<{ id: string }>`select id::text as id from staff where not photo_public limit 1`,
    );
    if (hidden) await ask(`/api/staff/${hidden.id}/portrait`, 404);
    await ask("/api/staff/x/portrait", 404);
  });
});

describe("values that the database could not take", () => {
  test("are refused by name: NUL, a day of the year 0, a level beyond any tree", async () => {
    for (const [path, pointer] of [
      ["/api/areas?parent=%00", "parent"],
      ["/api/areas?text=a%00b", "text"],
      ["/api/areas?after=%00", "after"],
      ["/api/areas?level=99999999999", "level"],
      ["/api/areas?on=0000-01-01", "on"],
      ["/api/areas/at?lon=114&lat=30&on=0000-01-01", "on"],
      ["/api/areas/governance:1?on=0000-01-01", "on"],
      ["/api/search?q=a%00b", "q"],
    ]) {
      expect(await ask(path, 400), path).toMatchObject({ code: "request.invalid", pointer });
    }
    expect(await ask("/api/areas/governance:%00", 404)).toMatchObject({ code: "area.unknown" });
  });

  test("no code is too long to be opened: 64 characters, as the table takes", async () => {
    const code = "9".repeat(64);
    await demo.db.query(sql`
      update area set code = ${code} where id = (select max(a.id) from area a join network n on n.id = a.network_id
        where n.code = 'governance')`);
    expect(await ask(`/api/areas/governance:${code}`)).toMatchObject({ code });
  });
});

test("an edition is nobody's to see before its day", async () => {
  await demo.db.query(sql`update edition set to_day = '2998-12-31' where number = 1`);
  await demo.db.query(sql`
    insert into edition (network_id, number, from_day, note)
    select id, 2, '2998-12-31', 'decided in secret' from network where code = 'governance'`);
  onTestFinished(async () => {
    await demo.db.query(sql`delete from edition where number = 2`);
    await demo.db.query(sql`update edition set to_day = null where number = 1`);
  });
  const { editions } = EditionList.parse(await ask("/api/editions"));
  expect(editions.map(({ number }) => number)).toEqual([1]);
  for (const path of [
    "/api/areas?edition=2",
    "/api/areas?on=2999-01-01",
    "/api/areas/1?edition=2",
    "/api/areas/1?on=2999-01-01",
    "/api/areas/at?lon=121.39&lat=33.595&on=2999-01-01",
  ]) {
    expect(await ask(path, 404), path).toMatchObject({ code: "edition.unknown" });
  }
  const [network] = await tileRows(demo.db, () => "2998-12-30").networks();
  expect(network).toMatchObject({ current: 1, editions: [1] });
});
