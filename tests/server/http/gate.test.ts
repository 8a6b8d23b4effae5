import { type RequestHandler, Router } from "express";
import pino from "pino";
import request from "supertest";
import { expect, test } from "vitest";
import type { Endpoint } from "../../../data/schema/endpoint.ts";
import { endpoints } from "../../../data/schema/endpoints.ts";
import { problem } from "../../../data/schema/problem.ts";
import { publicReader, type Reader, readerOf } from "../../../server/access/reader.ts";
import { createApp } from "../../../server/http/app.ts";
import { endpointFinder } from "../../../server/http/endpoint_finder.ts";
import type { GateParts } from "../../../server/http/gate.ts";
import { rateLimits } from "../../../server/http/rate_limits.ts";
import { compareRoutes, routesOf } from "../../../server/http/route_list.ts";
import { aReader, gateFor, thePublic } from "../../support/readers.ts";

/** Every endpoint answers who asked; what stands in no list answers too, if it were reached. */
function echoOf(served: readonly Endpoint[]): Router {
  const router = Router();
  const echo: RequestHandler = (asked, response) => {
    response.json({ route: asked.route.path, name: readerOf(asked).account?.name ?? null, body: asked.body ?? null });
  };
  for (const { method, path } of served) router[method](path, echo);
  return router;
}

// that one is the app's own
const served = endpoints.filter(({ path }) => path !== "/problems/:code");

function appWith(parts: Partial<GateParts>, more: Router[] = []) {
  return createApp({
    log: pino({ level: "silent" }),
    gate: { ...gateFor(), ...parts },
    routers: [echoOf(served), ...more],
    isDatabaseDown: () => false,
  });
}

const as = (reader: Reader) => ({ identify: async () => ({ reader, failure: null }) });

test("a route without an entry in the list of endpoints stops the app from being made, and names itself", () => {
  const forgotten = Router();
  const inner = Router();
  inner.post("/api/secrets/:id", () => undefined);
  forgotten.use(inner);
  expect(() => appWith({}, [forgotten])).toThrow("post /api/secrets/:id has no entry");
  // also one that is listed with another method
  const wrong = Router();
  wrong.delete("/api/session/setup", () => undefined);
  expect(() => appWith({}, [wrong])).toThrow("delete /api/session/setup");
  const all = Router();
  all.all("/api/session", () => undefined);
  expect(() => appWith({}, [all])).toThrow("all /api/session");
});

test("of a whole app an endpoint without a route is named, too", () => {
  const router = echoOf(served.filter(({ path }) => path !== "/api/audit"));
  expect(routesOf([router])).toHaveLength(served.length - 1);
  expect(() => compareRoutes([router], served, () => false)).toThrow("get /api/audit is in");
  compareRoutes([router], served, (path) => path === "/api/audit");
});

test("no address is in the list twice", () => {
  const names = endpoints.map(({ method, path }) => `${method} ${path.replace(/:[a-z_]+/g, ":")}`);
  expect(names).toEqual([...new Set(names)]);
});

test.each(served.filter(({ path }) => !path.startsWith("/tiles/")))(
  "$method $path is the same endpoint to the gate and to Express",
  async ({ method, path, access }) => {
    const plain = path.replace(/:[a-z_]+/g, "17");
    for (const address of [plain, `${plain}/`, plain.toUpperCase().replaceAll("17", "17")]) {
      const answer = await request(appWith(as(thePublic)))
        [method](address)
        .send();
      if (access === "anyone" || access === "read_map") expect(answer.body.route, address).toBe(path);
      else expect(answer.status, address).toBe(401);
    }
  },
);

test.each([
  "/api/accounts/%2e%2e/networks",
  "//api/accounts",
  "/api//accounts",
  "/api/accounts//",
  "/api/accounts/1/password/",
  "/api/accounts;x",
  "/api/%61ccounts",
  "/api/accounts/%2F",
  "/./api/accounts",
])("the public gets nothing of %s, however it is written", async (address) => {
  const answer = await request(appWith(as(thePublic))).get(address);
  expect(answer.body.route).toBeUndefined();
  expect([400, 401, 404, 405]).toContain(answer.status);
});

