import { beforeAll, expect, test } from "vitest";
import { AuditList, AuditQuery } from "../../../data/schema/audit.ts";
import { problem } from "../../../data/schema/problem.ts";
import { type AuditService, auditService, recordAudit } from "../../../server/audit/service.ts";
import { verifyAudit } from "../../../server/audit/verify.ts";
import { publicReader } from "../../../server/access/reader.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { testDatabase } from "../../support/database.ts";
import { aReader } from "../../support/readers.ts";

let db: Db;
let audit: AuditService;
let clock = Date.UTC(2026, 10, 24, 8);
const anybody = { account_id: null, account_name: null, address: null, reference: null };

/** Lines at fixed times: the head's clock is what the next line takes where it is ahead. */
async function lineAt(
  at: string,
  ...[actor, event]: Parameters<typeof recordAudit> extends [unknown, ...infer R] ? R : never
) {
  await db.query(sql`update audit_head set at = ${at}::timestamptz`);
  await recordAudit(db, actor, event);
}

beforeAll(async () => {
  db = await testDatabase();
  audit = auditService({ db, time_zone: "Asia/Shanghai", now: () => clock });
  // midnight in Shanghai is 16:00 UTC
  await lineAt("2096-11-22T15:59:59Z", { ...anybody, account_name: "zhang.san" }, { action: "sign_in" });
  await lineAt("2096-11-22T16:00:00Z", { ...anybody, account_name: "zhang.san" }, { action: "sign_out" });
  await lineAt("2096-11-23T15:59:59Z", { ...anybody, address: "10.9.8.7" }, { action: "refused", outcome: "refused" });
  await lineAt(
    "2096-11-23T16:00:00Z",
    { ...anybody, account_name: "li.si" },
    { action: "export", target: "export:100%_a" },
  );
});

const list = (query: Record<string, unknown> = {}) => audit.list(AuditQuery.parse(query));
const seqs = async (query: Record<string, unknown>) => (await list(query)).entries.map(({ seq }) => seq);

test("lines come latest first, as the schema says, with the hash of each", async () => {
  const page = await list();
  expect(AuditList.safeParse(page).error).toBeUndefined();
  expect(page.entries.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
  expect(page.entries[0].hash).toBe((await verifyAudit(db)).last?.hash);
});

test("a day is a day of the city, from midnight to midnight, the last one included", async () => {
  expect(await seqs({ from: "2096-11-23", to: "2096-11-23" })).toEqual([3, 2]);
  expect(await seqs({ from: "2096-11-24" })).toEqual([4]);
  expect(await seqs({ to: "2096-11-22" })).toEqual([1]);
  expect(await seqs({ from: "2097-01-01" })).toEqual([]);
  expect(await seqs({ to: "2020-01-01" })).toEqual([]);
});

test("words are looked for in name, address and target, as they are written", async () => {
  expect(await seqs({ text: "ZHANG" })).toEqual([2, 1]);
  expect(await seqs({ text: "9.8" })).toEqual([3]);
  expect(await seqs({ text: "100%_A" })).toEqual([4]);
  expect(await seqs({ text: "100_" })).toEqual([]);
  expect(await seqs({ text: "'; drop table audit; --" })).toEqual([]);
});

test("action and outcome narrow the list, alone and together", async () => {
  expect(await seqs({ action: "sign_in" })).toEqual([1]);
  expect(await seqs({ outcome: "refused" })).toEqual([3]);
  expect(await seqs({ outcome: "refused", action: "sign_in" })).toEqual([]);
});

test("pages follow each other without gap or repetition", async () => {
  const first = await list({ limit: 3 });
  expect(first.next).toBe(2);
  const second = await list({ limit: 3, before: first.next! });
  expect(second.entries.map(({ seq }) => seq)).toEqual([1]);
  expect(second.next).toBeNull();
});

test("a line that says little is shown as far as it goes", async () => {
  const added = db.transaction(async (tx) => {
    await tx.query(sql`select record_audit('{"action": "print", "outcome": "done"}')`);
    const [entry] = (await auditService({ db: tx, time_zone: "UTC", now: Date.now }).list(AuditQuery.parse({})))
      .entries;
    expect(entry).toMatchObject({ action: "print", account_name: null, before: null, problem: null });
    throw new Error("enough");
  });
  await expect(added).rejects.toThrow("enough");
});

const endpoint = { method: "get", path: "/api/accounts/:id" } as const;
const refusal = problem("access.sign_in", { detail: "", fix: "" });
const refusals = async () => (await list({ action: "refused", limit: 500 })).entries.filter(({ seq }) => seq > 4);

test("a refused request is a line with who asked for what and why not", async () => {
  await audit.recordRefusal(aReader("worker", "1"), endpoint, refusal);
  expect((await refusals())[0]).toMatchObject({
    account_name: "worker",
    target: "route:GET /api/accounts/:id",
    outcome: "refused",
    problem: "access.sign_in",
  });
});

test("a flood from one address is cut off with a line that says so, and counted in the next hour", async () => {
  const before = (await refusals()).length;
  const flood = publicReader({ address: "2001:db8::1", reference: "A" });
  const neighbour = publicReader({ address: "2001:db8:0:0:ffff::9", reference: "B" });
  for (let n = 0; n < 100; n++) await audit.recordRefusal(n % 2 ? flood : neighbour, endpoint, refusal);
  const written = (await refusals()).slice(0, -before);
  expect(written).toHaveLength(20);
  expect(written[0].after).toEqual({ none_written_until: "2026-11-24T09:00:00.000Z" });
  // others are heard meanwhile
  await audit.recordRefusal(publicReader({ address: "10.0.0.1", reference: "C" }), endpoint, refusal);
  expect((await refusals())[0].address).toBe("10.0.0.1");
  clock += 3_600_000;
  await audit.recordRefusal(flood, endpoint, refusal);
  expect((await refusals())[0]).toMatchObject({ address: "2001:db8::1", after: { not_written_before: 80 } });
});

test("a flood from many addresses is bounded as well, and somebody with an account is still heard", async () => {
  clock += 3_600_000;
  const before = (await refusals()).length;
  for (let n = 0; n < 700; n++) {
    await audit.recordRefusal(
      publicReader({ address: `10.${n >> 8}.${n & 255}.1`, reference: "D" }),
      endpoint,
      refusal,
    );
  }
  await audit.recordRefusal(aReader("planner", "1"), endpoint, refusal);
  const all = (await audit.list(AuditQuery.parse({ action: "refused", limit: 500 }))).entries;
  expect(all[0].account_name).toBe("planner");
  expect(all[1].after).toMatchObject({ none_written_until: expect.any(String) });
  const [count] = await db.query(sql<{ lines: number }>`select count(*) as lines from audit where action = 'refused'`);
  expect(count.lines - 1 - before).toBe(601);
});
