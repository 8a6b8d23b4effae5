import type { Register } from "../../data/schema/record.ts";
import type { Reader } from "../access/reader.ts";
import { grantedAreas, isShownSql, type SqlScope, sqlScope, versionInForce } from "../access/scope_sql.ts";
import type { Region } from "../../data/access/decide.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import { factsOf, type RegisterTable, registerTables } from "./register_tables.ts";

export type Fact = string | number | boolean | null;

/** A record that the reader sees; its facts are all there are, `tier` says which of them to leave out. */
export interface RecordRow {
  tier: number;
  title: string;
  facts: Record<string, Fact>;
  /** Who holds it, for phones; bigint as text. */
  holder: string | null;
  lon: number;
  lat: number;
  source: string;
  changed_at: Date;
}

/** A record on its way into a file. */
export interface ExportRow {
  id: string;
  tier: number;
  title: string;
  facts: Record<string, Fact>;
  lon: number;
  lat: number;
  /** GeoJSON. */
  geometry: Record<string, unknown>;
  source: string;
  changed_at: Date;
}

/** Which records of a register go into a file. */
export interface ExportSelection {
  register: Register;
  /** Area that is asked for, bigint as text, in the edition in force. */
  area_id: string;
  /** Where the reader may export. */
  regions: readonly Region[];
}

export interface RegisterRepository {
  /** A record that the reader does not see is not there. */
  one: (register: Register, id: string, reader: Reader) => Promise<RecordRow | undefined>;
  /**
   * Every record of the selection that the reader sees, by id, in batches. No connection is held between them: whoever
   * takes the rows may be slow.
   */
  each: (selection: ExportSelection, reader: Reader, take: (rows: ExportRow[]) => Promise<void>) => Promise<void>;
  /** Whether the area of one of the regions has more than a border in common with the area. */
  meets: (regions: readonly Region[], area_id: string) => Promise<boolean>;
}

/** @param today - the day that decides which areas are in force */
export function registerRepository(db: Queries, today: () => string): RegisterRepository {
  return {
    async one(register, id, { grants }) {
      const [table, ownId] = tableOf(register, BigInt(id));
      const rows = await db.query(recordStatement(register, table, ownId, sqlScope(grants, today())));
      return rows[0];
    },
    async each(selection, { grants }, take) {
      const scope = sqlScope(grants, today());
      for (const table of registerTables[selection.register]) {
        const found = await db.query(exportedIds(selection, table, scope));
        for (let from = 0; from < found.length; from += batchSize) {
          const ids = found.slice(from, from + batchSize).map(({ id }) => id);
          await take(await db.query(exportStatement(selection, table, scope, ids)));
        }
      }
    },
    async meets(regions, area_id) {
      const rows = await db.query(sql<{ meets: boolean }>`
        select exists (
          select 1 from (${grantedAreas(regions, today())}) g
          where st_intersects(g.geom, v.geom) and not st_touches(g.geom, v.geom)) as meets
        from area_version v where v.area_id = ${area_id}::bigint and ${versionInForce(today())}`);
      return rows[0]?.meets === true;
    },
  };
}

const batchSize = 500;

/** The last table whose ids begin at or before the id. */
function tableOf(register: Register, id: bigint): [RegisterTable, bigint] {
  const table = registerTables[register].findLast(({ firstId }) => firstId <= id)!;
  return [table, id - table.firstId];
}

function recordStatement(register: Register, table: RegisterTable, id: bigint, scope: SqlScope): Sql<RecordRow> {
  const { from, title, at, holder, kind } = table;
  return sql<RecordRow>`
    select s.tier, ${title} as title, ${factsOf(table)} as facts, ${holder ?? sql`null`}::text as holder,
      st_x(s.at) as lon, st_y(s.at) as lat, t.source, t.changed_at
    from ${from} cross join lateral (select ${scope.tier(register, table)} as tier, ${at} as at) s
    where t.id = ${id} and ${isShownSql(register, sql`s.tier`, kind)}`;
}

/** What of a table is selected; over `t`, what is joined to it, and `s.tier`. */
function isSelected({ register, area_id, regions }: ExportSelection, table: RegisterTable, scope: SqlScope): Sql {
  const area = scope.inSome([{ area_id, organisation_id: null }], table);
  return sql`${area} and ${scope.inSome(regions, table)} and ${isShownSql(register, sql`s.tier`, table.kind)}`;
}

function exportedIds(selection: ExportSelection, table: RegisterTable, scope: SqlScope): Sql<{ id: number }> {
  return sql<{ id: number }>`
    select t.id from ${table.from} cross join lateral (select ${scope.tier(selection.register, table)} as tier) s
    where ${isSelected(selection, table, scope)} order by t.id`;
}

function exportStatement(
  selection: ExportSelection,
  table: RegisterTable,
  scope: SqlScope,
  ids: readonly number[],
): Sql<ExportRow> {
  const { from, title, at, geom, firstId } = table;
  return sql<ExportRow>`
    select (t.id + ${firstId})::text as id, s.tier, ${title} as title, ${factsOf(table)} as facts,
      st_x(s.at) as lon, st_y(s.at) as lat, st_asgeojson(${geom}, 9)::json as geometry, t.source, t.changed_at
    from ${from} cross join lateral (select ${scope.tier(selection.register, table)} as tier, ${at} as at) s
    where t.id = any(${ids}::bigint[]) and ${isSelected(selection, table, scope)}
    order by t.id`;
}
