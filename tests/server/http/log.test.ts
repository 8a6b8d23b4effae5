import { Router } from "express";
import pino from "pino";
import request from "supertest";
import { expect, test } from "vitest";
import { endpoints } from "../../../data/schema/endpoints.ts";
import { QueryError } from "../../../server/db/db.ts";
import { createApp } from "../../../server/http/app.ts";
import { createLog, loggedUrl } from "../../../server/http/log.ts";
import { gateFor, thePublic } from "../../support/readers.ts";

const canary = "K4n4ri3nv0gel-canary-7f3e";
const phones = ["13812345678", "0515-88234567"];
/** The same phone as people type it. */
const typed = ["+8613812345678", "138-1234-5678", "138 1234 5678", "１３８１２３４５６７８", "0515 88234567"];

function logged(work: (log: ReturnType<typeof createLog>) => unknown): Promise<string> {
  const lines: string[] = [];
  const log = createLog("trace", { write: (line) => void lines.push(line) });
  return Promise.resolve(work(log)).then(() => lines.join(""));
}

test("no line holds a secret or a phone, wherever it came in, at any level, also when the request fails", async () => {
  const router = Router();
  const fail = (error: Error) => {
    throw error;
  };
  router.get("/api/session/identity/callback", () => fail(new Error("the provider did not answer")));
  router.post("/api/session", (asked) => fail(new Error(`no hash for ${Object.keys(asked.body as object).join()}`)));
  router.get("/api/search", () =>
    fail(
      new QueryError(
        {
          message: "new row violates check constraint",
          sqlstate: "23514",
          constraint: "account_check",
          table: "account",
          detail: `Failing row contains (7, li.wei, scrypt$1$${canary}, ${phones[0]})`,
        },
        { cause: Object.assign(new Error("driver"), { detail: canary, parameters: [canary], code: "23514" }) },
      ),
    ),
  );
  const text = await logged(async (log) => {
    const app = createApp({
      log,
      gate: gateFor(thePublic, endpoints),
      routers: [router],
      isDatabaseDown: () => false,
    });
    const carrying = { Cookie: `grid_atlas_session=${canary}`, Authorization: `Bearer ${canary}` };
    const answers = await Promise.all([
      request(app).get(`/api/session/identity/callback?code=${canary}&state=${canary}&%73tate=${canary}`).set(carrying),
      request(app).post("/api/session").set(carrying).send({ name: "a", password: canary, code: "123456" }),
      request(app).get(`/api/search?q=${phones[0]}&limit=5`).set(carrying),
      request(app)
        .get(`/api/search?q=%31${phones[0]!.slice(1)}`)
        .set(carrying),
      request(app).get(`/api/nothing/${phones[0]}?token=${canary}&tk=${canary}`).set(carrying),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 500, 404]);
    expect(answers.map(({ text }) => text).join()).not.toContain(canary);
  });
  expect(text).not.toContain(canary);
  for (const phone of phones) expect(text).not.toContain(phone);
  // what helps to find the fault is there
  expect(text).toContain('"sqlstate":"23514"');
  expect(text).toContain('"constraint":"account_check"');
  expect(text).toContain("limit=5");
  expect(text).toContain("log.test.ts");
});

test("what is logged by hand loses what it should not have had", async () => {
  const text = await logged((log) => {
    log.warn({ err: new Error(`call ${phones[0]}, ${phones[1]}: Bearer ${canary}`) }, "x");
    log.warn({ url: `/a?code=${canary}` }, "x");
    log.warn({ token: canary, account: { password: canary }, request: { headers: { cookie: canary } } }, "x");
    log.warn({ err: new AggregateError([new Error(`postgres://atlas:${canary}@db/atlas`)]) }, "x");
    log.warn({ err: `eyJhbGciOiJIUzI1NiJ9.${canary}.sig` }, "x");
  });
  expect(text).not.toContain(canary);
  for (const phone of phones) expect(text).not.toContain(phone);
  expect(text).toContain("postgres://atlas:[removed]@db/atlas");
});

test("an address keeps what is no secret", () => {
  expect(loggedUrl("/api/areas?bbox=121.4,33.6,121.5,33.7&limit=20")).toBe(
    "/api/areas?bbox=121.4,33.6,121.5,33.7&limit=20",
  );
  expect(loggedUrl("/api/areas/1")).toBe("/api/areas/1");
  expect(loggedUrl("/x?%E0%A4%A=1?code=2")).toBe("/x?%E0%A4%A=1?code=2");
  expect(loggedUrl("/cb?CODE=1&State=2&iss=https://id.example")).toBe(
    "/cb?CODE=[removed]&State=[removed]&iss=https://id.example",
  );
  expect(loggedUrl(undefined)).toBeUndefined();
});

test("the log of the server takes the level that is set", async () => {
  const lines: string[] = [];
  const log = createLog("warn", { write: (line) => void lines.push(line) });
  log.info("no");
  log.warn("yes");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: pino.levels.values.warn, msg: "yes" }]);
});

test.each(typed)("a phone typed as %s is no more to be read in a logged address than another", (phone) => {
  const url = String(loggedUrl(`/api/search?q=${encodeURIComponent(phone)}&limit=5`));
  expect(decodeURIComponent(url)).toBe("/api/search?q=[removed]&limit=5");
});

test("codes and coordinates are no phones", () => {
  for (const url of ["/api/areas/governance:900102001003012", "/api/areas/at?lon=121.3912345678&lat=33.59550"])
    expect(loggedUrl(url)).toBe(url);
});
