import { beforeAll, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { testDatabase } from "../../support/database.ts";
import { aBrowser, anAccount, goodPassword, signInApp } from "../../support/sign_in_app.ts";

let db: Db;
beforeAll(async () => {
  db = await testDatabase();
});

async function guardOf(name: string) {
  const [row] = await db.query(sql<{ failures: number; locked: boolean }>`
    select failures, coalesce(locked_until > now(), false) as locked from account where name = ${name}`);
  return row;
}

async function guess(app: Parameters<typeof aBrowser>[0], name: string, password = "Wrong-Horse-7", code?: string) {
  const answer = await aBrowser(app)
    .post("/api/session")
    .send({ name, password, ...(code && { code }) });
  return answer.body.code ?? "in";
}

function counted(codes: string[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const code of codes) sums[code] = (sums[code] ?? 0) + 1;
  return sums;
}

test("of 200 guesses at once five are looked at; one account locks and no other", async () => {
  const { app, written } = await signInApp(db);
  await anAccount(db, { name: "victim" });
  await anAccount(db, { name: "colleague" });
  const codes = counted(await Promise.all(Array.from({ length: 200 }, () => guess(app, "victim"))));
  expect(codes["access.wrong"]).toBe(5);
  expect(["access.locked", "access.wrong", "request.too_often"]).toEqual(expect.arrayContaining(Object.keys(codes)));
  expect(await guardOf("victim")).toEqual({ failures: 5, locked: true });
  expect(await guardOf("colleague")).toEqual({ failures: 0, locked: false });
  expect(written.filter(({ problem }) => problem === "access.wrong")).toHaveLength(5);
  expect(written.length).toBeLessThanOrEqual(15); // the log is not flooded
  // colleagues of the same office go on signing in, the right password of the victim waits
  expect(await guess(app, "colleague", goodPassword)).toBe("in");
  expect(await guess(app, "victim", goodPassword)).toBe("access.locked");
});

test("several servers count together", async () => {
  const servers = await Promise.all([signInApp(db), signInApp(db), signInApp(db)]);
  await anAccount(db, { name: "shared" });
  const codes = await Promise.all(Array.from({ length: 60 }, (_, n) => guess(servers[n % 3].app, "shared")));
  expect(counted(codes)["access.wrong"]).toBe(5);
});

test("a lock opens after a quarter of an hour, and then counts anew", async () => {
  const { app, pass } = await signInApp(db);
  await anAccount(db, { name: "patient" });
  for (let n = 0; n < 5; n++) expect(await guess(app, "patient")).toBe("access.wrong");
  expect(await guess(app, "patient", goodPassword)).toBe("access.locked");
  await db.query(sql`update account set locked_until = now() - interval '1 second' where name = 'patient'`);
  pass(1);
  expect(await guess(app, "patient")).toBe("access.wrong");
  expect(await guardOf("patient")).toEqual({ failures: 1, locked: false });
  expect(await guess(app, "patient", goodPassword)).toBe("in");
  expect(await guardOf("patient")).toEqual({ failures: 0, locked: false });
});

test("an account that an administrator opened is open at once", async () => {
  const { app, signIn } = await signInApp(db);
  await anAccount(db, { name: "opened" });
  for (let n = 0; n < 5; n++) await guess(app, "opened");
  expect(await guess(app, "opened", goodPassword)).toBe("access.locked");
  await db.query(sql`update account set failures = 0, locked_until = null where name = 'opened'`);
  signIn.forget();
  expect(await guess(app, "opened", goodPassword)).toBe("in");
});

test("the last guess before the lock may be the right one", async () => {
  const { app } = await signInApp(db);
  await anAccount(db, { name: "lucky" });
  for (let n = 0; n < 4; n++) await guess(app, "lucky");
  expect(await guess(app, "lucky", goodPassword)).toBe("in");
  expect(await guardOf("lucky")).toEqual({ failures: 0, locked: false });
});

test("names that do not exist lock like those that do", async () => {
  const { app } = await signInApp(db);
  await anAccount(db, { name: "real" });
  const tries = async (name: string) => {
    const codes: string[] = [];
    for (let n = 0; n < 7; n++) codes.push(await guess(app, name));
    return codes;
  };
  expect(await tries("real")).toEqual(await tries("unreal"));
});

// sixty hashes
test("a list of names from one address is stopped, and told how long to wait", { timeout: 180_000 }, async () => {
  const { app } = await signInApp(db);
  await anAccount(db, { name: "late" });
  const codes: string[] = [];
  for (let n = 0; n < 70 && codes.at(-1) !== "request.too_often"; n++) codes.push(await guess(app, `name.${n}`));
  expect(counted(codes)).toEqual({ "access.wrong": 60, "request.too_often": 1 });
  const answer = await aBrowser(app).post("/api/session").send({ name: "late", password: goodPassword }).expect(429);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(answer.body.fix).toContain(answer.headers["retry-after"]);
  expect(await guardOf("late")).toEqual({ failures: 0, locked: false });
});
