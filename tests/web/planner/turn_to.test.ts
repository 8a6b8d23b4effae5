import { expect, test } from "vitest";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { createPlannerStore, type PlannerStore } from "../../../web/planner/planner_store.ts";
import { turnTo } from "../../../web/planner/turn_to.ts";
import { memoryShelf } from "../../../web/planner/waiting_steps.ts";
import { PlanServer } from "../../support/plan_server.ts";

let key = 0;
const aPlanner = (server: PlanServer): PlannerStore =>
  createPlannerStore({
    ...{ opened: server.opened(), api: server.api(), shelf: memoryShelf(), me: "7" },
    newKey: () => `key-${key++}`,
  });

/** Each is another name for the first square. */
const names = ["甲", "乙", "丙", "丁"];
const rename = (short_name: string): PlanOperation => ({ op: "set_attributes", area: "10", set: { short_name } });
const nameNow = (store: PlannerStore) => store.getState().draft.area("10")?.short_name;

async function drawn(): Promise<PlanServer> {
  const server = new PlanServer();
  const store = aPlanner(server);
  for (const name of names) store.getState().perform(rename(name));
  await new Promise<void>((resolve) => {
    store.subscribe(({ sync }) => sync.state === "saved" && resolve());
  });
  store.getState().close();
  return server;
}

test("steps of an earlier visit are undone to a point and done again to another", async () => {
  const store = aPlanner(await drawn());
  expect(await turnTo(store, "undo", 3)).toBe(3);
  expect(nameNow(store)).toBe("甲");
  expect(await turnTo(store, "redo", 2)).toBe(2);
  expect(nameNow(store)).toBe("丙");
  store.getState().close();
});

test("more than there is cannot be undone", async () => {
  const store = aPlanner(await drawn());
  expect(await turnTo(store, "undo", 9)).toBe(4);
  expect(nameNow(store)).toBe("01");
  store.getState().close();
});

test("without a connection one step waits to be asked for, and no more", async () => {
  const server = await drawn();
  const store = aPlanner(server);
  server.reachable = false;
  expect(await turnTo(store, "undo", 2)).toBe(1);
  expect(nameNow(store)).toBe("丁");
  expect(store.getState().sync).toMatchObject({ state: "offline", waiting: 1 });
  store.getState().close();
});
