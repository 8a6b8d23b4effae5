import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** True while nothing was ever loaded: no network and no building. */
export async function isEmpty(db: Queries): Promise<boolean> {
  const [row] = await db.query(sql<{ empty: boolean }>`
    select not exists (select 1 from network) and not exists (select 1 from building) as empty`);
  return row!.empty;
}
