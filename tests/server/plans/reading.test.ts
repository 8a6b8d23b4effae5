import { beforeAll, describe, expect, test } from "vitest";
import type { PlanBuildings, PlanCheck, PlanSummary, Published } from "../../../data/schema/plan.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { twoSubdistricts } from "../../support/two_subdistricts.ts";
import { areaId, begin, type Browser, problemOf, splitAt, startPlanning, write } from "./planning.ts";

let db: Db;
let planner: Browser;
let approver: Browser;
let stranger: Browser;
let clerk: Browser;
let one: string;
let two: string;

/** Each grid of the west has a leader of its own. */
function staffedCity() {
  const city = twoSubdistricts();
  const areas = city.area.filter(({ code }) => code === "0111" || code === "0112");
  for (const [i, { id: area_id, code }] of areas.entries()) {
    const id = 900 + i;
    const base = { organisation_id: null, portrait: null, photo_public: false };
    city.staff.push({ id, number: `L${code}`, name: `网格长${code}`, ...base });
    const targets = { building_id: null, entrance_id: null, road_id: null, key_unit_id: null };
    city.assignment.push({ id, staff_id: id, duty_id: 1, area_id, ...targets, from_day: "2020-01-01", to_day: null });
  }
  return city;
}

beforeAll(async () => {
  const planning = await startPlanning(staffedCity());
  const { somebody } = planning;
  db = planning.db;
  planner = await somebody("planner", ["planner"], "01");
  approver = await somebody("approver", ["approver"], "01");
  stranger = await somebody("stranger", ["planner"], "02");
  clerk = await somebody("clerk", ["worker"], "01");
  [one, two] = [await areaId(db, "0111"), await areaId(db, "0112")];
});

describe("the buildings of a plan", () => {
  const ask = (browser: Browser, { id }: PlanSummary) => browser.get(`/api/plans/${id}/buildings`);

  test("come with their places and counts, those of the plan's ground alone", async () => {
    const plan = await begin(planner, "011");
    const answer = await ask(planner, plan).expect(200);
    const buildings = answer.body as PlanBuildings;
    expect(buildings.households).toEqual([7411 - 4000, 3]);
    expect(buildings.people.length).toBe(2);
    expect(buildings.at.length).toBe(4);
    for (let i = 0; i < 4; i += 2) {
      expect(buildings.at[i]).toBeGreaterThan(121.4);
      expect(buildings.at[i]).toBeLessThan(121.404);
    }
    expect(answer.headers["cache-control"]).toBe("no-store");
    const half = await begin(planner, "0112");
    expect(((await ask(planner, half).expect(200)).body as PlanBuildings).households).toEqual([3]);
    expect(((await ask(approver, plan).expect(200)).body as PlanBuildings).households.length).toBe(2);
  });

  test("are nobody's who may not read the plan", async () => {
    const plan = await begin(planner, "011");
    expect(problemOf(await ask(stranger, plan))).toEqual([404, "plan.unknown"]);
    expect((await ask(clerk, plan)).status).toBe(403);
    expect(problemOf(await ask(planner, { ...plan, id: "999999" }))).toEqual([404, "plan.unknown"]);
    expect(problemOf(await ask(planner, { ...plan, id: "x" }))).toEqual([404, "plan.unknown"]);
  });
});

describe("those who answer for areas that a plan changes", () => {
  const staffOf = async ({ id }: PlanSummary) =>
    ((await planner.get(`/api/plans/${id}/check`).expect(200)).body as PlanCheck).staff
      .map(({ area, duty, person, why }) => `${area.code} ${duty} ${person} ${why}`)
      .filter((line) => line.includes("网格长"));

  test("are told as publishing treats them: split, merged or not at all", async () => {
    const plan = await begin(planner, "011");
    const path = `/api/plans/${plan.id}`;
    expect(await staffOf(plan)).toEqual([]);
    // a quarter of a grid goes to its neighbour: both stay what they were
    const ring = [
      [121.401, 33.6],
      [121.402, 33.6],
      [121.402, 33.602],
      [121.401, 33.602],
      [121.401, 33.6],
    ];
    await write(planner, `${path}/operations`, 0, { op: "give", to: two, place: [[ring]] }).expect(200);
    expect(await staffOf(plan)).toEqual([]);
    await write(planner, `${path}/undo`, 1).expect(200);
    await write(planner, `${path}/operations`, 2, splitAt(one, 2)).expect(200);
    expect(await staffOf(plan)).toEqual(["0111 leader 网格长0111 split"]);
    await write(planner, `${path}/undo`, 3).expect(200);
    await write(planner, `${path}/operations`, 4, { op: "merge", keep: one, areas: [two] }).expect(200);
    expect(await staffOf(plan)).toEqual(["0111 leader 网格长0111 merged", "0112 leader 网格长0112 merged"]);
    await write(planner, `${path}/submit`, 5, { from_day: null }).expect(200);
    await write(approver, `${path}/approve`, 6).expect(200);
    const published = await write(approver, `${path}/publish`, 7, { name: plan.name }).expect(200);
    expect((published.body as Published).assignments).toMatchObject({ kept: 0, ended: 1 });
    const unsure = await db.query(sql<{ words: string }>`
      select a.code || ' ' || s.name as words from assignment m join area a on a.id = m.area_id
        join staff s on s.id = m.staff_id join duty d on d.id = m.duty_id and d.code = 'leader'
      where m.to_confirm and s.number like 'L%' order by 1`);
    expect(unsure.map(({ words }) => words)).toEqual(["0111 网格长0111", "0111 网格长0112"]);
  });
});
