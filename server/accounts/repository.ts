import type { Grant, GrantedRole } from "../../data/access/roles.ts";
import type { AccountListQuery } from "../../data/schema/account.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";

export type PersonOrigin = "local" | "identity_provider" | "demo";

/** Somebody's account; screens are devices. */
export interface AccountRow {
  id: string;
  name: string;
  display_name: string;
  origin: PersonOrigin;
  disabled: boolean;
  locked_until: Date | null;
  second_factor: boolean;
  last_sign_in_at: Date | null;
  revision: number;
}

export interface GrantRow extends Grant {
  account_id: string;
  organisation_name: string | null;
}

const columns: Sql = sql`
  a.id::text as id, a.name, a.display_name, a.origin, a.disabled,
  case when a.locked_until > now() then a.locked_until end as locked_until,
  a.totp_confirmed as second_factor, a.last_sign_in_at, a.revision`;

/** Accounts of persons by name, at most `limit`. */
export function findAccounts(
  db: Queries,
  { text, role, after }: Pick<AccountListQuery, "text" | "role" | "after">,
  limit: number,
): Promise<AccountRow[]> {
  const wanted: Sql[] = [];
  if (text) wanted.push(sql`strpos(lower(a.name || e'\n' || a.display_name), lower(${text})) > 0`);
  if (role) wanted.push(sql`exists (select from role_grant g where g.account_id = a.id and g.role = ${role})`);
  if (after !== undefined) wanted.push(sql`a.name > ${after} collate "C"`);
  const where = wanted.reduce((all, one) => sql`${all} and ${one}`, sql`a.origin <> 'device'`);
  return db.query(sql<AccountRow>`
    select ${columns} from account a where ${where} order by a.name collate "C" limit ${limit}`);
}

export async function findAccount(db: Queries, id: string): Promise<AccountRow | undefined> {
  const rows = await db.query(sql<AccountRow>`
    select ${columns} from account a where a.id = ${id}::bigint and a.origin <> 'device'`);
  return rows[0];
}

export async function isNameTaken(db: Queries, name: string): Promise<boolean> {
  const rows = await db.query(sql`select 1 from account where name = ${name}`);
  return rows.length > 0;
}

/** Grants of the accounts, by role and area. */
export function findGrants(db: Queries, accountIds: readonly string[]): Promise<GrantRow[]> {
  return db.query(sql<GrantRow>`
    select g.account_id::text as account_id, g.role, g.area_id::text as area_id,
      g.organisation_id::text as organisation_id, o.name as organisation_name
    from role_grant g left join organisation o on o.id = g.organisation_id
    where g.account_id = any(${accountIds}::bigint[]) order by g.role, g.area_id, g.organisation_id`);
}

/** Changes of accounts one after the other, so that of two administrators who remove each other one remains. */
export async function lockAccounts(tx: Queries): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(7161312)`);
}

/** @returns the id @throws QueryError 23505 where the name is taken */
export async function insertAccount(
  tx: Queries,
  { name, display_name, password_hash }: { name: string; display_name: string; password_hash: string },
): Promise<string> {
  const [row] = await tx.query(sql<{ id: string }>`
    insert into account (name, display_name, origin, password_hash, must_change_password)
    values (${name}, ${display_name}, 'local', ${password_hash}, true) returning id::text as id`);
  return row.id;
}

export async function insertGrants(tx: Queries, accountId: string, grants: readonly Grant[]): Promise<void> {
  await tx.query(sql`
    insert into role_grant (account_id, role, area_id, organisation_id)
    select ${accountId}::bigint, given.role, given.area_id, given.organisation_id
    from unnest(
      ${grants.map(({ role }) => role)}::text[],
      ${grants.map(({ area_id }) => area_id)}::bigint[],
      ${grants.map(({ organisation_id }) => organisation_id)}::bigint[]) as given (role, area_id, organisation_id)`);
}

export async function deleteGrants(tx: Queries, accountId: string): Promise<void> {
  await tx.query(sql`delete from role_grant where account_id = ${accountId}::bigint`);
}

export async function updateAccount(
  tx: Queries,
  id: string,
  { display_name, disabled }: { display_name: string; disabled: boolean },
): Promise<void> {
  await tx.query(sql`
    update account set display_name = ${display_name}, disabled = ${disabled}, revision = revision + 1
    where id = ${id}::bigint`);
}

/** A password that must be changed; a lock is opened, too. */
export async function setFirstPassword(tx: Queries, id: string, password_hash: string): Promise<void> {
  await tx.query(sql`
    update account set password_hash = ${password_hash}, must_change_password = true, failures = 0, locked_until = null,
      revision = revision + 1
    where id = ${id}::bigint`);
}

export async function releaseAccount(
  tx: Queries,
  id: string,
  { second_factor }: { second_factor: boolean },
): Promise<void> {
  await tx.query(sql`
    update account set failures = 0, locked_until = null, revision = revision + 1,
      totp_secret = case when ${second_factor}::boolean then null else totp_secret end,
      totp_confirmed = totp_confirmed and not ${second_factor}::boolean
    where id = ${id}::bigint`);
}

/** Whether somebody with the role can sign in; demo accounts do not count. */
export async function hasActive(tx: Queries, role: GrantedRole): Promise<boolean> {
  const rows = await tx.query(sql`
    select 1 from account a join role_grant g on g.account_id = a.id
    where g.role = ${role} and not a.disabled and a.origin in ('local', 'identity_provider') limit 1`);
  return rows.length > 0;
}
