import { fork } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { CoverageArea } from "../../data/coverage/fault.ts";
import { findFaults } from "../../data/coverage/find_faults.ts";
import { startCoverageCheck } from "../../data/coverage/recheck.ts";
import { generateDemo, generateDemoParts } from "../../data/demo/generate.ts";
import { readCoverage } from "../../data/exchange/read_coverage.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import type { Ring } from "../../data/schema/geometry.ts";
import type { Db } from "../../server/db/db.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { findPostgresBinaries, startLocalPostgres } from "../support/local_postgres.ts";
import { atLeast, atMost, type Figure, median, report, told } from "./report.ts";

/**
 * The coverage check on a real city (Tainan, when the shared data lie beside the project), else on the demo city;
 * PostGIS' own way with self-joins on the same input in the same run; after one edit; memory; hostile inputs.
 */
const rounds = 7;
const side = 1e-4; // degrees, of the squares
const realCity = path.resolve(import.meta.dirname, "../../../shared/data/coverage/real/tainan-12774.geojson.gz");

if (process.argv.includes("weigh")) weigh();
else report("coverage", await measure());

async function measure(): Promise<Figure[]> {
  const { name, areas } = readCity();
  const positions = countPositions(areas);
  const city = timed(() => findFaults(areas));
  const district = leaves([generateDemo({ size: "district" })], "fire");
  if (findFaults(district).length > 0) throw new Error("the demo district is no coverage");
  return [
    atMost(`${name}: ${areas.length} areas, ${positions} vertices, median`, city.ms, "ms", 600),
    told("  faults found", city.value.length, ""),
    ...(await comparePostgis(areas, city.ms)),
    atMost(
      `${district.length} fire grids of the demo district, median`,
      timed(() => findFaults(district)).ms,
      "ms",
      25,
    ),
    atMost(`${name}: checked again after one edit, median`, timeEdits(areas), "ms", 5),
    await measureMemory(),
    ...compareHostile(areas),
  ];
}

function readCity(): { name: string; areas: CoverageArea[] } {
  if (!existsSync(realCity)) {
    return { name: "demo city", areas: leaves(generateDemoParts({ size: "city" }), "governance") };
  }
  const { areas, problems } = readCoverage(JSON.parse(gunzipSync(readFileSync(realCity)).toString("utf8")));
  if (problems.length > 0) throw new Error(problems[0]!.reason);
  return { name: "Tainan", areas };
}

/** The lowest areas of one network. */
function leaves(parts: Iterable<CityRows>, network: string): CoverageArea[] {
  const areas: CoverageArea[] = [];
  let id: number | undefined;
  for (const part of parts) {
    id ??= part.network.find(({ code }) => code === network)!.id;
    const parents = new Set(part.area.map(({ parent_id }) => parent_id));
    for (const area of part.area) {
      if (area.network_id === id && !parents.has(area.id)) areas.push({ id: String(area.id), polygons: area.geom });
    }
  }
  return areas;
}

function countPositions(areas: readonly CoverageArea[]): number {
  return areas.reduce((sum, { polygons }) => sum + polygons.flat().reduce((all, ring) => all + ring.length / 2, 0), 0);
}

function timed<T>(work: () => T): { ms: number; value: T } {
  const times: number[] = [];
  let value = work(); // warm
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    value = work();
    times.push(performance.now() - started);
  }
  return { ms: median(times), value };
}

/** One vertex of one area moves by a metre and back, all over the city; a box round all is the container. */
function timeEdits(areas: readonly CoverageArea[]): number {
  const [west, south, east, north] = boxOf(areas);
  const container = [[[west, south, east, south, east, north, west, north, west, south]]];
  const check = startCoverageCheck(areas, container);
  const before = check.faults().length;
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const area = areas[Math.floor((i * areas.length) / 200)]!;
    const moved = { id: area.id, polygons: area.polygons.map((polygon) => polygon.map((ring) => [...ring])) };
    moved.polygons[0]![0]![2]! += 1e-5;
    for (const changed of [moved, area]) {
      const started = performance.now();
      check.update([changed]);
      times.push(performance.now() - started);
    }
  }
  if (check.faults().length !== before) throw new Error("edits taken back left another number of faults");
  return median(times);
}

function boxOf(areas: readonly CoverageArea[]): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const ring of areas.flatMap(({ polygons }) => polygons.flat())) {
    for (let i = 0; i < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i]!);
      box[1] = Math.min(box[1], ring[i + 1]!);
      box[2] = Math.max(box[2], ring[i]!);
      box[3] = Math.max(box[3], ring[i + 1]!);
    }
  }
  return box;
}

