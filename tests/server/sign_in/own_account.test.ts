import { TOTP, Secret } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { aBrowser, type AccountFacts, anAccount, goodPassword, signInApp } from "../../support/sign_in_app.ts";
import { smallCity } from "../../support/small_city.ts";

let db: Db;
let area: string;
beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
  const [row] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001'`);
  area = row.id;
});

const nextPassword = "Other-Horse-8";

async function signedIn(
  facts: Partial<AccountFacts> & { name: string },
  options: Parameters<typeof signInApp>[1] = {},
) {
  const opened = await signInApp(db, options);
  const id = await anAccount(db, { roles: ["worker"], area, ...facts });
  const enter = async (password = goodPassword, code?: string) => {
    const browser = aBrowser(opened.app);
    const answer = await browser.post("/api/session").send({ name: facts.name, password, ...(code && { code }) });
    return { browser, answer };
  };
  return { ...opened, id, enter, ...(await enter()) };
}

describe("the own password", () => {
  test("is changed with the current one, and other sessions end", async () => {
    const { browser, enter, written, id } = await signedIn({ name: "changer" });
    const other = await enter();
    const body = { current: goodPassword, next: nextPassword };
    const changed = await browser.put("/api/account/password").send(body).expect(200);
    expect(changed.body.account.name).toBe("changer");
    expect((await browser.get("/api/session").expect(200)).body.account.id).toBe(id);
    await other.browser.get("/api/session").expect(401);
    expect((await enter()).answer.body.code).toBe("access.wrong");
    expect((await enter(nextPassword)).answer.status).toBe(200);
    expect(written.map(({ action }) => action)).toContain("password_change");
    expect(JSON.stringify(written)).not.toMatch(/Horse/);
  });

  test("must be strong and new, and the current one right; wrong ones count towards the lock", async () => {
    const { browser } = await signedIn({ name: "careless" });
    const put = (current: string, next: string) => browser.put("/api/account/password").send({ current, next });
    const weak = await put(goodPassword, "Careless-1").expect(422);
    expect(weak.body).toMatchObject({ code: "access.password", pointer: "next" });
    await put(goodPassword, goodPassword).expect(422);
    for (let n = 0; n < 5; n++)
      expect((await put("Wrong-Horse-7", nextPassword).expect(401)).body.code).toBe("access.wrong");
    expect((await put(goodPassword, nextPassword).expect(401)).body.code).toBe("access.locked");
    await browser.get("/api/session").expect(200); // who is in stays in
  });

  test("given by somebody else must be changed before anything else", async () => {
    const { browser, answer } = await signedIn({ name: "newcomer", must_change_password: true });
    expect(answer.body).toMatchObject({ pending: "change_password", actions: ["read_map"], layers: { key_units: 0 } });
    expect(String(answer.headers["set-cookie"])).not.toContain("grid_atlas_scope=");
    const refused = await browser.get("/api/account/sessions").expect(403);
    expect(refused.body).toMatchObject({ code: "access.pending", pointer: "change_password" });
    const changed = await browser
      .put("/api/account/password")
      .send({ current: goodPassword, next: nextPassword })
      .expect(200);
    expect(changed.body).toMatchObject({ pending: null, layers: { key_units: 1 } });
    expect(String(changed.headers["set-cookie"])).toContain("grid_atlas_scope=");
    await browser.get("/api/account/sessions").expect(200);
  });

  test("changed twice at once is changed once", async () => {
    const { enter } = await signedIn({ name: "twice" });
    const browsers = [(await enter()).browser, (await enter()).browser];
    const answers = await Promise.all(
      browsers.map((browser, n) =>
        browser.put("/api/account/password").send({ current: goodPassword, next: `${nextPassword}-${n}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });
});

describe("own sessions", () => {
  test("are listed without what opens them, and all end at once", async () => {
    const { browser, enter, written, db: own, id } = await signedIn({ name: "everywhere" });
    const other = await enter();
    const list = (await browser.get("/api/account/sessions").expect(200)).body.sessions;
    expect(list).toHaveLength(2);
    expect(list.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
    const sids = await own.query(sql<{ sid: string }>`select sid from session where account_id = ${id}::bigint`);
    for (const { sid } of sids) expect(JSON.stringify(list)).not.toContain(sid);
    await browser.delete("/api/account/sessions").expect(204);
    await other.browser.get("/api/session").expect(401);
    expect((await browser.get("/api/session").expect(200)).body.account).toBeNull();
    expect(written.at(-1)).toMatchObject({ action: "sessions_end" });
  });

  test("that begin while all end are over before they begin", async () => {
    const { browser, enter } = await signedIn({ name: "racer" });
    const [entered] = await Promise.all([enter(), browser.delete("/api/account/sessions").expect(204)]);
    const after = await entered.browser.get("/api/session");
    // whichever came first in the database: no session that is older than the end is left
    const [{ failures }] = await db.query(sql<{ failures: number }>`
      select count(*)::int as failures from session s join account a on a.id = s.account_id
      where a.name = 'racer' and (s.sess ->> 'epoch')::int < a.session_epoch`);
    expect(after.status === 401 || after.body.account.name === "racer").toBe(true);
    if (after.status === 200) expect(failures).toBe(0);
  });
});

describe("the second factor", () => {
  const codeOf = (secret: string, at = Date.now()) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

  async function enrolled(name: string) {
    const opened = await signedIn({ name });
    const { body } = await opened.browser.post("/api/account/second_factor").expect(200);
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/Grid%20Atlas:/);
    await opened.browser.put("/api/account/second_factor").send({ code: "000000" }).expect(401);
    // a code of the step before, so that the present one is still to be had
    const code = codeOf(body.secret, Date.now() - 30_000);
    const confirmed = await opened.browser.put("/api/account/second_factor").send({ code }).expect(200);
    expect(confirmed.body.account.second_factor).toBe(true);
    return { ...opened, secret: body.secret as string };
  }

  test("is asked for after the password, and each code is taken once", async () => {
    const { enter, secret } = await enrolled("double");
    expect((await enter()).answer.body).toMatchObject({ code: "access.code_needed", pointer: "code" });
    expect((await enter("Wrong-Horse-7")).answer.body.code).toBe("access.wrong");
    const code = codeOf(secret);
    expect((await enter(goodPassword, code)).answer.status).toBe(200);
    expect((await enter(goodPassword, code)).answer.body).toMatchObject({ code: "access.wrong", pointer: "code" });
  });

  test("lets one of two in who give the same code at once", async () => {
    const { enter, secret } = await enrolled("twins");
    const code = codeOf(secret);
    const answers = await Promise.all([1, 2, 3].map(() => enter(goodPassword, code)));
    expect(answers.map(({ answer }) => answer.status).sort()).toEqual([200, 401, 401]);
  });

  test("is guarded by the lock, which a right password does not open", async () => {
    const { enter, secret } = await enrolled("guesser");
    for (let n = 0; n < 4; n++) {
      expect((await enter(goodPassword, "123456")).answer.body.code).toBe("access.wrong");
      expect((await enter()).answer.body.code).toBe("access.code_needed");
    }
    expect((await enter(goodPassword, "123456")).answer.body.code).toBe("access.wrong");
    expect((await enter(goodPassword, codeOf(secret))).answer.body.code).toBe("access.locked");
  });

  test("is not exchanged by who merely sits in the session, and goes with password and code", async () => {
    const { browser, enter, secret, written } = await enrolled("leaver");
    await browser.post("/api/account/second_factor").expect(403);
    const remove = (password: string, code: string) =>
      browser.delete("/api/account/second_factor").send({ password, code });
    await remove("Wrong-Horse-7", codeOf(secret)).expect(401);
    await remove(goodPassword, "000000").expect(401);
    const removed = await remove(goodPassword, codeOf(secret)).expect(200);
    expect(removed.body.account.second_factor).toBe(false);
    expect((await enter()).answer.status).toBe(200);
    const [refused, ...changes] = written.filter(({ action }) => action === "second_factor_change");
    expect(refused).toMatchObject({ outcome: "refused", problem: "access.wrong" });
    expect(changes.map(({ after }) => after)).toEqual([{ second_factor: true }, { second_factor: false }]);
    expect(JSON.stringify(written)).not.toContain(secret);
  });

  test("that a role asks for is enrolled first and cannot be taken away", async () => {
    const { browser, answer } = await signedIn({ name: "must" }, { second_factor: ["worker"] });
    expect(answer.body).toMatchObject({ pending: "enrol_second_factor", actions: ["read_map"] });
    expect((await browser.get("/api/account/sessions").expect(403)).body.pointer).toBe("enrol_second_factor");
    const { body } = await browser.post("/api/account/second_factor").expect(200);
    const done = await browser
      .put("/api/account/second_factor")
      .send({ code: codeOf(body.secret) })
      .expect(200);
    expect(done.body.pending).toBeNull();
    const given = { password: goodPassword, code: codeOf(body.secret, Date.now() + 30_000) };
    expect((await browser.delete("/api/account/second_factor").send(given).expect(403)).body.fix).toContain(
      "安全管理员",
    );
  });
});
