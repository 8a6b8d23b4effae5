import { beforeAll, expect, test } from "vitest";
import type { PlanChange, PlanSummary } from "../../../data/schema/plan.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { areaId, begin, type Browser, detailOf, problemOf, startPlanning, write } from "./planning.ts";

let db: Db;
let planner: Browser;
let approver: Browser;

beforeAll(async () => {
  const planning = await startPlanning();
  db = planning.db;
  planner = await planning.somebody("planner", ["planner"], "01");
  approver = await planning.somebody("approver", ["approver"], "01");
});

/** A rectangle in squares of the city, as a feature. */
function box([west, south, east, north]: [number, number, number, number], properties: object) {
  const [w, s, e, n] = [121.4 + west / 1000, 33.6 + south / 1000, 121.4 + east / 1000, 33.6 + north / 1000];
  return {
    type: "Feature",
    properties,
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [w, s],
          [e, s],
          [e, n],
          [w, n],
          [w, s],
        ],
      ],
    },
  };
}

function fromFile(features: object[], more: object = {}) {
  const json = { type: "FeatureCollection", features };
  return { from: { kind: "file", json, crs: "EPSG:4490", name_field: "name", code_field: "code", ...more } };
}

test("begins from a file: known codes keep their areas, gaps are uncovered ground", async () => {
  const features = [box([0, 0, 2, 2], { name: "甲", code: "0111" }), box([2, 0, 4, 2], { name: "乙", code: "0119" })];
  const plan = await begin(planner, "011", fromFile(features));
  const detail = await detailOf(planner, plan.id);
  const grid = await areaId(db, "0111");
  expect(detail.areas.map(({ id, name }) => [id, name]).slice(1)).toEqual([
    [grid, "甲"],
    ["new-1", "乙"],
  ]);
  const taken = await write(planner, `/api/plans/${plan.id}/operations`, 0, {
    op: "take_uncovered",
    at: [121.401, 33.603],
    to: grid,
  });
  expect((taken.body as PlanChange).faults).toEqual([]);
});

test("a file with overlaps, places outside, broken rings, names or codes is refused with every place", async () => {
  const asked = (features: object[], more: object = {}) =>
    planner
      .post("/api/plans")
      .send({ name: "坏文件", network: "governance", area: "011", ...fromFile(features, more) });
  const overlap = await asked([box([0, 0, 3, 4], { name: "甲" }), box([2, 0, 4, 4], { name: "乙" })], {
    code_field: null,
  });
  expect(problemOf(overlap)).toEqual([422, "plan.file"]);
  expect(overlap.body).toMatchObject({ places: [{ what: expect.stringContaining("重叠") }], at: expect.any(Array) });
  const outside = await asked([box([0, 0, 5, 4], { name: "甲" })], { code_field: null });
  expect((outside.body as { detail: string }).detail).toContain("超出方案范围");
  const nameless = await asked([box([0, 0, 4, 4], { title: "甲" })]);
  expect((nameless.body as { detail: string }).detail).toContain("名称");
  const foreign = await asked([box([0, 0, 4, 4], { name: "甲", code: "0211" })]);
  expect((foreign.body as { detail: string }).detail).toContain("0211");
  const metres = await asked([box([0, 0, 4, 4], { name: "甲" })], { crs: "EPSG:4549", code_field: null });
  expect(problemOf(metres)).toEqual([422, "plan.file"]);
  expect(problemOf(await asked([], { crs: "GCJ-02" }))).toEqual([400, "request.invalid"]);
  const [{ count }] = (await db.query(
    sql<{ count: number }>`select count(*)::int as count from plan where name = '坏文件'`,
  )) as [{ count: number }];
  expect(count).toBe(0);
});

test("a file in metres stands where it belongs", async () => {
  const corner = [629_949.1, 3_718_617.9]; // about 121.4, 33.584
  const [x, y] = corner as [number, number];
  const ring = [
    [x, y],
    [x + 100, y],
    [x + 100, y + 100],
    [x, y + 100],
    [x, y],
  ];
  const feature = { type: "Feature", properties: { name: "甲" }, geometry: { type: "Polygon", coordinates: [ring] } };
  const network = aNetwork("metres");
  const plan = await begin(planner, null, { network, ...fromFile([feature], { crs: "EPSG:4549", code_field: null }) });
  const { areas } = await detailOf(planner, plan.id);
  expect(areas[0]!.area_m2).toBeGreaterThan(9_990);
  expect(areas[0]!.area_m2).toBeLessThan(10_010);
});

