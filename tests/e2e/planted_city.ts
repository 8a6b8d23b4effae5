import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Position } from "../../data/schema/geometry.ts";
import type { Db } from "../../server/db/db.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { type Sql, sql } from "../../server/db/sql.ts";
import { startServer } from "./server_process.ts";

export interface PlantedFault {
  kind: "gap" | "overlap" | "outside" | "uncovered";
  /** A position in the fault, or of the thing that lies in no grid. */
  at: Position;
}

export interface PlantedCity {
  origin: string;
  planted: PlantedFault[];
  stop: () => Promise<void>;
}

/** The grid in force of this short name in the community network. */
const version = (name: string): Sql => sql`
  area_version v where v.short_name = ${name} and v.to_edition is null
    and v.network_id = (select id from network where code = 'governance')`;
const ground = (name: string): Sql => sql`(select v.geom from ${version(name)})`;

/** A disc in the middle of the longest stretch of border that two grids share; radius in degrees. */
const onBorder = (a: string, b: string, radius: number): Sql => sql`(
  select st_buffer(st_lineinterpolatepoint(part.geom, 0.5), ${radius}::float8, 4)
  from st_dump(st_linemerge(st_collectionextract(st_intersection(${ground(a)}, ${ground(b)}), 2))) part
  order by st_length(part.geom) desc limit 1)`;

/** Ten faults in 慧泽社区: gaps from a hand's breadth to a courtyard, overlaps, one over the border, three things left out. */
const faults: readonly { kind: PlantedFault["kind"]; grid: string; change: "cut" | "grow"; piece: Sql }[] = [
  { kind: "gap", grid: "慧泽10", change: "cut", piece: onBorder("慧泽10", "慧泽05", 0.0003) },
  { kind: "gap", grid: "慧泽19", change: "cut", piece: onBorder("慧泽19", "慧泽16", 0.00012) },
  { kind: "gap", grid: "慧泽27", change: "cut", piece: onBorder("慧泽27", "慧泽23", 0.00001) },
  { kind: "gap", grid: "慧泽20", change: "cut", piece: onBorder("慧泽20", "慧泽15", 0.000002) },
  { kind: "overlap", grid: "慧泽12", change: "grow", piece: sharedWith("慧泽12", "慧泽13", 0.0002) },
  { kind: "overlap", grid: "慧泽08", change: "grow", piece: sharedWith("慧泽08", "慧泽04", 0.0001) },
  { kind: "outside", grid: "慧泽01", change: "grow", piece: sharedWith("慧泽01", "玉兰06", 0.0003) },
  {
    kind: "uncovered",
    grid: "慧泽03",
    change: "cut",
    piece: sql`(select st_buffer(b.geom, 0.00001) from building b where st_within(b.geom, ${ground("慧泽03")})
      order by b.households desc, b.id limit 1)`,
  },
  {
    kind: "uncovered",
    grid: "慧泽02",
    change: "cut",
    piece: sql`(select st_buffer(f.at, 0.00004, 4) from facility f
      where st_dwithin(st_boundary(${ground("慧泽02")}), f.at, 0.0002) is false and st_within(f.at, ${ground("慧泽02")})
      order by f.id limit 1)`,
  },
  {
    kind: "uncovered",
    grid: "慧泽17",
    change: "cut",
    piece: sql`(select st_buffer(part.middle, 0.00012, 4)
      from road r cross join lateral (select st_lineinterpolatepoint(st_geometryn(r.geom, 1), 0.5) as middle) part
      where st_within(part.middle, ${ground("慧泽17")})
        and st_distance(st_boundary(${ground("慧泽17")}), part.middle) > 0.0003
      order by r.id limit 1)`,
  },
];

function sharedWith(grid: string, neighbour: string, radius: number): Sql {
  return sql`st_intersection(${ground(neighbour)}, ${onBorder(grid, neighbour, radius)})`;
}

/** Spoils the division as no operation of ours could, behind the back of every check at the door. */
async function plant(db: Db): Promise<PlantedFault[]> {
  const planted: PlantedFault[] = [];
  for (const { kind, grid, change, piece } of faults) {
    const [found] = await db.query(sql<{ piece: string; lon: number; lat: number }>`
      select found.piece::text, st_x(found.at) as lon, st_y(found.at) as lat from (
        select cut.piece, st_pointonsurface(
          case when ${change} = 'cut' then st_intersection(cut.piece, ${ground(grid)}) else cut.piece end) as at
        from (select ${piece} as piece) cut) found`);
    if (!found?.piece) throw new Error(`Nothing to plant in ${grid}`);
    const changed = await db.query(sql<{ area_id: number }>`
      with spoilt as (
        select st_multi(st_collectionextract(case when ${change} = 'cut'
          then st_difference(${ground(grid)}, ${found.piece}::geometry)
          else st_union(${ground(grid)}, ${found.piece}::geometry) end, 3)) as geom)
      update area_version set geom = spoilt.geom, piece_count = st_numgeometries(spoilt.geom) from spoilt
      where (area_id, from_edition) = (select v.area_id, v.from_edition from ${version(grid)})
      returning area_id`);
    if (changed.length !== 1) throw new Error(`${grid} was not changed`);
    planted.push({ kind, at: [found.lon, found.lat] });
  }
  // Under the rule of a large community every one of the 27 small grids is a warning (domain.md §7).
  await db.execute("update profile set households_min = 300, households_max = 500 where name = '慧泽社区网格'");
  return planted;
}

/**
 * A demo district of its own with ten faults in it, on a server of its own.
 *
 * @param database - address of any database of a cluster in which another may be made
 */
export async function startPlantedCity(database: string): Promise<PlantedCity> {
  const name = `ga_planted_${process.pid}`;
  const folder = mkdtempSync(path.join(tmpdir(), "ga-planted-"));
  const admin = await openPostgis({ url: database, attempts: 1 });
  await admin.execute(`create database ${name}`);
  const url = Object.assign(new URL(database), { pathname: `/${name}` }).href;
  const settings = { DEMO: "district", DATA_DIR: folder, DATABASE_URL: url };
  const remove = async () => {
    await admin.execute(`drop database if exists ${name} with (force)`);
    await admin.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const loading = await startServer(settings);
    await loading.stop();
    const db = await openPostgis({ url, attempts: 1 });
    const planted = await plant(db).finally(() => db.close());
    const server = await startServer(settings);
    return {
      origin: server.origin,
      planted,
      stop: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
