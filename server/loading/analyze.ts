import type { Db } from "../db/db.ts";
import { sql } from "../db/sql.ts";

const analyzeTimeout = 30 * 60_000; // ms for a city

/**
 * Tells the planner about tables that were empty a moment ago.
 *
 * The embedded engine gets no statistics of geometry: with those of two tables of different extent its PostGIS
 * hands the planner a pointer for a share and the query fails («invalid join selectivity»). Without them it assumes
 * the usual and takes the spatial index. A small sample does there.
 */
export async function analyze(db: Db, tables: readonly string[]): Promise<void> {
  if (db.engine === "postgis") {
    await db.execute(`analyze ${tables.join(", ")}`, { timeout_ms: analyzeTimeout });
    return;
  }
  const columns = await db.query(sql<{ table: string; columns: string[] }>`
    select c.relname as table, array_agg(a.attname::text) as columns
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.oid = any (${tables}::regclass[]) and a.attnum > 0 and not a.attisdropped
      and a.atttypid <> 'geometry'::regtype
    group by c.relname`);
  const list = columns.map((of) => `${of.table} (${of.columns.join(", ")})`).join(", ");
  await db.transaction((tx) => tx.execute(`set local default_statistics_target = 20; analyze ${list}`), {
    timeout_ms: analyzeTimeout,
  });
}
