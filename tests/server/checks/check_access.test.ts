import request from "supertest";
import { beforeAll, expect, test } from "vitest";
import type { GrantedRole } from "../../../data/access/roles.ts";
import { grantedRoles } from "../../../data/access/roles.ts";
import type { CheckReport } from "../../../data/schema/check.ts";
import type { ComponentRow } from "../../../data/schema/city_rows.ts";
import { sql } from "../../../server/db/sql.ts";
import { type Browser, certificate, check, type CheckDoor, checkDoor } from "../../support/check_door.ts";
import { anArea, smallCity, square } from "../../support/small_city.ts";

let door: CheckDoor;
const community = "areas/governance:001/check";

/**
 * The small city with a strip of the first grid that nobody covers, a key unit in it, hydrants within and just outside,
 * one of them out of order, and a community beside that is nobody's here.
 */
beforeAll(async () => {
  const city = smallCity();
  city.area.push(
    anArea({ id: 7, code: "002", name: "邻社区", short_name: "邻", geom: square(2, 0, 2) }),
    anArea({
      id: 8,
      code: "002001",
      name: "邻格",
      short_name: "邻1",
      level_id: 2,
      parent_id: 7,
      geom: square(2, 0, 2),
    }),
  );
  const organisation = (id: number, name: string) =>
    ({ id, parent_id: null, code: `ORG${id}`, name, kind: "fire_brigade", area_id: null, at: null }) as const;
  city.organisation = [organisation(1, "甲站"), organisation(2, "乙站")];
  city.key_unit = [
    {
      id: 1,
      code: "KU-1",
      name: "隐秘仓库",
      short_name: "仓库",
      level: 1,
      category: "warehouse",
      address: "小路9号",
      building_id: null,
      organisation_id: 1,
      filed_managers: null,
      filed_maintenance: null,
      filed_assessment: null,
      at: [121.40095, 33.6005],
    },
  ];
  const hydrant = (id: number, lon: number, lat: number, status: "in_use" | "out_of_order" = "in_use") =>
    ({
      id,
      code: `HYD-${id}`,
      kind: "hydrant",
      status,
      diameter_mm: 100,
      pipe_id: null,
      road_id: null,
      at: [lon, lat],
    }) satisfies Partial<ComponentRow>;
  city.component = [
    hydrant(1, 121.4005, 33.6002),
    hydrant(2, 121.4015, 33.6018, "out_of_order"),
    // 46 m east of the community, 93 m from the house in the upper right
    hydrant(3, 121.4025, 33.6016),
  ];
  door = await checkDoor(city);
  const strip = "POLYGON((121.4 33.6,121.4009 33.6,121.4009 33.601,121.4 33.601,121.4 33.6))";
  await door.reshape("001001", strip);
});

const named = ({ faults }: CheckReport) =>
  faults.flatMap(({ thing }) => (thing ? [`${thing.kind} ${thing.name}`] : []));

const checking: GrantedRole[] = ["supervisor", "planner", "approver", "fire_liaison", "police_liaison"];

test.each(grantedRoles)("%s: asks for checks inside of the grant, or not at all", async (role) => {
  const isAdmin = role.endsWith("_admin");
  const browser = await door.signedIn(role, isAdmin ? null : "governance:001");
  const status = async (path: string) => (await browser.get(`/api/${path}`)).status;
  const allowed = checking.includes(role) ? 200 : 403;
  expect(await status(community)).toBe(allowed);
  expect(await status("areas/governance:001/certificate")).toBe(allowed);
  expect(await status("areas/governance:001001/check")).toBe(allowed);
  expect(await status("areas/governance:002/check")).toBe(403);
  expect(await status("networks/governance/check")).toBe(403); // half of it is another's
  expect(await status("networks/fire/certificate")).toBe(allowed); // all of it lies in the community
  if (allowed === 200) {
    expect(await status("areas/governance:none/check")).toBe(404);
    expect(await status("networks/none/check")).toBe(404);
  }
});

test("who did not sign in is asked to", async () => {
  for (const path of [community, "networks/governance/check", "areas/governance:001/certificate", "crosswalk"]) {
    await request(door.app.handler).get(`/api/${path}`).expect(401);
  }
});

test("several grants reach as far as their areas do together", async () => {
  const browser = await door.signedIn("supervisor", "governance:001002");
  await browser.get("/api/areas/fire:F1/check").expect(403);
  const widen = (codes: string[]) =>
    door.db.transaction(async (tx) => {
      await tx.query(sql`
        insert into role_grant (account_id, role, area_id)
        select (select max(id) from account), 'supervisor', id from area where code = any(${codes}::text[])`);
      await tx.query(sql`select record_change('access', array[(select max(id) from account)], null)`);
    });
  await widen(["001003", "001004"]);
  await door.app.catchUp();
  await browser.get("/api/areas/fire:F1/check").expect(403); // the first grid is missing
  await widen(["001"]);
  await door.app.catchUp();
  await browser.get("/api/areas/fire:F1/check").expect(200);
  await browser.get("/api/networks/fire/check").expect(200);
});

test("key units are named to those who may know them", async () => {
  for (const [role, knows] of [
    ["supervisor", true],
    ["fire_liaison", true],
    ["planner", false],
    ["approver", false],
  ] as const) {
    const report = await check(await door.signedIn(role, "governance:001"), community);
    expect({ role, names: named(report).includes("key_unit 隐秘仓库") }).toEqual({ role, names: knows });
    // what is proved of the areas is the same for all
    expect(report.summary.counts.faults.gap).toBe(1);
  }
});

