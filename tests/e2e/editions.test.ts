import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { AreaDetail } from "../../data/schema/area.ts";
import type { EditionDifference, PlanCheck, PlanSummary, Published } from "../../data/schema/plan.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { beginSession, keepPicture, mapAtRest, type OpenOptions, openPage, withBrowser } from "./browser.ts";
import { findBarriers, findClipped } from "./page_checks.ts";
import { startServer } from "./server_process.ts";

withBrowser();

/** A community of its own: a second edition would be another city to every other test. */
let origin = "";
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "ga-editions-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = inject("database_url");
  const server = await startServer({
    DEMO: "community",
    DATA_DIR: folder,
    ...(database ? await ownDatabase(database) : {}),
  });
  cleanups.push(server.stop);
  origin = server.origin;
}, 120_000);
afterAll(async () => {
  for (const cleanUp of cleanups.reverse()) await cleanUp();
});

async function ownDatabase(cluster: string): Promise<{ DATABASE_URL: string }> {
  const name = `ga_editions_${process.pid}`;
  const admin = await openPostgis({ url: cluster, attempts: 1 });
  await admin.execute(`create database ${name}`);
  cleanups.push(async () => {
    await admin.execute(`drop database if exists ${name} with (force)`);
    await admin.close();
  });
  return { DATABASE_URL: Object.assign(new URL(cluster), { pathname: `/${name}` }).href };
}

type Ask = <Answer>(path: string, body?: object, revision?: number) => Promise<Answer>;

