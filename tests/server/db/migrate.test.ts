import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { isMigrated, migrate, readMigrations } from "../../../server/db/migrate.ts";
import { sql } from "../../../server/db/sql.ts";
import { testDatabase } from "../../support/database.ts";

let db: Db;
let folder: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ga-migrations-"));
  await db.execute("drop table if exists a, b, migration");
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, script: string) => writeFileSync(join(folder, name), script);

test("the project's own migrations are numbered without gaps and each says why", async () => {
  for (const { script, name } of await readMigrations()) {
    expect(script, name).toMatch(/^-- Why: /);
    expect(script, name).toMatch(/Safe while an older server runs/);
  }
});

describe("migrations", () => {
  test("run once each, in order, also where two servers start at the same time", async () => {
    write("0001_a.sql", "create table a (n int); insert into a values (1);");
    write("0002_b.sql", "create table b as select n + 1 as n from a;");
    const runs = await Promise.all([migrate(db, { folder }), migrate(db, { folder })]);
    expect(runs.flat().sort()).toEqual(["0001_a.sql", "0002_b.sql"]);
    expect(await db.query(sql`select n from b`)).toEqual([{ n: 2 }]);
    write("0003_c.sql", "insert into b values (9);");
    expect(await migrate(db, { folder })).toEqual(["0003_c.sql"]);
    expect(await migrate(db, { folder })).toEqual([]);
  });

  test("one that fails leaves nothing behind, names its line, and can run later", async () => {
    write("0001_a.sql", "create table a (n int);\ncreate table b (n int);\nselect nonsense;");
    await expect(migrate(db, { folder })).rejects.toMatchObject({
      code: "migration_failed",
      message: expect.stringContaining("0001_a.sql:3"),
    });
    expect(await db.query(sql`select to_regclass('a') as a, to_regclass('b') as b`)).toEqual([{ a: null, b: null }]);
    write("0001_a.sql", "create table a (n int);");
    expect(await migrate(db, { folder })).toEqual(["0001_a.sql"]);
  });

  test("a file that was changed after it ran is refused by name", async () => {
    write("0001_a.sql", "create table a (n int);");
    await migrate(db, { folder });
    write("0001_a.sql", "create table a (n int, m int);");
    await expect(migrate(db, { folder })).rejects.toMatchObject({
      code: "migration_changed",
      message: expect.stringContaining("0001_a.sql"),
    });
  });

  test("other line ends are no change", async () => {
    write("0001_a.sql", "create table a (\nn int);\n");
    await migrate(db, { folder });
    write("0001_a.sql", "create table a (\r\nn int);\r\n");
    expect(await migrate(db, { folder })).toEqual([]);
  });

  test("a database of a newer version is refused", async () => {
    write("0001_a.sql", "create table a (n int);");
    write("0002_b.sql", "create table b (n int);");
    await migrate(db, { folder });
    rmSync(join(folder, "0002_b.sql"));
    await expect(migrate(db, { folder })).rejects.toMatchObject({ code: "migration_unknown" });
  });

  test("a database put in the place of the migrated one is known to be another", async () => {
    write("0001_a.sql", "create table a (n int);");
    const own = await readMigrations(folder);
    expect(await isMigrated(db, own)).toBe(false);
    await migrate(db, { folder });
    expect(await isMigrated(db, own)).toBe(true);
    write("0002_b.sql", "create table b (n int);");
    expect(await isMigrated(db, await readMigrations(folder))).toBe(false);
  });

  test("a gap in the numbers is our mistake and thrown as such", async () => {
    write("0001_a.sql", "select 1;");
    write("0003_c.sql", "select 1;");
    await expect(migrate(db, { folder })).rejects.toThrow(/without gaps/);
  });

  test("a role that may not make tables is told what an administrator has to grant", async () => {
    const refused = db.transaction(async (tx) => {
      await tx.execute("create role newcomer; revoke create on schema public from public; set local role newcomer");
      await migrate(tx);
    });
    await expect(refused).rejects.toMatchObject({
      code: "not_permitted",
      message: expect.stringMatching(/permission denied[\s\S]*GRANT CREATE, USAGE ON SCHEMA public/),
    });
  });
});
