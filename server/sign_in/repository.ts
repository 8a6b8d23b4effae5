import type { Role } from "../../data/access/roles.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import { inForceOn, refColumns, refJoins } from "../areas/rows.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

export type Origin = "local" | "identity_provider" | "demo" | "device";

/** What is asked with each request of somebody who signed in. */
export interface AccountRow {
  /** bigint as text. */
  id: string;
  name: string;
  display_name: string;
  origin: Origin;
  must_change_password: boolean;
  totp_confirmed: boolean;
  session_epoch: number;
}

export interface GrantRow {
  role: Exclude<Role, "public">;
  area: AreaRef | null;
  organisation: { id: string; name: string } | null;
}

const accountColumns = sql`
  a.id::text as id, a.name, a.display_name, a.origin, a.must_change_password, a.totp_confirmed, a.session_epoch`;

/** An account that may sign in; undefined if there is none or it is disabled. */
export async function findAccount(db: Queries, id: string): Promise<AccountRow | undefined> {
  const rows = await db.query(sql<AccountRow>`
    select ${accountColumns} from account a where a.id = ${id}::bigint and not a.disabled`);
  return rows[0];
}

/** Account of a paired, unrevoked screen. */
export async function findDeviceAccount(
  db: Queries,
  tokenHash: Uint8Array,
): Promise<(AccountRow & { device_id: string; paired_at: Date }) | undefined> {
  const rows = await db.query(sql<AccountRow & { device_id: string; paired_at: Date }>`
    select ${accountColumns}, d.id::text as device_id, d.paired_at
    from device d join account a on a.id = d.account_id
    where d.token_hash = ${tokenHash} and d.paired_at is not null and d.revoked_at is null and not a.disabled`);
  return rows[0];
}

/** Grants of an account on areas in force on a day, and those that hold everywhere. */
export async function grantsInForce(db: Queries, accountId: string, day: string): Promise<GrantRow[]> {
  return db.query(sql<GrantRow>`
    select g.role,
      case when place.id is not null then json_build_object('id', place.id, 'network', place.network,
        'code', place.code, 'name', place.name, 'short_name', place.short_name, 'level', place.level,
        'role', place.role) end as area,
      case when o.id is not null then json_build_object('id', o.id::text, 'name', o.name) end as organisation
    from role_grant g
      left join lateral (
        select ${refColumns} from ${refJoins} where v.area_id = g.area_id and ${inForceOn(day)} limit 1) place on true
      left join organisation o on o.id = g.organisation_id
    where g.account_id = ${accountId}::bigint and (g.area_id is null or place.id is not null)
    order by g.role, place.network, place.code, o.name`);
}

/** The screen was seen; written at most once a minute. */
export async function markDeviceSeen(db: Queries, deviceId: string): Promise<void> {
  await db.query(sql`
    update device set seen_at = now()
    where id = ${deviceId}::bigint and (seen_at is null or seen_at < now() - interval '1 minute')`);
}
