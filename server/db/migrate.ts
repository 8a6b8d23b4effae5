import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { grantToAppRole, requireAppRole } from "./app_role.ts";
import { QueryError, StartupError, type Queries } from "./db.ts";
import { projectRoot } from "./project_files.ts";
import { sql } from "./sql.ts";

export interface Migration {
  number: number;
  name: string;
  checksum: string;
  script: string;
}

const migrationLock = 7_161_311; // any number that no other program takes
const insufficientPrivilege = "42501";
const migrationTimeout = 600_000; // ms: a later one may rewrite a city

/**
 * Brings the schema up to date: every file of `migrations/` not run yet, in order, each in its own transaction
 * under a lock, so that several servers may start at once.
 * @returns names of the files run now
 * @throws StartupError `no_postgis`, `no_role` and `not_permitted` (with the SQL for an administrator), `migration_changed` when
 *   a file that ran is no longer what it was, `migration_unknown` when the database is newer than this program,
 *   `migration_failed`
 */
export async function migrate(
  db: Queries,
  options: { folder?: string; onProgress?: (sentence: string) => void } = {},
): Promise<string[]> {
  const migrations = await readMigrations(options.folder);
  await requirePostgis(db);
  const done: string[] = [];
  for (const migration of migrations) {
    const isNew = await db.transaction((tx) => runOnce(tx, migration, migrations), { timeout_ms: migrationTimeout });
    if (!isNew) continue;
    done.push(migration.name);
    options.onProgress?.(`迁移 ${migration.name} 已完成。 Migration ${migration.name} is done.`);
  }
  await alone(db, async (tx) => {
    await requireAppRole(tx);
    await grantToAppRole(tx);
  });
  return done;
}

/** Under the lock of migrations: of several servers that start at once, one does it. */
function alone(db: Queries, work: (tx: Queries) => Promise<void>): Promise<void> {
  return db.transaction(
    async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(${migrationLock})`);
      await work(tx);
    },
    { timeout_ms: migrationTimeout },
  );
}

/** Whether the schema is the one that this program was started on: a database put in its place may have another. */
export async function isMigrated(db: Queries, migrations: readonly Migration[]): Promise<boolean> {
  try {
    const ran = await db.query(sql<{ checksum: string }>`select checksum from migration order by number`);
    return ran.length === migrations.length && ran.every((row, i) => row.checksum === migrations[i]!.checksum);
  } catch (error) {
    if (error instanceof QueryError) return false; // no such table
    throw error;
  }
}

/** Reads `NNNN_name.sql` files, those of this program if no folder is named, in order; numbers must run 1, 2, 3 … */
export async function readMigrations(folder = join(projectRoot(), "migrations")): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name, i) => {
      const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
      if (number !== i + 1) throw new Error(`${name} should be migration ${i + 1}: NNNN_name.sql, without gaps`);
      const script = await readFile(join(folder, name), "utf8");
      // line ends may be changed by a checkout; they mean nothing to SQL
      const checksum = createHash("sha256").update(script.replaceAll("\r\n", "\n")).digest("hex");
      return { number, name, checksum, script };
    }),
  );
}

async function runOnce(tx: Queries, migration: Migration, all: Migration[]): Promise<boolean> {
  await tx.query(sql`select pg_advisory_xact_lock(${migrationLock})`);
  const ran = await readLog(tx);
  const unknown = ran.find((row) => row.number > all.length);
  if (unknown) throw unknownMigration(unknown.name);
  const before = ran.find((row) => row.number === migration.number);
  if (before) {
    if (before.checksum !== migration.checksum) throw changedMigration(migration.name);
    return false;
  }
  try {
    await tx.execute(migration.script, { timeout_ms: migrationTimeout });
  } catch (error) {
    if (error instanceof QueryError) throw failedMigration(migration, error);
    throw error;
  }
  await tx.query(sql`
    insert into migration (number, name, checksum)
    values (${migration.number}, ${migration.name}, ${migration.checksum})`);
  return true;
}

/** What ran before; the first thing that a role without rights is refused. */
async function readLog(tx: Queries): Promise<{ number: number; name: string; checksum: string }[]> {
  try {
    await tx.execute(`
      create table if not exists migration (
        number int primary key,
        name text not null,
        checksum text not null,
        run_at timestamptz not null default now()
      )`);
    return await tx.query(sql<{ number: number; name: string; checksum: string }>`
      select number, name, checksum from migration order by number`);
  } catch (error) {
    if (error instanceof QueryError && error.sqlstate === insufficientPrivilege) throw notPermitted(error);
    throw error;
  }
}

/** The extension may need an administrator, so it is asked for before the first migration relies on it. */
async function requirePostgis(db: Queries): Promise<void> {
  try {
    await alone(db, (tx) => tx.execute("create extension if not exists postgis"));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new StartupError(
      "no_postgis",
      {
        zh: `数据库缺少 PostGIS 扩展（${error.message}）。请由数据库管理员在该库中执行：CREATE EXTENSION postgis;`,
        en: `The database lacks PostGIS (${error.message}). Have an administrator run in it: CREATE EXTENSION postgis;`,
      },
      { cause: error },
    );
  }
  const [row] = await db.query(sql<{ version: string }>`select postgis_lib_version() as version`);
  const [major, minor] = row!.version.split(".").map(Number);
  if (major! < 3 || (major === 3 && minor! < 1)) {
    throw new StartupError("too_old", {
      zh: `PostGIS ${row!.version} 太旧，需要 3.1 或更新版本。升级后执行：ALTER EXTENSION postgis UPDATE;`,
      en: `PostGIS ${row!.version} is too old; 3.1 or newer is needed. After the upgrade run: ALTER EXTENSION postgis UPDATE;`,
    });
  }
}

function notPermitted(error: QueryError): StartupError {
  return new StartupError(
    "not_permitted",
    {
      zh: `DATABASE_URL 的账号无权建表（${error.message}）。请由数据库管理员在该库中执行：GRANT CREATE, USAGE ON SCHEMA public TO 该账号；若表已由另一账号建立，请改用那个账号。`,
      en: `The role in DATABASE_URL may not make tables (${error.message}). Have an administrator run in this database: GRANT CREATE, USAGE ON SCHEMA public TO the role; where another role made the tables, use that one.`,
    },
    { cause: error },
  );
}

function changedMigration(name: string): StartupError {
  return new StartupError("migration_changed", {
    zh: `迁移文件 ${name} 在执行之后被改动过，拒绝启动。请恢复原文件；需要修改时新增一个迁移。`,
    en: `Migration ${name} was changed after it had run; refusing to start. Restore the file; a change needs a new one.`,
  });
}

function unknownMigration(name: string): StartupError {
  return new StartupError("migration_unknown", {
    zh: `数据库执行过本程序没有的迁移 ${name}:它属于更新的版本。请使用那个版本启动。`,
    en: `The database has run migration ${name}, which this program does not have: it belongs to a newer version. Start that one.`,
  });
}

function failedMigration(migration: Migration, error: QueryError): StartupError {
  const line = error.position ? migration.script.slice(0, error.position).split("\n").length : null;
  const place = line ? `${migration.name}:${line}` : migration.name;
  return new StartupError(
    "migration_failed",
    {
      zh: `迁移 ${place} 失败，已全部回滚：${error.message}`,
      en: `Migration ${place} failed and was rolled back whole: ${error.message}`,
    },
    { cause: error },
  );
}
