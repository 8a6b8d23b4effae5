import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CoverageArea } from "../../../data/coverage/fault.ts";
import type { Ring } from "../../../data/schema/geometry.ts";
import type { Db } from "../../../server/db/db.ts";
import { openPostgis } from "../../../server/db/postgis.ts";
import { findPostgresBinaries, startLocalPostgres } from "../../support/local_postgres.ts";

/** PostGIS' own way with self-joins, in a cluster of its own. @returns ms; null where there is no PostGIS */
export async function timePostgis(areas: readonly CoverageArea[]): Promise<number | null> {
  const binaries = findPostgresBinaries();
  if (!binaries) return null;
  const folder = mkdtempSync(path.join(tmpdir(), "ga-bench-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  const cluster = await startLocalPostgres(binaries, folder);
  try {
    const db = await openPostgis({ url: cluster.url("postgres"), attempts: 1, pool_size: 1 });
    const ms = await askPostgis(db, areas);
    await db.close();
    return ms;
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one would write in SQL: at least as much as is needed for the same answer, without widths and places. */
async function askPostgis(db: Db, areas: readonly CoverageArea[]): Promise<number> {
  await db.execute("create extension if not exists postgis");
  await db.execute("create table area (id serial primary key, geom geometry(MultiPolygon, 4490))");
  for (let i = 0; i < areas.length; i += 500) {
    const rows = areas.slice(i, i + 500).map(({ polygons }) => `('SRID=4490;MULTIPOLYGON(${inWkt(polygons)})')`);
    await db.execute(`insert into area (geom) values ${rows.join(",")}`);
  }
  await db.execute("create index on area using gist (geom); analyze area");
  const started = performance.now();
  await db.execute("select count(*) from area where not st_isvalid(geom)");
  await db.execute(`select a.id, b.id, st_intersection(a.geom, b.geom) from area a join area b
    on a.id < b.id and a.geom && b.geom and st_relate(a.geom, b.geom, 'T********')`);
  await db.execute("select st_numinteriorrings((st_dump(st_union(geom))).geom) from area");
  return performance.now() - started;
}

function inWkt(polygons: CoverageArea["polygons"]): string {
  const ringText = (ring: Ring) =>
    `(${Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`).join(",")})`;
  return polygons.map((polygon) => `(${polygon.map(ringText).join(",")})`).join(",");
}
