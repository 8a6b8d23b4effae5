import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keepPicture, openMap, withBrowser } from "./browser.ts";
import { findClipped } from "./page_checks.ts";

withBrowser();

const inQuality = process.env.QUALITY === "1";
const sizes: [width: number, height: number][] = [
  [1440, 900],
  [390, 844],
  [320, 640],
];
/** 720×450 is a laptop at 200 % zoom. */
const moreSizes: [width: number, height: number][] = [
  [1024, 768],
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
  [720, 450],
];
if (inQuality) sizes.push(...moreSizes);
const looks = ["", "&lang=en&theme=dark"];
const cases = sizes.flatMap((size) => looks.map((look) => [`${size[0]}×${size[1]}`, look, size] as const));
const grid = "sel=area:governance:900102001002010&map=15.2/33.59550/121.38700";

test.each(cases)("nothing overflows or is cut at %s%s, with and without a panel", async (name, look, size) => {
  const page = await openMap(`/?${look.slice(1)}`, { size });
  expect(await findClipped(page)).toEqual([]);
  const label = `${name.replace("×", "x")}${look.includes("dark") ? "-en-dark" : ""}`;
  await keepPicture(page, `panorama-${label}`);
  const opened = await openMap(`/?${grid}${look}`, { size });
  await opened.locator('.details [data-state="ready"], .sheet [data-state="ready"]').first().waitFor();
  expect(await findClipped(opened)).toEqual([]);
  await keepPicture(opened, `grid-${label}`);
});

test.each([
  ["light", [1440, 900]],
  ["dark", [1440, 900]],
  ["light", [1920, 1080]],
  ["dark", [1920, 1080]],
] as const)("pictures for people: the %s panorama at %s", async (theme, [width, height]) => {
  const page = await openMap(`/?theme=${theme}`, { size: [width, height] });
  await keepPicture(page, `city-${theme}-${width}x${height}`);
  const near = await openMap(`/?theme=${theme}&map=16.2/33.60350/121.39700`, { size: [width, height] });
  await keepPicture(near, `old-quarter-${theme}-${width}x${height}`);
});

/** Adds up from the first picture how far things jump that the reader did not move. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) (window as unknown as { shifts: number }).shifts += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

const shifts = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { shifts: number }).shifts);

test.each(["", "map=15.2/33.59550/121.38700", "map=17.2/33.59550/121.38700&lang=en"])(
  "nothing jumps while the map of «%s» fills: CLS stays below 0.02",
  async (view) => {
    const page = await openMap(`/?${view}`, { prepare: watchShifts });
    await page.locator(".legend-entry").first().waitFor();
    expect(await shifts(page)).toBeLessThanOrEqual(0.02);
  },
);

test("a panel that fills or fails moves nothing else: CLS stays below 0.02", async () => {
  const page = await openMap(`/?${grid}`, { prepare: watchShifts });
  await page.locator('.details [data-state="ready"]').waitFor();
  await page.getByRole("tab", { name: "图层" }).click();
  await page.getByRole("tab", { name: "区域" }).click();
  await page.locator(".area-links .link").first().click();
  await page.locator('.details [data-state="ready"]').waitFor();
  expect(await shifts(page)).toBeLessThanOrEqual(0.02);
});
