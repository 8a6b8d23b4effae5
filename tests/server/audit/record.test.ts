import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../../../server/audit/event.ts";
import { actorOf, recordAudit } from "../../../server/audit/service.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { testDatabase } from "../../support/database.ts";
import { aReader } from "../../support/readers.ts";

let db: Db;
const actor: Actor = { account_id: "7", account_name: "li.wei", address: "10.0.0.9", reference: "ABC123" };

beforeAll(async () => {
  db = await testDatabase();
});

interface Row {
  seq: number;
  payload: string;
  prev: Uint8Array;
  hash: Uint8Array;
}

const rows = () => db.query(sql<Row>`select seq, payload, prev, hash from audit order by seq`);

test("fifty writers at once leave one chain without a gap, each line hashed over the one before", async () => {
  await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      db.transaction(async (tx) => {
        // the order of feed and log is each writer's own: nobody waits in a circle
        if (n % 2) await tx.query(sql`select record_change('access', ${[n]}::bigint[], null)`);
        await recordAudit(tx, actor, { action: "account_change", target: `account:${n}`, after: { name: `n${n}` } });
        if (n % 2 === 0) await tx.query(sql`select record_change('access', ${[n]}::bigint[], null)`);
      }),
    ),
  );
  const written = await rows();
  expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  let former = Buffer.alloc(32);
  for (const row of written) {
    expect(Buffer.from(row.prev).equals(former)).toBe(true);
    former = createHash("sha256").update(row.prev).update(row.payload, "utf8").digest();
    expect(Buffer.from(row.hash).equals(former)).toBe(true);
  }
});

test("a change that is rolled back leaves neither line nor gap", async () => {
  const before = (await rows()).length;
  const failing = db.transaction(async (tx) => {
    await recordAudit(tx, actor, { action: "account_create" });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await recordAudit(db, actor, { action: "sign_in" });
  expect((await rows()).at(-1)?.seq).toBe(before + 1);
});

test("a line keeps who, from where, what and how it ended, whatever the text holds", async () => {
  await recordAudit(db, actorOf(aReader("worker", "1")), {
    action: "refused",
    target: "route:GET /api/审计\u0000\ud800",
    outcome: "refused",
    problem: "access.forbidden",
    after: { nested: { at: new Date(0), list: ["\u0000", 3, null] } },
  });
  const line = JSON.parse((await rows()).at(-1)!.payload);
  expect(line).toMatchObject({
    account_id: "1",
    account_name: "worker",
    address: "127.0.0.1",
    reference: "TEST00",
    target: "route:GET /api/审计\uFFFD\uFFFD",
    outcome: "refused",
    problem: "access.forbidden",
    before: null,
    after: { nested: { at: "1970-01-01T00:00:00.000Z", list: ["\uFFFD", 3, null] } },
  });
  expect(line.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
});

test.each(["password", "new_password_hash", "token", "phone", "totp_secret"])(
  "a value named %s is never written, only whether there is one",
  async (name) => {
    const event = { action: "account_change", after: { deep: [{ [name]: "138" }] } } as const;
    await expect(recordAudit(db, actor, event)).rejects.toThrow(name);
    await recordAudit(db, actor, { action: "account_change", after: { [name]: true } });
  },
);