test("who holds other things only is not told of this one", async () => {
  const browser = await door.signedIn("planner", "governance:001");
  const add = (organisation: number) =>
    door.db.transaction(async (tx) => {
      await tx.query(sql`
        insert into role_grant (account_id, role, area_id, organisation_id)
        select (select max(id) from account), 'fire_liaison', id, ${organisation}::bigint from area where code = '001'`);
      await tx.query(sql`select record_change('access', array[(select max(id) from account)], null)`);
    });
  await add(2);
  await door.app.catchUp();
  expect(named(await check(browser, community))).not.toContain("key_unit 隐秘仓库");
  await add(1);
  await door.app.catchUp();
  const report = await check(browser, community);
  expect(named(report)).toContain("key_unit 隐秘仓库");
  expect(report.hydrants).toBeNull(); // nobody holds a hydrant
});

test("hydrants are known to those who see them, as far as they see", async () => {
  const reach = async (role: GrantedRole, area: string, path: string) =>
    (await check(await door.signedIn(role, area), path)).hydrants;
  expect(await reach("planner", "governance:001", community)).toBeNull();
  // one inside, one out of order, one beyond the border of the grant
  expect(await reach("supervisor", "governance:001", community)).toMatchObject({
    hydrants: 1,
    buildings: 5,
    radius_m: 150,
  });
  const both = await door.signedIn("supervisor", "governance:001");
  await door.db.transaction(async (tx) => {
    await tx.query(sql`
      insert into role_grant (account_id, role, area_id)
      select (select max(id) from account), 'supervisor', id from area where code = '002'`);
    await tx.query(sql`select record_change('access', array[(select max(id) from account)], null)`);
  });
  await door.app.catchUp();
  const { hydrants } = await check(both, community);
  expect(hydrants).toMatchObject({ hydrants: 2, far_count: 0 });
});

test("a reader's findings are not another's: what is kept is kept apart", async () => {
  const [supervisor, planner] = [
    await door.signedIn("supervisor", "governance:001"),
    await door.signedIn("planner", "governance:001"),
  ];
  const [first, second] = await Promise.all([check(supervisor, community), check(planner, community)]);
  expect(first.hydrants).not.toBeNull();
  expect(second.hydrants).toBeNull();
  const alike = await door.signedIn("supervisor", "governance:001");
  expect((await check(alike, community)).summary.checked_at).toBe(first.summary.checked_at);
});

test("an area that is not the reader's is refused in words, and that is written down", async () => {
  const browser = await door.signedIn("planner", "governance:001");
  const { body } = await browser.get("/api/areas/governance:002/check").expect(403);
  expect(body).toMatchObject({ code: "access.forbidden", detail: expect.stringContaining("邻社区") as string });
  const [line] = await door.db.query(sql<{ payload: string }>`select payload from audit order by seq desc limit 1`);
  expect(JSON.parse(line.payload)).toMatchObject({
    action: "refused",
    target: "route:GET /api/areas/:id/check",
    outcome: "refused",
    problem: "access.forbidden",
  });
});

test("rules of a network are set by the system administrator alone, change what is found, and are in the log", async () => {
  const system = await door.signedIn("system_admin", null);
  const planner = await door.signedIn("planner", "governance:001");
  const put = (browser: Browser, rules: object, network = "governance") =>
    browser.put(`/api/networks/${network}/rules`).send(rules);
  const rules = { special_areas: "beside", water: "free", hydrant_radius_m: 40 };
  await put(planner, rules).expect(403);
  await put(system, { ...rules, water: "deep" }).expect(400);
  await put(system, { ...rules, hydrant_radius_m: 0 }).expect(400);
  await put(system, rules, "none").expect(404);
  const before = await certificate(planner, "areas/governance:001/certificate");
  expect(before.counts.faults).toMatchObject({ gap: 1 });
  await door.db.transaction(async (tx) => {
    await tx.query(sql`
      insert into ground (kind, name, shape, source) select 'water', '河', geom, '测试'
      from area_version v join area a on a.id = v.area_id where a.code = '001'`);
    await tx.query(sql`select record_change('ground', '{}', null)`);
  });
  expect((await certificate(planner, "areas/governance:001/certificate")).counts.faults).toMatchObject({ gap: 1 });
  const { body } = await put(system, rules).expect(200);
  expect(body).toEqual(rules);
  const after = await check(planner, community);
  expect(after.summary).toMatchObject({ rules, counts: { faults: {} } });
  expect(after.free_water).toHaveLength(1);
  const supervisor = await check(await door.signedIn("supervisor", "governance:001"), community);
  expect(supervisor.hydrants).toMatchObject({ radius_m: 40 });
  expect(supervisor.hydrants!.far_count).toBeGreaterThan(0);
  const [line] = await door.db.query(sql<{ payload: string }>`
    select payload from audit where action = 'rules_change' order by seq desc limit 1`);
  expect(JSON.parse(line.payload)).toMatchObject({
    target: "network:governance",
    before: { water: "covered", hydrant_radius_m: 150 },
    after: rules,
  });
  expect(door.app.failures).toEqual([]);
});
