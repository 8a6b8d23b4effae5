import { randomBytes } from "node:crypto";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** A key that all instances share and that outlives restarts; made by the first who asks for it. */
export async function serverSecret(db: Queries, name: string): Promise<Buffer> {
  await db.query(sql`
    insert into server_secret (name, value) values (${name}, ${randomBytes(32)}) on conflict (name) do nothing`);
  const [row] = await db.query(sql<{ value: Uint8Array }>`select value from server_secret where name = ${name}`);
  return Buffer.from(row.value);
}