/** Asks the API as a demo account: with a revision, or a body, it writes. */
async function signedIn(name: string): Promise<Ask> {
  const cookie = (await beginSession(name, undefined, origin)).map((one) => `${one.name}=${one.value}`).join("; ");
  return async (path, body, revision) => {
    const isWrite = body !== undefined || revision !== undefined;
    const response = await fetch(`${origin}${path}`, {
      method: isWrite ? "POST" : "GET",
      headers: {
        cookie,
        origin,
        ...(body ? { "content-type": "application/json" } : {}),
        ...(revision === undefined ? {} : { "if-match": `"${revision}"` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
}

const key = (number: string) => `governance:900102001001${number}`;

/** Edition 2: 27 goes into 26, the south of 18 to 19, 01 has another name. */
async function publishSecond(): Promise<Published> {
  const [planner, approver] = [await signedIn("planner"), await signedIn("approver")];
  const area = (number: string) => planner<AreaDetail>(`/api/areas/${key(number)}`);
  const [one, giver, taker, stays, goes] = await Promise.all(["001", "018", "019", "026", "027"].map(area));
  const [west, south, east] = giver!.bbox;
  const strip = [
    [west, south],
    [east, south],
    [east, south + 0.0004],
    [west, south + 0.0004],
    [west, south],
  ];
  const operations = [
    { op: "merge", keep: stays!.id, areas: [goes!.id] },
    { op: "give", to: taker!.id, from: [giver!.id], place: [[strip]], pieces: true },
    { op: "set_attributes", area: one!.id, set: { name: "清风网格", short_name: "清风01" } },
  ];
  const name = "慧泽调整";
  const plan = await planner<PlanSummary>("/api/plans", {
    name,
    network: "governance",
    area: "900102001001",
    from: { kind: "edition" },
  });
  const at = `/api/plans/${plan.id}`;
  let { revision } = plan;
  for (const operation of operations) {
    ({ revision } = await planner<{ revision: number }>(`${at}/operations`, operation, revision));
  }
  const { warnings } = await planner<PlanCheck>(`${at}/check`);
  for (const kind of new Set(warnings.filter(({ reason }) => reason === null).map((warning) => warning.kind))) {
    await planner(`${at}/check/reasons`, { kind, keys: null, text: "测试：按现状保留" });
  }
  await planner(`${at}/submit`, { from_day: null }, revision);
  await approver(`${at}/approve`, undefined, revision + 1);
  return approver(`${at}/publish`, { name }, revision + 2);
}

async function open(address: string, as: string | null, options: OpenOptions = {}): Promise<Page> {
  const cookies = as === null ? [] : await beginSession(as, undefined, origin);
  return openPage(address, { ...options, origin, prepare: (page) => page.context().addCookies(cookies) });
}

const said = (page: Page) => page.locator(".editions .check-message").innerText();
const compared = (page: Page) => page.locator(".edition-summary").waitFor();
const drawn = (page: Page) => page.evaluate(() => window.__atlas_map!.renderedFeatures());

test("editions are compared as list and map, and a retired grid leads to today's", async () => {
  const page = await open("/?panel=editions", "planner", { expectTrouble: true });
  expect(await said(page)).toMatch(/只有版次 1（.*）[\s\S]*去网格划分/);
  expect((await publishSecond()).edition).toBe(2);

  // the key opens it, the sums add up, and every changed grid has its line
  await page.goto(`${origin}/`);
  await mapAtRest(page);
  await page.keyboard.press("e");
  await compared(page);
  const counts = await page.locator(".edition-counts").innerText();
  expect(counts.replace(/\s+/g, " ")).toBe("沿用 23 调界 2 分割 0 合并 1 新设 0 停用 1");
  const lines = page.locator(".editions [data-key]");
  const listed = await lines.evaluateAll((all) => all.map((line) => (line as HTMLElement).dataset.key));
  expect(listed).toEqual(["026", "018", "019", "027", "001"].map(key));
  expect(await page.locator(".edition-sentence").innerText()).toMatch(/27 个网格变为 26 个。\d+ 户换了网格/);
  await mapAtRest(page);
  const keys = new Set((await drawn(page)).map(({ legend_key }) => legend_key));
  for (const legend of ["change-moved", "change-former", "change-border"]) expect(keys, legend).toContain(legend);
  expect(keys).not.toContain("area-hue");
  expect(await findBarriers(page)).toEqual([]);
  expect(await findClipped(page)).toEqual([]);
  await keepPicture(page, "editions");

  // by keyboard to the retired one, which says who has its ground
  await lines.first().focus();
  for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("sel") === `area:${key("027")}`);
  expect(await page.locator(".edition-body").innerText()).toMatch(/慧泽27 → 慧泽26\s+[\d.,]+ (公顷|m²)\s+\d+\s+\d+/);
  await page.locator(".details .shares .link").first().waitFor();
  expect(await page.locator(".details").innerText()).toContain("自第 2 版起停用");
  await mapAtRest(page);
  expect((await drawn(page)).map(({ layer }) => layer)).toContain("change-chosen");
  const middle = await page.evaluate(async () => {
    const difference = (await (await fetch("/api/editions/governance/1..2")).json()) as EditionDifference;
    const piece = difference.changes.find(({ from }) => from?.short_name === "慧泽27")!;
    return window.__atlas_map!.project(piece.at);
  });
  await page.locator(".map-canvas").hover({ position: { x: middle[0], y: middle[1] } });
  expect(await page.locator(".hover-card").innerText()).toMatch(/现 慧泽26\s+原 慧泽27/);
  await page.locator(".details .shares .link").first().click();
  await page.waitForURL((url) => url.searchParams.get("sel") === `area:${key("026")}`);
  expect(await page.locator(".editions .issue-chosen .issue-title").innerText()).toBe("慧泽26");
});

test("an address names two editions, or says why they cannot be compared; the public sees no households", async () => {
  const page = await open("/?panel=editions&former=1&theme=dark&lang=en", null, { expectTrouble: true });
  await compared(page);
  expect(await page.locator(".edition-summary").innerText()).toContain("shown to those who may check");
  expect(await page.locator(".edition-households").count()).toBe(0);
  await mapAtRest(page);
  expect(await findBarriers(page)).toEqual([]);
  expect(await findClipped(page)).toEqual([]);
  await keepPicture(page, "editions-dark");
  const sentences = [
    ["former=2", "Both sides are edition 2"],
    ["former=9", "has no edition 9"],
    ["former=2&edition=1", "Edition 2 is later than edition 1"],
    ["edition=1", "Edition 1 is the first one"],
    ["network=fire", "one edition only (1, from"],
  ];
  for (const [address, sentence] of sentences) {
    // as Back does, which is many times faster than another page
    await page.evaluate((to) => {
      history.pushState(null, "", to);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `/?panel=editions&${address}`);
    await page.locator(".editions .check-message", { hasText: sentence! }).waitFor();
  }
});

test("at an edition or a date map, tree and panel are as they were, and a banner says so", async () => {
  const page = await open(`/?on=2026-03-01&sel=area:${key("027")}`, "planner", { expectTrouble: true });
  await mapAtRest(page);
  expect(await page.locator(".banner").innerText()).toMatch(/版次 1 · 2026-01-01 起 · 非现行/);
  expect(await page.locator(".details .panel-title").innerText()).toBe("慧泽27");
  await page.locator(`.tree [data-key="${key("027")}"]`).waitFor();
  const names = (await drawn(page)).filter(({ source_layer }) => source_layer === "area_labels");
  expect(names.map(({ properties }) => properties.name)).toContain("慧泽27");
  // the same address without the date leads to who has the ground now
  await page.goto(`${origin}/?sel=area:${key("027")}`);
  await mapAtRest(page);
  expect(await page.locator(".details").innerText()).toMatch(/已停用[\s\S]*地块今属\s+慧泽26/);
  const now = (await drawn(page)).filter(({ source_layer }) => source_layer === "area_labels");
  expect(now.map(({ properties }) => properties.name)).not.toContain("慧泽27");
  expect(now.map(({ properties }) => properties.name)).toContain("慧泽26");
});
