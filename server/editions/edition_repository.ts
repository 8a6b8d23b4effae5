import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { EditionRef } from "./recount.ts";

export interface NetworkFacts {
  id: number;
  special_areas: "beside" | "over";
  /** The last edition that has begun; null: none. */
  latest: number | null;
}

/** A network by its code, with the last edition that has begun on the day. */
export async function findNetwork(db: Queries, code: string, day: string): Promise<NetworkFacts | undefined> {
  const rows = await db.query(sql<NetworkFacts>`
    select n.id, n.special_areas,
      (select max(e.number) from edition e where e.network_id = n.id and e.from_day <= ${day}::date) as latest
    from network n where n.code = ${code}`);
  return rows[0];
}

/** Editions whose day has come, and that counts and search do not follow yet; oldest first. */
export function dueEditions(db: Queries, day: string): Promise<EditionRef[]> {
  return db.query(sql<EditionRef>`
    select network_id, number from edition where not in_effect and from_day <= ${day}::date order by network_id, number`);
}
