import { createHash } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordAudit } from "../../../server/audit/service.ts";
import { verifyAudit } from "../../../server/audit/verify.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { testDatabase } from "../../support/database.ts";

let db: Db;
const actor = { account_id: "3", account_name: "审计", address: "::1", reference: null };

beforeAll(async () => {
  db = await testDatabase();
});

/** What somebody does who may do everything in the database. */
const tamper = (script: string) =>
  db.execute(`
    alter table audit disable trigger all; alter table audit_head disable trigger all;
    ${script};
    alter table audit enable always trigger audit_stays; alter table audit_head enable always trigger audit_head_stays`);

/** A log of ten lines. */
beforeEach(async () => {
  await tamper(
    "delete from audit; delete from audit_head; insert into audit_head select true, 0, now(), decode(repeat('00', 32), 'hex')",
  );
  for (let n = 1; n <= 10; n++) {
    await recordAudit(db, actor, { action: "account_change", target: `account:${n}`, after: { name: `第${n}个` } });
  }
});

const faults = async (...args: [{ seq: number; hash: string }?]) => (await verifyAudit(db, ...args)).faults;
const noted = async () => (await verifyAudit(db)).last!;
const rehash = (seq: number) => `
  update audit set hash = sha256(prev || convert_to(payload, 'UTF8')) where seq = ${seq}`;
const setName = (seq: number, name: string) => `
  update audit set payload = jsonb_set(payload::jsonb, '{account_name}', '"${name}"')::text where seq = ${seq}`;

test("a log that nobody touched is whole, and its last line is told", async () => {
  const { lines, last, faults, more } = await verifyAudit(db);
  expect({ lines, faults, more }).toEqual({ lines: 10, faults: [], more: 0 });
  const [row] = await db.query(sql<{ payload: string; prev: Uint8Array }>`
    select payload, prev from audit where seq = 10`);
  const hash = createHash("sha256").update(row.prev).update(row.payload).digest("hex");
  expect(last).toEqual({ seq: 10, hash });
  expect((await verifyAudit(db, { seq: 10, hash })).faults).toEqual([]);
});

test("a log without a line is whole", async () => {
  await tamper("delete from audit; update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')");
  expect(await verifyAudit(db)).toEqual({ lines: 0, last: null, faults: [], more: 0, guarded: true });
});

test("guards that somebody took away are missed", async () => {
  await db.execute("alter table audit disable trigger audit_stays");
  expect((await verifyAudit(db)).guarded).toBe(false);
  // enabled, yet not where a session says that it replays a replica
  await db.execute("alter table audit enable trigger audit_stays");
  expect((await verifyAudit(db)).guarded).toBe(false);
  await db.execute("alter table audit enable always trigger audit_stays");
  expect((await verifyAudit(db)).guarded).toBe(true);
});

describe("what somebody did who may write everything is found:", () => {
  test.each([
    ["a line removed", "delete from audit where seq = 4", [{ kind: "removed", seq: 4, to: 4 }]],
    ["the first lines removed", "delete from audit where seq < 3", [{ kind: "removed", seq: 1, to: 2 }]],
    ["the last lines removed", "delete from audit where seq > 8", [{ kind: "cut", seq: 9, to: 10 }]],
    ["all lines removed", "truncate audit", [{ kind: "cut", seq: 1, to: 10 }]],
    ["a line altered", setName(5, "别人"), [{ kind: "altered", seq: 5 }]],
    ["a blank altered", "update audit set payload = payload || ' ' where seq = 7", [{ kind: "altered", seq: 7 }]],
    ["a line altered and hashed anew", `${setName(5, "别人")}; ${rehash(5)}`, [{ kind: "reordered", seq: 6 }]],
    ["the last line altered and hashed anew", `${setName(10, "别人")}; ${rehash(10)}`, [{ kind: "head", seq: 10 }]],
    [
      "two lines exchanged, hashed anew",
      `update audit set payload = jsonb_set(payload::jsonb, '{seq}', to_jsonb(100 + seq))::text where seq in (4, 5);
       update audit set payload = jsonb_set(payload::jsonb, '{seq}', to_jsonb(109 - seq))::text where seq in (104, 105);
       ${rehash(4)}; ${rehash(5)}`,
      [
        { kind: "reordered", seq: 4 },
        { kind: "reordered", seq: 5 },
        { kind: "reordered", seq: 6 },
      ],
    ],
    [
      "two lines exchanged as they are",
      `update audit a set payload = b.payload, prev = b.prev, hash = b.hash from (
         select 9 - seq as seq, jsonb_set(payload::jsonb, '{seq}', to_jsonb(9 - seq))::text as payload, prev, hash
         from audit where seq in (4, 5)) b where a.seq = b.seq`,
      [
        { kind: "reordered", seq: 4 },
        { kind: "altered", seq: 4 },
        { kind: "reordered", seq: 5 },
        { kind: "altered", seq: 5 },
        { kind: "reordered", seq: 6 },
      ],
    ],
    [
      "a line put in by hand at the end",
      `insert into audit (payload, prev, hash)
         select jsonb_set(payload::jsonb, '{seq}', '11')::text, hash, sha256('x') from audit where seq = 10`,
      [
        { kind: "altered", seq: 11 },
        { kind: "head", seq: 11 },
      ],
    ],
    ["the head removed", "delete from audit_head", [{ kind: "head", seq: 10 }]],
  ])("%s", async (_name, script, found) => {
    await tamper(script);
    expect(await faults()).toEqual(found);
  });

  test("a line put in a second time", async () => {
    await tamper(`
      alter table audit drop constraint audit_pkey;
      insert into audit (payload, prev, hash) select payload, prev, hash from audit where seq = 6`);
    const found = await faults();
    await tamper("delete from audit where seq = 6; alter table audit add primary key (seq)");
    expect(found).toEqual([{ kind: "doubled", seq: 6 }]);
  });

  test("an end cut off with the head set back, by the line that was noted elsewhere", async () => {
    const kept = await noted();
    await tamper(`
      delete from audit where seq > 8;
      update audit_head set seq = 8, hash = (select hash from audit where seq = 8)`);
    expect(await faults()).toEqual([]);
    expect(await faults(kept)).toEqual([{ kind: "unexpected", seq: 10 }]);
  });

  test("a whole log hashed anew after a change, by the line that was noted elsewhere", async () => {
    const kept = await noted();
    await tamper(`
      ${setName(2, "别人")};
      do $$
      declare line record; former bytea := decode(repeat('00', 32), 'hex');
      begin
        for line in select * from audit order by seq loop
          update audit set prev = former, hash = sha256(former || convert_to(payload, 'UTF8')) where seq = line.seq
            returning hash into former;
        end loop;
        update audit_head set hash = former;
      end $$`);
    expect(await faults()).toEqual([]);
    expect(await faults(kept)).toEqual([{ kind: "unexpected", seq: 10 }]);
  });
});

test("of very many faults the first hundred are listed and the others counted", async () => {
  await db.query(sql`
    select record_audit(jsonb_build_object('action', 'print', 'outcome', 'done')) from generate_series(1, 200)`);
  await tamper("update audit set payload = payload || ' '");
  const { faults, more } = await verifyAudit(db);
  expect(faults).toHaveLength(100);
  expect(more).toBe(110);
});
