import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { drawnNames, keepPicture, mapAtRest, openMap, withBrowser } from "./browser.ts";
import { type ServerProcess, startServer } from "./server_process.ts";

withBrowser();

const key = "secret-key-0451";
/** One black pixel, stretched over the tile. */
const black = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC",
  "base64",
);
const draw: RequestListener = (_request, response) => response.setHeader("Content-Type", "image/png").end(black);
const fail: RequestListener = (_request, response) => response.writeHead(500).end();
const hangUp: RequestListener = (request) => request.socket.destroy();

const view = "map=14/33.59550/121.38700";
const folder = mkdtempSync(path.join(tmpdir(), "ga-basemap-"));
/** By the first part of the address: a service a basemap, so that no test meets the failures of another. */
const answers: Record<string, RequestListener> = { sky: draw, shifted: draw, failing: fail, hanging: hangUp };
const basemaps = [
  entry("sky", "天图", "CGCS2000", "GS(2026)0451号"),
  entry("shifted", "偏图", "GCJ02", ""),
  entry("failing", "坏图", "CGCS2000", ""),
  entry("hanging", "断图", "WGS84", ""),
];
let asked: string[] = [];
let service: Server;
let server: ServerProcess;

/** A server beside the suite's, on the same city where that is in a database of its own. */
beforeAll(async () => {
  service = createServer((request, response) => {
    const address = request.url ?? "";
    asked.push(address);
    answers[/^\/(\w+)/.exec(address)?.[1] ?? ""]!(request, response);
  });
  await new Promise<void>((done) => service.listen(0, "127.0.0.1", done));
  const database = inject("database_url");
  server = await startServer({
    DEMO: "community",
    ...(database ? { DATABASE_URL: database } : { DATA_DIR: folder }),
    BASEMAPS: JSON.stringify(
      basemaps.map((facts) => ({ ...facts, url: `${serviceAddress()}/${facts.id}?x={x}&y={y}&l={z}&tk=${key}` })),
    ),
  });
});

afterAll(async () => {
  await server?.stop();
  service.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  asked = [];
});

