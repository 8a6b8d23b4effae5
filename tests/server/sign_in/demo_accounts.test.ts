import { beforeAll, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import { grantedRoles } from "../../../data/access/roles.ts";
import { faultsOfPassword } from "../../../data/access/password_rule.ts";
import type { Session } from "../../../data/schema/session.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { isDemoCity } from "../../../server/sign_in/demo_accounts.ts";
import { isAskedLocally, isLoopback } from "../../../server/http/loopback.ts";
import { testDatabase } from "../../support/database.ts";
import { aBrowser, cookieIn, signInApp } from "../../support/sign_in_app.ts";

let db: Db;
beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, generateDemo({ size: "community" }));
});

const here = "127.0.0.1:8080";
const listed = async (app: Parameters<typeof aBrowser>[0], host = here): Promise<Session["demo_accounts"]> =>
  (await aBrowser(app).get("/api/session").set("Host", host).expect(200)).body.demo_accounts;

test("with the demo city there is an account of each role, at work where its role works", async () => {
  const { app, written } = await signInApp(db, { demo_allowed: true });
  expect(written).toMatchObject([{ action: "account_create", after: { names: { length: 12 } } }]);
  const demos = await listed(app);
  expect(demos.map(({ role }) => role)).toEqual(grantedRoles);
  for (const { name, password, role, display_name } of demos) {
    expect(faultsOfPassword(password, name)).toEqual([]);
    const browser = aBrowser(app);
    const answer = await browser.post("/api/session").set("Host", here).send({ name, password }).expect(200);
    const { account, pending } = answer.body as Session;
    expect(pending).toBeNull();
    expect(account).toMatchObject({ name, display_name, kind: role === "wall" ? "wall" : "person" });
    expect(account!.grants.map((grant) => grant.role)).toContain(role);
    expect(account!.grants[0].area === null).toBe(role.endsWith("_admin"));
    expect(account!.grants[0].organisation !== null).toBe(role === "handler");
  }
  const worker = await grantsOf("worker");
  const [grid] = await db.query(sql<{ level: string; parent: string }>`
    select l.role as level, p.name as parent from area_version v join level l on l.id = v.level_id
      join area_version p on p.area_id = v.parent_id where v.area_id = ${worker[0]}::bigint`);
  expect(grid).toEqual({ level: "grid", parent: "慧泽社区" });
});

async function grantsOf(name: string): Promise<string[]> {
  const rows = await db.query(sql<{ area: string }>`
    select g.area_id::text as area from role_grant g join account a on a.id = g.account_id where a.name = ${name}`);
  return rows.map(({ area }) => area);
}

test("a request that was sent to another name sees none, gets none in and none stays in", async () => {
  const { app } = await signInApp(db, { demo_allowed: true });
  const [{ name, password }] = await listed(app);
  for (const host of [
    "atlas.example.gov.cn",
    "evil.test:8080",
    "127.0.0.1.evil.test",
    "10.0.0.1:8080",
    "localhost.evil",
  ]) {
    expect(await listed(app, host)).toEqual([]);
    const answer = await aBrowser(app).post("/api/session").set("Host", host).send({ name, password }).expect(401);
    expect(answer.body.code).toBe("access.wrong");
  }
  const inside = await aBrowser(app).post("/api/session").set("Host", here).send({ name, password }).expect(200);
  const kept = `grid_atlas_session=${cookieIn(inside, "grid_atlas_session")}`;
  await aBrowser(app).get("/api/session").set("Host", "evil.test").set("Cookie", kept).expect(401);
});

test("a restart keeps their sessions and opens those that were locked", async () => {
  const first = await signInApp(db, { demo_allowed: true });
  const [{ name, password }] = await listed(first.app);
  const inside = await aBrowser(first.app).post("/api/session").set("Host", here).send({ name, password }).expect(200);
  const kept = `grid_atlas_session=${cookieIn(inside, "grid_atlas_session")}`;
  await db.query(sql`update account set locked_until = now() + interval '1 hour', failures = 5 where origin = 'demo'`);
  const again = await signInApp(db, { demo_allowed: true });
  await aBrowser(again.app).get("/api/session").set("Host", here).set("Cookie", kept).expect(200);
  await aBrowser(again.app).post("/api/session").set("Host", here).send({ name, password }).expect(200);
});

