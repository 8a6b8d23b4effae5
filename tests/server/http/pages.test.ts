import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { pino } from "pino";
import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../../../server/http/app.ts";
import { pageRouter } from "../../../server/http/pages.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ga-pages-"));
  const assets = join(folder, ".installed/web/assets");
  mkdirSync(assets, { recursive: true });
  writeFileSync(join(folder, ".installed/web/index.html"), "<title>网格图谱</title>");
  writeFileSync(join(assets, "map-1.js"), "plain");
  writeFileSync(join(assets, "map-1.js.br"), brotliCompressSync("packed"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function app() {
  return createApp({
    log: pino({ level: "silent" }),
    routers: [],
    isDatabaseDown: () => false,
    pages: pageRouter(join(folder, ".installed/web")),
  });
}

test("pages come from an installation in a hidden folder, compressed for who takes it", async () => {
  await request(app()).get("/").expect(200, "<title>网格图谱</title>");
  const packed = await request(app()).get("/assets/map-1.js").set("Accept-Encoding", "br").expect(200);
  expect(packed.headers).toMatchObject({ "content-encoding": "br", "content-type": "text/javascript; charset=utf-8" });
  const plain = await request(app()).get("/assets/map-1.js").set("Accept-Encoding", "identity").expect(200);
  expect(plain.headers["content-encoding"]).toBeUndefined();
});

test("a file that was not built is 404, as is one outside the assets", async () => {
  for (const path of ["/favicon.svg", "/assets/no.js", "/assets/..%2findex.html", "/assets/%00", "/assets/"]) {
    const answer = await request(app()).get(path).set("Accept-Encoding", "br");
    expect([400, 404], path).toContain(answer.status);
    expect(answer.headers["content-type"], path).toContain("application/problem+json");
  }
});
