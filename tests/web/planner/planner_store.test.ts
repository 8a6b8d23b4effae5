import { expect, test, vi } from "vitest";
import type { Draft } from "../../../data/division/draft.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { createPlannerStore, type PlannerStore } from "../../../web/planner/planner_store.ts";
import { memoryShelf, type StepShelf } from "../../../web/planner/waiting_steps.ts";
import { PlanServer } from "../../support/plan_server.ts";

/** Pulls the middle of the border between squares 10 and 11 to the west. */
const pullBorder: PlanOperation = {
  op: "reshape",
  path: [
    [121.402, 33.6],
    [121.4015, 33.601],
    [121.402, 33.602],
  ],
};
const merge = (keep: string, gone: string): PlanOperation => ({ op: "merge", keep, areas: [gone] });
const rename = (area: string, short_name: string): PlanOperation => ({
  op: "set_attributes",
  area,
  set: { short_name },
});

function aPlanner(
  server: PlanServer,
  shelf: StepShelf = memoryShelf(),
  waiting = server.opened().waiting,
): PlannerStore {
  let key = 0;
  return createPlannerStore({
    opened: { ...server.opened(), waiting },
    api: server.api(),
    shelf,
    me: "7",
    newKey: () => `key-${Math.random()}-${key++}`,
  });
}

const drawn = (draft: Draft) => draft.areas().map(({ id, short_name, polygons }) => ({ id, short_name, polygons }));
const settled = (store: PlannerStore) =>
  vi.waitFor(() => expect(store.getState().sync.state).toBe("saved"), { interval: 1 });
const stateOf = (store: PlannerStore, state: string) =>
  vi.waitFor(() => expect(store.getState().sync.state).toBe(state), { interval: 1 });

test("what is done is drawn and counted at once, and posted in order", async () => {
  const server = new PlanServer();
  const store = aPlanner(server);
  expect(store.getState().perform(pullBorder)).toBeNull();
  expect(store.getState().perform(merge("12", "13"))).toBeNull();
  expect(store.getState().sync).toMatchObject({ state: "saving", waiting: 2 });
  expect(store.getState().figures.get("12")).toMatchObject({ households: 200, people: 600, buildings: 2 });
  await settled(store);
  expect(server.posted).toEqual(["reshape", "merge"]);
  expect(drawn(store.getState().draft)).toEqual(drawn(server.draft));
});

test("what is only proposed changes nothing, and says what it would change", () => {
  const server = new PlanServer();
  const store = aPlanner(server);
  const before = drawn(store.getState().draft);
  const pending = store.getState().propose(merge("10", "11"));
  expect(pending?.removed).toEqual(["11"]);
  expect(pending?.figures.map(({ id, after }) => [id, after?.households ?? null])).toEqual([
    ["10", 200],
    ["11", null],
  ]);
  expect(drawn(store.getState().draft)).toEqual(before);
  expect(store.getState().figures.get("10")?.households).toBe(100);
  expect(store.getState().propose(merge("10", "13"))).toBeNull();
  expect(store.getState().refusal?.reason).toBe("not_adjacent");
});

test("undo takes everything back and redo brings it again, over a session that ended too", async () => {
  const server = new PlanServer();
  const store = aPlanner(server);
  const begin = drawn(store.getState().draft);
  store.getState().perform(pullBorder);
  await settled(store);
  store.getState().perform(merge("12", "13"));
  const done = drawn(store.getState().draft);
  store.getState().undo();
  store.getState().undo();
  expect(drawn(store.getState().draft)).toEqual(begin);
  store.getState().redo();
  store.getState().redo();
  expect(drawn(store.getState().draft)).toEqual(done);
  await settled(store);
  expect(drawn(server.draft)).toEqual(done);

  const later = aPlanner(server);
  later.getState().undo();
  await settled(later);
  later.getState().undo();
  await settled(later);
  expect(drawn(later.getState().draft)).toEqual(begin);
  expect(drawn(server.draft)).toEqual(begin);
});

