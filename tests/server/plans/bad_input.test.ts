import request from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import type { PlanSummary } from "../../../data/schema/plan.ts";
import type { Problem } from "../../../data/schema/problem.ts";
import type { Db } from "../../../server/db/db.ts";
import type { WholeApp } from "../../support/whole_app.ts";
import { areaId, begin, type Browser, detailOf, splitAt, startPlanning, write } from "./planning.ts";

let db: Db;
let app: WholeApp;
let planner: Browser;
let approver: Browser;
let grid: string;

beforeAll(async () => {
  const planning = await startPlanning();
  ({ db, app } = planning);
  planner = await planning.somebody("planner", ["planner"], "01");
  approver = await planning.somebody("approver", ["approver"], "01");
  grid = await areaId(db, "0111");
});

/** Every answer that refuses says what and what next. */
function expectRefused(answer: { status: number; body: unknown }, status: number, code: string): Problem {
  const refused = answer.body as Problem;
  expect({ status: answer.status, code: refused.code }).toEqual({ status, code });
  expect(refused.detail).not.toBe("");
  expect(refused.fix).not.toBe("");
  return refused;
}

describe("a plan that is no draft any more", () => {
  /** What a writer may try, on the revision that holds. */
  async function expectClosed({ id }: PlanSummary, status: PlanSummary["status"]): Promise<void> {
    const before = (await detailOf(planner, id)).plan;
    expect(before.status).toBe(status);
    const path = `/api/plans/${id}`;
    const tries = [
      write(planner, `${path}/operations`, before.revision, splitAt(grid, 1)),
      write(planner, `${path}/undo`, before.revision),
      write(planner, `${path}/redo`, before.revision),
      write(planner, `${path}/submit`, before.revision, { from_day: null }),
    ];
    for (const answer of await Promise.all(tries)) expectRefused(answer, 409, "plan.status");
    expect((await detailOf(planner, id)).plan).toEqual(before);
  }

  test("takes no operation, undo or redo: submitted, approved, published or discarded", async () => {
    const plan = await begin(planner, "011");
    const path = `/api/plans/${plan.id}`;
    await write(planner, `${path}/operations`, 0, splitAt(grid, 2)).expect(200);
    await write(planner, `${path}/submit`, 1, { from_day: null }).expect(200);
    await expectClosed(plan, "submitted");
    await write(approver, `${path}/approve`, 2).expect(200);
    await expectClosed(plan, "approved");
    await write(approver, `${path}/publish`, 3, { name: plan.name }).expect(200);
    await expectClosed(plan, "published");
    for (const turn of ["withdraw", "discard", "rebase"]) {
      expectRefused(await write(planner, `${path}/${turn}`, 4), 409, "plan.status");
    }
    const given_up = await begin(planner, "011");
    await write(planner, `/api/plans/${given_up.id}/discard`, 0).expect(200);
    await expectClosed(given_up, "discarded");
  });
});

