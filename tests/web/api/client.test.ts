import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { problem } from "../../../data/schema/problem.ts";
import type { ProblemCode } from "../../../data/schema/problem_codes.ts";
import { AnsweredProblem, getJson, onAccessLost, sendJson } from "../../../web/api/client.ts";

let server: Server;
let origin = "";
let asked: string[] = [];
/** What the next answers are; then 200. */
let refusals: ProblemCode[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers["if-match"] ?? ""}`.trim());
    const code = refusals.shift();
    if (!code) return response.setHeader("Content-Type", "application/json").end('{"ok":true}');
    const refused = problem(code, { detail: "不行", fix: "请登录" });
    response.writeHead(refused.status, { "Content-Type": "application/problem+json", "Retry-After": "90" });
    response.end(JSON.stringify(refused));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  asked = [];
  refusals = [];
});

const Ok = z.object({ ok: z.boolean() });

test("a token that is out of date is renewed, and the request asked once more", async () => {
  let renewals = 0;
  onAccessLost(async () => renewals++);
  refusals = ["access.token"];
  expect(await getJson(Ok, `${origin}/api/areas`)).toEqual({ ok: true });
  expect([renewals, asked.length]).toEqual([1, 2]);
});

test("a change is sent once more with its body and its revision", async () => {
  onAccessLost(async () => undefined);
  refusals = ["access.ended"];
  await sendJson(Ok, `${origin}/api/accounts/1`, { method: "PUT", body: { a: 1 }, ifMatch: '"3"' });
  expect(asked).toEqual(['PUT /api/accounts/1 "3"', 'PUT /api/accounts/1 "3"']);
});

test("a refusal that a new session does not cure is told, with the time to wait", async () => {
  onAccessLost(async () => undefined);
  refusals = ["access.sign_in", "access.sign_in"];
  const refused = await getJson(Ok, `${origin}/api/areas`).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AnsweredProblem);
  expect((refused as AnsweredProblem).retryAfter).toBe(90);
  expect(asked.length).toBe(2);
});

test("a wrong password is no reason to ask again", async () => {
  let renewals = 0;
  onAccessLost(async () => renewals++);
  refusals = ["access.wrong"];
  await expect(sendJson(Ok, `${origin}/x`, { method: "POST", body: {} })).rejects.toBeInstanceOf(AnsweredProblem);
  expect([renewals, asked.length]).toEqual([0, 1]);
});
