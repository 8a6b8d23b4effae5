import { beforeAll, describe, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { isEmpty } from "../../../server/loading/is_empty.ts";
import { loadCity, loadIntoEmpty } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { aBuilding, anArea, smallCity, square } from "../../support/small_city.ts";

let db: Db;

const countsOf = async (code: string) => {
  const [row] = await db.query(sql`
    select households, people, registered, floating, let_homes, buildings, homes
    from area_count c join area a on a.id = c.area_id where a.code = ${code}`);
  return row;
};
const idOf = async (code: string) => {
  const [row] = await db.query(sql<{ id: number }>`select id from area where code = ${code}`);
  return row!.id;
};

describe("a small city", () => {
  beforeAll(async () => {
    db = await testDatabase();
    expect(await isEmpty(db)).toBe(true);
    await loadCity(db, smallCity(), { from_day: "2026-02-01" });
  });

  test("is no longer an empty database", async () => {
    expect(await isEmpty(db)).toBe(false);
  });

  test("has counts that are sums over its buildings, on every level", async () => {
    expect(await countsOf("001001")).toEqual({
      households: 3,
      people: 8,
      registered: 6,
      floating: 2,
      let_homes: 1,
      buildings: 2,
      homes: 1,
    });
    const all = { households: 12, people: 32, registered: 24, floating: 8, let_homes: 4, buildings: 5, homes: 4 };
    expect(await countsOf("001")).toEqual(all);
    expect(await countsOf("F1")).toEqual(all);
  });

  test("has the first edition of each network in force since the given day", async () => {
    const editions = await db.query(sql`
      select n.code, number, from_day, to_day from edition e join network n on n.id = e.network_id order by n.ordinal`);
    expect(editions).toEqual([
      { code: "governance", number: 1, from_day: "2026-02-01", to_day: null },
      { code: "fire", number: 1, from_day: "2026-02-01", to_day: null },
    ]);
  });

  test("has neighbours in both directions with the length of their border, corners not among them", async () => {
    const rows = await db.query(sql<{ code: string; border_m: number }>`
      select b.code, border_m from area_neighbour m join area a on a.id = m.area_id join area b on b.id = m.neighbour_id
      where a.code = '001001' order by b.code`);
    expect(rows.map((row) => row.code)).toEqual(["001002", "001003"]);
    expect(rows[0]!.border_m).toBeCloseTo(111, 0);
    expect(rows[1]!.border_m).toBeCloseTo(93, 0);
  });

  test("gives neighbours different hues", async () => {
    const equal = await db.query(sql`
      select 1 from area_neighbour m join area_version a on a.area_id = m.area_id
        join area_version b on b.area_id = m.neighbour_id where a.hue = b.hue`);
    expect(equal).toEqual([]);
  });

  test("has surfaces that add up and labels inside", async () => {
    const [row] = await db.query(sql<{ whole: number; parts: number; inside: boolean }>`
      select max(area_m2) filter (where a.code = '001') as whole, sum(area_m2) filter (where a.code like '00100_') as parts,
        bool_and(st_contains(v.geom, v.at)) as inside
      from area_version v join area a on a.id = v.area_id where a.code like '001%'`);
    expect(row!.parts).toBeCloseTo(row!.whole, 5);
    expect(row!.inside).toBe(true);
  });

  test("is found by names, codes and addresses, each with the place in words", async () => {
    const find = (words: string) =>
      db.query(sql`
      select kind, key, title, subtitle from search_entry where text ilike ${`%${words}%`} order by weight desc, title`);
    expect(await find("SQ001003")).toEqual([
      { kind: "area", key: "governance:001003", title: "小社区第3网格", subtitle: "社区治理网格 › 小社区" },
    ]);
    expect(await find("小路")).toEqual([
      { kind: "road", key: "1", title: "小路", subtitle: "小社区 › 小02" },
      { kind: "address", key: "1", title: "小路1号", subtitle: "小社区 › 小01" },
    ]);
    expect(await find("1幢")).toEqual([{ kind: "building", key: "1", title: "1幢", subtitle: "小社区 › 小01" }]);
  });

  test("is told to the change feed, once a layer, with its box", async () => {
    const changes = await db.query(sql`select rev, layer, ids, bbox from change order by rev`);
    const bbox = [121.4, 33.6, 121.4056, 33.6056];
    expect(changes).toEqual(
      ["areas", "buildings", "roads"].map((layer, i) => ({
        rev: i + 1,
        layer,
        ids: [],
        bbox: bbox.map((degrees) => expect.closeTo(degrees, 9)),
      })),
    );
  });

  test("keeps its counts true when a building changes or goes", async () => {
    await db.query(sql`update building set households = 10, people = 20, use = 'shop' where id = 2`);
    expect(await countsOf("001002")).toMatchObject({
      households: 10,
      people: 20,
      registered: 6,
      buildings: 1,
      homes: 0,
    });
    expect(await countsOf("001")).toMatchObject({ households: 19, people: 44, buildings: 5, homes: 3 });
    await db.query(sql`delete from building where id in (2, 5)`);
    expect(await countsOf("001002")).toMatchObject({ households: 0, people: 0, buildings: 0, homes: 0 });
    expect(await countsOf("001")).toMatchObject({ households: 9, people: 24, buildings: 3, homes: 3 });
    expect(await countsOf("F1")).toMatchObject({ households: 9, people: 24, buildings: 3, homes: 3 });
    await db.query(sql`select refresh_area_counts(id) from network`);
    expect(await countsOf("F1")).toMatchObject({ households: 9, people: 24, buildings: 3, homes: 3 });
  });

  test("takes another city beside it: ids and ordinals behind, duties shared, counts across networks", async () => {
    const other = {
      ...smallCity(),
      network: [{ id: 1, code: "town", prefix: "TN", name: "镇", name_en: "Town", mark: "镇", ordinal: 1 }],
      level: smallCity().level.slice(0, 1),
      area: [anArea({ id: 1, code: "001", geom: square(0, 0, 9) })],
      building: [aBuilding({ id: 1 }, [1, 1])],
      address: [],
    };
    await loadCity(db, other);
    expect(await db.query(sql`select code, ordinal from network order by ordinal`)).toEqual([
      { code: "governance", ordinal: 1 },
      { code: "fire", ordinal: 2 },
      { code: "town", ordinal: 3 },
    ]);
    expect(await db.query(sql`select count(*) as count from duty`)).toEqual([{ count: 1 }]);
    const [town] = await db.query(sql<{ id: number; buildings: number }>`
      select a.id, c.buildings from area_count c join area a on a.id = c.area_id join network n on n.id = a.network_id
      where n.code = 'town'`);
    // the four that were left, and the new one
    expect(town).toEqual({ id: 7, buildings: 5 });
    // the new building stands in the older networks as well
    expect(await countsOf("001004")).toMatchObject({ buildings: 2 });
  });

  test("whose rows break a rule leaves nothing behind", async () => {
    const before = await db.query(
      sql`select (select count(*) from area) as areas, (select max(rev) from change) as rev`,
    );
    const broken = {
      ...smallCity(),
      network: [{ ...smallCity().network[0]!, code: "third", prefix: "TH" }, smallCity().network[1]!],
    };
    await expect(loadCity(db, broken)).rejects.toMatchObject({ sqlstate: "23505", table: "network" });
    const wrong = { ...smallCity(), network: [], area: [anArea({ id: 1, code: "x", level_id: 99 })] };
    await expect(loadCity(db, wrong)).rejects.toThrow();
    expect(
      await db.query(sql`select (select count(*) from area) as areas, (select max(rev) from change) as rev`),
    ).toEqual(before);
  });

  test("can be given up half way", async () => {
    const stop = new AbortController();
    const load = loadCity(db, { ...smallCity(), network: [] }, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(load).rejects.toThrow(/abort/i);
  });

  test("an area keeps its code for good", async () => {
    const id = await idOf("001001");
    const again = db.query(sql`insert into area (network_id, code) select network_id, code from area where id = ${id}`);
    await expect(again).rejects.toMatchObject({ sqlstate: "23505" });
  });
});

describe("a first load", () => {
  let empty: Db;
  const keys = () =>
    empty.query(sql`
    select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as key
    from pg_constraint where contype = 'f' order by 1, 2`);

  test("with a reference to nothing fails whole, and leaves the rules as they were", async () => {
    empty = await testDatabase();
    const before = await keys();
    const dangling = smallCity();
    dangling.address[0]!.building_id = 99;
    await expect(loadCity(empty, dangling)).rejects.toMatchObject({ sqlstate: "23503", table: "address" });
    expect(await isEmpty(empty)).toBe(true);
    expect(await keys()).toEqual(before);
  });

  test("of two servers that start at once is made by one, the other finds the city there", async () => {
    const before = await keys();
    const loads = await Promise.all([loadIntoEmpty(empty, smallCity()), loadIntoEmpty(empty, smallCity())]);
    expect(loads.filter((report) => report === null)).toHaveLength(1);
    expect(await empty.query(sql`select count(*) as count from network`)).toEqual([{ count: 2 }]);
    expect(await keys()).toEqual(before);
  });
});

describe("the demo community", () => {
  test("has its golden figures in every network, and each row it came with", async () => {
    db = await testDatabase();
    const city = generateDemo({ size: "community" });
    const { rows } = await loadCity(db, city);
    for (const [table, count] of Object.entries(rows)) {
      expect(count, table).toBe(city[table as "building"].length);
    }
    const tops = await db.query(sql`
      select n.code, sum(c.households) as households, sum(c.people) as people, sum(c.homes) as homes
      from area_version v join network n on n.id = v.network_id join area_count c on c.area_id = v.area_id
      where v.parent_id is null group by n.code order by n.code`);
    const golden = { households: 3189, people: 9470, homes: 131 };
    expect(tops).toEqual(["cells", "fire", "governance", "police"].map((code) => ({ code, ...golden })));
  });

  test("has valid geometry throughout", async () => {
    const tables = ["block", "estate", "building", "road", "pipe", "area_version"];
    for (const table of tables) {
      const invalid = await db.query({
        text: `select st_isvalidreason(geom) as reason from ${table} where not st_isvalid(geom)`,
        values: [],
      });
      expect(invalid, table).toEqual([]);
    }
  });
});
