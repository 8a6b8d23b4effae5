import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { mapAtRest, openMap, withBrowser } from "./browser.ts";

withBrowser();

/** ms from a press to the next picture that shows what it did (ui/bars.md 5). */
const mostAllowed = 200;

interface Interaction {
  name: string;
  /** ms from the press to the next picture */
  duration: number;
  /** ms of that until the last handler is done, with what React draws in it: our own part */
  own: number;
}

interface Heard {
  interactions: Map<number, Interaction>;
}

/** Listens to every interaction from the beginning: an interaction is as slow as its slowest event. */
async function listenToInteractions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: Heard = { interactions: new Map() };
    Object.assign(window, { heard });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (entry.interactionId === 0) continue;
        const { name, duration } = entry;
        const own = Math.round(entry.processingEnd - entry.startTime);
        const known = heard.interactions.get(entry.interactionId) ?? { name, duration: 0, own: 0 };
        heard.interactions.set(entry.interactionId, {
          name,
          duration: Math.max(known.duration, duration),
          own: Math.max(known.own, own),
        });
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
}

/** The interactions since the last call, slowest first. */
function takeInteractions(page: Page): Promise<Interaction[]> {
  return page.evaluate(async () => {
    // Entries come with the picture after the interaction.
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const { interactions } = (window as unknown as { heard: Heard }).heard;
    const all = [...interactions.values()].sort((a, b) => b.duration - a.duration);
    interactions.clear();
    return all;
  });
}

/** Whether software draws the map: then each picture costs hundreds of ms, and when it comes is chance. */
function isDrawnBySoftware(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const gl = document.createElement("canvas").getContext("webgl2");
    const names = gl?.getExtension("WEBGL_debug_renderer_info");
    return /swiftshader|llvmpipe|software/i.test(String(names && gl?.getParameter(names.UNMASKED_RENDERER_WEBGL)));
  });
}

test("nothing that is chosen, opened, stepped through or typed takes more than 200 ms", async () => {
  const page = await openMap("/?map=15.2/33.59550/121.38700", { prepare: listenToInteractions });
  // With a graphics card all of the way to the next picture has the bar; without one our own part of it.
  const bySoftware = await isDrawnBySoftware(page);
  const over: string[] = [];
  const durations: number[] = [];
  const judge = async (what: string) => {
    await mapAtRest(page);
    for (const { name, duration, own } of await takeInteractions(page)) {
      durations.push(duration);
      if ((bySoftware ? own : duration) > mostAllowed) over.push(`${what}: ${name} ${duration} ms, own part ${own} ms`);
    }
  };

  const rows = page.getByRole("treeitem");
  for (const at of [1, 2, 3, 4]) {
    // The pointer comes before the press, and what it outlines is no interaction.
    await rows.nth(at).hover();
    await mapAtRest(page);
    await rows.nth(at).click();
    await page.locator('.details [data-state="ready"]').waitFor();
    await judge(`area ${at}`);
  }
  for (const name of ["图层", "列表", "区域", "列表"]) {
    await page.getByRole("tab", { name }).click();
    await judge(`tab ${name}`);
  }
  await page.locator(".feature").first().focus();
  for (const key of ["ArrowDown", "ArrowDown", "Enter", "ArrowDown", "Enter"]) {
    await page.keyboard.press(key);
    await judge(`list ${key}`);
  }
  await page.keyboard.press("/");
  await page.keyboard.type("慧泽社区");
  await page.getByRole("listbox").waitFor();
  await judge("search");
  await page.keyboard.press("ArrowDown");
  await judge("search ArrowDown");
  await page.keyboard.press("Enter");
  await judge("search Enter");

  durations.sort((a, b) => a - b);
  const [middle, slowest] = [durations[durations.length >> 1], durations.at(-1)];
  if (bySoftware) console.warn(`software draws the map here: interactions ${middle}, at most ${slowest} ms`);
  expect(durations.length).toBeGreaterThan(10);
  expect(over).toEqual([]);
});
