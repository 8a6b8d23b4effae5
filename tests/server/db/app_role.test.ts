import { beforeAll, describe, expect, test } from "vitest";
import { appRole, takeAppRole } from "../../../server/db/app_role.ts";
import type { Db } from "../../../server/db/db.ts";
import { migrate } from "../../../server/db/migrate.ts";
import { openPostgis } from "../../../server/db/postgis.ts";
import { sql } from "../../../server/db/sql.ts";
import { recordAudit } from "../../../server/audit/service.ts";
import { testDatabaseAt } from "../../support/database.ts";

let db: Db;
let url: string | null;
const actor = { account_id: null, account_name: null, address: "10.0.0.1", reference: null };

beforeAll(async () => {
  ({ db, url } = await testDatabaseAt());
  await recordAudit(db, actor, { action: "sign_in" });
});

const rewriting = [
  "update audit set payload = payload",
  "delete from audit",
  "truncate audit",
  "delete from audit_head",
];

describe("the owner", () => {
  test.each([...rewriting, "truncate audit_head"])("is refused to %s", async (statement) => {
    await expect(db.execute(statement)).rejects.toMatchObject({ sqlstate: "42501" });
  });

  test("is refused where its session says that it replays a replica", async () => {
    const replaying = db.transaction(async (tx) => {
      await tx.execute("set local session_replication_role = replica");
      await tx.execute("delete from audit");
    });
    await expect(replaying).rejects.toMatchObject({ sqlstate: "42501" });
  });

  test("can write a searched column only by way of the hashed text", async () => {
    const writing = db.execute("insert into audit (seq, payload, prev, hash) values (9, '{}', '', '')");
    await expect(writing).rejects.toMatchObject({ sqlstate: "428C9" });
  });
});

describe("the running server", () => {
  beforeAll(() => takeAppRole(db));

  test.each([
    ...rewriting,
    "update audit_head set seq = 0",
    "alter table audit disable trigger audit_stays",
    "alter table audit disable trigger all",
    "drop trigger audit_stays on audit",
    "drop table audit",
    "create or replace function record_audit(line jsonb) returns bigint language sql as 'select 1::bigint'",
    "set session_replication_role = replica",
    `insert into audit (payload, prev, hash)
       values ('{"seq": 2, "at": "2026", "action": "x", "outcome": "done"}', sha256(''), sha256(''))`,
    "update migration set checksum = ''",
    `grant all on audit to ${appRole}`,
  ])("is refused to %s", async (statement) => {
    // granting what one does not own is a warning to PostgreSQL, and nothing is granted
    await db.execute(statement).catch((error: unknown) => expect(error).toMatchObject({ sqlstate: "42501" }));
    const [row] = await db.query(sql<{ lines: number; head: number; may: boolean }>`
      select (select count(*) from audit) as lines, (select seq from audit_head) as head,
        has_table_privilege('audit', 'insert, update, delete, truncate, trigger') as may`);
    expect(row).toMatchObject({ lines: row.head, may: false });
  });

  test("appends lines, reads them, and writes everything else", async () => {
    await db.transaction(async (tx) => {
      await tx.query(sql`insert into account (name, display_name, origin) values ('wall-1', '大屏', 'device')`);
      await tx.query(sql`select record_change('access', '{1}'::bigint[], null)`);
      await recordAudit(tx, actor, { action: "device_create" });
    });
    const lines = await db.query(sql<{ action: string }>`select action from audit order by seq`);
    expect(lines.at(-1)).toEqual({ action: "device_create" });
    await db.query(sql`delete from account where name = 'wall-1'`);
  });

  test("is not fooled by a table of its own that has the name of the log's head", async () => {
    await db.transaction(async (tx) => {
      await tx.execute("create temp table audit_head (one boolean, seq bigint, at timestamptz, hash bytea)");
      await tx.execute("insert into audit_head values (true, 100, now(), sha256(''))");
      await recordAudit(tx, actor, { action: "sign_out" });
      await tx.execute("drop table audit_head");
    });
    const [row] = await db.query(sql<{ last: number; lines: number }>`
      select max(seq) as last, count(*) as lines from audit`);
    expect(row.last).toBe(row.lines);
  });

  test("copies rows in", async () => {
    await db.copyIn("setup_link", ["token_hash", "expires_at"], [["\\x01", "2026-01-01"]]);
    expect(await db.query(sql`delete from setup_link returning 1 as one`)).toHaveLength(1);
  });

  test("stays in its role after a failed transaction, on all connections at once, and when the engine restarts", async () => {
    await expect(db.transaction((tx) => tx.execute("select 1 / 0"))).rejects.toMatchObject({ sqlstate: "22012" });
    if (db.engine === "embedded") {
      const slow = "do $$ begin for i in 1..1000000000 loop end loop; end $$";
      await expect(db.execute(slow, { timeout_ms: 50 })).rejects.toMatchObject({ sqlstate: "57014" });
    }
    const asked = await Promise.all(
      Array.from({ length: 12 }, () => db.query(sql<{ role: string }>`select current_user as role`)),
    );
    expect(new Set(asked.flat().map(({ role }) => role))).toEqual(new Set([appRole]));
  });
});

describe("an account of the database that may make no roles", () => {
  test("is told what an administrator must run, and starts after that", async (context) => {
    if (!url) return context.skip();
    const name = `ga_clerk_${process.pid}`;
    const admin = await openPostgis({ url, attempts: 1, pool_size: 1 });
    await admin.execute(`
      create role ${name} login;
      create schema own authorization ${name};
      alter role ${name} set search_path = own, public`);
    const clerk = await openPostgis({
      url: Object.assign(new URL(url), { username: name, password: "" }).href,
      attempts: 1,
    });
    try {
      await expect(migrate(clerk)).rejects.toMatchObject({
        code: "no_role",
        message: expect.stringContaining(`GRANT ${appRole} TO ${name};`),
      });
      await admin.execute(`grant ${appRole} to ${name}`);
      expect(await migrate(clerk)).toEqual([]);
      await takeAppRole(clerk);
      await recordAudit(clerk, actor, { action: "sign_in" });
      await expect(clerk.execute("delete from audit")).rejects.toMatchObject({ sqlstate: "42501" });
      expect(await clerk.query(sql`select count(*) as lines from own.audit`)).toEqual([{ lines: 1 }]);
    } finally {
      await clerk.close();
      await admin.execute(`drop owned by ${name} cascade; drop role ${name}`);
      await admin.close();
    }
  });

  test("a role that somebody gave too much is refused at start", async (context) => {
    if (!url) return context.skip();
    const owner = await openPostgis({ url, attempts: 1, pool_size: 2 });
    await owner.execute(`grant update on audit to ${appRole}`);
    try {
      await expect(takeAppRole(owner)).rejects.toMatchObject({ code: "no_role" });
    } finally {
      await owner.close();
    }
  });
});
