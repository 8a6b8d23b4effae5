import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { aBrowser, anAccount, goodPassword, signInApp } from "../../support/sign_in_app.ts";
import { smallCity } from "../../support/small_city.ts";

let db: Db;
let area: string;
beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
  const [row] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001'`);
  area = row.id;
});

const sessionOf = (headers: Record<string, unknown>): string =>
  String(headers["set-cookie"]).match(/grid_atlas_session=([^;]+)/)?.[1] ?? "";

describe("signing in and out", () => {
  test("who signed in is told who they are, what they may do and where", async () => {
    const { app, written } = await signInApp(db);
    const id = await anAccount(db, { name: "worker.one", roles: ["worker"], area });
    const browser = aBrowser(app);
    const before = await browser.get("/api/session").expect(200);
    expect(before.body).toMatchObject({ account: null, pending: null, actions: ["read_map"], ends_at: null });
    expect(before.body.layers).toMatchObject({ buildings: 1, pipes: 0, key_units: 0 });
    expect(before.headers["set-cookie"]).toBeUndefined();

    const answer = await browser.post("/api/session").send({ name: "Worker.One", password: goodPassword }).expect(200);
    expect(answer.body.account).toMatchObject({
      id,
      name: "worker.one",
      kind: "person",
      local: true,
      grants: [{ role: "worker", area: { id: area, code: "001", network: "governance" }, organisation: null }],
    });
    expect(answer.body.layers).toMatchObject({ buildings: 2, key_units: 1, pipes: 0 });
    expect(answer.body.actions).toEqual(["read_map", "manage_own_account"]);
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/grid_atlas_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax/);
    expect(cookie).toMatch(/grid_atlas_scope=[^;]+; Path=\/tiles; Max-Age=600; HttpOnly; SameSite=Lax/);
    expect((await browser.get("/api/session")).body.account.id).toBe(id);
    expect(written).toMatchObject([{ action: "sign_in", target: `account:${id}`, actor: { account_id: id } }]);
  });

  test("signing out ends the session for whoever kept its cookie", async () => {
    const { app, written } = await signInApp(db);
    await anAccount(db, { name: "leaver" });
    const browser = aBrowser(app);
    const answer = await browser.post("/api/session").send({ name: "leaver", password: goodPassword }).expect(200);
    const kept = `grid_atlas_session=${sessionOf(answer.headers)}`;
    const out = await browser.delete("/api/session").expect(204);
    expect(String(out.headers["set-cookie"])).toMatch(/grid_atlas_session=; Path=\/; Max-Age=0/);
    expect((await browser.get("/api/session").expect(200)).body.account).toBeNull();
    const replayed = await aBrowser(app).get("/api/session").set("Cookie", kept).expect(401);
    expect(replayed.body).toMatchObject({ code: "access.ended", fix: expect.stringContaining("登录") });
    expect(written.map(({ action }) => action)).toEqual(["sign_in", "sign_out"]);
  });
});
