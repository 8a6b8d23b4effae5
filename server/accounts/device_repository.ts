import { randomBytes } from "node:crypto";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";

export interface DeviceRow {
  id: string;
  account_id: string;
  name: string;
  area_ids: string[];
  created_at: Date;
  paired_at: Date | null;
  seen_at: Date | null;
  revoked_at: Date | null;
}

function selectDevices(where: Sql): Sql<DeviceRow> {
  return sql<DeviceRow>`
    select d.id::text as id, d.account_id::text as account_id, a.display_name as name,
      d.created_at, d.paired_at, d.seen_at, d.revoked_at,
      array(select g.area_id::text from role_grant g where g.account_id = a.id order by g.id) as area_ids
    from device d join account a on a.id = d.account_id
    where ${where} order by d.revoked_at is not null, a.display_name, d.id`;
}

/** Those in use first, by name. */
export function findDevices(db: Queries): Promise<DeviceRow[]> {
  return db.query(selectDevices(sql`true`));
}

export async function findDevice(db: Queries, id: string): Promise<DeviceRow | undefined> {
  const rows = await db.query(selectDevices(sql`d.id = ${id}::bigint`));
  return rows[0];
}

/** A screen with its account, which is named by its number. */
export async function insertDevice(
  tx: Queries,
  display_name: string,
  token_hash: Uint8Array,
): Promise<{ id: string; account_id: string }> {
  const [account] = await tx.query(sql<{ id: string }>`
    insert into account (name, display_name, origin)
    values (${`wall:${randomBytes(8).toString("hex")}`}, ${display_name}, 'device') returning id::text as id`);
  const [device] = await tx.query(sql<{ id: string }>`
    insert into device (account_id, token_hash) values (${account.id}::bigint, ${token_hash})
    returning id::text as id`);
  await tx.query(sql`update account set name = ${`wall:${device.id}`} where id = ${account.id}::bigint`);
  return { id: device.id, account_id: account.id };
}

/** @returns whether it was in use until now */
export async function revokeDevice(tx: Queries, id: string): Promise<boolean> {
  const rows = await tx.query(sql`
    with revoked as (
      update device set revoked_at = now() where id = ${id}::bigint and revoked_at is null returning account_id)
    update account a set disabled = true from revoked where a.id = revoked.account_id returning 1`);
  return rows.length > 0;
}
