import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** Plans that were changed in a stretch of the feed, in the order of their last change; null where there were too many. */
export async function findPlanChanges(
  db: Queries,
  { after, until, most }: { after: number; until: number; most: number },
): Promise<string[] | null> {
  const rows = await db.query(sql<{ ids: number[] }>`
    select ids from change where rev > ${after} and rev <= ${until} and layer = 'plans' order by rev limit ${most + 1}`);
  if (rows.length > most) return null;
  const ids = rows.flatMap((row) => row.ids.map(String)).reverse();
  return [...new Set(ids)].reverse();
}
