import type { NewWarningReason, WarningKind } from "../../data/schema/check.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

export interface ReasonRow {
  id: string;
  area_id: string;
  kind: WarningKind;
  /** Null: every warning of the kind. */
  keys: string[] | null;
  text: string;
  /** Who gave it, by name. */
  by: string;
  at: Date;
}

/** Reasons that were given in an edition of a network, latest first. */
export function listReasons(db: Pick<Queries, "query">, network: string, edition: number): Promise<ReasonRow[]> {
  return db.query(sql<ReasonRow>`
    select r.id::text as id, r.area_id::text as area_id, r.kind, r.keys, r.text, c.display_name as by, r.at
    from warning_reason r join network n on n.id = r.network_id join account c on c.id = r.account_id
    where n.code = ${network} and r.edition = ${edition} order by r.id desc`);
}

export async function insertReason(
  tx: Queries,
  { kind, keys, text }: NewWarningReason,
  of: { area_id: string; edition: number; account_id: string },
): Promise<{ id: string; at: Date }> {
  const [row] = await tx.query(sql<{ id: string; at: Date }>`
    insert into warning_reason (network_id, area_id, edition, kind, keys, text, account_id)
    select a.network_id, a.id, ${of.edition}, ${kind}, ${keys}::text[], ${text}, ${of.account_id}::bigint
    from area a where a.id = ${of.area_id}::bigint
    returning id::text as id, at`);
  if (!row) throw new Error(`Area ${of.area_id} is gone`);
  return row;
}

/** @returns what it was; undefined where the area has no such reason in the edition */
export async function deleteReason(
  tx: Queries,
  id: string,
  of: { area_id: string; edition: number },
): Promise<Pick<ReasonRow, "kind" | "keys" | "text"> | undefined> {
  const [row] = await tx.query(sql<Pick<ReasonRow, "kind" | "keys" | "text">>`
    delete from warning_reason
    where id = ${id}::bigint and area_id = ${of.area_id}::bigint and edition = ${of.edition}
    returning kind, keys, text`);
  return row;
}