function aNetwork(code: string) {
  const level = { role: "grid", name: "网格", name_en: "Grid" };
  return {
    code,
    prefix: code.toUpperCase().replaceAll("_", ""),
    name: `网络${code}`,
    name_en: code,
    mark: "新",
    levels: [level],
  };
}

test("a new network begins from nothing, and goes with its plan when that is discarded", async () => {
  const plan = await begin(planner, null, { network: aNetwork("from_nothing"), from: { kind: "nothing" } });
  expect(plan).toMatchObject({ network: "from_nothing", base_edition: null, area: null, bbox: null });
  const twice = await planner
    .post("/api/plans")
    .send({ name: "x", network: aNetwork("from_nothing"), area: null, from: { kind: "nothing" } });
  expect(problemOf(twice)).toEqual([422, "plan.network"]);
  const place = [[box([0, 0, 1, 1], {}).geometry.coordinates[0]]];
  const added = await write(planner, `/api/plans/${plan.id}/operations`, 0, {
    ...{ op: "add_area", place, level: 1, parent: null, name: "首格", short_name: "首" },
  });
  expect(added.body).toMatchObject({ revision: 1, changed: [{ id: "new-1", households: 7411 - 4000 }] });
  await write(planner, `/api/plans/${plan.id}/discard`, 1).expect(200);
  expect(problemOf(await planner.get(`/api/plans/${plan.id}`))).toEqual([404, "plan.unknown"]);
  expect(await db.query(sql`select 1 from network where code = 'from_nothing'`)).toEqual([]);
});

test("what lies in no area of a new network keeps its plan from being submitted", async () => {
  const network = { ...aNetwork("first_one") };
  const features = [box([0, 0, 2, 4], { name: "甲" }), box([2, 0, 4, 4], { name: "乙" })];
  const plan = await begin(planner, null, { network, ...fromFile(features, { code_field: null }) });
  const checked = await planner.get(`/api/plans/${plan.id}/check`);
  expect(checked.status).toBe(200);
  // of a whole network what lies in no area is a fault: the other subdistrict's things
  expect((checked.body as { faults: { kind: string }[] }).faults.every(({ kind }) => kind === "uncovered")).toBe(true);
  expect(problemOf(await write(planner, `/api/plans/${plan.id}/submit`, 0, { from_day: null }))).toEqual([
    422,
    "plan.unclean",
  ]);
  expect((await detailOf(approver, plan.id)).plan.may).toEqual(["comment"]);
});

test("a plan whose area was retired meanwhile is refused, its revision unchanged", async () => {
  const [lower, upper] = [await begin(planner, "0111"), await begin(planner, "011")];
  const [one, two] = [await areaId(db, "0111"), await areaId(db, "0112")];
  const path = `/api/plans/${upper.id}`;
  await write(planner, `${path}/operations`, 0, { op: "merge", keep: two, areas: [one] }).expect(200);
  await write(planner, `${path}/submit`, 1, { from_day: null }).expect(200);
  await write(approver, `${path}/approve`, 2).expect(200);
  await write(approver, `${path}/publish`, 3, { name: upper.name }).expect(200);
  const place = [[box([0, 0, 1, 1], {}).geometry.coordinates[0]]];
  const late = await write(planner, `/api/plans/${lower.id}/operations`, 0, { op: "give", to: one, place });
  expect(problemOf(late)).toEqual([409, "plan.retired"]);
  expect(problemOf(await write(planner, `/api/plans/${lower.id}/rebase`, 0))).toEqual([409, "plan.retired"]);
  const discarded = (await write(planner, `/api/plans/${lower.id}/discard`, 0).expect(200)).body as PlanSummary;
  expect(discarded).toMatchObject({ status: "discarded", revision: 1 });
});
