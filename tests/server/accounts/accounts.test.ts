import type { Express } from "express";
import pino from "pino";
import request, { type Test } from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import { faultsOfPassword } from "../../../data/access/password_rule.ts";
import { AccountList, AccountSummary, AccountWithPassword, DeviceWithToken } from "../../../data/schema/account.ts";
import type { Reader } from "../../../server/access/reader.ts";
import { deviceService } from "../../../server/accounts/device_service.ts";
import { accountRoutes } from "../../../server/accounts/routes.ts";
import { accountService } from "../../../server/accounts/service.ts";
import { auditService, recordAudit } from "../../../server/audit/service.ts";
import { takeAppRole } from "../../../server/db/app_role.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { createApp } from "../../../server/http/app.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { aReader, gateFor } from "../../support/readers.ts";
import { smallCity } from "../../support/small_city.ts";

let db: Db;
let app: Express;
let changes = 0;
let admin: Reader;

const today = () => "2026-06-01";

/** The routes as one reader asks them. */
function appFor(reader: Reader): Express {
  const parts = {
    db,
    audit: recordAudit,
    log: auditService({ db, time_zone: "Asia/Shanghai", now: Date.now }),
    hashPassword: async (password: string) => `scrypt$test$${password.length}`,
    today,
    time_zone: "Asia/Shanghai",
    onChange: () => void changes++,
  };
  return createApp({
    log: pino({ level: "silent" }),
    gate: gateFor(reader),
    routers: [accountRoutes(accountService(parts), deviceService(parts))],
    isDatabaseDown: () => false,
  });
}

async function insertAccount(name: string, facts: { origin?: string; role?: string } = {}): Promise<string> {
  const { origin = "local", role } = facts;
  const [row] = await db.query(sql<{ id: string }>`
    insert into account (name, display_name, origin, password_hash, issuer, subject)
    values (${name}, ${name}, ${origin}, ${origin === "identity_provider" ? null : "x"},
      ${origin === "identity_provider" ? "https://id.example" : null}, ${origin === "identity_provider" ? name : null})
    returning id::text as id`);
  if (role) await db.query(sql`insert into role_grant (account_id, role) values (${row.id}::bigint, ${role})`);
  return row.id;
}

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
  await db.execute(`
    insert into organisation (parent_id, code, name, kind, source) values (null, 'A', '街道办', 'subdistrict_office', 't');
    insert into organisation (parent_id, code, name, kind, source)
      select id, 'B', '综合执法站', 'station', 't' from organisation where code = 'A'`);
  await takeAppRole(db);
  const id = await insertAccount("first.admin", { role: "security_admin" });
  admin = aReader("security_admin", null);
  admin.account!.id = id;
  app = appFor(admin);
});

const grid = { role: "worker", area: "governance:001001" } as const;
const expectProblem = (sent: Test, status: number, code: string) =>
  sent.expect(status).expect(({ body }) => expect(body).toMatchObject({ code }));
const post = (body: object) => request(app).post("/api/accounts").send(body);
const create = async (name: string, grants: object[] = [grid]) =>
  AccountWithPassword.parse((await post({ name, display_name: `名 ${name}`, grants }).expect(200)).body);
const put = (account: Pick<AccountSummary, "id" | "revision">, body: object) =>
  request(app).put(`/api/accounts/${account.id}`).set("If-Match", `"${account.revision}"`).send(body);
/** An account as it would be sent back unchanged. */
const asSent = ({ display_name, disabled, grants }: AccountSummary) => ({
  display_name,
  disabled,
  grants: grants.map(({ role, area, organisation }) => ({
    role,
    area: area && `${area.network}:${area.code}`,
    organisation_id: organisation?.id ?? null,
  })),
});
/** Sessions of another epoch have ended. */
const epochOf = async (id: string) =>
  (await db.query(sql<{ session_epoch: number }>`select session_epoch from account where id = ${id}::bigint`))[0]
    .session_epoch;
