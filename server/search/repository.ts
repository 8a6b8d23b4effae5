import type { Bbox } from "../../data/schema/geometry.ts";
import type { SearchHit, SearchKind } from "../../data/schema/search.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

export interface SearchRepository {
  find: (words: string, limit: number) => Promise<SearchHit[]>;
}

interface HitRow {
  kind: SearchKind;
  key: string;
  title: string;
  subtitle: string;
  lon: number;
  lat: number;
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
}

export function searchRepository(db: Queries): SearchRepository {
  return {
    /**
     * `words` in NFKC and lower case, as `search_entry.text` is: `like` costs a third of `ilike`.
     * Equal first, then beginning, then containing; in each by the kind's weight, then the shorter text.
     */
    async find(words, limit) {
      const pattern = words.replace(/[\\%_]/g, "\\$&");
      const rows = await db.query(sql<HitRow>`
        select kind, key, title, subtitle, st_x(at) as lon, st_y(at) as lat,
          st_xmin(bbox) as west, st_ymin(bbox) as south, st_xmax(bbox) as east, st_ymax(bbox) as north
        from search_entry
        where text like ${`%${pattern}%`}
        order by
          case when lower(title) = ${words} then 0 when lower(title) like ${`${pattern}%`} then 1 when text like ${`${pattern}%`} then 2 else 3 end,
          weight desc, length(title), title, key
        limit ${limit}`);
      return rows.map(({ lon, lat, west, south, east, north, ...row }) => ({
        ...row,
        at: [lon, lat],
        bbox: west === null ? null : ([west, south, east, north] as Bbox),
      }));
    },
  };
}
