import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import request from "supertest";
import { afterEach, expect, test } from "vitest";
import { basemapRoutes } from "../../../server/basemaps/routes.ts";
import { basemapService } from "../../../server/basemaps/service.ts";
import type { BasemapSetting } from "../../../server/config.ts";
import { createApp } from "../../../server/http/app.ts";
import { gateFor } from "../../support/readers.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const opened: Server[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

/** A map service on loopback, and the app that proxies it. */
async function appWithService(answer: RequestListener, options: { now?: () => number } = {}) {
  const upstream = createServer(answer);
  opened.push(upstream);
  await new Promise<void>((done) => upstream.listen(0, "127.0.0.1", done));
  const { port } = upstream.address() as AddressInfo;
  const setting: BasemapSetting = {
    id: "sky",
    name: "天图",
    url: `http://127.0.0.1:${port}/tile?x={x}&y={y}&l={z}&tk=secret-key`,
    datum: "CGCS2000",
    attribution: "天图",
    approval_number: "GS(2026)1号",
    printing: false,
    min_zoom: 0,
    max_zoom: 18,
    tile_size: 256,
  };
  const service = basemapService([setting], { cacheBytes: 1024 * 1024, now: options.now ?? (() => 0) });
  return createApp({
    log: pino({ level: "silent" }),
    gate: gateFor(),
    routers: [basemapRoutes(service)],
    isDatabaseDown: () => false,
  });
}

test("a tile comes through the proxy with the numbers put into the address, and once only", async () => {
  const asked: (string | undefined)[] = [];
  const app = await appWithService((incoming, response) => {
    asked.push(incoming.url);
    response.setHeader("Content-Type", "image/png").end(png);
  });
  const first = await request(app).get("/basemap/sky/3/5/2");
  expect(first.status).toBe(200);
  expect(first.headers["content-type"]).toBe("image/png");
  expect(first.body).toEqual(png);
  await request(app).get("/basemap/sky/3/5/2").expect(200);
  expect(asked).toEqual(["/tile?x=5&y=2&l=3&tk=secret-key"]);
});

test("the list of backdrops shows neither address nor key", async () => {
  const app = await appWithService((_incoming, response) => response.end());
  const answer = await request(app).get("/api/basemaps").expect(200);
  expect(answer.body.basemaps).toHaveLength(1);
  expect(answer.text).not.toContain("secret-key");
  expect(answer.text).not.toContain("127.0.0.1");
});

test("a page instead of a picture, an error and a redirect are each a 502 that names the backdrop", async () => {
  const answers: RequestListener[] = [
    (_incoming, response) => response.setHeader("Content-Type", "text/html").end("<script>"),
    (_incoming, response) => response.writeHead(500).end(),
    (_incoming, response) => response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end(),
  ];
  for (const answer of answers) {
    const refused = await request(await appWithService(answer)).get("/basemap/sky/1/0/0");
    expect(refused.status).toBe(502);
    expect(refused.headers["content-type"]).toContain("application/problem+json");
    expect(refused.body).toMatchObject({ code: "basemap.unavailable", detail: expect.stringContaining("天图") });
    expect(refused.text).not.toContain("secret-key");
  }
});

test("a service that keeps failing is left alone for a while and then asked again", async () => {
  let calls = 0;
  let clock = 0;
  const app = await appWithService(
    (_incoming, response) => {
      calls += 1;
      response.writeHead(503).end();
    },
    { now: () => clock },
  );
  for (let x = 0; x < 5; x++) await request(app).get(`/basemap/sky/4/${x}/0`).expect(502);
  expect(calls).toBe(3);
  clock += 60_000;
  await request(app).get("/basemap/sky/4/9/0").expect(502);
  expect(calls).toBe(4);
});

test("tiles beyond the coverage of a service are 404 and no reason to leave it alone", async () => {
  const app = await appWithService((incoming, response) => {
    if (incoming.url?.includes("x=7")) response.setHeader("Content-Type", "image/png").end(png);
    else response.writeHead(incoming.url?.includes("x=1") ? 204 : 404).end();
  });
  for (let x = 0; x < 5; x++) {
    expect((await request(app).get(`/basemap/sky/4/${x}/0`).expect(404)).body.code).toBe("tile.out_of_range");
  }
  await request(app).get("/basemap/sky/4/7/0").expect(200);
});

test("an unknown backdrop and a tile outside its levels are 404 and name what there is", async () => {
  const app = await appWithService((_incoming, response) => response.end());
  const unknown = await request(app).get("/basemap/moon/1/0/0").expect(404);
  expect(unknown.body).toMatchObject({ code: "basemap.unknown", allowed: ["sky"] });
  await request(app).get("/basemap/sky/1/2/0").expect(404);
  await request(app).get("/basemap/sky/19/0/0").expect(404);
  await request(app).get("/basemap/sky/a/0/0").expect(400);
});
