import { beforeAll, expect, test } from "vitest";
import { areaOf } from "../../../data/measure/area.ts";
import { sql } from "../../../server/db/sql.ts";
import { type Browser, type CheckDoor, checkDoor, crosswalk } from "../../support/check_door.ts";
import { anArea, smallCity, square } from "../../support/small_city.ts";

let door: CheckDoor;
let planner: Browser;

/**
 * The small city with two fire areas: the western half with a quarter more, and the rest of the row below.
 *
 *     ┌─────┬─┬───┐
 *     │     │ │   │    F1 over the west and a strip of the east, F2 over the rest of the lower right grid;
 *     │  F1 │ ├───┤    what is left of the upper right grid is in no fire area
 *     │     │ │F2 │
 *     └─────┴─┴───┘
 */
beforeAll(async () => {
  const city = smallCity();
  const [west, middle, east] = [121.4, 121.40125, 121.402];
  const tall = [west, 33.6, middle, 33.6, middle, 33.602, west, 33.602, west, 33.6];
  const low = [middle, 33.6, east, 33.6, east, 33.601, middle, 33.601, middle, 33.6];
  city.area = [
    ...city.area.filter(({ network_id }) => network_id === 1),
    anArea({ id: 6, code: "F1", network_id: 2, level_id: 3, geom: [[tall]] }),
    anArea({ id: 7, code: "F2", network_id: 2, level_id: 3, geom: [[low]] }),
  ];
  city.legal_entity = [
    {
      id: 1,
      name: "小风商店",
      short_name: "小风",
      credit_code: "91TEST00000000001A",
      kind: "shop",
      sector: "retail",
      key_trade: false,
      staff_count: 2,
      address: "小路2号",
      building_id: null,
      at: [121.4018, 33.6008],
    },
  ];
  door = await checkDoor(city);
  planner = await door.signedIn("planner", "governance:001");
});

test("shares of surface, homes and legal entities of each grid add up to it", async () => {
  const found = await crosswalk(planner, "from=governance&to=fire&area=001");
  expect(found).toMatchObject({ from: "governance", to: "fire", area: { code: "001" }, nested: 2 });
  expect(found.rows.map(({ area }) => area.code)).toEqual(["001001", "001002", "001003", "001004"]);
  for (const { total, parts, rest } of found.rows) {
    for (const what of ["area_m2", "households", "legal_entities"] as const) {
      expect(parts.reduce((sum, part) => sum + part[what], rest[what])).toBeCloseTo(total[what], 4);
    }
  }
  expect(found.rows[0]!.total.area_m2).toBeCloseTo(areaOf(square(0, 0)), 3);
  const [first, second, , fourth] = found.rows;
  expect(first!.parts).toMatchObject([{ area: { code: "F1" }, households: 3, households_share: 1 }]);
  expect(second!.parts.map(({ area, share }) => [area.code, Number(share.toFixed(3))])).toEqual([
    ["F2", 0.75],
    ["F1", 0.25],
  ]);
  expect(second!.parts[0]).toMatchObject({ households: 3, legal_entities: 1, legal_entities_share: 1 });
  expect(second!.parts[1]).toMatchObject({ households: 0, households_share: 0, legal_entities: 0 });
  expect(fourth!.rest.households).toBe(3);
  expect(fourth!.parts[0]!.legal_entities_share).toBeNull();
});

test("it can be asked the other way, of one area, and of a day", async () => {
  const back = await crosswalk(planner, "from=fire&to=governance&area=F2&on=2026-01-15");
  expect(back.rows).toHaveLength(1);
  expect(back.rows[0]!.parts.map(({ area }) => area.code)).toEqual(["001002"]);
  expect(back.nested).toBe(1);
});

test("special areas that lie over the others are no part of it", async () => {
  const special = (kind: string) =>
    door.db.transaction(async (tx) => {
      await tx.query(
        sql`update area_version set kind = ${kind} where area_id in (select id from area where code = '001001')`,
      );
      await tx.query(sql`select record_change('areas', '{}', null)`);
    });
  await special("special");
  expect((await crosswalk(planner, "from=governance&to=fire&area=001")).rows).toHaveLength(4);
  const system = await door.signedIn("system_admin", null);
  const rules = { special_areas: "over", water: "covered", hydrant_radius_m: 150 };
  await system.put("/api/networks/governance/rules").send(rules).expect(200);
  expect((await crosswalk(planner, "from=governance&to=fire&area=001")).rows).toHaveLength(3);
  await system
    .put("/api/networks/governance/rules")
    .send({ ...rules, special_areas: "beside" })
    .expect(200);
  await special("basic");
});

test("what cannot be crossed is refused", async () => {
  const ask = async (query: string, browser = planner) => {
    const { status, body } = await browser.get(`/api/crosswalk?${query}`);
    const { code, pointer } = body as { code: string; pointer?: string };
    return { status, code, pointer };
  };
  expect(await ask("from=governance&to=fire")).toMatchObject({ status: 400, pointer: "area" });
  expect(await ask("from=fire&to=fire&area=F1")).toMatchObject({ status: 400, pointer: "to" });
  expect(await ask("from=none&to=fire&area=001")).toMatchObject({
    status: 404,
    code: "network.unknown",
    pointer: "from",
  });
  expect(await ask("from=fire&to=none&area=F1")).toMatchObject({ status: 404, code: "network.unknown", pointer: "to" });
  expect(await ask("from=governance&to=fire&area=009")).toMatchObject({ status: 404, code: "area.unknown" });
  expect(await ask("from=governance&to=fire&area=001&on=2999-01-01")).toMatchObject({ status: 404, pointer: "on" });
  const below = await door.signedIn("planner", "governance:001001");
  expect(await ask("from=governance&to=fire&area=001", below)).toMatchObject({ status: 403, code: "access.forbidden" });
  expect(await ask("from=governance&to=fire&area=001001", below)).toMatchObject({ status: 200 });
  const worker = await door.signedIn("worker", "governance:001");
  expect(await ask("from=governance&to=fire&area=001", worker)).toMatchObject({ status: 403 });
  expect(door.app.failures).toEqual([]);
});