test("an address with the wrong method is 405 and says which it takes", async () => {
  const app = appWith(as(aReader("security_admin", null)));
  const answer = await request(app).patch("/api/accounts/1").send({});
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toBe("GET, HEAD, PUT");
  expect(answer.body).toMatchObject({ code: "method.not_allowed", allowed: ["GET", "HEAD", "PUT"] });
  expect((await request(app).options("/api/accounts")).status).toBe(405);
  expect((await request(app).head("/api/accounts")).status).toBe(200);
});

test("names stand before placeholders", () => {
  const find = endpointFinder(endpoints);
  expect(find("GET", "/api/areas/at").endpoint?.path).toBe("/api/areas/at");
  expect(find("GET", "/api/areas/17").endpoint?.path).toBe("/api/areas/:id");
  expect(find("GET", "/api/areas/17/").endpoint?.path).toBe("/api/areas/:id");
  expect(find("GET", "/api/nothing")).toEqual({ endpoint: undefined, methods: [] });
});

test("without public access the map is shown after signing in, the way in before", async () => {
  const closed = { publicAccess: false };
  expect((await request(appWith({ ...closed, ...as(thePublic) })).get("/api/networks")).body.code).toBe(
    "access.sign_in",
  );
  expect((await request(appWith({ ...closed, ...as(thePublic) })).get("/api/session")).status).toBe(200);
  expect((await request(appWith({ ...closed, ...as(aReader("worker", "1")) })).get("/api/networks")).status).toBe(200);
});

test("who must change the password first may do that and nothing else, not even read the map", async () => {
  const app = appWith(as({ ...aReader("worker", "1"), pending: "change_password" }));
  for (const path of ["/api/networks", "/api/areas/1", "/api/account/sessions"]) {
    const answer = await request(app).get(path);
    expect(answer.status, path).toBe(403);
    expect(answer.body, path).toMatchObject({ code: "access.pending", pointer: "change_password" });
  }
  await request(app).put("/api/account/password").send({}).expect(200);
  await request(app).delete("/api/account/sessions").expect(200);
  await request(app).get("/api/session").expect(200);
  await request(app).delete("/api/session").expect(200);
});

test("a session that cannot be used is told, except where somebody comes to begin a new one", async () => {
  const failure = problem("access.ended", { detail: "", fix: "" });
  const app = appWith({ identify: async () => ({ reader: thePublic, failure }) });
  expect((await request(app).get("/api/networks")).body.code).toBe("access.ended");
  expect((await request(app).get("/api/session")).body.code).toBe("access.ended");
  await request(app).post("/api/session").send({}).expect(200);
  await request(app).get("/healthz").expect(200);
});

test("each refusal is told once, with who asked for what", async () => {
  const told: unknown[] = [];
  const app = appWith({
    ...as(aReader("worker", "1")),
    onRefusal: async (reader, { method, path }, { code }) => void told.push([reader.account?.name, method, path, code]),
  });
  await request(app).get("/api/audit").expect(403);
  await request(app).get("/api/networks").expect(200);
  await request(app).put("/api/accounts/1").set("Origin", "https://evil.example").send({}).expect(403);
  expect(told).toEqual([
    ["worker", "get", "/api/audit", "access.forbidden"],
    ["worker", "put", "/api/accounts/:id", "request.foreign"],
  ]);
});

test("who asks too often is paused with words and a time, by account and by address, monitors apart", async () => {
  const limits = rateLimits({ address: 5, account: 2 });
  let reader = aReader("worker", "1");
  const app = appWith({ identify: async () => ({ reader, failure: null }), limits });
  await request(app).get("/api/networks").expect(200);
  await request(app).get("/api/networks").expect(200);
  const paused = await request(app).get("/api/networks").expect(429);
  expect(paused.body).toMatchObject({ code: "request.too_often", fix: expect.stringMatching(/请在 \d+ 秒后重试/) });
  expect(Number(paused.headers["retry-after"])).toBeGreaterThan(0);
  reader = publicReader({ address: "127.0.0.1", reference: "A" });
  await request(app).get("/api/networks").expect(200);
  await request(app).get("/api/networks").expect(200);
  await request(app).get("/api/networks").expect(429);
  await request(app).get("/healthz").expect(200);
});

test("a person without any grant looks after the own account, a screen on a wall does not", async () => {
  const bare: Reader = { ...aReader("worker", "1"), grants: [] };
  const asked = await request(appWith(as(bare))).get("/api/account/sessions");
  expect(asked.body.route).toBe("/api/account/sessions");
  await request(appWith(as(aReader("wall", "1"))))
    .get("/api/account/sessions")
    .expect(403);
});