describe("a write on a draft", () => {
  let plan: PlanSummary;
  let path: string;

  beforeAll(async () => {
    plan = await begin(planner, "011");
    path = `/api/plans/${plan.id}/operations`;
  });

  async function expectUnchanged(): Promise<void> {
    expect((await detailOf(planner, plan.id)).plan).toMatchObject({ revision: 0, can_undo: 0, can_redo: 0 });
  }

  test("touches no area outside of the plan", async () => {
    const far = await areaId(db, "0211");
    const ring = [
      [121.4045, 33.6],
      [121.405, 33.6],
      [121.405, 33.601],
      [121.4045, 33.6],
    ];
    const place = [[ring]];
    const tries = [
      splitAt(far, 2),
      { op: "give", to: far, place },
      { op: "merge", keep: far, areas: [grid] },
      { op: "set_attributes", area: far, set: { name: "别人的" } },
      { op: "set_attributes", area: await areaId(db, "01"), set: { name: "上级" } },
      { op: "set_attributes", area: grid, set: { parent_id: await areaId(db, "021") } },
    ];
    for (const operation of tries) {
      const answer = await write(planner, path, 0, operation);
      expect([operation, answer.body]).toMatchObject([operation, { code: "plan.refused" }]);
      const { reason, areas } = expectRefused(answer, 422, "plan.refused");
      expect({ operation, reason }).toEqual({
        operation,
        reason: expect.stringMatching(/^(unknown_area|wrong_level)$/),
      });
      expect(areas!.length).toBeGreaterThan(0);
    }
    await expectUnchanged();
  });

  test("names the revision that it was made on, in the form of an ETag", async () => {
    const operation = splitAt(grid, 2);
    for (const seen of ['"7"', '"2147483647"']) {
      const stale = await planner.post(path).set("If-Match", seen).send(operation);
      expect(expectRefused(stale, 412, "plan.stale").revision).toBe(0);
    }
    for (const seen of ["*", "abc", '"-1"', '"99999999999999999999"', '"0", "1"']) {
      const answer = await planner.post(path).set("If-Match", seen).send(operation);
      expect([seen, answer.status]).toEqual([seen, expect.toBeOneOf([400, 412, 428])]);
    }
    await expectUnchanged();
  });

  test("names a request number that can be one, and means the same by it each time", async () => {
    const send = (key: string, revision: number, row: number) =>
      write(planner, path, revision, splitAt(grid, row)).set("Idempotency-Key", key);
    expectRefused(await send("x".repeat(201), 0, 2), 400, "request.invalid");
    expectRefused(await send(" ", 0, 2), 400, "request.invalid");
    await expectUnchanged();
    await send("mine", 0, 1).expect(200);
    expectRefused(await send("mine", 0, 1.5), 422, "plan.key_reused");
    expectRefused(await send("mine", 1, 1.5), 422, "plan.key_reused");
    // asked again after somebody went on: what it did is told, nothing is done
    await write(planner, `/api/plans/${plan.id}/undo`, 1).expect(200);
    expect((await send("mine", 0, 1).expect(200)).body).toMatchObject({ revision: 1, removed: ["new-1"] });
    expect((await detailOf(planner, plan.id)).plan).toMatchObject({ revision: 2, can_undo: 0, can_redo: 1 });
  });

  test("is an operation of a size that somebody can have drawn", async () => {
    const at = (await detailOf(planner, plan.id)).plan.revision;
    const line = Array.from({ length: 20_000 }, (_, i) => [121.39 + i * 1e-6, 33.602]);
    const long = { ...splitAt(grid, 2), by: { kind: "line", line, new_side: "left" } };
    expect((await write(planner, path, at, long)).status).toBe(413);
    const wrong: object[] = [
      { op: "explode" },
      {
        ...splitAt(grid, 2),
        by: {
          kind: "line",
          line: [
            [121.4, null],
            [121.5, 33.6],
          ],
          new_side: "left",
        },
      },
      {
        ...splitAt(grid, 2),
        by: {
          kind: "line",
          line: [
            [1e9, 0],
            [121.5, 33.6],
          ],
          new_side: "left",
        },
      },
      { op: "give", to: grid, place: [] },
      { op: "merge", keep: grid, areas: [] },
      { op: "merge", keep: "'; drop table plan; --", areas: [grid] },
      { op: "set_attributes", area: grid, set: { name: "" } },
      { op: "set_attributes", area: grid, set: { name: "a\0b" } },
      { op: "set_attributes", area: grid, set: { code: "a b" } },
    ];
    for (const operation of wrong) {
      const answer = await write(planner, path, at, operation);
      expect([operation, answer.status]).toEqual([operation, 400]);
      expectRefused(answer, 400, "request.invalid");
    }
    await request(app.handler).post(path).send(splitAt(grid, 2)).expect(401);
    expect((await detailOf(planner, plan.id)).plan.revision).toBe(at);
  });
});

