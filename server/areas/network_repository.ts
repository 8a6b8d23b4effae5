import type { Edition, Level } from "../../data/schema/network.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

export interface NetworkRow {
  code: string;
  prefix: string;
  name: string;
  name_en: string;
  mark: string;
  ordinal: number;
  source: string;
  levels: Level[];
  edition: Edition | null;
  area_count: number;
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
}

export interface NetworkRepository {
  /** Every network with the edition in force on a day. */
  all: (day: string) => Promise<NetworkRow[]>;
  codes: () => Promise<string[]>;
  /** Those that have begun by a day, latest first. */
  editions: (network: string, day: string) => Promise<Edition[]>;
  /** The edition of a network that is in force on a day, else undefined. */
  editionOn: (network: string, day: string) => Promise<number | undefined>;
}

export function networkRepository(db: Queries): NetworkRepository {
  return {
    all: (day) =>
      db.query(sql<NetworkRow>`
        select n.code, n.prefix, n.name, n.name_en, n.mark, n.ordinal, n.source,
          coalesce((select json_agg(json_build_object('ordinal', l.ordinal, 'role', l.role, 'name', l.name, 'name_en', l.name_en)
            order by l.ordinal) from level l where l.network_id = n.id), '[]') as levels,
          case when e.number is null then null else json_build_object('number', e.number, 'from_day', e.from_day,
            'to_day', e.to_day, 'note', e.note) end as edition,
          coalesce(f.area_count, 0)::int as area_count, st_xmin(f.extent) as west, st_ymin(f.extent) as south,
          st_xmax(f.extent) as east, st_ymax(f.extent) as north
        from network n
          left join edition e on e.network_id = n.id and e.from_day <= ${day}::date and (e.to_day is null or e.to_day > ${day}::date)
          left join lateral (
            select count(*) as area_count, st_extent(v.geom) as extent
            from area a join area_version v on v.area_id = a.id
            where a.network_id = n.id and v.from_edition <= e.number and (v.to_edition is null or v.to_edition > e.number)) f on true
        order by n.ordinal, n.code`),
    async codes() {
      const rows = await db.query(sql<{ code: string }>`select code from network order by ordinal, code`);
      return rows.map((row) => row.code);
    },
    editions: (network, day) =>
      db.query(sql<Edition>`
        select e.number, e.from_day, e.to_day, e.note from edition e join network n on n.id = e.network_id
        where n.code = ${network} and e.from_day <= ${day}::date order by e.number desc`),
    async editionOn(network, day) {
      const rows = await db.query(sql<{ number: number }>`
        select e.number from edition e join network n on n.id = e.network_id
        where n.code = ${network} and e.from_day <= ${day}::date and (e.to_day is null or e.to_day > ${day}::date)`);
      return rows[0]?.number;
    },
  };
}
