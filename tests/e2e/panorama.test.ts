import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { drawn, drawnNames, keepPicture, mapAtRest, openMap, withBrowser } from "./browser.ts";

withBrowser();

/** A camera over 慧泽社区 where grids carry their short names. */
const overHuize = "map=15.2/33.59550/121.38700";

/** Clicks the middle of a drawn grid, found by its name on the map. */
async function clickGrid(page: Page, name: string): Promise<void> {
  const point = await page.evaluate((wanted) => {
    const map = window.__atlas_map!;
    const label = map
      .renderedFeatures()
      .find(({ source_layer, properties }) => source_layer === "area_labels" && properties.name === wanted);
    const box = document.querySelector(".map-canvas")!.getBoundingClientRect();
    const [x, y] = map.project(label!.at);
    return { x: box.x + x, y: box.y + y };
  }, name);
  await page.mouse.click(point.x, point.y);
}

test("the panorama shows the city: grids drawn, named, and beside them the tree", async () => {
  const page = await openMap("/");
  expect(await page.evaluate(() => performance.getEntriesByName("map-meaningful").length)).toBe(1);
  expect((await drawnNames(page, "areas")).length).toBeGreaterThan(200);
  expect((await drawnNames(page, "area_labels")).length).toBeGreaterThan(50);
  expect(await drawnNames(page, "area_labels")).toContain("慧泽社区");
  expect(await page.locator('[role="tree"]').innerText()).toContain("慧泽社区");
  expect(await page.locator(".dock-body").getAttribute("data-state")).toBe("ready");
});

test("a community is found by typing its name and pressing Enter", async () => {
  const page = await openMap("/");
  await page.keyboard.press("/");
  await page.keyboard.type("慧泽社区");
  await page.keyboard.press("Enter");
  await page.locator(".panel-title", { hasText: "慧泽社区" }).waitFor();
  expect(await page.locator(".figures-row").innerText()).toMatch(/3,189/);
  expect(page.url()).toContain("sel=area:governance:");
  await drawn(page, "area_labels", "慧泽05");
  await mapAtRest(page);
  await keepPicture(page, "search-huize");
});

test("results are grouped by kind and walked through with the arrow keys", async () => {
  const page = await openMap("/");
  await page.keyboard.press("/");
  await page.keyboard.type("慧泽");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  const title = await chosen.locator(".search-title").innerText();
  expect(await page.getByRole("combobox").getAttribute("aria-activedescendant")).toBe(await chosen.getAttribute("id"));
  await page.keyboard.press("Escape");
  expect(await page.getByRole("listbox").count()).toBe(0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.locator(".panel-title").waitFor();
  expect(title).toContain("慧泽");
});

test("a click on a grid opens its panel: facts, people, neighbours, the other networks", async () => {
  const page = await openMap(`/?${overHuize}`);
  await clickGrid(page, "慧泽10");
  await page.locator(".panel-title", { hasText: "慧泽10" }).waitFor();
  await page.locator('.details [data-state="ready"]').waitFor();
  const panel = page.locator(".details");
  expect(await panel.locator(".figures-row dt").allInnerTexts()).toEqual(["户", "人", "幢", "公顷"]);
  expect(await panel.innerText()).toMatch(/网格长/);
  expect(await panel.innerText()).toMatch(/多网合一/);
  expect(await panel.innerText()).toMatch(/更新于 .*\d\d:\d\d:\d\d/);
  const neighbour = panel.locator(".area-links .link").first();
  const name = await neighbour.innerText();
  await neighbour.click();
  await page.locator(".panel-title", { hasText: name }).waitFor();
  await page.goBack();
  await page.locator(".panel-title", { hasText: "慧泽10" }).waitFor();
  await page.goForward();
  await page.locator(".panel-title", { hasText: name }).waitFor();
});

test("a click on nothing puts the selection away, and so does Esc", async () => {
  const page = await openMap(`/?${overHuize}`);
  await clickGrid(page, "慧泽10");
  await page.locator(".details").waitFor();
  await page.keyboard.press("Escape");
  expect(await page.locator(".details").count()).toBe(0);
  expect(page.url()).not.toContain("sel=");
});

test("only an English page asks for the readings of Han", async () => {
  // use_romanised, which asks for it, is another file
  const asked = (page: Page) =>
    page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/romanise-/.test(name)).length);
  const chinese = await openMap(`/?${overHuize}`);
  expect(await asked(chinese)).toBe(0);
  const english = await openMap(`/?${overHuize}&lang=en`);
  await english.getByRole("treeitem", { name: "Huize Community 慧泽社区" }).waitFor();
  expect(await asked(english)).toBe(1);
});

test("language and theme change in place: camera, selection and what was typed stay", async () => {
  const page = await openMap(`/?${overHuize}&sel=area:governance:900102001002010&q=慧泽`);
  await page.locator('.details [data-state="ready"]').waitFor();
  const before = await page.evaluate(() => window.__atlas_map!.camera());
  await page.getByText("EN", { exact: true }).click();
  await page.locator("html[lang=en]").waitFor({ state: "attached" });
  await page.getByText("Dark", { exact: true }).click();
  await page.locator("html[data-theme=dark]").waitFor({ state: "attached" });
  await mapAtRest(page);
  expect(await page.evaluate(() => window.__atlas_map!.camera())).toEqual(before);
  expect(await page.getByRole("combobox").inputValue()).toBe("慧泽");
  await page.locator(".panel-title", { hasText: "Huize 10" }).waitFor();
  expect(await page.locator(".panel-title").innerText()).toBe("Huize 10\n慧泽10");
  expect(await page.locator(".details").innerText()).toMatch(/People in charge/);
  expect(page.url()).toMatch(/lang=en/);
  expect(page.url()).toMatch(/theme=dark/);
  await keepPicture(page, "panorama-en-dark");
});

test("a second network lies over the first, with its shares in the panel", async () => {
  const page = await openMap(`/?${overHuize}&sel=area:governance:900102001002010`);
  await page.locator(".shares", { hasText: "消" }).getByText("叠加到地图").click();
  await page.waitForFunction(() =>
    window.__atlas_map!.renderedFeatures().some((feature) => feature.layer === "overlay-edge"),
  );
  expect(page.url()).toContain("overlay=fire");
  expect(await page.locator('.shares[data-overlaid="true"] .share-value').first().innerText()).toMatch(/%$/);
});
