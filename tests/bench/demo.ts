import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateDemo, generateDemoParts } from "../../data/demo/generate.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import type { Db } from "../../server/db/db.ts";
import { openEmbedded } from "../../server/db/embedded.ts";
import { migrate } from "../../server/db/migrate.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { sql } from "../../server/db/sql.ts";
import { loadCity } from "../../server/loading/load_city.ts";
import { findPostgresBinaries, startLocalPostgres } from "../support/local_postgres.ts";
import { atMost, type Figure, median, report, told } from "./report.ts";

/**
 * What the demo city costs: laying it out, and loading it into both engines, answers checked. `--district` leaves the
 * city out (minutes). Needs `npm run build` for the embedded engine's thread.
 */
const rounds = 3;

async function measure(): Promise<Figure[]> {
  const figures = generation();
  figures.push(...(await embeddedLoad()));
  const binaries = findPostgresBinaries();
  if (!binaries) {
    console.error("No local PostgreSQL with PostGIS: its figures are left out.");
    return figures;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "ga-bench-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  const cluster = await startLocalPostgres(binaries, folder);
  try {
    const admin = await openPostgis({ url: cluster.url("postgres"), attempts: 1 });
    await admin.execute("create database district");
    await admin.execute("create database city");
    await admin.close();
    figures.push(...(await postgisDistrict(cluster.url("district"))));
    if (!process.argv.includes("--district")) figures.push(...(await postgisCity(cluster.url("city"))));
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

function generation(): Figure[] {
  const community = timeRounds(() => generateDemo({ size: "community" }));
  const district = timeRounds(() => generateDemo({ size: "district" }));
  return [told("community generated", community, "s"), atMost("district generated", district, "s", 3)];
}

function timeRounds(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    work();
    times.push((performance.now() - begun) / 1000);
  }
  return median(times);
}

async function embeddedLoad(): Promise<Figure[]> {
  const begun = performance.now();
  const db = await openEmbedded({ data_dir: null });
  await migrate(db);
  const boot = secondsSince(begun);
  const district = generateDemo({ size: "district" });
  const load = performance.now();
  await loadCity(db, district);
  const figures = [
    told("embedded: first boot and schema", boot, "s"),
    atMost("embedded: district loaded", secondsSince(load), "s", 15),
  ];
  await checkDistrict(db, district);
  await db.close();
  return figures;
}

async function postgisDistrict(url: string): Promise<Figure[]> {
  const db = await openPostgis({ url, attempts: 1 });
  await migrate(db);
  const district = generateDemo({ size: "district" });
  const begun = performance.now();
  await loadCity(db, district);
  const figure = told("PostGIS: district loaded", secondsSince(begun), "s");
  await checkDistrict(db, district);
  await db.close();
  return [figure];
}

/** Parts are made and loaded in turn in this one thread, so that each half can be timed for itself. */
async function postgisCity(url: string): Promise<Figure[]> {
  const db = await openPostgis({ url, attempts: 1 });
  await migrate(db);
  let generating = 0;
  const parts = generateDemoParts({ size: "city" })[Symbol.iterator]();
  const timed = function* (): Generator<CityRows> {
    for (;;) {
      const begun = performance.now();
      const { done, value } = parts.next();
      generating += secondsSince(begun);
      if (done) return;
      yield value;
    }
  };
  const begun = performance.now();
  const { rows } = await loadCity(db, timed());
  const loading = secondsSince(begun) - generating;
  const grids = await countOf(db, "governance");
  const figures = [
    atMost("city generated", generating, "s", 60),
    atMost("PostGIS: city loaded", loading, "s", 120),
    told("city: governance grids", grids, ""),
    told("city: buildings", rows.building!, ""),
    told("city: key units", rows.key_unit!, ""),
  ];
  if (grids !== 12_000 || rows.key_unit !== 705) throw new Error("The city is not the one of domain.md §7");
  await db.close();
  return figures;
}

/** What arrived is what was made: counts of all tops, and the golden community. */
async function checkDistrict(db: Db, district: CityRows): Promise<void> {
  const people = district.building.reduce((sum, building) => sum + building.people, 0);
  const tops = await db.query(sql<{ code: string; people: number }>`
    select n.code, sum(c.people) as people from area_version v join network n on n.id = v.network_id
      join area_count c on c.area_id = v.area_id
    where v.parent_id is null group by n.code`);
  const [huize] = await db.query(sql<{ households: number; people: number }>`
    select c.households, c.people from area_count c join area_version v on v.area_id = c.area_id
    where v.name = '慧泽社区' limit 1`);
  if (tops.length !== district.network.length || tops.some((top) => top.people !== people)) {
    throw new Error(`Counts differ: ${JSON.stringify(tops)} instead of ${people}`);
  }
  if (huize?.households !== 3189 || huize.people !== 9470) throw new Error("慧泽社区 has not its golden figures");
}

async function countOf(db: Db, network: string): Promise<number> {
  const [row] = await db.query(sql<{ count: number }>`
    select count(*) as count from area_version v join level l on l.id = v.level_id join network n on n.id = v.network_id
    where n.code = ${network} and l.role = 'grid'`);
  return row!.count;
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}

report("demo", await measure());
