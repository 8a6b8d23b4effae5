import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { AuditLine } from "./line.ts";

/** Adds the line to the chain; from here to the end of the transaction other writers wait. @returns its number */
export async function appendLine(queries: Queries, line: AuditLine): Promise<number> {
  const [row] = await queries.query(sql<{ seq: number }>`select record_audit(${line}::jsonb) as seq`);
  return row.seq;
}
