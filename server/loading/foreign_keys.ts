import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { writtenTables } from "./written_tables.ts";

/**
 * Does `work` without looking up the reference of every single row, then proves all references at once: a join a
 * key instead of a lookup a row, about a third of the time of a load. Only for a database that nobody uses yet,
 * because the tables are locked even against readers until the transaction ends.
 */
export async function withoutForeignKeys<T>(tx: Queries, work: () => Promise<T>): Promise<T> {
  const keys = await tx.query(sql<{ drop: string; restore: string }>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore
    from pg_constraint where contype = 'f' and conrelid = any (${writtenTables}::regclass[])
    order by conrelid, conname`);
  await tx.execute(keys.map((key) => key.drop).join(";\n"));
  const result = await work();
  await tx.execute(keys.map((key) => key.restore).join(";\n"));
  return result;
}
