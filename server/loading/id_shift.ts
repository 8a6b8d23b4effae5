import type { CityRows } from "../../data/schema/city_rows.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** Tables whose rows have ids of their own. */
export type CityTable = Exclude<keyof CityRows, "source">;

export const cityTables = [
  "profile",
  "network",
  "level",
  "area",
  "block",
  "estate",
  "building",
  "entrance",
  "road",
  "address",
  "ground",
  "organisation",
  "facility",
  "legal_entity",
  "pipe_node",
  "pipe",
  "component",
  "water_source",
  "fire_access",
  "key_unit",
  "small_place",
  "staff",
  "contact",
  "duty",
  "assignment",
] as const satisfies readonly CityTable[];

/** Moves local ids (1…n) behind those that the database has given out. */
export interface IdShift {
  of: (table: CityTable, id: number) => number;
  /** The same for a reference that may be missing. */
  ref: (table: CityTable, id: number | null) => number | null;
}

/** Locks the tables against other writers until the transaction ends and reads the last id of each. */
export async function takeIds(tx: Queries): Promise<IdShift> {
  await tx.execute(`lock table ${cityTables.join(", ")} in share row exclusive mode`);
  const last: Record<string, number> = {};
  for (const table of cityTables) {
    const [row] = await tx.query(sql<{ last: number | null }>`
      select pg_sequence_last_value(pg_get_serial_sequence(${table}::text, 'id')::regclass) as last`);
    last[table] = row!.last ?? 0;
  }
  const of = (table: CityTable, id: number) => last[table]! + id;
  return { of, ref: (table, id) => (id === null ? null : of(table, id)) };
}

/** Tells the identity columns which ids COPY has written. */
export async function giveIdsBack(tx: Queries): Promise<void> {
  for (const table of cityTables) {
    // the name comes from the list above; a parameter cannot name a table
    await tx.execute(`
      select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table} having max(id) is not null`);
  }
}