async function comparePostgis(areas: readonly CoverageArea[], ours: number): Promise<Figure[]> {
  const binaries = findPostgresBinaries();
  if (!binaries) {
    console.error("No local PostgreSQL with PostGIS: its figures are left out.");
    return [];
  }
  const folder = mkdtempSync(path.join(tmpdir(), "ga-bench-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  const cluster = await startLocalPostgres(binaries, folder);
  try {
    const db = await openPostgis({ url: cluster.url("postgres"), attempts: 1, pool_size: 1 });
    const postgis = await timePostgis(db, areas);
    await db.close();
    return [
      told("  PostGIS: validity, overlaps by self-join, gaps by union", postgis, "ms"),
      atLeast("  times faster than PostGIS", postgis / ours, "", 2),
    ];
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one would write in SQL: at least as much as is needed for the same answer, without widths and places. */
async function timePostgis(db: Db, areas: readonly CoverageArea[]): Promise<number> {
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

function measureMemory(): Promise<Figure> {
  return new Promise((resolve, reject) => {
    const child = fork(process.env.BENCH_FILE!, ["weigh"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.once("message", (megabytes) => {
      resolve(
        atMost(
          "1,000,000 vertices: most memory of a process that makes and checks them",
          Number(megabytes),
          "MB",
          1024,
        ),
      );
    });
    child.once("exit", (code) => reject(new Error(`the measured process ended with ${code}`)));
  });
}

function weigh(): void {
  const areas = squares(150, 11);
  if (countPositions(areas) < 1_000_000) throw new Error("fewer than a million vertices");
  if (findFaults(areas).length > 0) throw new Error("squares side by side are a coverage");
  process.send!(process.resourceUsage().maxRSS / 1024);
}

function square(column: number, row: number, detail = 1): Ring {
  const ring: Ring = [];
  const corners = [0, 0, 1, 0, 1, 1, 0, 1, 0, 0];
  for (let i = 0; i < 8; i += 2) {
    for (let step = 0; step < detail; step++) {
      const share = step / detail;
      ring.push(
        126 + side * (column + corners[i]! + share * (corners[i + 2]! - corners[i]!)),
        45 + side * (row + corners[i + 1]! + share * (corners[i + 3]! - corners[i + 1]!)),
      );
    }
  }
  return [...ring, ring[0]!, ring[1]!].map((degrees) => Math.round(degrees * 1e9) / 1e9);
}

/** count × count squares side by side, each side in `detail` edges. */
function squares(count: number, detail = 1): CoverageArea[] {
  return Array.from({ length: count * count }, (_, i) => ({
    id: String(i),
    polygons: [[square(i % count, Math.floor(i / count), detail)]],
  }));
}

/** A star of 100 points over count × count squares. */
function star(count: number): CoverageArea {
  const middle = (count * side) / 2;
  const ring = Array.from({ length: 200 }, (_, i) => {
    const reach = middle * (i % 2 === 0 ? 0.95 : 0.4);
    const angle = (i * Math.PI) / 100;
    return [126 + middle + reach * Math.cos(angle), 45 + middle + reach * Math.sin(angle)];
  }).flat();
  return { id: "star", polygons: [[[...ring, ring[0]!, ring[1]!]]] };
}

/** Inputs made to be slow, of 50,000 vertices, against as much of the city. */
function compareHostile(city: readonly CoverageArea[]): Figure[] {
  let taken = 0;
  for (let vertices = 0; vertices < 50_000 && taken < city.length; taken++) vertices += countPositions([city[taken]!]);
  const usual = timed(() => findFaults(city.slice(0, taken))).ms;
  const ordinary = squares(100);
  const row = Array.from({ length: 10_000 }, (_, i) => ({ id: String(i), polygons: [[square(i, 0)]] }));
  const copies = Array.from({ length: 10_000 }, (_, i) => ({ id: String(i), polygons: [[square(0, 0)]] }));
  const ratio = (areas: CoverageArea[]) => timed(() => findFaults(areas)).ms / usual;
  return [
    told("50,000 vertices of it", usual, "ms"),
    told("  times as long: 10,000 squares side by side", ratio(ordinary), ""),
    atMost("  times as long: all on one line", ratio(row), "", 10),
    atMost("  times as long: one star over all", ratio([...ordinary, star(100)]), "", 10),
    atMost("  times as long: one square 10,000 times", ratio(copies), "", 10),
  ];
}
