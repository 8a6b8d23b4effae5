import { Router } from "express";
import pino from "pino";
import request from "supertest";
import { expect, test } from "vitest";
import { problem } from "../../../data/schema/problem.ts";
import { endpoints } from "../../../data/schema/endpoints.ts";
import { createApp } from "../../../server/http/app.ts";
import { openApiRoutes } from "../../../server/http/openapi.ts";
import { ProblemError } from "../../../server/http/parse.ts";
import { gateFor, thePublic } from "../../support/readers.ts";

class Down extends Error {}

/** Addresses of the routers below. */
const madeUp = ["/breaks", "/asks", "/starts"].map((path) => ({
  method: "get" as const,
  path,
  summary: path,
  access: "anyone" as const,
  others: [],
}));

function appWith(router: Router, lines: string[] = []) {
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  return createApp({
    log,
    gate: gateFor(thePublic, [...endpoints, ...madeUp]),
    routers: [router, openApiRoutes("1.2.3")],
    isDatabaseDown: (error) => error instanceof Down,
  });
}

test("an unexpected failure shows a reference and no internals, and is logged once with it", async () => {
  const router = Router();
  router.get("/breaks", async () => {
    throw new Error("password=geheim in /srv/atlas/db.ts");
  });
  const lines: string[] = [];
  const answer = await request(appWith(router, lines)).get("/breaks");
  expect(answer.status).toBe(500);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(answer.text).not.toMatch(/geheim|\.ts|Error/);
  const reference = /编号 ([A-Z0-9]{1,6})/.exec(answer.body.fix)?.[1];
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0])).toMatchObject({
    level: pino.levels.values.error,
    req: { reference, method: "GET", url: "/breaks" },
    err: { message: expect.stringContaining("geheim"), stack: expect.stringContaining("app.test.ts") },
  });
});

test("a failure that was foreseen is one line that says what it was, without a stack", async () => {
  const router = Router();
  router.get("/asks", async () => {
    throw new ProblemError(problem("basemap.unavailable", { detail: "天图超时。", fix: "请稍后。" }));
  });
  router.get("/starts", (_request, response) => {
    response.status(503).json({ ready: false });
  });
  const lines: string[] = [];
  await request(appWith(router, lines)).get("/asks").expect(502);
  await request(appWith(router, lines)).get("/starts").expect(503);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: pino.levels.values.warn, res: { status: 502 }, err: "basemap.unavailable: 天图超时。" },
    { level: pino.levels.values.warn, res: { status: 503 } },
  ]);
  expect(lines.join()).not.toContain("stack");
});

test("a lost database is a 503 that says when to come back", async () => {
  const router = Router();
  router.get("/asks", async () => {
    throw new Down();
  });
  const answer = await request(appWith(router)).get("/asks");
  expect(answer.status).toBe(503);
  expect(answer.headers["retry-after"]).toBe("5");
  expect(answer.body.code).toBe("database.unavailable");
});

test("an unknown address is a problem, whatever its form", async () => {
  const app = appWith(Router());
  for (const path of ["/api/nothing", "/assets/missing.js", "/%E0%A4%A", "/..%2f..%2fetc/passwd"]) {
    const answer = await request(app).get(path);
    expect([400, 404], path).toContain(answer.status);
    expect(answer.headers["content-type"], path).toContain("application/problem+json");
  }
});

test("each answer forbids scripts and framing from elsewhere", async () => {
  const answer = await request(appWith(Router())).get("/api/openapi.json");
  const policy = answer.headers["content-security-policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  expect(answer.headers["x-powered-by"]).toBeUndefined();
});

test("the OpenAPI page lists the read API with its parameters and problems", async () => {
  const { body } = await request(appWith(Router())).get("/api/openapi.json").expect(200);
  expect(body.openapi).toMatch(/^3\.0/);
  expect(body.info.version).toBe("1.2.3");
  const areas = body.paths["/api/areas"].get;
  expect(areas.parameters.map((parameter: { name: string }) => parameter.name)).toEqual(
    expect.arrayContaining(["network", "parent", "level", "bbox", "text", "edition", "on"]),
  );
  expect(areas.responses["404"].content["application/problem+json"].schema.$ref).toBe("#/components/schemas/Problem");
  expect(body.paths["/api/areas/{id}"].get.parameters[0]).toMatchObject({ name: "id", in: "path", required: true });
});

test("a problem's type leads to a page about it", async () => {
  const app = appWith(Router());
  const { body } = await request(app).get("/problems/area.unknown").expect(200);
  expect(body).toMatchObject({ code: "area.unknown", status: 404 });
  await request(app).get("/problems/toString").expect(404);
});
