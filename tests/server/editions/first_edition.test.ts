import request from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import { AreaList } from "../../../data/schema/area.ts";
import { serverActor } from "../../../server/audit/service.ts";
import { takeAppRole } from "../../../server/db/app_role.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { publishPlan } from "../../../server/editions/publish.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { readApi } from "../../support/demo_app.ts";
import { publishNow, publishParts, writePlan } from "../../support/edition_plans.ts";
import { smallCity, square } from "../../support/small_city.ts";

let db: Db;

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
  await takeAppRole(db); // as the server does
});

describe("the first edition of a new network", () => {
  beforeAll(async () => {
    await db.query(sql`
      with made as (
        insert into network (code, prefix, name, name_en, mark, ordinal, source)
        values ('trial', 'SY', '试验网格', 'Trial', '试', 9, '测试') returning id)
      insert into level (network_id, ordinal, role, name, name_en)
      select id, l.ordinal, l.role, l.role, l.role from made,
        (values (1, 'community'), (2, 'grid')) as l (ordinal, role)`);
    await publishNow(
      db,
      [
        { area: "new-1", level: 1, name: "全域", short_name: "全域", geom: square(0, 0, 2) },
        { area: "new-2", parent: "new-1", level: 2, name: "东", short_name: "东", geom: square(1, 0) },
        { area: "new-3", parent: "new-1", level: 2, name: "西", short_name: "西", code: "A7", geom: square(0, 0) },
        { area: "new-4", parent: "new-1", level: 2, name: "北", short_name: "北", geom: square(0, 1) },
      ],
      { network: "trial", base: null },
    );
  });

  test("is made like any other: codes, counts, hues, neighbours, search", async () => {
    const answer = await request(readApi(db)).get("/api/areas?network=trial");
    const { areas, edition } = AreaList.parse(answer.body);
    expect(edition).toBe(1);
    expect(areas.map(({ code, name, households }) => [code, name, households])).toEqual([
      ["001", "全域", 12], // with the house in the corner that no grid covers
      ["001001", "北", 3],
      ["001002", "东", 3],
      ["A7", "西", 3],
    ]);
    const [west, north, east] = ["A7", "001001", "001002"].map((code) => areas.find((area) => area.code === code)!.hue);
    expect(new Set([west, north]).size + new Set([west, east]).size).toBe(4);
    const hits = await request(readApi(db)).get(`/api/search?q=${encodeURIComponent("SY001002")}`);
    expect(hits.body.hits).toMatchObject([{ key: "trial:001002", subtitle: "试验网格 › 全域" }]);
  });

  test("leaves what belongs to other networks alone", async () => {
    const rows = await db.query(sql<object>`
      select n.code, count(*)::int as buildings from building_area m join network n on n.id = m.network_id group by n.code order by 1`);
    expect(rows).toEqual([
      { code: "fire", buildings: 5 },
      { code: "governance", buildings: 5 },
      { code: "trial", buildings: 5 },
    ]);
  });
});

describe("reasons for warnings", () => {
  test("go with the plan into its edition, and those of the former one stay where nothing changed", async () => {
    const ids = new Map(
      (
        await db.query(sql<{ id: string; code: string }>`
          select a.id::text as id, a.code from area a join network n on n.id = a.network_id where n.code = 'governance'`)
      ).map(({ id, code }) => [code, id]),
    );
    const [one, two, three, community] = ["001001", "001002", "001003", "001"].map((code) => ids.get(code)!);
    const east = [[[121.4003, 33.6, 121.401, 33.6, 121.401, 33.601, 121.4003, 33.601, 121.4003, 33.6]]];
    const west = [[[121.4, 33.6, 121.4003, 33.6, 121.4003, 33.601, 121.4, 33.601, 121.4, 33.6]]];
    const plan = await writePlan(db, [
      { area: "001001", geom: west },
      { area: "new-1", parent: "001", level: 2, name: "东格", short_name: "东格", geom: east },
    ]);
    await db.query(sql`
      insert into warning_reason (network_id, area_id, edition, plan_id, kind, keys, text, account_id)
      select n.id, r.area_id, case when r.of_plan then null else 1 end, case when r.of_plan then ${plan}::bigint end, r.kind,
        r.keys::text[], r.text, (select min(id) from account)
      from network n, (values
        (${community}::bigint, false, 'population', ${`{population:${one},population:${two}}`}, '两格'),
        (${community}::bigint, false, 'surface', null, '全部'),
        (${three}::bigint, false, 'surface', null, '河岸'),
        (null::bigint, true, 'population', '{population:new-1}', '新格')) as r (area_id, of_plan, kind, keys, text)
      where n.code = 'governance'`);
    expect(await publishPlan(db, publishParts(), plan, serverActor)).toMatchObject({ ok: true });
    const [fresh] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001005'`);
    const rows = await db.query(sql<object>`
      select r.text, r.keys, a.code from warning_reason r join area a on a.id = r.area_id where r.edition = 2 order by r.text`);
    expect(rows).toEqual([
      { text: "两格", keys: [`population:${two}`], code: "001" },
      { text: "新格", keys: [`population:${fresh!.id}`], code: "001" },
      { text: "河岸", keys: null, code: "001003" },
    ]);
  });
});
