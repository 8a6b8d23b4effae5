import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { CheckReport } from "../../data/schema/check.ts";
import { beginSession, keepPicture, mapAtRest, type OpenOptions, openPage, withBrowser } from "./browser.ts";
import { findBarriers, findClipped } from "./page_checks.ts";
import { type PlantedCity, startPlantedCity } from "./planted_city.ts";

withBrowser();

/** 慧泽社区. */
const scope = "scope=900102001002";
const panel = `panel=check&${scope}`;

/** The panel says of itself how it is. */
async function reported(page: Page): Promise<void> {
  await page.locator(".check-body[data-state=ready], .check-body[data-state=empty]").waitFor({ timeout: 60_000 });
}

/** What the check says, asked with the session of the page. */
function readReport(page: Page): Promise<CheckReport> {
  return page.evaluate(async () => (await fetch("/api/areas/governance:900102001002/check")).json());
}

const drawnKeys = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...new Set(window.__atlas_map!.renderedFeatures().flatMap(({ legend_key }) => legend_key ?? [])),
  ]);

/** The legend follows the map; it is right when both say the same. */
async function legendIsTrue(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll<HTMLElement>("[data-legend-key]")].map(
      (line) => line.dataset.legendKey,
    );
    const drawn = window.__atlas_map!.renderedFeatures().map((feature) => feature.legend_key);
    const keys = new Set(drawn.filter((key) => key !== null));
    return keys.size === shown.length && shown.every((key) => keys.has(key!));
  });
}

/** A city of its own needs a cluster of ours: with TEST_ENGINE=embedded there is none. */
const database = inject("database_url");

