import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** Those that are just being saved end too: they are of an epoch that is over. */
export async function endSessions(tx: Queries, accountId: string): Promise<void> {
  await tx.query(sql`update account set session_epoch = session_epoch + 1 where id = ${accountId}::bigint`);
  await tx.query(sql`delete from session where account_id = ${accountId}::bigint`);
}

/** Every instance drops what it keeps of the accounts. Next to last in a transaction: the log alone comes after. */
export async function tellAccess(tx: Queries, accountIds: readonly string[]): Promise<void> {
  await tx.query(sql`select record_change('access', ${accountIds}::bigint[], null)`);
}
