import { beforeAll, beforeEach, expect, test } from "vitest";
import type { CheckReport, NewWarningReason } from "../../../data/schema/check.ts";
import { WarningReason } from "../../../data/schema/check.ts";
import { sql } from "../../../server/db/sql.ts";
import { type Browser, certificate, check, type CheckDoor, checkDoor } from "../../support/check_door.ts";
import { smallCity } from "../../support/small_city.ts";

let door: CheckDoor;
let planner: Browser;
const community = "areas/governance:001/check";

/** The small city under a profile that none of its grids fits, and that asks for a leader. */
beforeAll(async () => {
  const city = smallCity();
  city.profile = [
    {
      id: 1,
      name: "网格",
      source: "《测试办法》",
      joined: "or",
      households_min: 100,
      households_max: null,
      people_min: null,
      people_max: null,
      area_m2_min: null,
      area_m2_max: null,
      staffing: { leader: { min: 1, max: 1 } },
    },
  ];
  city.level[1]!.profile_id = 1;
  door = await checkDoor(city);
  planner = await door.signedIn("planner", "governance:001");
});

beforeEach(async () => {
  await door.db.query(sql`delete from warning_reason`);
});

const because = (facts: Partial<NewWarningReason>): NewWarningReason => ({
  kind: "population",
  keys: null,
  text: "老城区，户数少",
  ...facts,
});

async function give(browser: Browser, area: string, reason: object, status = 200): Promise<string> {
  const answer = await browser.post(`/api/areas/governance:${area}/check/reasons`).send(reason).expect(status);
  return status === 200 ? WarningReason.parse(answer.body).id : String((answer.body as { code: string }).code);
}

/** Codes of the areas whose warnings of the kind have a reason. */
const answered = ({ warnings }: CheckReport, kind = "population") =>
  warnings.filter((warning) => warning.kind === kind && warning.reason).map(({ area }) => area.code);

test("one reason answers every warning of a kind below its area, at once", async () => {
  const before = await check(planner, community);
  expect(before.summary.counts).toMatchObject({ warnings: { population: 4, staffing: 4 }, without_reason: 8 });
  const id = await give(planner, "001", because({}));
  const after = await check(planner, community);
  expect(answered(after)).toEqual(["001001", "001002", "001003", "001004"]);
  expect(answered(after, "staffing")).toEqual([]);
  expect(after.summary.counts.without_reason).toBe(4);
  expect(after.warnings.find(({ kind }) => kind === "population")!.reason).toMatchObject({
    id,
    text: "老城区，户数少",
    by: "显示planner.1",
  });
  // the findings are still those of before
  expect(after.summary.checked_at).toBe(before.summary.checked_at);
  expect((await certificate(planner, "areas/governance:001/certificate")).counts.without_reason).toBe(4);
});

test("a reason of an area holds for what is below it, and not beside or above", async () => {
  await give(planner, "001002", because({}));
  expect(answered(await check(planner, community))).toEqual(["001002"]);
  expect(answered(await check(planner, "areas/governance:001002/check"))).toEqual(["001002"]);
  expect(answered(await check(planner, "areas/governance:001001/check"))).toEqual([]);
});

test("a reason of an area above holds where only what is below is checked", async () => {
  await give(planner, "001", because({}));
  expect(answered(await check(planner, "areas/governance:001001/check"))).toEqual(["001001"]);
});

test("a reason that names warnings answers those alone", async () => {
  const { warnings } = await check(planner, community);
  const keys = warnings.filter(({ kind }) => kind === "population").map(({ key }) => key);
  await give(planner, "001", because({ keys: keys.slice(1, 3) }));
  const report = await check(planner, community);
  expect(answered(report)).toEqual(["001002", "001003"]);
  expect(report.summary.counts.without_reason).toBe(6);
});

