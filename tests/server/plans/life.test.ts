import { beforeAll, describe, expect, test } from "vitest";
import type {
  EditionDifference,
  FamilyTree,
  PlanChange,
  PlanLog,
  PlanSummary,
  Published,
  Rebased,
} from "../../../data/schema/plan.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { wholeApp } from "../../support/whole_app.ts";
import { areaId, begin, type Browser, detailOf, problemOf, signIn, splitAt, startPlanning, write } from "./planning.ts";

let db: Db;
let planner: Browser;
let second: Browser;
let approver: Browser;
let both: Browser;
let stranger: Browser;

beforeAll(async () => {
  const planning = await startPlanning();
  const { somebody } = planning;
  db = planning.db;
  planner = await somebody("planner", ["planner"], "01");
  second = await somebody("second.planner", ["planner"], "01");
  approver = await somebody("approver", ["approver"], "01");
  both = await somebody("both", ["planner", "approver"], "01");
  stranger = await somebody("stranger", ["planner", "approver"], "02");
});

async function split(
  browser: Browser,
  plan: PlanSummary,
  revision: number,
  area = "0111",
  row = 2,
): Promise<PlanChange> {
  const answer = await write(
    browser,
    `/api/plans/${plan.id}/operations`,
    revision,
    splitAt(await areaId(db, area), row),
  );
  expect(answer.body).toMatchObject({ revision: revision + 1 });
  return answer.body as PlanChange;
}

