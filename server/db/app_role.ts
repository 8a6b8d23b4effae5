import { type Db, type Queries, QueryError, StartupError } from "./db.ts";
import { sql } from "./sql.ts";

/**
 * What the running server is to the database: it reads and writes, but makes no tables, and of the audit log it may
 * only append lines (function record_audit). The owner migrates and loads; then `takeAppRole` is called.
 */
export const appRole = "grid_atlas_app";

const insufficientPrivilege = "42501";

/** Tables that the server only reads. The log is written by record_audit alone, which runs as its owner. */
const readOnly = ["audit", "audit_head", "migration"];

/**
 * Makes the role if there is none and lets the current account take it. Roles belong to the whole cluster: other
 * databases in it may have made it already. Call inside a transaction that holds the lock of migrations.
 * @throws StartupError `no_role` with the SQL for an administrator
 */
export async function requireAppRole(tx: Queries): Promise<void> {
  await attempt(tx, `create role ${appRole} nologin`, ["42710", "23505", insufficientPrivilege]);
  if (await mayTake(tx)) return;
  await attempt(tx, `grant ${appRole} to current_user`, [insufficientPrivilege, "42704"]);
  if (await mayTake(tx)) return;
  const [row] = await tx.query(sql<{ account: string }>`select quote_ident(current_user) as account`);
  throw noRole(row.account);
}

/**
 * Gives the role its rights on everything that the current account owns and the role cannot use yet: after new tables,
 * or after a dump was restored where the role was missing. Costs one question where nothing is to be done.
 */
export async function grantToAppRole(tx: Queries): Promise<void> {
  const tables = await tx.query(sql<{ name: string; kind: "read" | "write" }>`
    select quote_ident(c.relname) as name,
      case when c.relname = any(${readOnly}::text[]) then 'read' else 'write' end as kind
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v')
      and pg_has_role(c.relowner, 'usage')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      and not has_table_privilege(${appRole}, c.oid,
        case when c.relname = any(${readOnly}::text[]) then 'select' else 'update' end)
    order by 1`);
  const listed = (kind: string) => tables.filter((table) => table.kind === kind).map(({ name }) => name);
  const [read, write] = [listed("read").join(", "), listed("write").join(", ")];
  if (read) await tx.execute(`grant select on ${read} to ${appRole}`);
  if (write) await tx.execute(`grant select, insert, update, delete on ${write} to ${appRole}`);
  if (!read && !write) return;
  const [row] = await tx.query(sql<{ schema: string }>`select quote_ident(current_schema()) as schema`);
  await tx.execute(`grant usage on schema ${row.schema} to ${appRole}`);
  if (read) {
    const [writer] = await tx.query(sql<{ name: string | null }>`
      select to_regprocedure('record_audit(jsonb)')::text as name`);
    if (writer.name) await tx.execute(`grant execute on function record_audit(jsonb) to ${appRole}`);
  }
  // there COPY reads a file in the engine's own memory
  if (tx.engine === "embedded") await tx.execute(`grant pg_read_server_files to ${appRole}`);
}

/**
 * From here on the server asks in the role, on every connection.
 * @throws StartupError `no_role` where it may nevertheless rewrite the log, as when somebody made it a superuser
 */
export async function takeAppRole(db: Db): Promise<void> {
  await db.takeRole(appRole);
  const [row] = await db.query(sql<{ account: string; too_much: boolean }>`
    select quote_ident(session_user) as account,
      current_user <> ${appRole}
        or has_table_privilege('audit', 'insert, update, delete, truncate, trigger')
        or has_table_privilege('audit_head', 'insert, update, delete, truncate, trigger')
        or pg_has_role((select relowner from pg_class where oid = 'audit'::regclass), 'member') as too_much`);
  if (row.too_much) throw tooMuch();
}

/** Runs a statement that may fail for the named reasons, without spoiling the transaction. */
async function attempt(tx: Queries, statement: string, harmless: string[]): Promise<void> {
  try {
    await tx.transaction((inner) => inner.execute(statement));
  } catch (error) {
    if (!(error instanceof QueryError && harmless.includes(error.sqlstate))) throw error;
  }
}

async function mayTake(tx: Queries): Promise<boolean> {
  try {
    await tx.transaction(async (inner) => {
      await inner.execute(`set local role ${appRole}`);
      await inner.execute("reset role");
    });
    return true;
  } catch (error) {
    if (error instanceof QueryError && [insufficientPrivilege, "22023", "42704"].includes(error.sqlstate)) return false;
    throw error;
  }
}

function noRole(account: string): StartupError {
  const statements = `CREATE ROLE ${appRole} NOLOGIN; GRANT ${appRole} TO ${account};`;
  return new StartupError("no_role", {
    zh: `DATABASE_URL 的账号无权创建或使用运行角色 ${appRole}（用来保证审计日志不可改写）。请由数据库管理员执行（角色已存在时只需后一句）：${statements}`,
    en: `The account in DATABASE_URL may not make or take the role ${appRole}, which keeps the audit log from being rewritten. Have an administrator run (only the latter where the role exists): ${statements}`,
  });
}

function tooMuch(): StartupError {
  const statements = `ALTER ROLE ${appRole} NOSUPERUSER; REVOKE INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER ON audit, audit_head FROM ${appRole};`;
  return new StartupError("no_role", {
    zh: `运行角色 ${appRole} 的权限过大，可以改写审计日志，拒绝启动。请由数据库管理员收回：${statements} 并检查该角色不是其他角色的成员。`,
    en: `The role ${appRole} may rewrite the audit log; refusing to start. Have an administrator take that back: ${statements} and see that it is a member of no other role.`,
  });
}
