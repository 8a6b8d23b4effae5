import type { Change } from "../../data/schema/change.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

export interface ChangeRepository {
  latest: () => Promise<number>;
  /** Changes after `rev` in the order of their commits, at most `limit`. */
  since: (rev: number, limit: number) => Promise<Change[]>;
}

export function changeRepository(db: Queries): ChangeRepository {
  return {
    async latest() {
      const rows = await db.query(sql<{ rev: number }>`select rev from change_clock`);
      return rows[0].rev;
    },
    since: (rev, limit) =>
      db.query(sql<Change>`
        select rev, layer, ids, bbox from change where rev > ${rev} order by rev limit ${limit}`),
  };
}