test("of several reasons the latest is told", async () => {
  await give(planner, "001", because({}));
  await give(planner, "001001", because({ text: "待拆迁" }));
  const { warnings } = await check(planner, community);
  expect(warnings.map(({ reason }) => reason?.text ?? null).slice(0, 4)).toEqual([
    "待拆迁",
    "老城区，户数少",
    "老城区，户数少",
    "老城区，户数少",
  ]);
});

test("a withdrawn reason is gone, and only its own area has it", async () => {
  const id = await give(planner, "001", because({}));
  const remove = (area: string, reason: string) =>
    planner.delete(`/api/areas/governance:${area}/check/reasons/${reason}`);
  await remove("001001", id).expect(404);
  await remove("001", "999999").expect(404);
  await remove("001", "x").expect(400);
  expect(answered(await check(planner, community))).toHaveLength(4);
  await remove("001", id).expect(204);
  expect(answered(await check(planner, community))).toEqual([]);
  await remove("001", id).expect(404);
});

test("a reason holds in its edition alone", async () => {
  await door.db.query(sql`update edition set to_day = '2026-02-01' where network_id = 1 and number = 1`);
  await door.db.query(sql`insert into edition (network_id, number, from_day) values (1, 2, '2026-02-01')`);
  const id = await give(planner, "001", because({}));
  expect(answered(await check(planner, `${community}?edition=1`))).toEqual([]);
  expect(answered(await check(planner, `${community}?edition=2`))).toHaveLength(4);
  await door.db.query(sql`update warning_reason set edition = 1`);
  await planner.delete(`/api/areas/governance:001/check/reasons/${id}`).expect(404);
  await door.db.query(sql`delete from warning_reason`);
  await door.db.query(sql`delete from edition where network_id = 1 and number = 2`);
  await door.db.query(sql`update edition set to_day = null where network_id = 1`);
});

test("given and withdrawn reasons are in the log, with who and what", async () => {
  const lines = async () =>
    door.db.query(sql<{ action: string; payload: string }>`
      select action, payload from audit where action like 'reason%' order by seq desc limit 1`);
  const id = await give(planner, "001", because({ keys: ["population:x"] }));
  const [given] = await lines();
  expect(JSON.parse(given.payload)).toMatchObject({
    action: "reason_give",
    account_name: "planner.1",
    target: `area:${await door.areaId("governance:001")}`,
    after: { reason: id, kind: "population", warnings: 1, text: "老城区，户数少" },
  });
  await planner.delete(`/api/areas/governance:001/check/reasons/${id}`).expect(204);
  const [withdrawn] = await lines();
  expect(JSON.parse(withdrawn.payload)).toMatchObject({ action: "reason_withdraw", before: { reason: id } });
});

test("what is no reason is refused with what is wrong", async () => {
  for (const wrong of [
    {},
    because({ text: " " }),
    because({ text: "很".repeat(501) }),
    because({ keys: [] }),
    { ...because({}), kind: "ugly" },
    { ...because({}), text: "\u0000\u0000\u0000" },
  ]) {
    expect(await give(planner, "001", wrong, 400)).toBe("request.invalid");
  }
  expect(await give(planner, "009", because({}), 404)).toBe("area.unknown");
});

test("reasons are given by planners and approvers, inside of their areas", async () => {
  for (const role of ["supervisor", "fire_liaison", "worker", "system_admin"] as const) {
    const other = await door.signedIn(role, role === "system_admin" ? null : "governance:001");
    expect(await give(other, "001", because({}), 403)).toBe("access.forbidden");
  }
  const below = await door.signedIn("approver", "governance:001001");
  expect(await give(below, "001", because({}), 403)).toBe("access.forbidden");
  expect(await give(below, "001002", because({}), 403)).toBe("access.forbidden");
  await give(below, "001001", because({}));
  const id = await give(planner, "001", because({}));
  await below.delete(`/api/areas/governance:001/check/reasons/${id}`).expect(403);
  expect(door.app.failures).toEqual([]);
});