test("their password and second factor stay as they are", async () => {
  const { app } = await signInApp(db, { demo_allowed: true });
  const demos = await listed(app);
  const { name, password } = demos.find(({ role }) => role === "planner")!;
  const browser = aBrowser(app);
  await browser.post("/api/session").set("Host", here).send({ name, password }).expect(200);
  const change = { current: password, next: "Other-Horse-8" };
  expect((await browser.put("/api/account/password").set("Host", here).send(change).expect(409)).body.code).toBe(
    "account.origin",
  );
  await browser.post("/api/account/second_factor").set("Host", here).expect(409);
});

test("a server that others can reach takes them away with their sessions", async () => {
  const open = await signInApp(db, { demo_allowed: true });
  const [{ name, password }] = await listed(open.app);
  const inside = await aBrowser(open.app).post("/api/session").set("Host", here).send({ name, password }).expect(200);
  const kept = `grid_atlas_session=${cookieIn(inside, "grid_atlas_session")}`;
  const { app, written } = await signInApp(db, { demo_allowed: false });
  expect(written).toMatchObject([
    { action: "account_change", before: { names: { length: 12 } }, after: { names: [] } },
  ]);
  expect(await listed(app)).toEqual([]);
  await aBrowser(app).get("/api/session").set("Host", here).set("Cookie", kept).expect(401);
  await aBrowser(app).post("/api/session").set("Host", here).send({ name, password }).expect(401);
  expect(await db.query(sql`select 1 from account where origin = 'demo'`)).toEqual([]);
});

test("a name that somebody has stays theirs", async () => {
  const hash = "scrypt$1024$8$1$AAAA$AAAA";
  await db.query(sql`
    insert into account (name, display_name, origin, password_hash) values ('planner', '本人', 'local', ${hash})`);
  const { app } = await signInApp(db, { demo_allowed: true });
  expect((await listed(app)).map(({ name }) => name)).not.toContain("planner");
  const [kept] = await db.query(sql`select display_name, password_hash from account where name = 'planner'`);
  expect(kept).toEqual({ display_name: "本人", password_hash: hash });
});

test("a city to which anything real was added is no demo any more", async () => {
  expect(await isDemoCity(db)).toBe(true);
  await db.query(sql`
    insert into organisation (code, name, kind, source) values ('REAL', '真实单位', 'company', '某市导入')`);
  expect(await isDemoCity(db)).toBe(false);
  const { app } = await signInApp(db, { demo_allowed: true });
  expect(await listed(app)).toEqual([]);
  expect(await db.query(sql`select 1 from account where origin = 'demo'`)).toEqual([]);
});

test("this machine is known by its own names and addresses alone", () => {
  expect(["127.0.0.1", "localhost", "LOCALHOST", "::1", "[::1]", "127.1.2.3"].every(isLoopback)).toBe(true);
  expect(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.test", "localhost.evil.test", ""].some(isLoopback)).toBe(false);
  for (const host of ["localhost:8080", "127.0.0.1", "[::1]:8080"]) {
    expect(isAskedLocally({ host })).toBe(true);
    expect(isAskedLocally({ host, origin: `http://${host}`, referer: `http://${host}/sign-in` })).toBe(true);
    expect(isAskedLocally({ host, origin: "https://atlas.example.gov.cn" })).toBe(false);
    expect(isAskedLocally({ host, referer: "https://atlas.example.gov.cn/sign-in" })).toBe(false);
    expect(isAskedLocally({ host, origin: "null" })).toBe(false);
    expect(isAskedLocally({ host, "x-forwarded-for": "10.0.0.7" })).toBe(false);
  }
  for (const host of [undefined, "", "localhost:8080:1", "evil.test:8080", "localhost@evil.test"]) {
    expect(isAskedLocally({ host })).toBe(false);
  }
});
