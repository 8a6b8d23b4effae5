import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { prepareSetup, setupSentence } from "../../../server/sign_in/first_entries.ts";
import { testDatabase } from "../../support/database.ts";
import { aBrowser, anAccount, cookieIn, goodPassword, signInApp } from "../../support/sign_in_app.ts";
import { smallCity } from "../../support/small_city.ts";

const password = "Maple-Rain-42";
const db: Db = await testDatabase();
await loadCity(db, smallCity());
beforeEach(async () => {
  await db.query(sql`delete from account`);
  await db.query(sql`delete from setup_link`);
});

describe("the link of the first start", () => {
  const setUp = (app: Parameters<typeof aBrowser>[0], token: string, more: object = {}) =>
    aBrowser(app)
      .post("/api/session/setup")
      .send({ token, name: "chief", display_name: "安全管理员", password, ...more });

  test("makes the security administrator, who is signed in, once", async () => {
    const { app, written } = await signInApp(db);
    const token = (await prepareSetup(db))!;
    const answer = await setUp(app, token).expect(200);
    expect(answer.body).toMatchObject({
      account: { name: "chief", grants: [{ role: "security_admin", area: null }] },
      pending: null,
      actions: ["read_map", "manage_accounts"],
    });
    expect((await setUp(app, token, { name: "second" }).expect(401)).body.code).toBe("access.link");
    expect(await prepareSetup(db)).toBeNull();
    expect(written.map(({ action }) => action)).toEqual(["account_create", "sign_in", "sign_in_refused"]);
    expect(JSON.stringify(written)).not.toContain(token);
  });

  test("used by many at once makes one", async () => {
    const { app } = await signInApp(db);
    const token = (await prepareSetup(db))!;
    const answers = await Promise.all([1, 2, 3, 4].map((n) => setUp(app, token, { name: `chief.${n}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    const [{ count }] = await db.query(sql<{ count: number }>`select count(*)::int as count from account`);
    expect(count).toBe(1);
  });

  test("holds on after a weak password and a taken name", async () => {
    const { app } = await signInApp(db);
    await anAccount(db, { name: "taken" });
    const token = (await prepareSetup(db))!;
    const weak = await setUp(app, token, { password: "Admin@123" }).expect(422);
    expect(weak.body).toMatchObject({ code: "access.password", pointer: "password" });
    expect((await setUp(app, token, { name: "taken" }).expect(409)).body.code).toBe("account.name_taken");
    await setUp(app, token).expect(200);
  });

  test("of several servers that start together each holds, until one of them is used", async () => {
    const { app } = await signInApp(db);
    const tokens = await Promise.all([prepareSetup(db), prepareSetup(db)]);
    expect(new Set(tokens).size).toBe(2);
    await setUp(app, tokens[1]!).expect(200);
    await setUp(app, tokens[0]!, { name: "second" }).expect(401);
  });

  test("is of no use once somebody else looks after accounts, or after a day, or made up", async () => {
    const { app } = await signInApp(db);
    const token = (await prepareSetup(db))!;
    await setUp(app, "x".repeat(43)).expect(401);
    await anAccount(db, { name: "admin.made", roles: ["security_admin"] });
    await setUp(app, token).expect(401);
    await db.query(sql`delete from account`);
    await db.query(sql`update setup_link set expires_at = now() - interval '1 second'`);
    await setUp(app, token).expect(401);
  });

  test("is printed where no security administrator can sign in; those of the demo do not count", async () => {
    const id = await anAccount(db, { name: "admin.off", roles: ["security_admin"] });
    expect(await prepareSetup(db)).toBeNull();
    await db.query(sql`update account set disabled = true where id = ${id}::bigint`);
    expect(await prepareSetup(db)).not.toBeNull();
    await db.query(sql`update account set disabled = false, origin = 'demo' where id = ${id}::bigint`);
    expect(await prepareSetup(db)).not.toBeNull();
  });

  test("stands behind #, and names a host that can be opened", () => {
    expect(setupSentence("http://0.0.0.0:8080", "TOKEN")).toContain("http://localhost:8080/sign-in#setup=TOKEN");
    expect(setupSentence("https://127.0.0.1:8443", "TOKEN")).toContain("https://127.0.0.1:8443/sign-in#setup=TOKEN");
  });
});

describe("a screen on a wall", () => {
  const cookie = "grid_atlas_device";

  async function aScreen(token = "link-".padEnd(43, "x")) {
    const [{ area }] = await db.query(sql<{ area: string }>`select id::text as area from area where code = '001'`);
    const [account] = await db.query(sql<{ id: string }>`
      insert into account (name, display_name, origin) values (${`device:${token.slice(0, 8)}`}, '大厅', 'device')
      returning id::text as id`);
    await db.query(sql`
      insert into role_grant (account_id, role, area_id) values (${account.id}::bigint, 'wall', ${area}::bigint)`);
    await db.query(sql`
      insert into device (account_id, token_hash)
      values (${account.id}::bigint, ${createHash("sha256").update(token).digest()})`);
    return { token, account: account.id };
  }

  const tell = (opened: Awaited<ReturnType<typeof signInApp>>, account: string) =>
    opened.signIn.follow([{ rev: 1, layer: "access", ids: [Number(account)], bbox: null }]);

  test("is paired with its link once and known by its cookie from then on, after restarts too", async () => {
    const { app, written } = await signInApp(db);
    const { token } = await aScreen();
    const browser = aBrowser(app);
    const paired = await browser.post("/api/session/device").send({ token }).expect(200);
    expect(paired.body).toMatchObject({
      account: { kind: "wall", local: false, grants: [{ role: "wall", area: { code: "001" } }] },
      ends_at: null,
      layers: { key_units: 2, pipes: 0 },
      actions: ["read_map"],
    });
    const kept = cookieIn(paired, cookie);
    expect(kept).not.toBe(token);
    expect(String(paired.headers["set-cookie"])).toMatch(
      /grid_atlas_device=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly/,
    );
    expect((await aBrowser(app).post("/api/session/device").send({ token }).expect(401)).body.code).toBe("access.link");
    for (const stolen of [token, "x".repeat(43)]) {
      const answer = await aBrowser(app).get("/api/session").set("Cookie", `${cookie}=${stolen}`).expect(401);
      expect(cookieIn(answer, cookie)).toBe("");
    }
    const again = await signInApp(db);
    const after = await aBrowser(again.app).get("/api/session").set("Cookie", `${cookie}=${kept}`).expect(200);
    expect(after.body.account.kind).toBe("wall");
    expect(cookieIn(after, cookie)).toBe(kept); // and lives on
    expect(written.map(({ action }) => action)).toEqual(["device_pair", "sign_in_refused"]);
    expect(JSON.stringify(written)).not.toContain(kept);
  });

  test("of two that present the same link at once gets one in", async () => {
    const { app } = await signInApp(db);
    const { token } = await aScreen();
    const pair = () => aBrowser(app).post("/api/session/device").send({ token });
    const answers = await Promise.all([pair(), pair(), pair()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  test("goes dark when it is revoked, and its link is dead before and after", async () => {
    const opened = await signInApp(db);
    const { token, account } = await aScreen();
    const browser = aBrowser(opened.app);
    await browser.post("/api/session/device").send({ token }).expect(200);
    await db.query(sql`update device set revoked_at = now() where account_id = ${account}::bigint`);
    tell(opened, account);
    expect((await browser.get("/api/session").expect(401)).body.code).toBe("access.ended");
    expect((await browser.get("/api/session").expect(200)).body.account).toBeNull();

    const other = await aScreen("other".padEnd(43, "y"));
    await db.query(sql`update device set revoked_at = now() where account_id = ${other.account}::bigint`);
    await aBrowser(opened.app).post("/api/session/device").send({ token: other.token }).expect(401);
  });

  test("is not paired with a link that lay about for more than a week", async () => {
    const { app } = await signInApp(db);
    const { token } = await aScreen();
    await db.query(sql`update device set created_at = now() - interval '8 days'`);
    await aBrowser(app).post("/api/session/device").send({ token }).expect(401);
  });

  test("has no account of its own to look after", async () => {
    const { app } = await signInApp(db);
    const { token } = await aScreen();
    const browser = aBrowser(app);
    await browser.post("/api/session/device").send({ token }).expect(200);
    await browser.get("/api/account/sessions").expect(403);
    await browser.post("/api/account/second_factor").expect(403);
  });

  test("at which a person signs in is the person's until they leave", async () => {
    const { app } = await signInApp(db);
    const { token } = await aScreen();
    await anAccount(db, { name: "operator" });
    const browser = aBrowser(app);
    await browser.post("/api/session/device").send({ token }).expect(200);
    await browser.post("/api/session").send({ name: "operator", password: goodPassword }).expect(200);
    expect((await browser.get("/api/session")).body.account.name).toBe("operator");
    await browser.delete("/api/session").expect(204);
    expect((await browser.get("/api/session")).body.account.kind).toBe("wall");
    await browser.delete("/api/session").expect(204);
    expect((await browser.get("/api/session")).body.account).toBeNull();
  });

  test("whose person's session ended is the screen again without a word", async () => {
    const { app, pass } = await signInApp(db);
    const { token } = await aScreen();
    await anAccount(db, { name: "absent" });
    const browser = aBrowser(app);
    await browser.post("/api/session/device").send({ token }).expect(200);
    await browser.post("/api/session").send({ name: "absent", password: goodPassword }).expect(200);
    pass(61);
    expect((await browser.get("/api/session").expect(200)).body.account.kind).toBe("wall");
  });
});
