import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import pino from "pino";
import request from "supertest";
import { expect, test } from "vitest";
import { createApp } from "../../../server/http/app.ts";
import { PagesMissing, pageRouter } from "../../../server/http/pages.ts";
import { gateFor } from "../../support/readers.ts";
import { temporaryFolder } from "../../support/server_process.ts";

/** A folder as the web build leaves it, in a hidden one: installations may lie there. */
function builtPages(): string {
  const folder = path.join(temporaryFolder(), ".installed/web");
  mkdirSync(path.join(folder, "assets"), { recursive: true });
  writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>网格图谱</title>");
  writeFileSync(path.join(folder, "assets/page-1a2b.js"), "plain()");
  writeFileSync(path.join(folder, "assets/page-1a2b.js.br"), brotliCompressSync("packed()"));
  writeFileSync(path.join(folder, "assets/face-3c4d.woff2"), "face");
  return folder;
}

function appWith(folder: string) {
  return createApp({
    log: pino({ level: "silent" }),
    gate: gateFor(),
    routers: [],
    isDatabaseDown: () => false,
    pages: pageRouter(folder),
  });
}

test("pages that were not built are refused with the command that builds them", () => {
  expect(() => pageRouter(temporaryFolder())).toThrow(PagesMissing);
  expect(() => pageRouter(temporaryFolder())).toThrow(/npm run build/);
});

test("the page is asked for anew each time, an asset never again", async () => {
  const app = appWith(builtPages());
  const page = await request(app).get("/").expect(200);
  expect(page.headers["cache-control"]).toBe("no-cache");
  const face = await request(app).get("/assets/face-3c4d.woff2").expect(200);
  expect(face.headers["cache-control"]).toContain("immutable");
});

test("a script goes out as it was packed at build, to who reads brotli", async () => {
  const app = appWith(builtPages());
  const packed = await request(app).get("/assets/page-1a2b.js").set("Accept-Encoding", "br");
  expect(packed.headers).toMatchObject({ "content-encoding": "br", vary: expect.stringContaining("Accept-Encoding") });
  expect(packed.headers["content-type"]).toMatch(/javascript/);
  const plain = await request(app).get("/assets/page-1a2b.js").set("Accept-Encoding", "identity");
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.text).toBe("plain()");
});

test("a missing asset is a problem, never the page", async () => {
  const app = appWith(builtPages());
  for (const asset of [
    "/assets/gone.js",
    "/assets/%2e%2e/index.html",
    "/assets/..%2findex.html",
    "/assets/",
    "/favicon.svg",
  ]) {
    const answer = await request(app).get(asset).set("Accept-Encoding", "br");
    expect(answer.status, asset).toBe(404);
    expect(answer.headers["content-type"], asset).toContain("application/problem+json");
  }
  const broken = await request(app).get("/assets/%00");
  expect([400, 404]).toContain(broken.status);
  expect(broken.headers["content-type"]).toContain("application/problem+json");
});