describe.skipIf(database === null)("a district with ten planted faults", () => {
  let city: PlantedCity;

  beforeAll(async () => {
    city = await startPlantedCity(database!);
  }, 300_000);
  afterAll(() => city?.stop());

  async function open(address: string, as = "planner", options: OpenOptions = {}): Promise<Page> {
    const cookies = await beginSession(as, undefined, city.origin);
    const page = await openPage(address, {
      ...options,
      origin: city.origin,
      prepare: async (fresh) => {
        await fresh.context().addCookies(cookies);
        await options.prepare?.(fresh);
      },
    });
    return page;
  }

  test("shows all ten on the page and draws them; the legend says what is drawn", async () => {
    const page = await open(`/?${panel}&map=16/33.59450/121.38700`, "planner", { size: [1920, 1080] });
    await reported(page);
    const { faults, warnings } = await readReport(page);
    const isAt = ([lon, lat]: readonly [number, number], geometry: CheckReport["faults"][number]["geometry"]) => {
      const numbers = JSON.stringify(geometry?.coordinates ?? []).match(/-?\d+\.\d+/g) ?? [];
      const lons = numbers.filter((_, index) => index % 2 === 0).map(Number);
      const lats = numbers.filter((_, index) => index % 2 === 1).map(Number);
      const near = 1e-4;
      return (
        Math.min(...lons) - near < lon &&
        lon < Math.max(...lons) + near &&
        Math.min(...lats) - near < lat &&
        lat < Math.max(...lats) + near
      );
    };
    const listed = await page
      .locator("[data-issue]")
      .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset.issue));
    for (const { kind, at } of city.planted) {
      const found = faults.find((fault) => fault.kind === kind && isAt(at, fault.geometry));
      expect(found, `${kind} at ${at}`).toBeDefined();
      expect(listed, kind).toContain(found!.key);
    }
    expect(city.planted.length).toBe(10);
    expect(await page.locator(".count-fault").innerText()).toContain(`错误 ${faults.length}`);
    // Golden figures: under 300–500 households each of the 27 grids is a warning.
    expect(warnings.filter(({ kind }) => kind === "population").length).toBe(27);
    await mapAtRest(page);
    const keys = await drawnKeys(page);
    for (const key of ["fault-gap", "fault-overlap", "fault-outside", "fault-uncovered", "warning"])
      expect(keys, key).toContain(key);
    await legendIsTrue(page);
    await keepPicture(page, "checks-faults");
  });

  test("a click unfolds the sentence and the mends, flies there and outlines it; the link says which", async () => {
    const page = await open(`/?${panel}`);
    await reported(page);
    await mapAtRest(page);
    const line = page.locator("[data-issue]", { hasText: "重叠" }).first();
    const key = await line.getAttribute("data-issue");
    await line.click();
    expect(await page.locator(".issue-chosen").innerText()).toMatch(/重叠 [\d,.]+ m²。[\s\S]*修复建议[\s\S]*→/);
    await page.waitForFunction(() => window.__atlas_map!.camera().zoom > 16);
    await mapAtRest(page);
    expect(await page.evaluate(() => window.__atlas_map!.renderedFeatures().map(({ layer }) => layer))).toContain(
      "finding-chosen",
    );
    expect(new URL(page.url()).searchParams.get("issue")).toBe(key);
    // No way to apply anything.
    expect(await page.locator(".mends button").allInnerTexts()).toEqual([expect.stringMatching(/^其余/)]);
    await keepPicture(page, "checks-chosen");
    const again = await open(`/?${panel}&issue=${encodeURIComponent(key!)}`);
    await again.waitForFunction(() => (window.__atlas_map?.camera().zoom ?? 0) > 16, null, { timeout: 60_000 });
    await page.goBack();
    await page.waitForFunction(() => document.querySelector(".issue-chosen") === null);
  });

  test("the keyboard alone opens the checks, walks through issues, folds them and leaves", async () => {
    const page = await open(`/?${scope}`);
    await mapAtRest(page);
    await page.keyboard.press("k");
    await reported(page);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-issue") ?? null);
    const hasFocus = () => page.evaluate(() => document.activeElement !== document.body);
    const keys = await page
      .locator("[data-issue]")
      .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset.issue));
    await page.locator("[data-issue]").first().focus();
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe(keys[1]);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("issue") === keys[1]);
    await page.keyboard.press("]");
    await page.waitForURL((url) => url.searchParams.get("issue") === keys[2]);
    expect(await focused()).toBe(keys[2]);
    await page.keyboard.press("[");
    await page.waitForURL((url) => url.searchParams.get("issue") === keys[1]);
    expect(await hasFocus()).toBe(true);
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("issue"));
    expect(await focused()).toBe(keys[1]);
    await page.keyboard.press("Shift+Slash");
    await page.getByRole("dialog").waitFor();
    expect(await page.getByRole("dialog").innerText()).toContain("网格划分检查");
    await page.keyboard.press("Escape");
  });

  test.each([
    [[1440, 900], ""],
    [[1440, 900], "&lang=en&theme=dark"],
    [[1280, 800], ""],
    [[1280, 800], "&lang=en"],
    [[390, 844], ""],
    [[390, 844], "&lang=en&theme=dark"],
  ] as const)("nothing overflows or bars the way at %s%s", async (size, look) => {
    const page = await open(`/?${panel}${look}`, "planner", { size: [...size] });
    await reported(page);
    await mapAtRest(page);
    for (const kind of ["■", "▲"]) {
      await page.locator("[data-issue]", { hasText: kind }).nth(1).click();
      await page.locator(".issue-chosen").waitFor();
      expect(await findClipped(page)).toEqual([]);
      expect(await findBarriers(page)).toEqual([]);
    }
    await mapAtRest(page);
    const name = `checks-${size.join("x")}${look.includes("dark") ? "-en-dark" : look.includes("en") ? "-en" : ""}`;
    await keepPicture(page, name);
    await page.locator("[data-issue]").first().click();
    await mapAtRest(page);
    await keepPicture(page, `${name}-fault`);
  });

  test("a reason answers one warning, another one all of a kind; both can be taken back", async () => {
    const page = await open(`/?${panel}`);
    await reported(page);
    const group = page.locator('.issue-group[data-kind="population"]');
    await group.locator("[data-issue]").first().click();
    await group.getByRole("button", { name: "填写理由", exact: true }).click();
    await page.getByLabel("理由", { exact: true }).fill("老旧小区，按楼栋设格。");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "保存理由" }).click();
    await group.locator(".reason-text").waitFor();
    expect(await group.locator(".reason").innerText()).toMatch(
      /老旧小区，按楼栋设格。[\s\S]*李文博 · \d{4}-\d\d-\d\d \d\d:\d\d/,
    );
    expect(await group.locator(".issue-group-head").innerText()).toContain("26 条待填理由");
    await group.getByRole("button", { name: "删除理由" }).click();
    await group.locator(".issue-group-head", { hasText: "27 条待填理由" }).waitFor();
    await group.getByRole("button", { name: "为本类全部填写理由" }).click();
    await page.getByLabel("理由", { exact: true }).fill("全社区统一按楼栋设格。");
    await page.getByRole("button", { name: "保存理由" }).click();
    await group.locator(".issue-group-head", { hasText: "都有理由" }).waitFor();
    await keepPicture(page, "checks-reasons");
    await group.getByRole("button", { name: "删除理由" }).click();
    await group.locator(".issue-group-head", { hasText: "27 条待填理由" }).waitFor();
  });

  test("who may not give reasons reads them; hydrants show what they reach", async () => {
    const page = await open(`/?${panel}&map=16/33.59550/121.38700`, "fire");
    await reported(page);
    expect(await page.getByRole("button", { name: /填写理由/ }).count()).toBe(0);
    await page.getByRole("button", { name: "在地图上显示" }).click();
    await page.waitForFunction(() =>
      window.__atlas_map!.renderedFeatures().some(({ legend_key }) => legend_key === "hydrant-reach"),
    );
    await mapAtRest(page);
    await legendIsTrue(page);
    expect(page.url()).toContain("layers=hydrant_reach");
    await keepPicture(page, "checks-hydrants");
  });

  test("the report names counts and hash on one A4 page whose text can be read", async () => {
    const page = await open("/certificate?area=governance:900102001002");
    await page.locator(".certificate-title", { hasText: "网格划分检查报告" }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await findClipped(page)).toEqual([]);
    await keepPicture(page, "certificate-report");
    const { pages, text, fonts } = await printed(page);
    expect(pages).toBe(1);
    const { summary, faults } = await readReport(page);
    expect(text).toContain(summary.inputs.sha256);
    expect(text).toContain(`${faults.length} 处错误`);
    expect(fonts).not.toMatch(/Type 3|\bno\s+yes\b/);
  });
});

