import { get, type IncomingMessage, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabase } from "../../support/database.ts";
import { goodPassword } from "../../support/sign_in_app.ts";
import { twoSubdistricts } from "../../support/two_subdistricts.ts";
import { type WholeApp, wholeApp } from "../../support/whole_app.ts";
import { areaId, begin, type Browser, somebody, splitAt, write } from "./planning.ts";

let db: Db;
let app: WholeApp;
let base: string;
let planner: Browser;
let grid: string;

beforeAll(async () => {
  await buildWorkers();
  db = await testDatabase();
  await loadCity(db, twoSubdistricts());
  app = await wholeApp(db);
  planner = await somebody(app, db, "planner", ["planner"], await areaId(db, "01"));
  await somebody(app, db, "neighbour", ["planner"], await areaId(db, "02"));
  grid = await areaId(db, "0111");
  const server = createServer(app.handler);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await app.close();
    expect(app.failures).toEqual([]);
  });
});

interface Heard {
  /** Events so far. */
  events: { event: string; id: string; data: unknown }[];
  /** Resolves when so many events came. */
  until: (count: number) => Promise<void>;
  ended: Promise<void>;
}

/** Signs in and listens. */
async function listen(name: string, query = "", last?: number): Promise<Heard> {
  const signedIn = await fetch(`${base}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, password: goodPassword }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const headers = { Cookie: cookie, ...(last === undefined ? {} : { "Last-Event-ID": String(last) }) };
  const stream = await new Promise<IncomingMessage>((resolve) =>
    get(`${base}/api/stream${query}`, { headers }, resolve),
  );
  onTestFinished(() => void stream.destroy());
  expect(stream.headers["content-type"]).toContain("text/event-stream");
  const events: Heard["events"] = [];
  let wake = () => {};
  let text = "";
  stream.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = Object.fromEntries(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => line.split(/: (.*)/s).slice(0, 2)),
      );
      text = text.slice(end + 2);
      if (lines.data) events.push({ event: lines.event, id: lines.id, data: JSON.parse(lines.data) as unknown });
      wake();
    }
  });
  await new Promise<void>((begun) => {
    wake = begun;
  });
  return {
    events,
    async until(count) {
      while (events.length < count)
        await new Promise<void>((more) => {
          wake = more;
        });
    },
    ended: new Promise((done) => stream.on("close", done)),
  };
}

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
