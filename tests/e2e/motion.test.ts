import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openMap, withBrowser } from "./browser.ts";

withBrowser();

/** Frames a second that a moving map of at most 1 Mpx keeps where software draws it (ui/bars.md 2). */
const leastFrames = 10;
const watched = 5000; // ms, of which the first are the full style's: 流畅模式 starts by itself

/** Counts the pictures of a moving map: it tells its camera once for each. */
async function countPictures(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { pictures: times });
    window.__atlas_map!.on("move", () => times.push(performance.now()));
  });
}

/** Drags the map to and fro and turns the wheel, without letting go for longer than a moment. */
async function moveAbout(page: Page, milliseconds: number): Promise<void> {
  const box = (await page.locator("canvas.maplibregl-canvas").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 40 && Date.now() < end; step++)
      await page.mouse.move(x + 120 * Math.sin(step / 6), y + 60 * Math.sin(step / 9));
    await page.mouse.up();
    for (let notch = 0; notch < 6 && Date.now() < end; notch++) await page.mouse.wheel(0, notch < 3 ? -40 : 40);
  }
}

test.runIf(process.env.QUALITY === "1")(
  "a moving map keeps ten pictures a second where software draws it",
  async () => {
    const page = await openMap("/?map=15.2/33.59550/121.38700", { size: [1280, 800] });
    await moveAbout(page, watched);
    await countPictures(page);
    await moveAbout(page, watched);
    const times = await page.evaluate(() => (window as unknown as { pictures: number[] }).pictures);
    const frames = times
      .slice(1)
      .map((time, at) => time - times[at]!)
      .sort((a, b) => a - b);
    const middle = frames[frames.length >> 1]!;
    console.warn(`a moving map: ${(1000 / middle).toFixed(1)} pictures a second in the middle, ${times.length} in all`);
    expect(1000 / middle).toBeGreaterThanOrEqual(leastFrames);
  },
);