/** Pages, text and fonts of the page as Chromium prints it. */
async function printed(page: Page): Promise<{ pages: number; text: string; fonts: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), "ga-print-"));
  try {
    const file = path.join(folder, "certificate.pdf");
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    const ask = (command: string, ...more: string[]) => execFileSync(command, [file, ...more]).toString();
    return {
      pages: Number(/Pages:\s+(\d+)/.exec(ask("pdfinfo"))?.[1]),
      text: ask("pdftotext", "-layout", "-"),
      fonts: ask("pdffonts"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("the demo community has neither faults nor warnings, and its certificate says so on one page", async () => {
  const page = await openPage(`/?${panel}`, { as: "planner" });
  await page.locator(".check-body[data-state=empty]").waitFor({ timeout: 60_000 });
  expect(await page.locator(".check-sound").innerText()).toMatch(/没有错误，也没有警告[\s\S]*27 个网格/);
  expect(await findBarriers(page)).toEqual([]);
  await mapAtRest(page);
  await keepPicture(page, "checks-sound");
  await page.getByRole("link", { name: "检查证书" }).click();
  await page.locator(".certificate-title", { hasText: "网格划分检查证书" }).waitFor();
  await keepPicture(page, "certificate");
  const { pages, text } = await printed(page);
  expect(pages).toBe(1);
  expect(text).toContain("网格划分检查证书");
  expect(text).toMatch(/[0-9a-f]{64}/);
  const json = await page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>(".certificate-acts a[download]")!;
    return (await fetch(link.href)).json();
  });
  expect(json).toMatchObject({ valid: true, network: "governance" });
  await page.getByRole("link", { name: "返回检查" }).click();
  await page.locator(".check-sound").waitFor({ timeout: 60_000 });
});

test("what takes long says so and can be called off; what fails says what and can be tried again", async () => {
  const held: (() => void)[] = [];
  const page = await openPage(`/?${panel}`, {
    as: "planner",
    expectTrouble: true,
    prepare: (fresh) =>
      fresh.route("**/check", async (route) => {
        await new Promise<void>((resolve) => held.push(resolve));
        await route.abort().catch(() => undefined);
      }),
  });
  await page.locator(".check-progress").waitFor();
  expect(await page.locator(".check-progress").innerText()).toContain("正在检查");
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "checks-progress");
  await page.locator(".check-progress").getByRole("button", { name: "取消" }).click();
  await page.locator("[data-state=cancelled]").waitFor();
  await keepPicture(page, "checks-cancelled");
  await page.locator("[data-state=cancelled]").getByRole("button").click();
  await page.waitForFunction((count) => count > 1, held.length).catch(() => undefined);
  for (const release of held) release();
  await page.locator(".check-body[data-state=error]").waitFor();
  expect(await page.locator(".check-body").innerText()).toContain("加载失败");
  await keepPicture(page, "checks-error");
  await page.unroute("**/check");
  await page.locator(".check-body").getByRole("button", { name: "重试" }).click();
  await reported(page);
});

