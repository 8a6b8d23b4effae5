import { expect, test } from "vitest";
import { distanceBetween } from "../../data/measure/distance.ts";
import { drawnNames, mapAtRest, openMap, withBrowser } from "./browser.ts";

withBrowser();

test.each([10, 12, 14, 16, 18])("at zoom %d the legend names what is drawn and nothing else", async (zoom) => {
  const page = await openMap(
    `/?map=${zoom}/33.59550/121.38700&layers=pipes,components,key_units,hydrants,legal_entities`,
    {
      size: [1920, 1080],
    },
  );
  // The legend follows the map; it is right when both say the same.
  await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll<HTMLElement>("[data-legend-key]")].map(
      (line) => line.dataset.legendKey,
    );
    const drawn = window.__atlas_map!.renderedFeatures().map((feature) => feature.legend_key);
    const keys = new Set(drawn.filter((key) => key !== null));
    return keys.size === shown.length && shown.every((key) => keys.has(key!));
  });
});

test.each([18, 30, 45])("at %d° north the scale bar is true to one percent", async (lat) => {
  const page = await openMap(`/?map=14/${lat}/121.4`);
  const bar = page.locator(".scale-bar");
  const drawn = await bar.locator(".scale-line").evaluate((line) => line.getBoundingClientRect().width);
  const metres = Number(await bar.getAttribute("data-metres"));
  const ends = await page.evaluate((width) => {
    const map = window.__atlas_map!;
    const { lat, lng } = map.camera();
    const [x] = map.project([lng, lat]);
    const [x2] = map.project([lng + 0.01, lat]);
    return { from: [lng, lat], to: [lng + (0.01 * width) / (x2 - x), lat] };
  }, drawn);
  const truth = distanceBetween(ends.from as [number, number], ends.to as [number, number]);
  expect(Math.abs(metres / truth - 1)).toBeLessThan(0.01);
});

test("the north arrow turns with the map, and a click turns both back", async () => {
  const page = await openMap("/?map=15/33.59550/121.38700");
  await page.evaluate(() => {
    const map = window.__atlas_map!;
    map.setCamera({ ...map.camera(), bearing: 40 });
  });
  const turned = () => page.locator(".north svg").evaluate((arrow) => getComputedStyle(arrow).rotate);
  await page.waitForFunction(() => getComputedStyle(document.querySelector(".north svg")!).rotate === "-40deg");
  await page.locator(".north").click();
  await page.waitForFunction(() => Math.abs(window.__atlas_map!.camera().bearing ?? 0) < 1);
  await mapAtRest(page);
  expect(Math.abs(Number.parseFloat(await turned()) || 0)).toBeLessThan(1);
});

test("in a dense community nearly all grids carry their name", async () => {
  const page = await openMap("/?map=16/33.59650/121.38650&layers=-facilities,-estates", { size: [1920, 1080] });
  const names = await drawnNames(page, "area_labels");
  expect(names.filter((name) => name.startsWith("慧泽")).length).toBeGreaterThan(8);
});
