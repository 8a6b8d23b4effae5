import { beforeAll, describe, expect, test } from "vitest";
import type { PlanChange, PlanLog, PlanSummary, Published } from "../../../data/schema/plan.ts";
import type { Problem } from "../../../data/schema/problem.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { listenTo } from "../../support/listening.ts";
import { findPostgresBinaries } from "../../support/local_postgres.ts";
import { startServer } from "../../support/server_process.ts";
import { areaId, begin, type Browser, detailOf, problemOf, signIn, splitAt, startPlanning, write } from "./planning.ts";

/** The embedded engine belongs to one process. */
const onPostgis = process.env.TEST_ENGINE !== "embedded" && findPostgresBinaries() !== null;

let db: Db;
let url: string;

beforeAll(async () => {
  if (!onPostgis) return;
  const planning = await startPlanning();
  db = planning.db;
  url = planning.url!;
  for (const name of ["planner", "second"]) await planning.somebody(name, ["planner"], "01");
  await planning.somebody("approver", ["approver"], "01");
});

/** A server of its own process over the database. */
async function aProcess(): Promise<string> {
  const server = await startServer({ DATABASE_URL: url, DEMO: "off" });
  const [, base] = await server.until(/ready:\s+(http\S+)/);
  return base!;
}

describe.skipIf(!onPostgis)("two processes on one database", () => {
  test("hold the same draft: one write wins each revision, the other is told and catches up", {
    timeout: 60_000,
  }, async () => {
    const [one, other] = await Promise.all([aProcess(), aProcess()]);
    const [mine, theirs] = await Promise.all([signIn(one, "planner"), signIn(other, "second")]);
    const plan = await begin(mine, "011");
    const path = `/api/plans/${plan.id}/operations`;
    const grid = await areaId(db, "0111");
    await Promise.all([detailOf(mine, plan.id), detailOf(theirs, plan.id)]);
    const streams = await Promise.all([listenTo(one, "planner"), listenTo(other, "second")]);

    // in turn, each on a draft that the other one changed
    await write(mine, path, 0, splitAt(grid, 2)).expect(200);
    await write(theirs, path, 1, { op: "set_attributes", area: "new-1", set: { name: "改名" } }).expect(200);
    await write(mine, `/api/plans/${plan.id}/undo`, 2).expect(200);
    const late = await write(theirs, path, 1, splitAt(grid, 3));
    expect(problemOf(late)).toEqual([412, "plan.stale"]);
    expect((late.body as Problem).since!.map(({ revision, by, what }) => [revision, by, what])).toEqual([
      [3, "显示planner", "撤销了「修改属性」"],
    ]);

    // at once
    for (let revision = 3; revision < 13; revision++) {
      const named = (name: string) => ({ op: "set_attributes", area: grid, set: { name: `${name}${revision}` } });
      const answers = await Promise.all([
        write(mine, path, revision, named("甲")),
        write(theirs, path, revision, named("乙")),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const loser = answers[0].status === 412 ? mine : theirs;
      const [won, lost] = answers[0].status === 200 ? answers : [answers[1], answers[0]];
      expect((won.body as PlanChange).revision).toBe(revision + 1);
      expect((lost.body as Problem).since!.at(-1)).toMatchObject({ revision: revision + 1, areas: [grid] });
      const between = (await loser.get(`${path}?after_revision=${revision}`).expect(200)).body as PlanLog;
      expect(between.areas).toContainEqual((won.body as PlanChange).changed[0]);
    }
    const [here, there] = await Promise.all([detailOf(mine, plan.id), detailOf(theirs, plan.id)]);
    expect(here.plan.revision).toBe(13);
    expect(there.areas).toEqual(here.areas);

    // both heard of the last revision, whoever made it
    for (const { events, until } of streams) {
      const last = () => events.at(-1)?.data as { revision: number } | undefined;
      while (last()?.revision !== 13) await until(events.length + 1);
      expect(events.every(({ event }) => event === "plan")).toBe(true);
    }
  });

  test("race to publish: one edition comes, the other plan fails whole and can follow", {
    timeout: 60_000,
  }, async () => {
    const [one, other] = await Promise.all([aProcess(), aProcess()]);
    const [mine, theirs] = await Promise.all([signIn(one, "planner"), signIn(other, "second")]);
    const [approves, alsoApproves] = await Promise.all([signIn(one, "approver"), signIn(other, "approver")]);
    const plans = [await begin(mine, "011", { name: "甲案" }), await begin(theirs, "011", { name: "乙案" })] as const;
    const grid = await areaId(db, "0111");
    const approve = async (browser: Browser, judge: Browser, { id }: PlanSummary, revision: number) => {
      await write(browser, `/api/plans/${id}/submit`, revision, { from_day: null }).expect(200);
      await write(judge, `/api/plans/${id}/approve`, revision + 1).expect(200);
    };
    await write(mine, `/api/plans/${plans[0].id}/operations`, 0, splitAt(grid, 2)).expect(200);
    await write(theirs, `/api/plans/${plans[1].id}/operations`, 0, splitAt(grid, 3)).expect(200);
    await approve(mine, approves, plans[0], 1);
    await approve(theirs, alsoApproves, plans[1], 1);
    const publish = (judge: Browser, { id, name }: PlanSummary, revision: number) =>
      write(judge, `/api/plans/${id}/publish`, revision, { name });
    const answers = await Promise.all([publish(approves, plans[0], 3), publish(alsoApproves, plans[1], 3)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers[0].status === 409 ? 0 : 1;
    expect(answers[lost]!.body).toMatchObject({
      code: "plan.base_moved",
      areas: expect.arrayContaining([grid]),
      places: expect.arrayContaining([{ what: "西区0111", at: [expect.any(Number), expect.any(Number)] }]),
    });
    const [state] = await db.query(sql<object>`
      select (select max(number) from edition) as edition, (select count(*)::int from area where code like '0111%') as areas,
        (select count(distinct edition)::int from moved_ground) as moved,
        (select count(*)::int from area_version where to_edition is not null) as ended,
        (select status from plan where id = ${plans[lost]!.id}::bigint) as status`);
    expect(state).toEqual({ edition: 2, areas: 1, moved: 1, ended: 2, status: "approved" });

    const [browser, judge] = lost === 0 ? [mine, approves] : [theirs, alsoApproves];
    const { id } = plans[lost]!;
    await write(browser, `/api/plans/${id}/rebase`, 3).expect(200);
    const { plan } = await detailOf(browser, id);
    expect(plan).toMatchObject({ base_edition: 2, status: "draft" });
    if (plan.can_undo === 0)
      await write(browser, `/api/plans/${id}/operations`, 4, {
        op: "set_attributes",
        area: grid,
        set: { name: "新名" },
      });
    const { revision } = (await detailOf(browser, id)).plan;
    await approve(browser, judge, plan, revision);
    expect((await publish(judge, plan, revision + 2).expect(200)).body as Published).toMatchObject({ edition: 3 });
  });
});