test("checks are offered to those who may make them; a link tells the others why not", async () => {
  const wall = await openPage(`/?${panel}`, { as: "wall" });
  await wall.locator(".check-body[data-state=forbidden]").waitFor();
  expect(await wall.getByRole("tab").allInnerTexts()).toContain("检查");
  const worker = await openPage("/", { as: "worker" });
  await worker.getByRole("tab", { name: "区域" }).waitFor();
  expect(await worker.getByRole("tab").allInnerTexts()).not.toContain("检查");
  const anonymous = await openPage(`/?${panel}`, { as: null });
  await anonymous.locator(".check-body").getByRole("link", { name: "登录" }).waitFor();
  expect(await findBarriers(anonymous)).toEqual([]);
  const planner = await openPage("/?panel=check&scope=900102003", { as: "planner", expectTrouble: true });
  await planner.locator("[data-state=forbidden]").waitFor();
  await mapAtRest(planner);
  await keepPicture(planner, "checks-forbidden");
  await planner.locator(".check-own").getByRole("button").first().click();
  await reported(planner);
});

test("the crosswalk lists the parts of each grid, colours how whole they lie, and goes into a file", async () => {
  const page = await openPage(`/?panel=crosswalk&${scope}&overlay=fire`, { as: "planner" });
  await page.locator(".crosswalk-table").waitFor({ timeout: 60_000 });
  await mapAtRest(page);
  expect(await page.locator(".crosswalk-table tbody").count()).toBe(27);
  expect(await drawnKeys(page)).toEqual(expect.arrayContaining(["nesting-0"]));
  await legendIsTrue(page);
  expect(await findBarriers(page)).toEqual([]);
  expect(await findClipped(page)).toEqual([]);
  const zoom = await page.evaluate(() => window.__atlas_map!.camera().zoom);
  await page.locator('.crosswalk-table [data-key="900102001002010"]').click();
  await page.waitForFunction((former) => window.__atlas_map!.camera().zoom > former, zoom);
  await mapAtRest(page);
  await keepPicture(page, "crosswalk");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "下载 CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("crosswalk-governance-900102001002-fire.csv");
  const csv = readFileSync((await file.path())!);
  expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = csv.toString().split("\r\n");
  expect(lines[0]).toContain("网格编码,网格,");
  expect(lines.filter((line) => line.startsWith("900102001002010,")).length).toBeGreaterThan(0);
});