test("without a connection work goes on, and is posted once it is back", async () => {
  const server = new PlanServer();
  server.reachable = false;
  const store = aPlanner(server);
  store.getState().perform(pullBorder);
  await stateOf(store, "offline");
  store.getState().perform(merge("12", "13"));
  expect(store.getState().sync).toMatchObject({ waiting: 2 });
  server.reachable = true;
  store.getState().retry();
  await settled(store);
  expect(drawn(server.draft)).toEqual(drawn(store.getState().draft));
  store.getState().close();
});

test("a step whose answer was lost is not done twice", async () => {
  const server = new PlanServer();
  server.loseNextAnswer = true;
  const store = aPlanner(server);
  store.getState().perform(merge("10", "11"));
  await stateOf(store, "offline");
  store.getState().retry();
  await settled(store);
  expect(server.revision).toBe(1);
  store.getState().close();
});

test("steps that waited when the page was closed are there again when it is opened", async () => {
  const server = new PlanServer();
  const shelf = memoryShelf();
  server.reachable = false;
  const closed = aPlanner(server, shelf);
  closed.getState().perform(pullBorder);
  await stateOf(closed, "offline");
  closed.getState().close();
  server.reachable = true;
  const store = aPlanner(server, shelf, await shelf.load());
  await settled(store);
  expect(server.posted).toEqual(["reshape"]);
  expect(await shelf.load()).toEqual([]);
});

test("what a colleague did elsewhere comes under what waits here", async () => {
  const server = new PlanServer();
  const store = aPlanner(server);
  server.act(rename("13", "新名"));
  store.getState().perform(pullBorder);
  await settled(store);
  expect(store.getState().draft.area("13")?.short_name).toBe("新名");
  expect(drawn(store.getState().draft)).toEqual(drawn(server.draft));
});

test("what a colleague did is drawn as soon as it is heard of", async () => {
  const server = new PlanServer();
  const store = aPlanner(server);
  server.act(merge("10", "11"));
  store.getState().heard({ revision: 1, status: "draft" });
  await vi.waitFor(() => expect(store.getState().draft.area("11")).toBeUndefined(), { interval: 1 });
  expect(store.getState().figures.get("10")?.households).toBe(200);
});

test("a step that cannot be done any more is kept beside the colleague's version until somebody chooses", async () => {
  const server = new PlanServer();
  const store = aPlanner(server);
  server.act(merge("10", "11"));
  store.getState().perform(rename("11", "我的"));
  store.getState().perform(rename("12", "也是我的"));
  await stateOf(store, "conflict");
  expect(store.getState()).toMatchObject({
    locked: true,
    can_keep: false,
    sync: { refused: { op: "set_attributes" } },
  });
  store.getState().takeTheirs();
  await settled(store);
  expect(store.getState().draft.area("12")?.short_name).toBe("也是我的");
  expect(drawn(store.getState().draft)).toEqual(drawn(server.draft));
});

test("the reader's version of a border can be laid over the colleague's", async () => {
  const server = new PlanServer();
  const store = aPlanner(server);
  store.getState().perform(pullBorder);
  const mine = store.getState().figures.get("10")!.area_m2;
  server.act({
    op: "add_vertex",
    between: [
      [121.402, 33.6],
      [121.402, 33.602],
    ],
    at: [121.402, 33.6005],
  });
  server.act({
    op: "reshape",
    path: [
      [121.402, 33.6],
      [121.4025, 33.601],
      [121.402, 33.602],
    ],
  });
  server.act({ op: "move_vertex", from: [121.402, 33.602], to: [121.4022, 33.602] });
  await stateOf(store, "conflict");
  expect(store.getState().can_keep).toBe(true);
  store.getState().keepMine();
  await settled(store);
  expect(store.getState().figures.get("10")!.area_m2).toBeCloseTo(mine, -1);
  expect(drawn(store.getState().draft)).toEqual(drawn(server.draft));
});
