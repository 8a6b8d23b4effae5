import type { Bbox } from "../../data/schema/geometry.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** Layers of the change feed that no check looks at. */
const unseen = ["access", "warning_reason", "pipes", "small_places", "addresses"];

/** A result that holds as long as nothing changed that it was made from. */
export interface Kept<T> {
  /** Last change that it holds, or that was found not to matter to it. */
  rev: number;
  box: Bbox | null;
  value: T;
}

export interface KeptResults<T> {
  /** What was kept under the key if it still holds, and the last change that there is. */
  find: (key: string) => Promise<{ value: T | undefined; rev: number }>;
  keep: (key: string, kept: Kept<T>) => void;
}

/** @param most - results that stand in memory; the one that was asked for least lately goes first */
export function keptResults<T>(db: Pick<Queries, "query">, most: number): KeptResults<T> {
  const results = new Map<string, Kept<T>>();
  return {
    async find(key) {
      const kept = results.get(key);
      const { rev, changed } = await changesSince(db, kept);
      if (!kept) return { value: undefined, rev };
      if (changed) {
        if (results.get(key) === kept) results.delete(key);
        return { value: undefined, rev };
      }
      kept.rev = Math.max(kept.rev, rev);
      if (results.delete(key)) results.set(key, kept);
      return { value: kept.value, rev };
    },
    keep(key, kept) {
      results.delete(key);
      results.set(key, kept);
      for (const [oldest] of results) {
        if (results.size <= most) break;
        results.delete(oldest);
      }
    },
  };
}

/** A change of areas or of what has no place counts wherever it is; of things only where they lie. */
async function changesSince(db: Pick<Queries, "query">, kept: Pick<Kept<unknown>, "rev" | "box"> | undefined) {
  const [west, south, east, north] = kept?.box ?? [-Infinity, -Infinity, Infinity, Infinity];
  const since = kept?.rev ?? Number.MAX_SAFE_INTEGER;
  const [row] = await db.query(sql<{ rev: number; changed: boolean }>`
    select clock.rev, exists (
      select 1 from change c
      where c.rev > ${since} and c.layer <> all(${unseen}::text[])
        and (c.layer = 'areas' or c.bbox is null or (c.bbox[1] <= ${east}::float8 and c.bbox[3] >= ${west}::float8
          and c.bbox[2] <= ${north}::float8 and c.bbox[4] >= ${south}::float8))) as changed
    from change_clock clock`);
  return row;
}
