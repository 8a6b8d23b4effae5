import { tierRegions } from "../../data/access/decide.ts";
import type { Grant } from "../../data/access/roles.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import type { SearchHit, SearchKind } from "../../data/schema/search.ts";
import { sqlScope } from "../access/scope_sql.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";

export interface SearchRepository {
  find: (words: string, limit: number, grants: readonly Grant[]) => Promise<SearchHit[]>;
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

/** @param today - the day that decides which areas are in force */
export function searchRepository(db: Queries, today: () => string): SearchRepository {
  return {
    /**
     * `words` in NFKC and lower case, as `search_entry.text` is: `like` costs a third of `ilike`.
     * Equal first, then beginning, then containing; in each by the kind's weight, then the shorter text.
     */
    async find(words, limit, grants) {
      const pattern = words.replace(/[\\%_]/g, "\\$&");
      const rows = await db.query(sql<HitRow>`
        select kind, key, title, subtitle, st_x(at) as lon, st_y(at) as lat,
          st_xmin(bbox) as west, st_ymin(bbox) as south, st_xmax(bbox) as east, st_ymax(bbox) as north
        from search_entry
        where text like ${`%${pattern}%`} and ${seenKeyUnit(grants, today())} and ${notByHiddenCode(pattern, grants, today())}
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

/** The only kind of entry that not everybody sees. */
function seenKeyUnit(grants: readonly Grant[], day: string): Sql {
  const reached = tierRegions("key_units", grants).flat();
  if (reached.length === 0) return sql`kind <> 'key_unit'`;
  const seen = sqlScope(grants, day).inSome(reached, { shape: sql`u.at`, holder: sql`u.organisation_id` });
  return sql`(kind <> 'key_unit' or ref_id in (select u.id from key_unit u where ${seen}))`;
}

/**
 * Who is not shown the credit code of a legal entity must not find out by searching for one, digit by digit. The code
 * is a line of its own in the text (server/loading/search_entries.ts).
 */
function notByHiddenCode(pattern: string, grants: readonly Grant[], day: string): Sql {
  // names and addresses are mostly Chinese: only what could be part of a code is looked at twice
  if (!/^[0-9a-z]+$/.test(pattern)) return sql`true`;
  const known = sqlScope(grants, day).inSome(tierRegions("legal_entities", grants).at(-1)!, {
    shape: sql`e.at`,
    holder: null,
  });
  return sql`(kind <> 'legal_entity' or lower(title) like ${`%${pattern}%`}
    or regexp_replace(text, '(^|\n)[0-9a-z]{18}(\n|$)', '\\1\\2') like ${`%${pattern}%`}
    or ref_id in (select e.id from legal_entity e where ${known}))`;
}