function serviceAddress(): string {
  return `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
}

function entry(id: string, name: string, datum: string, approval_number: string) {
  return { id, name, datum, attribution: `${name}测绘院`, approval_number };
}

/** Mean lightness, 0–255, of the middle of the map. */
async function lightness(page: Page): Promise<number> {
  const picture = await page.screenshot({ clip: { x: 560, y: 300, width: 400, height: 300 } });
  return page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) sum += data[at]! + data[at + 1]! + data[at + 2]!;
    return sum / (data.length / 4) / 3;
  }, picture.toString("base64"));
}

/** Everything that the browser asks and is answered, as text; pictures and tiles as their length only. */
function overhear(page: Page): { heard: string[]; settle: () => Promise<unknown> } {
  const heard: string[] = [];
  const bodies: Promise<unknown>[] = [];
  page.on("request", (request) => heard.push(request.url(), JSON.stringify(request.headers())));
  page.on("response", (response) => {
    heard.push(JSON.stringify(response.headers()));
    const isText = /json|html|javascript/.test(response.headers()["content-type"] ?? "");
    if (isText)
      bodies.push(
        response
          .text()
          .then((text) => heard.push(text))
          .catch(() => undefined),
      );
  });
  return { heard, settle: () => Promise.all(bodies) };
}

test("a chosen basemap is drawn under the grids, through our own server, with its credit", async () => {
  let ears: ReturnType<typeof overhear> | undefined;
  const page = await openMap(`/?${view}&panel=layers`, {
    origin: server.origin,
    prepare: async (fresh) => {
      ears = overhear(fresh);
    },
  });
  expect(asked).toEqual([]);
  const without = await lightness(page);
  expect(await page.locator(".map-credit").innerText()).not.toMatch(/审图号/);

  await page.getByRole("radio", { name: "天图" }).click();
  await page.waitForFunction(() => window.__atlas_map!.style().sources.basemap !== undefined);
  await mapAtRest(page);
  expect(page.url()).toContain("base=sky");
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.every((address) => address.startsWith("/sky?") && address.endsWith(`&tk=${key}`))).toBe(true);
  expect(without - (await lightness(page))).toBeGreaterThan(30);
  expect(await page.locator(".map-credit").innerText()).toMatch(/天图测绘院.*审图号 GS\(2026\)0451号/);
  expect(await page.locator(".banner").count()).toBe(0);
  expect(await drawnNames(page, "area_labels")).toContain("慧泽社区");
  await keepPicture(page, "basemap");

  await ears!.settle();
  const all = `${ears!.heard.join("\n")}${await page.content()}`;
  const mentions = (text: string) => all.includes(text);
  expect([mentions(`${server.origin}/basemap/sky/15/`), mentions(key), mentions(serviceAddress())]).toEqual([
    true,
    false,
    false,
  ]);
});

test("the address alone brings the basemap, and 无底图 takes it away", async () => {
  const page = await openMap(`/?${view}&base=sky&panel=layers`, { origin: server.origin });
  expect(await page.evaluate(() => window.__atlas_map!.style().layers.some(({ id }) => id === "basemap"))).toBe(true);
  const dark = await lightness(page);
  await page.getByRole("radio", { name: "无底图" }).click();
  await page.waitForFunction(() => window.__atlas_map!.style().sources.basemap === undefined);
  await mapAtRest(page);
  expect((await lightness(page)) - dark).toBeGreaterThan(30);
  expect(page.url()).not.toContain("base=");
});

test.each([
  ["answers 500", "failing", "坏图"],
  ["hangs up", "hanging", "断图"],
])("a service that %s costs the backdrop only; another basemap can be chosen instead", async (_how, id, name) => {
  const page = await openMap(`/?${view}&base=${id}&panel=layers`, { origin: server.origin, expectTrouble: true });
  const banner = page.locator(".banner", { hasText: `${name}底图连接失败` });
  await banner.waitFor();
  await mapAtRest(page);
  expect(await page.locator(".map-credit").innerText()).not.toContain(name);
  expect((await drawnNames(page, "areas")).length).toBeGreaterThan(10);
  expect(await drawnNames(page, "area_labels")).toContain("慧泽社区");
  await keepPicture(page, "basemap-failed");
  const refusal = await page.evaluate(async (base) => (await fetch(`/basemap/${base}/14/1/1`)).text(), id);
  expect(refusal).toContain("basemap.unavailable");
  expect(refusal).not.toContain(key);

  await page.keyboard.press("/");
  await page.keyboard.type("慧泽社区");
  await page.keyboard.press("Enter");
  await page.locator('.details [data-state="ready"]').waitFor();

  // At once, before any pause of the first failure is over.
  await banner.getByRole("button", { name: "重试" }).click();
  await banner.waitFor({ state: "detached" });
  await banner.waitFor();

  await page.getByRole("radio", { name: "偏图" }).click();
  await page.waitForFunction(() => window.__atlas_map!.style().sources.basemap !== undefined);
  await mapAtRest(page);
  expect(await banner.count()).toBe(0);
  expect(await page.locator(".map-credit").innerText()).toContain("偏图测绘院");
});

test("a basemap of the shifted datum is shown with a warning that it does not fit", async () => {
  const page = await openMap(`/?${view}&base=shifted`, { origin: server.origin });
  expect(await page.locator(".banner").innerText()).toMatch(/偏图采用 GCJ-02 坐标.*仅供参考/);
  expect(await page.locator(".map-credit").innerText()).toContain("偏图测绘院");
  await page.locator(".banner").getByRole("button", { name: "无底图" }).click();
  await page.locator(".banner").waitFor({ state: "detached" });
  expect(page.url()).not.toContain("base=");
});