const lines = (target: string) =>
  db.query(sql<{ action: string; payload: string }>`
    select action, payload from audit where target = ${target} order by seq`);

describe("a new account", () => {
  test("gets a first password that fits the rule and must be changed, and a line in the log without it", async () => {
    const before = changes;
    const made = await create("Zhang.San");
    expect(made).toMatchObject({ name: "zhang.san", origin: "local", disabled: false, revision: 1 });
    expect(made.grants).toMatchObject([{ role: "worker", area: { code: "001001" }, retired: false, successors: [] }]);
    expect(faultsOfPassword(made.password, made.name)).toEqual([]);
    const [row] = await db.query(sql`select must_change_password, password_hash from account where id = ${made.id}`);
    expect(row).toEqual({ must_change_password: true, password_hash: `scrypt$test$${made.password.length}` });
    const [line] = await lines(`account:${made.id}`);
    expect(line.action).toBe("account_create");
    expect(line.payload).not.toContain(made.password);
    expect(JSON.parse(line.payload).after).toMatchObject({
      name: "zhang.san",
      grants: [{ role: "worker", area: "governance:001001", area_name: "小社区第1网格" }],
    });
    const [change] = await db.query(sql`select layer, ids from change order by rev desc limit 1`);
    expect(change).toEqual({ layer: "access", ids: [Number(made.id)] });
    expect(changes).toBe(before + 1);
  });

  test("is refused a name that is taken, also where two ask at once", async () => {
    await create("taken");
    await expectProblem(post({ name: "TAKEN", display_name: "x", grants: [] }), 409, "account.name_taken");
    const answers = await Promise.all([1, 2].map(() => post({ name: "at.once", display_name: "x", grants: [] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test.each([
    ["an unknown area", { role: "worker", area: "governance:999" }, "grant.place", "grants/0/area"],
    ["an unknown network", { role: "worker", area: "nonsense" }, "grant.place", "grants/0/area"],
    ["no area", { role: "planner", area: null }, "grant.place", "grants/0/area"],
    ["an area for an administrator", { role: "audit_admin", area: "governance:001" }, "grant.place", "grants/0/area"],
    ["the role of a wall", { role: "wall", area: "governance:001" }, "grant.combination", "grants/0/role"],
    ["an unknown organisation", { ...grid, organisation_id: "999" }, "grant.place", "grants/0/organisation_id"],
    [
      "an organisation for an administrator",
      { role: "audit_admin", area: null, organisation_id: "1" },
      "grant.place",
      "grants/0/area",
    ],
  ])("is refused %s", async (_what, grant, code, pointer) => {
    const { body } = await post({ name: "never", display_name: "x", grants: [grant] }).expect(422);
    expect(body).toMatchObject({ code, pointer });
    expect(await db.query(sql`select 1 from account where name = 'never'`)).toEqual([]);
  });

  test("holds one administrator role at most, whoever writes it", async () => {
    const both = ["system_admin", "audit_admin"].map((role) => ({ role, area: null }));
    await expectProblem(post({ name: "never", display_name: "x", grants: both }), 422, "grant.combination");
    const id = await insertAccount("by.hand", { role: "system_admin" });
    const second = db.query(sql`insert into role_grant (account_id, role) values (${id}::bigint, 'audit_admin')`);
    await expect(second).rejects.toMatchObject({ constraint: "grant_admin_roles_apart" });
  });

  test("given the same grant twice holds it once", async () => {
    expect((await create("twice", [grid, grid])).grants).toHaveLength(1);
  });

  test("holds a grant for an organisation of the list", async () => {
    const { body } = await request(app).get("/api/organisations?text=执法").expect(200);
    expect(body.organisations).toEqual([{ id: expect.any(String), name: "综合执法站", parent: "街道办" }]);
    const made = await create("of.station", [{ ...grid, organisation_id: body.organisations[0].id }]);
    expect(made.grants[0].organisation).toEqual({ id: body.organisations[0].id, name: "综合执法站" });
  });
});

describe("a change", () => {
  test("replaces name and grants, raises the revision, and tells before and after", async () => {
    const made = await create("changing");
    const { body, headers } = await put(made, {
      display_name: "新名",
      disabled: false,
      grants: [grid, { role: "supervisor", area: "governance:001" }],
    }).expect(200);
    expect(AccountSummary.parse(body)).toMatchObject({ display_name: "新名", revision: 2 });
    expect(headers.etag).toBe('"2"');
    expect(body.grants.map(({ role }: { role: string }) => role)).toEqual(["supervisor", "worker"]);
    const line = JSON.parse((await lines(`account:${made.id}`)).at(-1)!.payload);
    expect(line).toMatchObject({
      action: "account_change",
      account_name: "security_admin",
      before: { display_name: "名 changing", disabled: false, grants: [{ role: "worker" }] },
      after: { display_name: "新名", disabled: false, grants: [{ role: "supervisor" }, { role: "worker" }] },
    });
  });

  test("that does not say what it saw is refused", async () => {
    const made = await create("unseen");
    const blind = () => request(app).put(`/api/accounts/${made.id}`);
    await expectProblem(blind().send(asSent(made)), 428, "account.revision_needed");
    await expectProblem(blind().set("If-Match", "*").send(asSent(made)), 428, "account.revision_needed");
    await expectProblem(blind().set("If-Match", "soup").send(asSent(made)), 412, "account.stale");
    await blind().set("If-Match", 'W/"1"').send(asSent(made)).expect(200);
  });

  test("that comes second is told who came first and when, and changes nothing", async () => {
    const made = await create("contested");
    await put(made, { ...asSent(made), display_name: "甲" }).expect(200);
    const { body } = await put(made, { ...asSent(made), display_name: "乙" }).expect(412);
    expect(body.code).toBe("account.stale");
    expect(body.detail).toMatch(/「security_admin」已于 \d{4}\/\d{1,2}\/\d{1,2} \d\d:\d\d 修改/);
    const after = await request(app).get(`/api/accounts/${made.id}`);
    expect(after.body).toMatchObject({ display_name: "甲", revision: 2 });
  });

  test("of two at once one is done and one is told", async () => {
    const made = await create("raced");
    const answers = await Promise.all(["甲", "乙"].map((display_name) => put(made, { ...asSent(made), display_name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test("ends the sessions of an account that it disables", async () => {
    const made = await create("leaving");
    const epoch = await epochOf(made.id);
    await db.query(sql`
      insert into session (sid, sess, expire) values ('s', ${{ account_id: made.id }}::json, now() + interval '1 day')`);
    await put(made, { ...asSent(made), disabled: true }).expect(200);
    expect(await db.query(sql`select sid from session where account_id = ${made.id}::bigint`)).toEqual([]);
    expect(await epochOf(made.id)).toBeGreaterThan(epoch);
  });

  test.each(["0", "abc", "99999999999999999999", "%00"])("of account %s, which there is not, is 404", async (id) => {
    const body = { display_name: "x", disabled: false, grants: [] };
    const sent = request(app).put(`/api/accounts/${id}`).set("If-Match", '"1"').send(body);
    await expectProblem(sent, 404, "account.unknown");
  });
});

describe("what nobody may do", () => {
  test("is to change the own rights, password or lock; the own name may change", async () => {
    const { body: own } = await request(app).get(`/api/accounts/${admin.account!.id}`).expect(200);
    await expectProblem(put(own, { ...asSent(own), grants: [] }), 409, "account.own");
    await expectProblem(put(own, { ...asSent(own), disabled: true }), 409, "account.own");
    await expectProblem(request(app).post(`/api/accounts/${own.id}/password`), 409, "account.own");
    await expectProblem(request(app).post(`/api/accounts/${own.id}/release`), 409, "account.own");
    const tried = (await lines(`account:${own.id}`)).map(({ payload }) => JSON.parse(payload));
    expect(tried.map(({ action, outcome, problem }) => [action, outcome, problem])).toEqual([
      ["account_change", "refused", "account.own"],
      ["account_change", "refused", "account.own"],
      ["password_change", "refused", "account.own"],
      ["account_release", "refused", "account.own"],
    ]);
    await put(own, { ...asSent(own), display_name: "我" }).expect(200);
  });

  test("is to change an account that the demo city made, or what an identity provider says", async () => {
    const get = async (id: string) => (await request(app).get(`/api/accounts/${id}`).expect(200)).body;
    const demo = await get(await insertAccount("demo.one", { origin: "demo" }));
    await expectProblem(put(demo, { ...asSent(demo), disabled: true }), 409, "account.origin");
    await expectProblem(request(app).post(`/api/accounts/${demo.id}/password`), 409, "account.origin");
    const foreign = await get(await insertAccount("id.example:7", { origin: "identity_provider" }));
    await expectProblem(put(foreign, { ...asSent(foreign), display_name: "x" }), 409, "account.origin");
    await expectProblem(put(foreign, { ...asSent(foreign), grants: [grid] }), 409, "account.origin");
    await expectProblem(request(app).post(`/api/accounts/${foreign.id}/password`), 409, "account.origin");
    const { body } = await put(foreign, { ...asSent(foreign), disabled: true }).expect(200);
    expect(body.disabled).toBe(true);
  });

  test("is to leave nobody who looks after accounts", async () => {
    const second = await create("second.admin", [{ role: "security_admin", area: null }]);
    // somebody else's session, opened before the other administrator was disabled
    await put(second, { ...asSent(second), disabled: true }).expect(200);
    const other = aReader("security_admin", null);
    other.account!.id = second.id;
    const { body: first } = await request(app).get(`/api/accounts/${admin.account!.id}`);
    const byOther = (body: object) =>
      request(appFor(other)).put(`/api/accounts/${first.id}`).set("If-Match", `"${first.revision}"`).send(body);
    await expectProblem(byOther({ ...asSent(first), disabled: true }), 409, "account.last_admin");
    await expectProblem(byOther({ ...asSent(first), grants: [] }), 409, "account.last_admin");
    const after = await request(app).get(`/api/accounts/${first.id}`);
    expect(after.body).toEqual(first);
  });
});

describe("a password that is reset", () => {
  test("opens the lock, ends the sessions and is shown once", async () => {
    const made = await create("forgetful");
    const epoch = await epochOf(made.id);
    await db.query(sql`
      update account set failures = 9, locked_until = now() + interval '1 hour', must_change_password = false
      where id = ${made.id}::bigint`);
    const { body } = await request(app).post(`/api/accounts/${made.id}/password`).expect(200);
    const reset = AccountWithPassword.parse(body);
    expect(reset.password).not.toBe(made.password);
    expect(reset).toMatchObject({ locked_until: null, revision: 2 });
    const [row] = await db.query(sql`
      select must_change_password, failures from account where id = ${made.id}::bigint`);
    expect(row).toEqual({ must_change_password: true, failures: 0 });
    expect(await epochOf(made.id)).toBeGreaterThan(epoch);
    const written = await lines(`account:${made.id}`);
    expect(written.at(-1)!.action).toBe("password_change");
    expect(written.map(({ payload }) => payload).join()).not.toContain(reset.password);
  });

  test("is no reason to be let in while the account is disabled", async () => {
    const made = await create("gone");
    const { body } = await put(made, { ...asSent(made), disabled: true }).expect(200);
    await request(app).post(`/api/accounts/${body.id}/password`).expect(200);
    expect((await request(app).get(`/api/accounts/${body.id}`)).body.disabled).toBe(true);
  });
});

test("a locked account is opened, and its second factor goes only where that was asked", async () => {
  const made = await create("locked");
  await db.query(sql`
    update account set failures = 5, locked_until = now() + interval '1 hour', totp_secret = 'ABC', totp_confirmed = true
    where id = ${made.id}::bigint`);
  const release = (body?: object) => request(app).post(`/api/accounts/${made.id}/release`).send(body);
  expect((await release().expect(200)).body).toMatchObject({ locked_until: null, second_factor: true });
  expect((await release({ second_factor: true }).expect(200)).body).toMatchObject({ second_factor: false });
  const [row] = await db.query(sql`select totp_secret, failures from account where id = ${made.id}::bigint`);
  expect(row).toEqual({ totp_secret: null, failures: 0 });
  expect(JSON.parse((await lines(`account:${made.id}`)).at(-1)!.payload)).toMatchObject({
    action: "account_release",
    before: { second_factor: true },
    after: { second_factor: false },
  });
});

test("accounts are listed by name in pages, found by words and role, and screens are not among them", async () => {
  const all: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const { body } = await request(app)
      .get("/api/accounts")
      .query({ limit: 3, ...(after && { after }) })
      .expect(200);
    const page = AccountList.parse(body);
    all.push(...page.accounts.map(({ name }) => name));
    after = page.next;
  }
  expect(all).toEqual([...all].sort());
  expect(new Set(all).size).toBe(all.length);
  expect(all).toContain("zhang.san");
  const found = async (query: object) =>
    (await request(app).get("/api/accounts").query(query)).body.accounts.map(({ name }: AccountSummary) => name);
  expect(await found({ text: "ZHANG" })).toEqual(["zhang.san"]);
  expect(await found({ text: "名 zhang" })).toEqual(["zhang.san"]);
  expect(await found({ text: "%" })).toEqual([]);
  expect(await found({ role: "supervisor" })).toEqual(["changing"]);
});

describe("a screen", () => {
  const create = (body: object) => request(app).post("/api/devices").send(body);

  test("is an account with the role of a wall, known by a token that is shown once and stored as its hash", async () => {
    const { body } = await create({ name: "一楼大厅", areas: ["governance:001", "fire:F1"] }).expect(200);
    const made = DeviceWithToken.parse(body);
    expect(made).toMatchObject({ name: "一楼大厅", paired_at: null, revoked_at: null });
    expect(made.areas.map(({ code }) => code)).toEqual(["001", "F1"]);
    const [row] = await db.query(sql<{ found: boolean; name: string; origin: string }>`
      select d.token_hash = sha256(convert_to(${made.token}, 'UTF8')) as found, a.name, a.origin
      from device d join account a on a.id = d.account_id where d.id = ${made.id}::bigint`);
    expect(row).toEqual({ found: true, name: `wall:${made.id}`, origin: "device" });
    expect((await lines(`device:${made.id}`))[0].payload).not.toContain(made.token);
    expect((await request(app).get("/api/devices")).text).not.toContain(made.token);
  });

  test("is revoked at once and for good, a second time without a line", async () => {
    const { body } = await create({ name: "旧", areas: ["governance:001"] }).expect(200);
    await request(app).delete(`/api/devices/${body.id}`).expect(204);
    await request(app).delete(`/api/devices/${body.id}`).expect(204);
    const { body: list } = await request(app).get("/api/devices").expect(200);
    expect(list.devices.at(-1)).toMatchObject({ id: body.id, revoked_at: expect.any(String) });
    expect((await lines(`device:${body.id}`)).map(({ action }) => action)).toEqual(["device_create", "device_revoke"]);
    await expectProblem(request(app).delete("/api/devices/777777"), 404, "device.unknown");
    await expectProblem(request(app).delete("/api/devices/x"), 404, "device.unknown");
  });

  test("is refused areas that are not", async () => {
    await expectProblem(create({ name: "x", areas: ["governance:999"] }), 422, "grant.place");
    await create({ name: "x", areas: [] }).expect(400);
  });

  test("is no account of a person", async () => {
    const [{ id }] = await db.query(sql<{ id: string }>`
      select id::text as id from account where origin = 'device' limit 1`);
    await expectProblem(request(app).get(`/api/accounts/${id}`), 404, "account.unknown");
    await expectProblem(request(app).post(`/api/accounts/${id}/password`), 404, "account.unknown");
  });
});