describe("a file that a plan is to begin from", () => {
  type Ring = [number, number][];
  const feature = (ring: Ring | Ring[], properties: object = { name: "甲" }) => ({
    type: "Feature",
    properties,
    geometry: { type: "Polygon", coordinates: typeof ring[0]![0] === "number" ? [ring] : ring },
  });
  const box = (w: number, s: number, e: number, n: number): Ring =>
    (
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ] as Ring
    ).map(([x, y]) => [121.4 + x / 1000, 33.6 + y / 1000]);

  const asked = (json: unknown, more: object = {}) =>
    planner.post("/api/plans").send({
      ...{ name: "坏文件", network: "governance", area: "011" },
      from: { kind: "file", json, crs: "EPSG:4490", name_field: "name", code_field: null, ...more },
    });
  const collection = (...features: object[]) => ({ type: "FeatureCollection", features });

  async function plans(): Promise<number> {
    return ((await planner.get("/api/plans?limit=200").expect(200)).body as { plans: object[] }).plans.length;
  }

  test("is refused with the reason and every place, and leaves nothing behind", async () => {
    const before = await plans();
    const bowtie: Ring = [
      [0, 0],
      [4, 4],
      [4, 0],
      [0, 4],
      [0, 0],
    ].map(([x, y]) => [121.4 + x! / 1000, 33.6 + y! / 1000]);
    const metres: Ring = [
      [537130, 3719000],
      [537230, 3719000],
      [537230, 3719100],
      [537130, 3719000],
    ];
    const line = {
      type: "Feature",
      properties: { name: "线" },
      geometry: {
        type: "LineString",
        coordinates: [
          [121.4, 33.6],
          [121.41, 33.6],
        ],
      },
    };
    const cases: [string, unknown, object, RegExp, boolean][] = [
      ["crosses itself", collection(feature(bowtie)), {}, /自相交/, true],
      ["the same twice", collection(feature(box(0, 0, 4, 4)), feature(box(0, 0, 4, 4))), {}, /重叠/, true],
      [
        "a code twice",
        collection(
          feature(box(0, 0, 2, 4), { name: "甲", code: "0118" }),
          feature(box(2, 0, 4, 4), { name: "乙", code: "0118" }),
        ),
        { code_field: "code" },
        /1 处名称或编码/,
        true,
      ],
      ["metres said to be degrees", collection(feature(metres)), {}, /./, false],
      ["degrees said to be metres", collection(feature(box(0, 0, 4, 4))), { crs: "EPSG:4549" }, /./, false],
      [
        "another system in the file",
        { ...collection(feature(box(0, 0, 4, 4))), crs: { type: "name", properties: { name: "EPSG:3857" } } },
        {},
        /./,
        false,
      ],
      ["a line", collection(line), {}, /./, false],
      ["an open ring", collection(feature(box(0, 0, 4, 4).slice(0, 4))), {}, /./, false],
      ["a hole as large as the area", collection(feature([box(0, 0, 4, 4), box(0, 0, 4, 4)])), {}, /./, false],
      ["nothing", collection(), {}, /没有面/, false],
      ["no collection", [1, 2, 3], {}, /./, false],
      ["text", "FeatureCollection", {}, /./, false],
    ];
    for (const [what, json, more, detail, hasPlaces] of cases) {
      const answer = await asked(json, more);
      expect({ what, status: answer.status }).toEqual({ what, status: 422 });
      const refused = expectRefused(answer, 422, "plan.file");
      expect({ what, detail: refused.detail }).toEqual({ what, detail: expect.stringMatching(detail) });
      if (hasPlaces) expect({ what, places: refused.places?.length }).toEqual({ what, places: expect.any(Number) });
      for (const { at } of refused.places ?? []) if (at) expect(Math.abs(at[0])).toBeLessThanOrEqual(180);
    }
    expect(await plans()).toBe(before);
  });

  test("nests as deep as one likes, and names nothing that is everybody's", async () => {
    let deep: unknown = [121.4, 33.6];
    for (let i = 0; i < 5_000; i++) deep = [deep];
    const nested = { type: "Feature", properties: { name: "甲" }, geometry: { type: "Polygon", coordinates: deep } };
    expect((await asked(collection(nested))).status).toBeOneOf([400, 422]);
    const named = feature(box(0, 0, 4, 4), JSON.parse('{"__proto__": {"name": "甲"}}') as object);
    expect((await asked(collection(named))).status).toBe(422);
    expect((await asked(collection(feature(box(0, 0, 4, 4))), { name_field: "__proto__" })).status).toBe(422);
    expect((await asked(collection(feature(box(0, 0, 4, 4))), { name_field: "constructor" })).status).toBe(422);
  });

  test("of 100 MB is not read", async () => {
    const answer = await planner
      .post("/api/plans")
      .set("Content-Type", "application/json")
      .send(`{"name": "${"x".repeat(100 * 1024 * 1024)}"}`)
      .then(
        ({ status }) => status,
        (error: { code?: string }) => error.code,
      );
    // the connection may be cut before all of it was sent
    expect(answer).toBeOneOf([413, "ECONNRESET", "EPIPE"]);
    await planner.get("/api/plans").expect(200);
  });
});
