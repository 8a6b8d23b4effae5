import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { canonicalLines } from "../../data/checks/canonical_lines.ts";
import { crossAreas } from "../../data/checks/crosswalk.ts";
import { suggestMends } from "../../data/checks/suggest_mends.ts";
import type { CoverageArea } from "../../data/coverage/fault.ts";
import { findFaults } from "../../data/coverage/find_faults.ts";
import { startCoverageCheck } from "../../data/coverage/recheck.ts";
import { TangledCoverage } from "../../data/coverage/tangled.ts";
import { generateDemo, generateDemoParts } from "../../data/demo/generate.ts";
import { readCoverage } from "../../data/exchange/read_coverage.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import { fan, heap, square, squares, star } from "../support/hostile_coverages.ts";
import { timeJsts } from "./peers/jsts_coverage.ts";
import { timePostgis } from "./peers/postgis_coverage.ts";
import { atLeast, atMost, type Figure, median, report, told } from "./report.ts";

/**
 * The coverage check on a real city (Tainan, when the shared data lie beside the project), else on the demo city;
 * PostGIS' and jsts' own way on the same input in the same run; after one edit; memory; hostile inputs; what comes with
 * a check (mends, hash) and the crosswalk of the demo district.
 */
const rounds = 7;
/** Milliseconds that jsts may take in all; what would take longer is measured on a part. */
const patience = 60_000;
const realCity = path.resolve(import.meta.dirname, "../../../shared/data/coverage/real/tainan-12774.geojson.gz");

if (process.argv.includes("weigh")) weigh();
else report("coverage", await measure());

async function measure(): Promise<Figure[]> {
  const { name, areas } = readCity();
  const positions = countPositions(areas);
  const city = timed(() => findFaults(areas));
  const rows = generateDemo({ size: "district" });
  const district = leaves([rows], "fire");
  if (findFaults(district).length > 0) throw new Error("the demo district is no coverage");
  const grids = timed(() => findFaults(district));
  return [
    atMost(`${name}: ${areas.length} areas, ${positions} vertices, median`, city.ms, "ms", 600),
    told("  faults found", city.value.length, ""),
    ...(await comparePostgis(areas, city.ms)),
    ...compareJsts(areas, "  "),
    atMost(`${district.length} fire grids of the demo district, median`, grids.ms, "ms", 25),
    ...compareJsts(district, "  "),
    atMost(`${name}: checked again after one edit, median`, timeEdits(areas), "ms", 5),
    await measureMemory(),
    ...measureCompanions(areas, rows),
    ...compareHostile(areas),
  ];
}

