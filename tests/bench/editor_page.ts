import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import type { Position } from "../../data/schema/geometry.ts";
import type { AtlasMap } from "../../web/map/atlas_map.ts";
import type { EditorServer } from "./editor_server.ts";

declare global {
  interface Window {
    __atlas_map?: AtlasMap;
    __bench: BenchNotes;
  }
}

/** What the page notes for us. */
interface BenchNotes {
  /** When the draft was last on the canvas as it is, ms since navigation. */
  redrawn: number[];
  /** When Enter was last pressed. */
  enter: number;
  /** Frames in which something moved that the hand moves. */
  moved: number[];
}

const switches = [
  ..."--no-sandbox --use-angle=swiftshader --enable-unsafe-swiftshader --disable-background-networking".split(" "),
  ..."--disable-component-update --disable-sync --force-color-profile=srgb".split(" "),
];

/** ms of a drag that is measured */
const dragTime = 3_000;
/** px round the vertex, and how far the map is panned */
const [vertexRadius, panRadius] = [24, 80];

export interface EditorBrowser {
  open(plan: string): Promise<EditorPage>;
  close(): Promise<void>;
}

/** One profile, in which the planner is signed in: what a second opening finds in it is what a planner's browser has. */
export async function openBrowser({ origin, cookies }: EditorServer): Promise<EditorBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: switches,
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const domain = new URL(origin).hostname;
  await context.addCookies(
    cookies.map((pair) => {
      const [name, ...value] = pair.split("=");
      return { name: name!, value: value.join("="), domain, path: "/" };
    }),
  );
  await context.addInitScript(takeNotes);
  return {
    open: (plan) => openEditor(browser, context, `${origin}/planner/${plan}`),
    close: () => browser.close(),
  };
}

/** Runs in the page, before its own scripts. */
function takeNotes(): void {
  const notes: BenchNotes = { redrawn: [], enter: 0, moved: [] };
  window.__bench = notes;
  const note = (time: number) => notes.moved.at(-1) !== time && notes.moved.push(time);
  let map: AtlasMap | undefined;
  Object.defineProperty(window, "__atlas_map", {
    configurable: true,
    get: () => map,
    set(made: AtlasMap) {
      map = made;
      made.on("redrawn", ({ milliseconds }) => notes.redrawn.push(milliseconds));
      made.on("move", () => note(document.timeline.currentTime as number));
    },
  });
  const press = ({ key, timeStamp }: KeyboardEvent) => {
    if (key === "Enter") notes.enter = timeStamp;
  };
  addEventListener("keydown", press, { capture: true });
  const watch = new MutationObserver(() => note(document.timeline.currentTime as number));
  addEventListener("DOMContentLoaded", () => {
    const wait = setInterval(() => {
      const echo = document.querySelector("svg.echo");
      if (!echo) return;
      clearInterval(wait);
      watch.observe(echo, { attributes: true, subtree: true });
    }, 50);
  });
}

/**
 * The editor as a hand uses it. What is counted:
 * - opened: from navigation until the frame in which all faces, borders and names of the draft that lie in view are on
 *   the canvas; the tools hear the pointer by then.
 * - work of a frame: all that the page's main thread did between two animation frames, in its own processor time:
 *   handlers, figures, React, layout, paint, MapLibre, collection of garbage, and the tracing itself.
 * - seen: from the key Enter until the frame in which the changed draft is on the canvas.
 * - rate: frames in which the border (or the map, where it is panned) was drawn at another place.
 */
export interface EditorPage {
  opened: number;
  look(box: [number, number, number, number]): Promise<void>;
  /** Those that lie well inside the view. */
  inView<Thing extends { at: Position }>(things: readonly Thing[]): Promise<Thing[]>;
  /** px between two places */
  apart(a: Position, b: Position): Promise<number>;
  pan(): Promise<{ rate: number }>;
  dragVertex(border: Position, vertex: Position): Promise<{ rate: number; work: number[] }>;
  split(at: Position, from: Position, to: Position): Promise<number>;
  merge(a: Position, b: Position): Promise<number>;
  /** Moves a vertex to and fro. @returns MB that the heap has grown after the first hundred times */
  nudge(border: Position, vertex: Position, times: number): Promise<number>;
  saved(): Promise<void>;
  close(): Promise<void>;
}

