import type { LevelRole } from "../../data/schema/network.ts";
import type { AreaChunk, FeatureChunk, NetworkRef, RowsState, TileRows } from "../../tiles/rows.ts";
import { ShapeCollector } from "../../tiles/shape_columns.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { type FeatureRow, featureStatement } from "./feature_statements.ts";
import { readWkb } from "./read_wkb.ts";

/** Rows that stand in memory at a time: a city of 300,000 buildings passes in 75 batches. */
const batchSize = 4000;

/** @param today - the day (YYYY-MM-DD) that decides which edition is in force */
export function tileRows(db: Queries, today: () => string): TileRows {
  return {
    networks: () => listNetworks(db, today()),
    async features(layer, take, only) {
      const shapes = new ShapeCollector();
      await db.eachBatch(featureStatement(layer, only), batchSize, (rows) => take(featureChunk(rows, shapes)));
    },
    async areas(network, edition, take) {
      const shapes = new ShapeCollector();
      const statement = areaStatement(network, edition, today());
      await db.eachBatch(statement, batchSize, (rows) => take(areaChunk(rows, shapes)));
    },
    state: () => readState(db),
    today,
  };
}

async function listNetworks(db: Queries, day: string): Promise<NetworkRef[]> {
  return db.query(sql<NetworkRef>`
    select n.code,
      (select e.number from edition e where e.network_id = n.id and e.from_day <= ${day}::date
        and (e.to_day is null or e.to_day > ${day}::date)) as current,
      coalesce((select json_agg(e.number order by e.number) from edition e
        where e.network_id = n.id and e.from_day <= ${day}::date), '[]') as editions
    from network n order by n.ordinal, n.code`);
}

async function readState(db: Queries): Promise<RowsState> {
  const [database] = await db.query(sql<{ born: Date }>`select min(run_at) as born from migration`);
  const revs = await db.query(sql<{ layer: string; rev: number }>`
    select layer, max(rev) as rev from change group by layer`);
  return {
    database: (database?.born ?? new Date(0)).getTime().toString(36),
    revs: Object.fromEntries(revs.map(({ layer, rev }) => [layer, rev])),
  };
}

const notAttributes = new Set(["id", "wkb", "lon", "lat", "holder"]);

function featureChunk(rows: FeatureRow[], shapes: ShapeCollector): FeatureChunk {
  const attributes: Record<string, (string | number | null)[]> = {};
  const names = Object.keys(rows[0] ?? {});
  for (const name of names) {
    if (!notAttributes.has(name)) attributes[name] = rows.map((row) => row[name] as string | number | null);
  }
  for (const row of rows) readWkb(row.wkb, shapes);
  return {
    ids: rows.map((row) => row.id),
    shapes: shapes.finish(),
    attributes,
    ...(names.includes("lon") ? { at: rows.flatMap((row) => [row.lon!, row.lat!]) } : {}),
    ...(names.includes("holder") ? { holders: rows.map((row) => row.holder ?? 0) } : {}),
  };
}

interface AreaRow {
  id: number;
  wkb: Uint8Array;
  parent: number;
  level: number;
  role: LevelRole;
  code: string;
  name: string;
  short_name: string;
  kind: "basic" | "special";
  hue: number;
  households: number;
  people: number;
  leader: string | null;
  lon: number;
  lat: number;
  area_m2: number;
}

/** The areas of every level in one edition; leaders are those of the day. What changed since has the counts of its last day. */
function areaStatement(network: string, edition: number, day: string) {
  return sql<AreaRow>`
    select a.id, st_asbinary(v.geom) as wkb, coalesce(v.parent_id, 0) as parent, l.ordinal as level, l.role, a.code,
      v.name, v.short_name, v.kind, v.hue::int as hue, coalesce(k.households, c.households, 0) as households,
      coalesce(k.people, c.people, 0) as people, leader.name as leader, st_x(v.at) as lon, st_y(v.at) as lat, v.area_m2
    from network n
      join area_version v on v.network_id = n.id and v.from_edition <= ${edition}
        and (v.to_edition is null or v.to_edition > ${edition})
      join area a on a.id = v.area_id
      join level l on l.id = v.level_id
      left join area_count c on c.area_id = a.id
      left join ended_area_count k on k.area_id = v.area_id and k.from_edition = v.from_edition
      left join (
        select distinct on (s.area_id) s.area_id, staff.name
        from assignment s
          join duty on duty.id = s.duty_id and duty.code = 'leader'
          join staff on staff.id = s.staff_id
        where s.area_id is not null and s.from_day <= ${day}::date and (s.to_day is null or s.to_day > ${day}::date)
        order by s.area_id, s.from_day desc, s.id) leader on leader.area_id = a.id
    where n.code = ${network}
    order by a.id`;
}

function areaChunk(rows: AreaRow[], shapes: ShapeCollector): AreaChunk {
  for (const row of rows) readWkb(row.wkb, shapes);
  return {
    ids: rows.map((row) => row.id),
    shapes: shapes.finish(),
    parents: rows.map((row) => row.parent),
    levels: rows.map((row) => row.level),
    roles: rows.map((row) => row.role),
    codes: rows.map((row) => row.code),
    names: rows.map((row) => row.name),
    short_names: rows.map((row) => row.short_name),
    kinds: rows.map((row) => row.kind),
    hues: rows.map((row) => row.hue),
    households: rows.map((row) => row.households),
    people: rows.map((row) => row.people),
    leaders: rows.map((row) => row.leader),
    at: rows.flatMap((row) => [row.lon, row.lat]),
    areas_m2: rows.map((row) => row.area_m2),
  };
}
