import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { scopeTokens } from "../../../server/access/scope_token.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { aBrowser, anAccount, cookieIn, goodPassword, signInApp } from "../../support/sign_in_app.ts";
import { smallCity } from "../../support/small_city.ts";

let db: Db;
let area: string;
beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
  const [row] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001'`);
  area = row.id;
});

const session = "grid_atlas_session";

describe("signing in and out", () => {
  test("who signed in is told who they are, what they may do and where", async () => {
    const { app, written } = await signInApp(db);
    const id = await anAccount(db, { name: "worker.one", roles: ["worker"], area });
    const browser = aBrowser(app);
    const before = await browser.get("/api/session").expect(200);
    expect(before.body).toMatchObject({ account: null, pending: null, actions: ["read_map"], ends_at: null });
    expect(before.body.layers).toMatchObject({ buildings: 1, pipes: 0, key_units: 0 });
    expect(before.headers["set-cookie"]).toBeUndefined();

    const answer = await browser
      .post("/api/session")
      .send({ name: " Worker.One ", password: goodPassword })
      .expect(200);
    expect(answer.body.account).toMatchObject({
      id,
      name: "worker.one",
      kind: "person",
      local: true,
      grants: [{ role: "worker", area: { id: area, code: "001", network: "governance" }, organisation: null }],
    });
    expect(answer.body.layers).toMatchObject({ buildings: 2, key_units: 1, pipes: 0 });
    expect(answer.body.actions).toEqual(["read_map"]);
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/grid_atlas_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax/);
    expect(cookie).toMatch(/grid_atlas_scope=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax/);
    expect((await browser.get("/api/session")).body.account.id).toBe(id);
    expect(written).toMatchObject([{ action: "sign_in", target: `account:${id}`, actor: { account_id: id } }]);
  });

  test("signing out ends the session, and the token of the tiles, for whoever kept them", async () => {
    const tokens = scopeTokens({ key: new Uint8Array(32), now: Date.now, rev: () => 0 });
    const { app, written } = await signInApp(db, { tokens });
    await anAccount(db, { name: "leaver" });
    const browser = aBrowser(app);
    const answer = await browser.post("/api/session").send({ name: "leaver", password: goodPassword }).expect(200);
    const kept = `${session}=${cookieIn(answer, session)}`;
    const token = cookieIn(answer, "grid_atlas_scope")!;
    expect(tokens.verify(token)).toBeDefined();
    const out = await browser.delete("/api/session").expect(204);
    expect(cookieIn(out, session)).toBe("");
    expect(cookieIn(out, "grid_atlas_scope")).toBe("");
    expect(tokens.verify(token)).toBeUndefined();
    expect((await browser.get("/api/session").expect(200)).body.account).toBeNull();
    const replayed = await aBrowser(app).get("/api/session").set("Cookie", kept).expect(401);
    expect(replayed.body).toMatchObject({ code: "access.ended", fix: expect.stringContaining("登录") });
    expect(written.map(({ action }) => action)).toEqual(["sign_in", "sign_out"]);
    await aBrowser(app).delete("/api/session").expect(204); // the public may leave, too
  });

  test("a wrong password and a name that does not exist are told in the same words", async () => {
    const { app, written } = await signInApp(db);
    const id = await anAccount(db, { name: "known" });
    const ask = (name: string) => aBrowser(app).post("/api/session").send({ name, password: "Wrong-Horse-7" });
    const wrong = await ask("known").expect(401);
    const unknown = await ask("unknown").expect(401);
    expect(wrong.body).toEqual(unknown.body);
    expect(wrong.body.code).toBe("access.wrong");
    expect(written).toMatchObject([
      { action: "sign_in_refused", target: `account:${id}`, outcome: "refused", problem: "access.wrong" },
      { action: "sign_in_refused", outcome: "refused" },
    ]);
    expect(JSON.stringify(written)).not.toMatch(/unknown|Wrong-Horse/);
  });

  test("a disabled account and one of an identity provider have no password that fits", async () => {
    const { app } = await signInApp(db);
    const id = await anAccount(db, { name: "disabled" });
    await db.query(sql`update account set disabled = true where id = ${id}::bigint`);
    await db.query(sql`
      insert into account (name, display_name, origin, issuer, subject)
      values ('vouched', 'v', 'identity_provider', 'https://id', '1')`);
    for (const name of ["disabled", "vouched"]) {
      const answer = await aBrowser(app).post("/api/session").send({ name, password: goodPassword }).expect(401);
      expect(answer.body.code).toBe("access.wrong");
    }
  });

  test("what cannot be read is 400 and never says what was typed", async () => {
    const { app } = await signInApp(db);
    for (const body of [{}, { name: "a b", password: "Secret-1234" }, { name: "x1", password: "" }, []]) {
      const answer = await aBrowser(app).post("/api/session").send(body).expect(400);
      expect(JSON.stringify(answer.body)).not.toContain("Secret-1234");
    }
    await aBrowser(app).post("/api/session").set("Content-Type", "application/json").send("{").expect(400);
  });
});