async function openEditor(browser: Browser, context: BrowserContext, address: string): Promise<EditorPage> {
  const page = await context.newPage();
  const failures: Error[] = [];
  page.on("pageerror", (error) => failures.push(error));
  page.setDefaultTimeout(60_000);
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => window.__bench?.redrawn.length > 0);
  const opened = await page.evaluate(() => window.__bench.redrawn[0]!);
  await page.locator(".tool-palette button").first().waitFor();
  await atRest(page);
  const devtools = await context.newCDPSession(page);
  return {
    opened,
    async look(box) {
      await page.evaluate((box) => window.__atlas_map!.flyTo(box), box);
      await page.waitForTimeout(1_000); // longer than a flight
      await atRest(page);
    },
    inView: (things) => inView(page, things),
    async apart(a, b) {
      const [[ax, ay], [bx, by]] = [await pointOf(page, a), await pointOf(page, b)];
      return Math.hypot(ax - bx, ay - by);
    },
    pan: () => pan(page),
    dragVertex: (border, vertex) => dragVertex(browser, page, border, vertex),
    split: (at, from, to) => split(page, at, from, to),
    merge: (a, b) => merge(page, a, b),
    nudge: (border, vertex, times) => nudge(page, devtools, { border, vertex, times }),
    saved: () => saved(page),
    async close() {
      await page.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() => window.__atlas_map?.isIdle() === true);
}

async function saved(page: Page): Promise<void> {
  await page.locator('.sync-note[data-sync="saved"]').waitFor();
}

/** Of a place in the page, not in the map. */
async function pointOf(page: Page, at: Position): Promise<[number, number]> {
  return page.evaluate((at) => {
    const { left, top } = document.querySelector(".map-canvas")!.getBoundingClientRect();
    const [x, y] = window.__atlas_map!.project(at);
    return [x + left, y + top];
  }, at);
}

async function inView<Thing extends { at: Position }>(page: Page, things: readonly Thing[]): Promise<Thing[]> {
  const margin = 110; // banner, hint and buttons stand at the edges
  const within = await page.evaluate(
    ([places, margin]) => {
      const { clientWidth, clientHeight } = document.querySelector(".map-canvas")!;
      return places.map((at) => {
        const [x, y] = window.__atlas_map!.project(at);
        return x > margin && y > margin && x < clientWidth - margin && y < clientHeight - margin;
      });
    },
    [things.map(({ at }) => at), margin] as const,
  );
  return things.filter((_, i) => within[i]);
}

async function press(page: Page, key: string): Promise<void> {
  await page.evaluate(() => window.__atlas_map!.focus());
  await page.keyboard.press(key);
}

async function clickAt(page: Page, at: Position): Promise<void> {
  await page.mouse.click(...(await pointOf(page, at)));
}

/** Moves the pressed pointer round a place, as fast as the page takes it. @returns frames a second */
async function circle(page: Page, [x, y]: [number, number], radius: number): Promise<number> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    window.__bench.moved = [];
  });
  const began = performance.now();
  for (let i = 1; performance.now() - began < dragTime; i++) {
    const angle = i / 12;
    await page.mouse.move(x + radius * Math.sin(angle), y + radius * (1 - Math.cos(angle)));
  }
  const frames = await page.evaluate(() => window.__bench.moved);
  return ((frames.length - 1) * 1000) / (frames.at(-1)! - frames[0]!);
}

async function pan(page: Page): Promise<{ rate: number }> {
  await press(page, "v");
  const { width, height } = page.viewportSize()!;
  const rate = await circle(page, [width / 2, height / 2], panRadius);
  await page.mouse.up();
  await atRest(page);
  return { rate };
}

