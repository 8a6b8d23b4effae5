import type { AuditAction, AuditQuery } from "../../data/schema/audit.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { AuditLine } from "./line.ts";

/** One line as it stands in the database. */
export interface StoredLine {
  seq: number;
  /** JSON as it was hashed. */
  payload: string;
  /** Hex. */
  prev: string;
  hash: string;
}

export interface AuditHead {
  seq: number;
  /** Hex. */
  hash: string;
}

/** Adds the line to the chain; from here to the end of the transaction other writers wait. @returns its number */
export async function appendLine(queries: Queries, line: AuditLine): Promise<number> {
  const [row] = await queries.query(sql<{ seq: number }>`select record_audit(${line}::jsonb) as seq`);
  return row.seq;
}

/** Lines that fit the query, latest first, at most `limit`. Days begin at midnight in the time zone. */
export function findLines(
  queries: Queries,
  { text, action, outcome, from, to, before }: AuditQuery,
  { time_zone, limit }: { time_zone: string; limit: number },
): Promise<Pick<StoredLine, "payload" | "hash">[]> {
  const wanted: Sql[] = [];
  // numbers rise with time, so that days become numbers and one index gives the order
  if (from) wanted.push(sql`seq >= ${firstSince(from, 0, time_zone)}`);
  if (to) wanted.push(sql`seq < coalesce(${firstSince(to, 1, time_zone)}, 9223372036854775807)`);
  if (before !== undefined) wanted.push(sql`seq < ${before}`);
  if (action) wanted.push(sql`action = ${action}`);
  if (outcome) wanted.push(sql`outcome = ${outcome}`);
  if (text) wanted.push(sql`strpos(lower(concat_ws(e'\n', account_name, address, target)), lower(${text})) > 0`);
  const where = wanted.reduce((all, one) => sql`${all} and ${one}`, sql`true`);
  return queries.query(sql<Pick<StoredLine, "payload" | "hash">>`
    select payload, encode(hash, 'hex') as hash from audit where ${where} order by seq desc limit ${limit}`);
}

/** The latest line of one of the actions done to a target. */
export async function findLatest(
  queries: Queries,
  target: string,
  actions: readonly AuditAction[],
): Promise<Pick<StoredLine, "payload" | "hash"> | undefined> {
  const rows = await queries.query(sql<Pick<StoredLine, "payload" | "hash">>`
    select payload, encode(hash, 'hex') as hash from audit
    where target = ${target} and action = any(${actions}::text[]) and outcome = 'done' order by seq desc limit 1`);
  return rows[0];
}

/** Number of the first line since midnight of the day, or so many days later; null where there is none. */
function firstSince(day: string, days_later: number, time_zone: string): Sql {
  return sql`(
    select seq from audit
    where at >= to_char(
      (${day}::date + ${days_later}::int)::timestamp at time zone ${time_zone} at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    order by at, seq limit 1)`;
}

/** The whole chain in order, in batches, where it should end, and whether the triggers stand guard; one snapshot. */
export async function readChain(
  db: Queries,
  take: (lines: StoredLine[]) => void,
): Promise<{ head: AuditHead | null; guarded: boolean }> {
  return db.transaction(
    async (tx) => {
      const [head] = await tx.query(sql<AuditHead>`select seq, encode(hash, 'hex') as hash from audit_head`);
      await tx.eachBatch(
        sql<StoredLine>`
          select seq, payload, encode(prev, 'hex') as prev, encode(hash, 'hex') as hash from audit order by seq`,
        2000,
        take,
      );
      const guards = await tx.query(sql`
        select 1 from pg_trigger
        where tgenabled = 'A' and (tgrelid, tgname) in (
          ('audit'::regclass, 'audit_stays'), ('audit_head'::regclass, 'audit_head_stays'))`);
      return { head: head ?? null, guarded: guards.length === 2 };
    },
    { isolation: "repeatable read", read_only: true, timeout_ms: 3_600_000 },
  );
}
