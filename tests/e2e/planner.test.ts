import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { beginSession, keepPicture, openPage, withBrowser } from "./browser.ts";
import { findBarriers } from "./page_checks.ts";

withBrowser();

const origin = () => inject("origin");

/** Asks the API as a demo account. */
async function ask(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const cookie = (await beginSession("planner")).map(({ name, value }) => `${name}=${value}`).join("; ");
  const response = await fetch(`${origin()}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: origin(), cookie, ...headers },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response;
}

/** A plan for 东街社区, begun over the API. */
async function aPlan(name: string): Promise<string> {
  const area = "900102001003";
  const begun = await ask("/api/plans", { name, network: "governance", area, from: { kind: "edition" } });
  return ((await begun.json()) as { id: string }).id;
}

async function openPlan(page: Page, id: string): Promise<void> {
  await page.goto(`${origin()}/planner/${id}`);
  await page.locator('.sync-note[data-sync="saved"]').waitFor();
}

/** Writes another short name for a grid, with the panel alone. */
async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.locator("#plan-tab-grids").click();
  await page.getByRole("button", { name: from, exact: true }).click();
  await page.locator("#plan-tab-rules").click();
  await page.getByLabel("简称").fill(to);
  await page.getByRole("button", { name: "保存", exact: true }).click();
}

const sync = (page: Page, state: string) => page.locator(`.sync-note[data-sync="${state}"]`).waitFor();
const grid = (page: Page, name: string) => page.locator(".grid-link", { hasText: name });

test("a plan is begun from the list, and the editor opens on it", async () => {
  const page = await openPage("/planner", { as: "planner" });
  await page.getByRole("button", { name: "新建方案" }).click();
  await page.getByLabel("方案名称").fill("东街社区 试划");
  await page.getByLabel("划分范围").fill("900102001003");
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "开始编制" }).click();
  await page.locator(".plan-panel").waitFor();
  expect(await page.locator(".plan-tag").first().textContent()).toBe("草稿 v0");
  await sync(page, "saved");
  for (const tab of ["grids", "log", "rules", "compare", "check"]) {
    await page.locator(`#plan-tab-${tab}`).click();
    expect(await findBarriers(page)).toEqual([]);
  }
  await keepPicture(page, "planner");
});

test("who draws plans may begin one; the public sees none", async () => {
  const page = await openPage("/planner", { as: "planner" });
  await page.getByRole("button", { name: "新建方案" }).waitFor();
  const stranger = await openPage("/planner", { as: null });
  await stranger.locator('[data-state="forbidden"]').waitFor();
});

test("steps are saved, undone over a reload, and outlive the connection and the page", async () => {
  const id = await aPlan("断线试划");
  const page = await openPage("/planner", { as: "planner", expectTrouble: true });
  await openPlan(page, id);
  await rename(page, "东街03", "东街甲");
  await page.locator(".plan-tag", { hasText: "v1" }).waitFor();
  await page.reload();
  await sync(page, "saved");
  await page.keyboard.press("Control+z");
  await page.locator(".plan-tag", { hasText: "v2" }).waitFor();
  await page.locator("#plan-tab-grids").click();
  await grid(page, "东街03").waitFor();

  await page.context().setOffline(true);
  await rename(page, "东街03", "离线甲");
  await sync(page, "offline");
  await keepPicture(page, "planner-offline");
  const context = page.context();
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await openPlan(again, id);
  await again.locator(".plan-tag", { hasText: "v3" }).waitFor();
  await again.locator("#plan-tab-grids").click();
  await grid(again, "离线甲").waitFor();
});

test("a colleague's change that takes the ground away is a conflict with a choice", async () => {
  const id = await aPlan("冲突试划");
  const page = await openPage("/planner", { as: "planner", expectTrouble: true });
  await openPlan(page, id);
  await page.context().setOffline(true);
  await rename(page, "东街08", "我的八");
  await sync(page, "offline");
  const areas = (await (await fetchPlan(id)).json()) as { areas: { id: string; short_name: string }[] };
  const idOf = (name: string) => areas.areas.find(({ short_name }) => short_name === name)!.id;
  const merge = { op: "merge", keep: idOf("东街05"), areas: [idOf("东街08")] };
  await ask(`/api/plans/${id}/operations`, merge, { "if-match": '"0"' });
  await page.context().setOffline(false);
  await sync(page, "conflict");
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "planner-conflict");
  await page.getByRole("button", { name: "采用对方" }).click();
  await sync(page, "saved");
  await page.locator("#plan-tab-grids").click();
  expect(await grid(page, "东街08").count()).toBe(0);
  await page.getByRole("button", { name: "送审", exact: true }).click();
  await page.locator(".blocked").waitFor();
});

async function fetchPlan(id: string): Promise<Response> {
  const cookie = (await beginSession("planner")).map(({ name, value }) => `${name}=${value}`).join("; ");
  return fetch(`${origin()}/api/plans/${id}`, { headers: { cookie } });
}
