import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { beginSession, keepPicture, mapAtRest, openPage, withBrowser } from "./browser.ts";
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

/** Two grids of 东街 are one: over the API, as the planner. */
async function aMergedPlan(name: string): Promise<string> {
  const id = await aPlan(name);
  const { areas } = (await (await fetchPlan(id)).json()) as { areas: { id: string; short_name: string }[] };
  const idOf = (short: string) => areas.find(({ short_name }) => short_name === short)!.id;
  const merge = { op: "merge", keep: idOf("东街05"), areas: [idOf("东街08")] };
  await ask(`/api/plans/${id}/operations`, merge, { "if-match": '"0"' });
  return id;
}

test("C compares with the published edition in three ways; comments are pinned to a place", async () => {
  const id = await aMergedPlan("对比试划");
  const page = await openPage(`/planner/${id}`, { as: "planner" });
  await sync(page, "saved");
  await mapAtRest(page);
  await page.keyboard.press("c");
  await page.getByRole("heading", { name: "变动的网格 2" }).waitFor();
  expect(page.url()).toContain("mode=diff");
  await page.keyboard.press("c");
  const divider = page.getByRole("slider");
  await divider.focus();
  await page.keyboard.press("ArrowRight");
  expect(await divider.getAttribute("aria-valuetext")).toBe("现行占 51%");
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press("c");
  expect(page.url()).toContain("mode=side");
  await page.locator(".grid-link", { hasText: "东街08" }).click();
  await page.waitForFunction(() => window.__atlas_map!.camera().zoom > 16);
  await page.getByLabel("意见", { exact: true }).fill("此处请沿路");
  await page.getByRole("button", { name: "选地点" }).click();
  const box = (await page.locator('.compare-pane[data-side="after"]').boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.getByRole("button", { name: "写意见" }).click();
  await page.getByRole("button", { name: "意见 1 在地图上" }).waitFor();
  await keepPicture(page, "planner-side");
  await page.keyboard.press("Escape");
  expect(page.url()).not.toContain("mode=");
});

test("a plan is approved with the difference in view, and its change sheet is printed", async () => {
  const id = await aMergedPlan("审批试划");
  for (const kind of ["population", "staffing"])
    await ask(`/api/plans/${id}/check/reasons`, { kind, keys: null, text: "居民已同意" });
  await ask(`/api/plans/${id}/submit`, { from_day: null }, { "if-match": '"1"' });
  const page = await openPage(`/planner/${id}`, { as: "approver" });
  await page.getByRole("button", { name: "通过", exact: true }).click();
  const decision = page.getByRole("region", { name: "审批" });
  await page.getByRole("heading", { name: "变动的网格 2" }).waitFor();
  expect(page.url()).toContain("mode=diff");
  expect(await findBarriers(page)).toEqual([]);
  await decision.getByRole("button", { name: "通过" }).click();
  await page.getByRole("button", { name: "发布…" }).click();
  await page.getByText("警告都已说明理由").last().waitFor();
  await page.getByRole("button", { name: "下一步" }).click();
  expect(await page.locator(".lineage-table tbody tr").count()).toBe(2);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "下一步" }).click();
  const publish = page.getByRole("button", { name: "发布", exact: true });
  expect(await publish.getAttribute("aria-disabled")).toBe("true");
  await page.getByLabel("输入方案名称").fill("审批试划");
  expect(await publish.getAttribute("aria-disabled")).toBe("false");
  await page.goto(`${origin()}/planner/${id}/sheet`);
  await page.getByRole("heading", { name: "网格划分变更单" }).waitFor();
  expect(await page.locator(".change-sheet-map").count()).toBe(2);
  expect(await page.locator(".change-sheet-warnings").innerText()).toContain("居民已同意");
  expect(await findBarriers(page)).toEqual([]);
});

test("the tour is left at any time; the log goes back to a named state", async () => {
  const id = await aMergedPlan("导览试划");
  const page = await openPage(`/planner/${id}?panel=log`, { as: "planner" });
  await sync(page, "saved");
  await page.getByRole("button", { name: /帮助/ }).click();
  await page.getByRole("dialog", { name: "在地图上选网格" }).waitFor();
  await page.keyboard.press("ArrowRight");
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await page.locator(".tour-card").count()).toBe(0);
  await page.keyboard.press("Control+s");
  await page.keyboard.type("合并后");
  await page.keyboard.press("Enter");
  await page.getByText("现在就是此状态").waitFor();
  await rename(page, "东街03", "东街丙");
  await sync(page, "saved");
  await page.locator("#plan-tab-log").click();
  await page.getByRole("button", { name: "回到此状态（撤销 1 步）" }).click();
  await page.getByRole("button", { name: "重做到这一步（1 步）" }).waitFor();
  await page.locator("#plan-tab-grids").click();
  await grid(page, "东街03").waitFor();
});
