import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { listenTo, listenWith, signInAt } from "../../support/listening.ts";
import type { WholeApp } from "../../support/whole_app.ts";
import { areaId, begin, type Browser, splitAt, startPlanning, write } from "../plans/planning.ts";

let db: Db;
let app: WholeApp;
let base: string;
let planner: Browser;
let grid: string;

beforeAll(async () => {
  // beats are given by the tests, and so is the time for which a session is believed
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  const planning = await startPlanning();
  ({ db, app } = planning);
  planner = await planning.somebody("planner", ["planner"], "01");
  await planning.somebody("neighbour", ["planner"], "02");
  grid = await areaId(db, "0111");
  const server = createServer(app.handler);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
});

const listen = (name: string, query = "", last?: number) => listenTo(base, name, query, last);

test("two planners on one plan see each other's changes; another subdistrict hears nothing", async () => {
  const plan = await begin(planner, "011");
  const [mine, theirs] = [await listen("planner", `?plan=${plan.id}`), await listen("neighbour")];
  const second = await begin(planner, "011");
  await write(planner, `/api/plans/${plan.id}/operations`, 0, splitAt(grid, 2)).expect(200);
  await mine.until(1);
  expect(mine.events[0]).toMatchObject({
    event: "plan",
    data: { plan: plan.id, revision: 1, status: "draft", by: { display_name: "显示planner" } },
  });
  await write(planner, `/api/plans/${second.id}/discard`, 0).expect(200);
  await planner
    .post(`/api/plans/${plan.id}/comments`)
    .send({ text: "看这里", at: [121.401, 33.601] })
    .expect(200);
  await mine.until(2);
  expect(mine.events[1]!.data).toMatchObject({ plan: plan.id, revision: 1 });
  expect(theirs.events).toEqual([]);
});

test("who comes back hears what was missed, or that too much was", async () => {
  const plan = await begin(planner, "011");
  const [{ rev }] = (await db.query(sql<{ rev: number }>`select rev from change_clock`)) as [{ rev: number }];
  await write(planner, `/api/plans/${plan.id}/operations`, 0, splitAt(grid, 2)).expect(200);
  await app.catchUp();
  const back = await listen("planner", "", rev);
  await back.until(1);
  expect(back.events[0]).toMatchObject({ event: "plan", data: { plan: plan.id, revision: 1 } });
  const ahead = await listen("planner", "", rev + 1_000_000);
  await ahead.until(1);
  expect(ahead.events[0]!.event).toBe("resync");
});

test("a stream ends with the access of who listens", async () => {
  const heard = await listen("neighbour");
  await db.transaction(async (tx) => {
    const [{ id }] = (await tx.query(
      sql<{ id: string }>`select id::text as id from account where name = 'neighbour'`,
    )) as [{ id: string }];
    await tx.query(sql`select record_change('access', ${[id]}::bigint[], null)`);
  });
  await app.catchUp();
  await heard.ended;
});

async function now(): Promise<number> {
  const [row] = await db.query(sql<{ rev: number }>`select rev from change_clock`);
  return row!.rev;
}

test("whoever takes too little is cut off, and comes back to what was missed", async () => {
  const [seen, missed] = [await begin(planner, "011"), await begin(planner, "011")];
  const slow = await listen("planner");
  await planner.post(`/api/plans/${seen.id}/comments`).send({ text: "看这里", at: null }).expect(200);
  await slow.until(1);
  slow.stick();
  const known = app.hub.size();
  // long events, until what the line holds and what may wait are full
  await db.query(sql`update account set display_name = repeat('慢', 60000) where name = 'planner'`);
  for (let told = 0; app.hub.size() === known; told++) {
    expect(told).toBeLessThan(500);
    await db.query(sql`select record_change('plans', ${[seen.id]}::bigint[], null)`);
    await app.catchUp();
  }
  await db.query(sql`update account set display_name = '显示planner' where name = 'planner'`);
  await write(planner, `/api/plans/${missed.id}/operations`, 0, splitAt(grid, 2)).expect(200);
  await app.catchUp();
  const back = await listen("planner", "", slow.last());
  await back.until(2);
  expect(back.events).toMatchObject([
    { event: "plan", data: { plan: seen.id, revision: 0 } },
    { event: "plan", data: { plan: missed.id, revision: 1 } },
  ]);
});

test("who was away too long is told to read anew, and hears what comes then", async () => {
  const plan = await begin(planner, "011");
  const before = await now();
  await db.query(sql`
    select record_change('plans', array[${plan.id}::bigint], null) from generate_series(1, 1001)`);
  await app.catchUp();
  const back = await listen("planner", "", before);
  await back.until(1);
  expect(back.events).toMatchObject([{ event: "resync", id: String(await now()) }]);
  await write(planner, `/api/plans/${plan.id}/operations`, 0, splitAt(grid, 2)).expect(200);
  await back.until(2);
  expect(back.events[1]).toMatchObject({ event: "plan", data: { plan: plan.id, revision: 1 } });
});

test("a stream ends when its session has run out, though nothing else happens", async () => {
  const heard = await listen("neighbour");
  const stays = await listen("planner");
  const known = app.hub.size();
  await db.query(sql`
    update session set expire = now() - interval '1 day'
    where account_id = (select id from account where name = 'neighbour')`);
  vi.advanceTimersByTime(15_000);
  await heard.ended;
  expect(app.hub.size()).toBe(known - 1);
  const plan = await begin(planner, "011");
  await stays.until(1);
  expect(stays.events[0]).toMatchObject({ data: { plan: plan.id } });
});

test("a stream ends when its session is ended", async () => {
  const cookie = await signInAt(base, "neighbour");
  const heard = await listenWith(base, cookie);
  const ended = await fetch(`${base}/api/session`, { method: "DELETE", headers: { Cookie: cookie } });
  expect(ended.ok).toBe(true);
  await app.catchUp();
  await heard.ended;
});