/** What comes with a check. */
function measureCompanions(areas: readonly CoverageArea[], rows: CityRows): Figure[] {
  const faults = findFaults(areas);
  const ground = { areas: areas.map((area) => ({ ...area, households: 0, people: 0 })), buildings: [] };
  const hash = () => {
    const sum = createHash("sha256");
    for (const line of canonicalLines(areas.map(({ id, polygons }) => ({ code: id, polygons })))) sum.update(line);
    return sum.digest("hex");
  };
  const [fire, governance] = [leaves([rows], "fire"), leaves([rows], "governance")];
  const things = { buildings: rows.building, legal_entities: rows.legal_entity.map(({ at }) => at) };
  const crossed = timed(() => crossAreas(fire, governance, things));
  const households = crossed.value.reduce((sum, { total }) => sum + total.households, 0);
  if (households !== rows.building.reduce((sum, building) => sum + building.households, 0)) {
    throw new Error("the crosswalk lost households");
  }
  return [
    told(`mends of its ${faults.length} faults, median`, timed(() => suggestMends(faults, ground)).ms, "ms"),
    told("its hash, median", timed(hash).ms, "ms"),
    atMost(
      `crosswalk of the demo district, ${fire.length} × ${governance.length} areas, ${rows.building.length} buildings`,
      crossed.ms,
      "ms",
      1000,
    ),
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
  const postgis = await timePostgis(areas);
  if (postgis === null) {
    console.error("No local PostgreSQL with PostGIS: its figures are left out.");
    return [];
  }
  return [
    told("  PostGIS: validity, overlaps by self-join, gaps by union", postgis, "ms"),
    atLeast("  times faster than PostGIS", postgis / ours, "", 2),
  ];
}

/** On all areas, or on as large a part as it manages within the time: an eighth, a quarter, a half. */
function compareJsts(areas: readonly CoverageArea[], indent: string): Figure[] {
  let part = areas;
  let ms = 0;
  if (areas.length < 1000) ms = timed(() => timeJsts(areas)).ms;
  else {
    let spent = 0;
    for (const share of [8, 4, 2, 1]) {
      const next = areas.slice(0, Math.ceil(areas.length / share));
      if (spent + 3 * ms > patience) break; // twice as many take a little more than twice as long
      part = next;
      ms = timeJsts(part);
      spent += ms;
    }
  }
  const ours = timed(() => findFaults(part)).ms;
  const of = part.length === areas.length ? "" : ` on ${part.length} of them`;
  return [
    told(`${indent}jsts${of}: validity, overlaps by STR-tree, gaps by union`, ms, "ms"),
    told(`${indent}times faster than jsts${of}`, ms / ours, ""),
  ];
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

/**
 * Inputs made to be slow, each against as much of the city as it has vertices, as cities come before anybody checked
 * them: one area in fifty is drawn a little apart. A city without a fault is the fastest input of all.
 */
function compareHostile(faultless: readonly CoverageArea[]): Figure[] {
  const city = faultless.map((area, i) => (i % 50 === 0 ? drawnApart(area) : area));
  const usual = new Map<number, number>();
  const usualFor = (vertices: number): number => {
    let ms = usual.get(vertices);
    if (ms === undefined) {
      let taken = 0;
      for (let sum = 0; sum < vertices && taken < city.length; taken++) sum += countPositions([city[taken]!]);
      ms = timed(() => findFaults(city.slice(0, taken))).ms;
      usual.set(vertices, ms);
    }
    return ms;
  };
  const ordinary = squares(100);
  const row = Array.from({ length: 10_000 }, (_, i) => ({ id: String(i), polygons: [[square(i, 0)]] }));
  const copies = Array.from({ length: 10_000 }, (_, i) => ({ id: String(i), polygons: [[square(0, 0)]] }));
  const ratio = (areas: CoverageArea[], vertices: number) => timed(() => findFaults(areas)).ms / usualFor(vertices);
  return [
    told("50,000 vertices of it, one area in fifty drawn 2 cm off", usualFor(50_000), "ms"),
    told("  times as long: 10,000 squares side by side", ratio(ordinary, 50_000), ""),
    atMost("  times as long: all on one line", ratio(row, 50_000), "", 10),
    atMost("  times as long: one star of 200 vertices over all", ratio([...ordinary, star(100, 100)], 50_000), "", 10),
    atMost("  times as long: one square 10,000 times", ratio(copies, 50_000), "", 10),
    told("20,000 vertices of it, likewise", usualFor(20_000), "ms"),
    atMost("  times as long: one star of 20,000 vertices", ratio([star(100, 10_000)], 20_000), "", 10),
    atMost("  times as long: a fan of 5,000 triangles", ratio(fan(5000), 20_000), "", 10),
    told(
      "a star of 2,000 vertices over 10,000 squares: 38,000 faults",
      timed(() => findFaults([...ordinary, star(100, 1000)])).ms,
      "ms",
    ),
    told("a heap of 1,000 squares, until it is refused", timeRefusal(heap(1000)), "ms"),
  ];
}

/** Two centimetres off, as where two offices measured the same border. */
function drawnApart({ id, polygons }: CoverageArea): CoverageArea {
  const shift = 2e-7;
  return { id, polygons: polygons.map((polygon) => polygon.map((ring) => ring.map((degrees) => degrees + shift))) };
}

function timeRefusal(areas: readonly CoverageArea[]): number {
  const started = performance.now();
  try {
    findFaults(areas);
  } catch (error) {
    if (error instanceof TangledCoverage) return performance.now() - started;
    throw error;
  }
  throw new Error("a heap was not refused");
}
