import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlanChange } from "../../../data/schema/plan.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabase } from "../../support/database.ts";
import { twoSubdistricts } from "../../support/two_subdistricts.ts";
import { wholeApp, type WholeApp } from "../../support/whole_app.ts";
import { areaId, begin, type Browser, detailOf, somebody, write } from "./planning.ts";
import type { Db } from "../../../server/db/db.ts";

let db: Db;
let app: WholeApp;
let planner: Browser;

beforeAll(async () => {
  await buildWorkers();
  db = await testDatabase();
  await loadCity(db, twoSubdistricts());
  app = await wholeApp(db);
  const west = await areaId(db, "01");
  planner = await somebody(app, db, "planner", ["planner"], west);
});

afterAll(() => app.close());

test("a plan begins with the areas in force and takes an operation", async () => {
  const plan = await begin(planner, "011");
  const detail = await detailOf(planner, plan.id);
  expect(detail.areas.map(({ code }) => code)).toEqual(["011", "0111", "0112"]);
  const grid = detail.areas[1]!;
  const answer = await write(planner, `/api/plans/${plan.id}/operations`, plan.revision, {
    op: "split",
    area: grid.id,
    by: {
      kind: "line",
      line: [
        [121.3999, 33.602],
        [121.4021, 33.602],
      ],
      new_side: "left",
    },
    name: "新网格",
    short_name: "新",
  });
  expect(answer.body).toMatchObject({ revision: 1 });
  const change = answer.body as PlanChange;
  expect(change.changed.map(({ id }) => id)).toEqual(expect.arrayContaining([grid.id, "new-1"]));
  expect(app.failures).toEqual([]);
});