describe("a session", () => {
  async function signedIn(name: string, options: Parameters<typeof signInApp>[1] = {}) {
    const opened = await signInApp(db, options);
    const id = await anAccount(db, { name });
    const browser = aBrowser(opened.app);
    const answer = await browser.post("/api/session").send({ name, password: goodPassword }).expect(200);
    return { ...opened, id, browser, answer, cookie: cookieIn(answer, session) };
  }

  test("has another id than the one that was brought", async () => {
    const { app, cookie } = await signedIn("fixed");
    await anAccount(db, { name: "victim" });
    const planted = await aBrowser(app)
      .post("/api/session")
      .set("Cookie", `${session}=${cookie}`)
      .send({ name: "victim", password: goodPassword })
      .expect(200);
    expect(cookieIn(planted, session)).not.toBe(cookie);
    const thief = await aBrowser(app).get("/api/session").set("Cookie", `${session}=${cookie}`).expect(401);
    expect(thief.body.code).toBe("access.ended");
  });

  test("that is forged, of another server or gone is told once, and the browser forgets it", async () => {
    const { app, cookie } = await signedIn("forged");
    const signature = cookie.split(".")[1];
    const forged = [
      "s%3Amadeup.c2lnbmF0dXJl",
      `s%3A${"x".repeat(32)}.${signature}`,
      cookie.slice(0, -3),
      "plain",
      "%",
      `s%3A${"a".repeat(3000)}`,
    ];
    for (const value of forged) {
      const answer = await aBrowser(app).get("/api/session").set("Cookie", `${session}=${value}`).expect(401);
      expect(answer.body.code).toBe("access.ended");
      expect(cookieIn(answer, session)).toBe("");
    }
    const map = await aBrowser(app).get("/api/networks").set("Cookie", `${session}=${forged[0]}`).expect(401);
    expect(map.body.fix).toContain("登录");
  });

  test("never keeps anybody from signing in", async () => {
    const { app } = await signedIn("blocked");
    const answer = await aBrowser(app)
      .post("/api/session")
      .set("Cookie", `${session}=s%3Amadeup.c2lnbmF0dXJl`)
      .send({ name: "blocked", password: goodPassword })
      .expect(200);
    expect(answer.body.account.name).toBe("blocked");
    expect(cookieIn(answer, session)).toMatch(/^s%3A/);
  });

  test("ends after an hour without activity, and looking after itself is none", async () => {
    const { browser, pass, answer } = await signedIn("idle");
    const left = (body: { ends_at: string }) => Date.parse(body.ends_at);
    pass(50);
    const watched = await browser.get("/api/session?idle=1").expect(200);
    expect(Math.abs(left(watched.body) - left(answer.body))).toBeLessThan(5_000);
    const used = await browser.get("/api/session").expect(200);
    expect(left(used.body) - left(answer.body)).toBeGreaterThan(49 * 60_000);
    pass(50);
    await browser.get("/api/session?idle=1").expect(200);
    pass(11);
    expect((await browser.get("/api/session?idle=1").expect(401)).body.code).toBe("access.ended");
    expect((await browser.get("/api/session").expect(200)).body.account).toBeNull();
  });

  test("ends after twelve hours whatever was done", async () => {
    const { browser, pass } = await signedIn("tireless");
    let ends = "";
    for (let hour = 0; hour < 12; hour += 0.5) {
      ends = (await browser.get("/api/session").expect(200)).body.ends_at;
      pass(30);
    }
    expect(Date.parse(ends) - Date.now()).toBeLessThan(12 * 3600_000 + 60_000);
    pass(1);
    await browser.get("/api/session").expect(401);
  });

  test("outlives a restart and holds on every instance", async () => {
    const { cookie, id } = await signedIn("restarted");
    const other = await signInApp(db);
    const answer = await aBrowser(other.app).get("/api/session").set("Cookie", `${session}=${cookie}`).expect(200);
    expect(answer.body.account.id).toBe(id);
  });

  test("that was ended on another instance ends here when the change is taken over", async () => {
    const { browser, cookie, id, signIn } = await signedIn("everywhere");
    const other = await signInApp(db);
    await aBrowser(other.app).delete("/api/account/sessions").set("Cookie", `${session}=${cookie}`).expect(204);
    const told = await db.query(sql<{ rev: number; layer: string; ids: number[] }>`
      select rev, layer, ids from change where layer = 'access' and ${id}::bigint = any(ids)`);
    signIn.follow(told.map((change) => ({ ...change, bbox: null })));
    expect((await browser.get("/api/session").expect(401)).body.code).toBe("access.ended");
  });

  test("shows grants as they are, and a disabled or removed account has none", async () => {
    const { browser, id, signIn } = await signedIn("changing");
    const tell = () => signIn.follow([{ rev: 1, layer: "access", ids: [Number(id)], bbox: null }]);
    await db.query(sql`
      insert into role_grant (account_id, role, area_id) values (${id}::bigint, 'dispatcher', ${area}::bigint)`);
    tell();
    expect((await browser.get("/api/session")).body.account.grants).toHaveLength(1);
    await db.query(sql`update account set disabled = true where id = ${id}::bigint`);
    tell();
    await browser.get("/api/session").expect(401);
    await db.query(sql`update account set disabled = false where id = ${id}::bigint`);
    tell();
    expect((await browser.get("/api/session").expect(200)).body.account).toBeNull(); // it does not come back
  });

  test("of a grant on an area that is not in force any more has nothing of it", async () => {
    const { browser, id, signIn } = await signedIn("retired");
    const [gone] = await db.query(sql<{ id: string }>`
      insert into area (network_id, code) select network_id, 'gone' from area where id = ${area}::bigint
      returning id::text as id`);
    await db.query(sql`
      insert into role_grant (account_id, role, area_id) values (${id}::bigint, 'worker', ${gone.id}::bigint)`);
    signIn.follow([{ rev: 1, layer: "access", ids: [Number(id)], bbox: null }]);
    expect((await browser.get("/api/session")).body).toMatchObject({ account: { grants: [] }, actions: ["read_map"] });
  });
});