describe("a draft", () => {
  test("begins with the areas in force, takes operations, and undoes them to the byte over a restart", async () => {
    const plan = await begin(planner, "011");
    const before = await detailOf(planner, plan.id);
    expect(before.areas.map(({ code }) => code)).toEqual(["011", "0111", "0112"]);
    expect(before.areas.map(({ buildings }) => buildings)).toEqual([2, 1, 1]);
    const change = await split(planner, plan, 0);
    expect(change.changed.map(({ id }) => id)).toContain("new-1");
    expect(change).toMatchObject({ can_undo: 1, can_redo: 0, faults: [], warnings: [] });
    const drawn = await detailOf(planner, plan.id);
    const other = await wholeApp(db); // knows of the draft what the database does
    const elsewhere = await signIn(other.handler, "planner");
    expect((await detailOf(elsewhere, plan.id)).areas).toEqual(drawn.areas);
    const undone = await write(elsewhere, `/api/plans/${plan.id}/undo`, 1).expect(200);
    expect(undone.body).toMatchObject({ revision: 2, removed: ["new-1"], can_undo: 0, can_redo: 1 });
    expect((await detailOf(elsewhere, plan.id)).areas).toEqual(before.areas);
    expect((await detailOf(planner, plan.id)).areas).toEqual(before.areas);
    await write(planner, `/api/plans/${plan.id}/redo`, 2).expect(200);
    expect((await detailOf(planner, plan.id)).areas).toEqual(drawn.areas);
    expect(problemOf(await write(planner, `/api/plans/${plan.id}/redo`, 3))).toEqual([409, "plan.nothing_to_undo"]);
    await other.close();
  });

  test("refuses a write without a revision, and tells one on an old revision who did what meanwhile", async () => {
    const plan = await begin(planner, "011");
    const path = `/api/plans/${plan.id}/operations`;
    const operation = splitAt(await areaId(db, "0111"), 2);
    expect(problemOf(await planner.post(path).send(operation))).toEqual([428, "plan.revision_needed"]);
    await split(second, plan, 0);
    const late = await write(planner, path, 0, operation);
    expect(problemOf(late)).toEqual([412, "plan.stale"]);
    expect(late.body).toMatchObject({
      revision: 1,
      since: [{ revision: 1, by: "显示second.planner", what: "切分区域" }],
    });
    const log = (await planner.get(`${path}?after_revision=0`).expect(200)).body as PlanLog;
    expect(log.entries.map(({ operation: { op } }) => op)).toEqual(["split"]);
    expect(log.areas!.map(({ id }) => id)).toContain("new-1");
  });

  test("takes exactly one of two writes on a revision", async () => {
    const plan = await begin(planner, "011");
    const operation = splitAt(await areaId(db, "0111"), 2);
    const path = `/api/plans/${plan.id}/operations`;
    for (let revision = 0; revision < 6; revision += 2) {
      const answers = await Promise.all([planner, second, both].map((one) => write(one, path, revision, operation)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
      await write(planner, `/api/plans/${plan.id}/undo`, revision + 1).expect(200);
    }
  });

  test("does not do again what is asked again with its key", async () => {
    const plan = await begin(planner, "011");
    const path = `/api/plans/${plan.id}/operations`;
    const operation = splitAt(await areaId(db, "0111"), 2);
    const first = await write(planner, path, 0, operation).set("Idempotency-Key", "k1").expect(200);
    const again = await write(planner, path, 0, operation).set("Idempotency-Key", "k1").expect(200);
    expect(again.body).toEqual(first.body);
    const other = splitAt(await areaId(db, "0112"), 2);
    expect(problemOf(await write(planner, path, 1, other).set("Idempotency-Key", "k1"))).toEqual([
      422,
      "plan.key_reused",
    ]);
    expect(problemOf(await write(second, path, 1, operation).set("Idempotency-Key", "k1"))).toEqual([
      422,
      "plan.key_reused",
    ]);
  });

  test("refuses what would break it with reason, place and a way out, its revision unchanged", async () => {
    const plan = await begin(planner, "011");
    const path = `/api/plans/${plan.id}/operations`;
    const [grid, far] = [await areaId(db, "0111"), await areaId(db, "0211")];
    const line = (...points: [number, number][]) => ({
      ...splitAt(grid, 2),
      by: { kind: "line", line: points, new_side: "left" },
    });
    const wrong: [object, string][] = [
      [line([121.41, 33.602], [121.42, 33.602]), "misses"],
      [line([121.399, 33.6], [121.4, 33.6], [121.399, 33.601]), "touches_only"],
      [
        line([121.399, 33.602], [121.4015, 33.602], [121.401, 33.6035], [121.401, 33.6005], [121.403, 33.6005]),
        "crosses_itself",
      ],
      [{ op: "merge", keep: grid, areas: [far] }, "unknown_area"],
      [{ op: "move_vertex", from: [121.4, 33.6], to: [121.3999, 33.6] }, "border_of_parent"],
      [{ op: "set_attributes", area: grid, set: { code: "0211" } }, "code_taken"],
    ];
    for (const [operation, reason] of wrong) {
      const answer = await write(planner, path, 0, operation);
      expect({ asked: reason, ...(answer.body as object) }).toMatchObject({ code: "plan.refused", reason });
      expect((answer.body as { detail: string }).detail).not.toBe("");
    }
    expect(
      problemOf(await write(planner, path, 0, { op: "set_attributes", area: grid, set: { profile_id: "999" } })),
    ).toEqual([422, "plan.profile"]);
    expect((await detailOf(planner, plan.id)).plan).toMatchObject({ revision: 0, can_undo: 0 });
  });

  test("is nobody's but those whose grants hold it", async () => {
    const plan = await begin(planner, "011");
    expect(problemOf(await stranger.get(`/api/plans/${plan.id}`))).toEqual([404, "plan.unknown"]);
    expect(problemOf(await write(stranger, `/api/plans/${plan.id}/undo`, 0))).toEqual([404, "plan.unknown"]);
    expect(((await stranger.get("/api/plans")).body as { plans: object[] }).plans).toEqual([]);
    expect(
      problemOf(
        await stranger
          .post("/api/plans")
          .send({ name: "x", network: "governance", area: "011", from: { kind: "edition" } }),
      ),
    ).toEqual([403, "access.forbidden"]);
    expect(
      problemOf(
        await planner
          .post("/api/plans")
          .send({ name: "x", network: "governance", area: null, from: { kind: "edition" } }),
      ),
    ).toEqual([403, "access.forbidden"]);
    expect(problemOf(await write(approver, `/api/plans/${plan.id}/undo`, 0))).toEqual([403, "access.forbidden"]);
  });
});

describe("the life of a plan", () => {
  test("leads over submission, rejection and approval to the end, each step written down", async () => {
    const plan = await begin(both, "011");
    const path = `/api/plans/${plan.id}`;
    await split(both, plan, 0);
    const turn = async (browser: Browser, what: string, revision: number, body?: object) =>
      (await write(browser, `${path}/${what}`, revision, body).expect(200)).body as PlanSummary;
    expect(problemOf(await write(both, `${path}/submit`, 1, { from_day: "2001-01-01" }))).toEqual([422, "plan.day"]);
    await turn(both, "submit", 1, { from_day: null });
    expect(problemOf(await write(both, `${path}/undo`, 2))).toEqual([409, "plan.status"]);
    await turn(both, "withdraw", 2);
    await turn(both, "submit", 3, { from_day: null });
    expect(problemOf(await write(both, `${path}/approve`, 4))).toEqual([403, "plan.two_persons"]);
    const back = await turn(approver, "reject", 4, { reason: "界线不清" });
    expect(back).toMatchObject({ status: "draft", reason: "界线不清", may: ["comment"] });
    await turn(both, "submit", 5, { from_day: null });
    expect(problemOf(await write(approver, `${path}/approve`, 5))).toEqual([412, "plan.stale"]);
    await turn(approver, "approve", 6);
    expect(problemOf(await write(both, `${path}/publish`, 7, { name: plan.name }))).toEqual([403, "plan.two_persons"]);
    expect(problemOf(await write(approver, `${path}/publish`, 7, { name: "?" }))).toEqual([422, "plan.name_differs"]);
    await turn(both, "discard", 7);
    expect(problemOf(await write(both, `${path}/undo`, 8))).toEqual([409, "plan.status"]);
    const lines = await db.query(
      sql<{ action: string }>`select action from audit where target = ${`plan:${plan.id}`} order by seq`,
    );
    expect(lines.map(({ action }) => action)).toEqual([
      ...["plan_begin", "plan_submit", "plan_withdraw", "plan_submit", "plan_reject", "plan_submit"],
      ...["plan_approve", "plan_discard"],
    ]);
  });

  test("goes through the API alone: split, transfer, merge, publish, a second plan, rebase, publish", async () => {
    const [first, other] = [await begin(planner, "011"), await begin(planner, "011", { name: "另一个" })];
    const path = `/api/plans/${first.id}`;
    await split(planner, first, 0); // 0111 → its north is new-1
    const [one, two] = [await areaId(db, "0111"), await areaId(db, "0112")];
    const place = [
      [
        [
          [121.402, 33.6],
          [121.403, 33.6],
          [121.403, 33.601],
          [121.402, 33.601],
          [121.402, 33.6],
        ],
      ],
    ];
    await write(planner, `${path}/operations`, 1, { op: "give", to: one, place }).expect(200);
    await write(planner, `${path}/operations`, 2, { op: "merge", keep: two, areas: ["new-1"] }).expect(200);
    await split(planner, first, 3, "0111", 1); // again
    await write(planner, `${path}/submit`, 4, { from_day: null }).expect(200);
    await write(approver, `${path}/approve`, 5).expect(200);
    const published = (await write(approver, `${path}/publish`, 6, { name: first.name }).expect(200)).body as Published;
    expect(published).toMatchObject({ network: "governance", edition: 2 });

    await split(planner, other, 0, "0112", 3); // still on the first edition
    const otherPath = `/api/plans/${other.id}`;
    await write(planner, `${otherPath}/submit`, 1, { from_day: null }).expect(200);
    await write(approver, `${otherPath}/approve`, 2).expect(200);
    expect(problemOf(await write(approver, `${otherPath}/publish`, 3, { name: other.name }))).toEqual([
      409,
      "plan.base_moved",
    ]);
    const rebased = (await write(planner, `${otherPath}/rebase`, 3).expect(200)).body as Rebased;
    expect(rebased.plan).toMatchObject({ base_edition: 2, current_edition: 2, status: "draft", revision: 4 });
    expect(rebased.decisions.length).toBeGreaterThan(0);
    const detail = await detailOf(planner, other.id);
    if (detail.plan.can_undo === 0)
      await write(planner, `${otherPath}/operations`, 4, {
        op: "set_attributes",
        area: two,
        set: { name: "改名" },
      }).expect(200);
    const { revision } = (await detailOf(planner, other.id)).plan;
    await write(planner, `${otherPath}/submit`, revision, { from_day: null }).expect(200);
    await write(approver, `${otherPath}/approve`, revision + 1).expect(200);
    await write(approver, `${otherPath}/publish`, revision + 2, { name: other.name }).expect(200);

    const difference = (await planner.get("/api/editions/governance/1..2").expect(200)).body as EditionDifference;
    expect(difference.changes.length).toBeGreaterThan(0);
    const family = (await planner.get(`/api/areas/${one}/lineage`).expect(200)).body as FamilyTree;
    expect(family.editions.map(({ edition }) => edition)).toContain(2);
  });
});