async function dragVertex(browser: Browser, page: Page, border: Position, vertex: Position) {
  await press(page, "b");
  await clickAt(page, border);
  const point = await pointOf(page, vertex);
  // Without tracing, which would cost frames.
  const rate = await circle(page, point, vertexRadius);
  await release(page, point);
  await press(page, "b");
  await clickAt(page, border);
  const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline"];
  await browser.startTracing(page, { categories });
  await circle(page, point, vertexRadius);
  const work = workOfFrames(JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] });
  await release(page, point);
  return { rate, work };
}

/** Lets the vertex go where it was, so that the draft stays what it is: a drag back is no operation. */
async function release(page: Page, [x, y]: [number, number]): Promise<void> {
  await page.mouse.move(x + 2, y + 1);
  await page.mouse.up();
  await press(page, "Escape");
  await saved(page);
  await atRest(page);
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** ms of processor time of each frame of the page's main thread. */
function workOfFrames({ traceEvents }: { traceEvents: TraceEvent[] }): number[] {
  const frames = traceEvents.filter(({ name }) => name === "FireAnimationFrame");
  // the page is the one that draws most frames
  const counts = new Map<number, number>();
  for (const { pid } of frames) counts.set(pid, (counts.get(pid) ?? 0) + 1);
  const [page] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const mine = frames.filter(({ pid }) => pid === page).sort((a, b) => a.ts - b.ts);
  const thread = mine[0]?.tid;
  const tasks = traceEvents
    .filter(({ name, ph, pid, tid }) => name === "RunTask" && ph === "X" && pid === page && tid === thread)
    .sort((a, b) => a.ts - b.ts);
  // A frame begins with the task that fires its callbacks.
  const begins = tasks.filter(({ ts, dur = 0 }) => mine.some((frame) => frame.ts >= ts && frame.ts <= ts + dur));
  return begins.slice(0, -1).map(({ ts }, i) => {
    const until = begins[i + 1]!.ts;
    const own = tasks.filter((task) => task.ts >= ts && task.ts < until);
    return own.reduce((sum, { tdur, dur = 0 }) => sum + (tdur ?? dur), 0) / 1000;
  });
}

/** From Enter until the draft that it changed is drawn. */
async function confirm(page: Page): Promise<number> {
  await page.locator(".confirm-bar").waitFor();
  await atRest(page);
  await saved(page);
  await page.evaluate(() => {
    window.__bench.redrawn = [];
  });
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.__bench.redrawn.length > 0);
  const seen = await page.evaluate(() => window.__bench.redrawn[0]! - window.__bench.enter);
  await saved(page);
  await atRest(page);
  return seen;
}

async function split(page: Page, at: Position, from: Position, to: Position): Promise<number> {
  await press(page, "v");
  await clickAt(page, at);
  await press(page, "x");
  await clickAt(page, from);
  await clickAt(page, to);
  return confirm(page);
}

async function merge(page: Page, a: Position, b: Position): Promise<number> {
  await press(page, "v");
  await clickAt(page, a);
  await page.keyboard.down("Shift");
  await clickAt(page, b);
  await page.keyboard.up("Shift");
  await press(page, "m");
  return confirm(page);
}

async function nudge(
  page: Page,
  devtools: CDPSession,
  { border, vertex, times }: { border: Position; vertex: Position; times: number },
): Promise<number> {
  await press(page, "b");
  await clickAt(page, border);
  const [x, y] = await pointOf(page, vertex);
  let before = 0;
  for (let i = 0; i < times; i++) {
    if (i === 100) before = await heapOf(devtools);
    await page.mouse.click(x, y);
    await page.keyboard.press(i % 2 === 0 ? "ArrowRight" : "ArrowLeft");
    await page.keyboard.press("Enter");
    if (i % 10 === 9) await saved(page);
  }
  await press(page, "Escape");
  await saved(page);
  return (await heapOf(devtools)) - before;
}

/** MB in use after a collection of garbage. */
async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}
