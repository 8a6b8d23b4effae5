import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CoverageArea } from "../../data/coverage/fault.ts";
import { emptyRows } from "../../data/exchange/empty_rows.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import type { Line, MultiPolygon } from "../../data/schema/geometry.ts";
import type { EditionDifference, PlanChange, PlanDetail, PlanSummary, Published } from "../../data/schema/plan.ts";
import type { Db } from "../../server/db/db.ts";
import { migrate } from "../../server/db/migrate.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { sql } from "../../server/db/sql.ts";
import { multiPolygonHex } from "../../server/loading/ewkb.ts";
import { loadCity } from "../../server/loading/load_city.ts";
import { findPostgresBinaries, startLocalPostgres } from "../support/local_postgres.ts";
import { aPlanarDivision } from "../support/planar_division.ts";
import { anAccount, goodPassword } from "../support/sign_in_app.ts";
import { aBuilding, anArea } from "../support/small_city.ts";
import { wholeApp } from "../support/whole_app.ts";
import { atMost, type Figure, median, report, told } from "./report.ts";

/**
 * Plans over HTTP on PostGIS, the whole server in this process: steps on a network of 12,000 grids, opening and
 * publishing plans of 300 and of 12,000 grids, differences of editions. Every grid has some 50 vertices, four buildings,
 * an estate and roads along two of its sides, and limits of everything that can be limited. Opening is measured on a
 * server that knows nothing of the plan yet.
 */
const sizes = { small: { columns: 20, rows: 15 }, large: { columns: 120, rows: 100 } } as const;
type Size = keyof typeof sizes;
const steps = 200;
const rounds = 5;
const redrawn = 3; // times

/** Every kind of limit, so that every check is done; few grids are outside. */
const limits: CityRows["profile"][number] = {
  ...{ id: 1, name: "网格", source: "bench", joined: "and", households_min: 1, households_max: 500 },
  ...{ people_min: null, people_max: null, area_m2_min: 100, area_m2_max: 100_000, staffing: {} },
};

report("plans", await measure());

async function measure(): Promise<Figure[]> {
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error("no PostgreSQL with PostGIS was found");
  const folder = mkdtempSync(path.join(tmpdir(), "ga-bench-plans-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  const cluster = await startLocalPostgres(binaries, folder);
  try {
    const db = await openPostgis({ url: cluster.url("postgres"), attempts: 3 });
    await migrate(db);
    await loadCity(db, aCity());
    await db.query(sql`
      update profile set pieces_max = 1, compactness_min = 0.2, border_on_roads_min = 0.1, balance_max = 10`);
    await anOwner(db);
    const server = await serve(db);
    const figures = [
      ...(await measureSteps(server)),
      ...(await measureOpening(db, server)),
      ...(await measurePublishing(db, server, "small", 2_000)),
      ...(await measurePublishing(db, server, "large", 20_000)),
      ...(await measureHistory(db, server)),
    ];
    await server.close();
    await db.close();
    return figures;
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Planner and approver of both networks. */
async function anOwner(db: Db): Promise<void> {
  const id = await anAccount(db, { name: "planner" });
  await db.query(sql`
    insert into role_grant (account_id, role, area_id)
    select ${id}::bigint, role, area.id from area cross join unnest(array['planner', 'approver']) as role
    where area.code = 'T'`);
}

interface Serving {
  ask: <T>(method: string, path: string, asked?: { revision?: number; body?: object }) => Promise<T>;
  close: () => Promise<void>;
}

/** Somebody with every right; publishing is told to be by another one through TWO_PERSON=off. */
async function serve(db: Db): Promise<Serving> {
  const app = await wholeApp(db, { twoPerson: false });
  const server = createServer({ keepAliveTimeout: 120_000 }, app.handler);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const json = { "Content-Type": "application/json" };
  const body = JSON.stringify({ name: "planner", password: goodPassword });
  const signedIn = await fetch(`${base}/api/session`, { method: "POST", headers: json, body });
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(";")[0]);
  return {
    async ask<T>(method: string, address: string, asked: { revision?: number; body?: object } = {}) {
      const headers: Record<string, string> = { ...json, Cookie: cookie.join("; ") };
      if (asked.revision !== undefined) headers["If-Match"] = `"${asked.revision}"`;
      const answer = await fetch(base + address, {
        method,
        headers,
        ...(asked.body ? { body: JSON.stringify(asked.body) } : {}),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text.slice(0, 500)}`);
      return JSON.parse(text) as T;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await app.close();
      if (app.failures.length > 0) throw app.failures[0];
    },
  };
}

function divisionOf(size: Size) {
  const { columns, rows } = sizes[size];
  return aPlanarDivision({ columns, rows, areas: columns * rows, detail: 11, seed: 7 });
}

/** Two networks over the same ground: an area with 300 grids, and one with 12,000. A house in each of the latter. */
function aCity(): CityRows {
  const city = emptyRows("bench");
  city.profile.push(limits);
  for (const [i, size] of (["small", "large"] as const).entries()) {
    const network_id = i + 1;
    const { areas, container } = divisionOf(size);
    city.network.push({
      id: network_id,
      code: size,
      prefix: size.toUpperCase(),
      name: size,
      name_en: size,
      mark: "测",
      ordinal: i + 1,
    });
    for (const [level, role] of (["community", "grid"] as const).entries()) {
      city.level.push({
        id: 2 * i + level + 1,
        network_id,
        ordinal: level + 1,
        role,
        name: role,
        name_en: role,
        profile_id: role === "grid" ? 1 : null,
      });
    }
    const top = city.area.length + 1;
    const of = { network_id, level_id: 2 * i + 1 };
    city.area.push(anArea({ id: top, code: "T", geom: container, ...of }));
    for (const [n, { polygons }] of areas.entries()) {
      const id = city.area.length + 1;
      city.area.push(anArea({ id, code: `T${n}`, geom: polygons, network_id, level_id: 2 * i + 2, parent_id: top }));
      if (size === "large") settle(city, polygons, n);
    }
  }
  return city;
}

/** Four houses, one of them on the border, an estate round the others and a road along two sides. */
function settle(city: CityRows, polygons: MultiPolygon, n: number): void {
  const ring = polygons[0]![0]!;
  const { at, box } = houseIn(polygons, 5e-5);
  for (const [i, [x, y]] of [at, [at[0] + 1.5e-4, at[1]], [at[0], at[1] + 1.5e-4], [ring[0]!, ring[1]!]].entries()) {
    const id = 4 * n + i + 1;
    const [w, s, e, top] = [x! - 5e-5, y! - 5e-5, x! + 5e-5, y! + 5e-5];
    const geom: MultiPolygon = [[[w, s, e, s, e, top, w, top, w, s]]];
    city.building.push({ ...aBuilding({ id }, [0, 0]), at: [x!, y!], geom });
  }
  const [w, s, e, top] = box;
  city.estate.push({ id: n + 1, name: `小区${n}`, managed: "property", geom: [[[w, s, e, s, e, top, w, top, w, s]]] });
  city.road.push({ id: n + 1, name: `路${n}`, class: "side", geom: [ring.slice(0, 26)] });
}

/** The middle of an outline, and a box of twice the reach round it. */
function houseIn(
  polygons: MultiPolygon,
  reach: number,
): { at: [number, number]; box: [number, number, number, number] } {
  const ring = polygons[0]![0]!;
  const xs = ring.filter((_, i) => i % 2 === 0);
  const ys = ring.filter((_, i) => i % 2 === 1);
  const [x, y] = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  return { at: [x, y], box: [x - 2 * reach, y - 2 * reach, x + 4 * reach, y + 4 * reach] };
}

async function begin(
  { ask }: Serving,
  network: string | object,
  from: object,
  area: string | null,
): Promise<PlanSummary> {
  return ask<PlanSummary>("POST", "/api/plans", { body: { name: "bench", network, area, from } });
}

/** Inner vertices of grids are moved a little, each by the whole way of a request. */
async function measureSteps(server: Serving): Promise<Figure[]> {
  const began = performance.now();
  const plan = await begin(server, "large", { kind: "edition" }, "T");
  const beginning = performance.now() - began;
  const { areas } = divisionOf("large");
  const times: number[] = [];
  for (let i = 0; i < steps; i++) {
    const operation = moveOf(areas[137 + 53 * i]!);
    const from = performance.now();
    const change = await server.ask<PlanChange>("POST", `/api/plans/${plan.id}/operations`, {
      revision: i,
      body: operation,
    });
    times.push(performance.now() - from);
    if (change.faults.length > 0 || change.changed.length < 2) throw new Error("a step broke the draft");
  }
  times.sort((a, b) => a - b);
  return [
    told("12,000 grids: begun from the edition, draft in memory", beginning, "ms"),
    told(`12,000 grids: step, median of ${steps}`, median(times), "ms"),
    atMost("12,000 grids: step applied, checked, answered, p95", times[Math.floor(steps * 0.95)]!, "ms", 30),
  ];
}

/** A vertex inside of the first side, 2 cm to the north-east. */
function moveOf({ polygons }: CoverageArea): object {
  const ring: Line = polygons[0]![0]!;
  const [x, y] = [ring[2 * 5]!, ring[2 * 5 + 1]!];
  const snap = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
  return { op: "move_vertex", from: [x, y], to: [snap(x + 2e-7), snap(y + 2e-7)] };
}

async function measureOpening(db: Db, server: Serving): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of ["small", "large"] as const) {
    const plan = await begin(server, size, { kind: "edition" }, "T");
    const times: number[] = [];
    for (let i = 0; i < (size === "small" ? rounds : 1); i++) {
      const fresh = await serve(db);
      // the thread is there: what is measured is the plan
      const other = await begin(fresh, "small", { kind: "nothing" }, "T");
      const from = performance.now();
      const detail = await fresh.ask<PlanDetail>("GET", `/api/plans/${plan.id}`);
      times.push(performance.now() - from);
      if (detail.areas.length !== sizes[size].columns * sizes[size].rows + 1) throw new Error("areas are missing");
      await fresh.ask("POST", `/api/plans/${other.id}/discard`, { revision: 0 });
      await fresh.close();
    }
    const what = `plan of ${size === "small" ? "300" : "12,000"} grids opened on a server that does not know it`;
    figures.push(
      size === "small" ? atMost(`${what}, median`, median(times), "ms", 300) : told(what, median(times), "ms"),
    );
  }
  return figures;
}

/** A new network from a file of all its grids; then a second edition in which some were split. */
async function measurePublishing(db: Db, server: Serving, size: Size, limit: number): Promise<Figure[]> {
  const { areas } = divisionOf(size);
  const features = areas.map(({ polygons }, i) => ({
    type: "Feature",
    properties: { name: `网格${i + 1}` },
    geometry: { type: "MultiPolygon", coordinates: polygons.map((polygon) => polygon.map(positionsOf)) },
  }));
  const code = `new_${size}`;
  const level = { role: "grid", name: "网格", name_en: "Grid" };
  const network = {
    code,
    prefix: code.toUpperCase().replace("_", ""),
    name: code,
    name_en: code,
    mark: "新",
    levels: [level],
  };
  const json = { type: "FeatureCollection", features };
  await db.query(sql`update level set code_pattern = '{parent}{number:6}'`);
  const from = { kind: "file", json, crs: "EPSG:4490", name_field: "name", code_field: null };
  const began = performance.now();
  const plan = await begin(server, network, from, null);
  const beginning = performance.now() - began;
  await db.query(sql`update level set code_pattern = '{parent}{number:6}'`);
  const first = await publish(db, server, plan, 0);
  const second = await begin(server, code, { kind: "edition" }, null);
  for (let i = 0; i < 20; i++) {
    await server.ask("POST", `/api/plans/${second.id}/operations`, { revision: i, body: moveOf(areas[30 + 13 * i]!) });
  }
  const changed = await publish(db, server, second, 20);
  const differences: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const at = performance.now();
    const difference = await server.ask<EditionDifference>("GET", `/api/editions/${code}/1..2`);
    differences.push(performance.now() - at);
    if (difference.network !== code) throw new Error("another network came");
  }
  const grids = `${areas.length.toLocaleString("en")} grids`;
  return [
    told(`plan of ${grids} begun from a file`, beginning, "ms"),
    atMost(`plan of ${grids} published, all of them new`, first, "ms", limit),
    atMost(`plan with 20 borders moved in a network of ${grids} published`, changed, "ms", limit),
    size === "large"
      ? atMost(`difference of two editions of ${grids}, median`, median(differences), "ms", 1_000)
      : told(`difference of two editions of ${grids}, median`, median(differences), "ms"),
  ];
}

/** Editions in each of which every grid of 12,000 is another one; what two far apart differ by, asked for the first time. */
async function measureHistory(db: Db, server: Serving): Promise<Figure[]> {
  const code = "new_large";
  const last = 2 + redrawn;
  for (let edition = 3; edition <= last; edition++) {
    const plan = await begin(server, code, { kind: "edition" }, null);
    const { areas } = aPlanarDivision({ ...sizes.large, areas: 12_000, detail: 11, seed: 7 + edition });
    await db.query(sql`
      insert into plan_area (plan_id, id, parent_id, level, code, name, short_name, kind, geom)
      select ${plan.id}::bigint, v.area_id::text, null, 1, a.code, v.name, v.short_name, v.kind, drawn.geom::geometry
      from unnest(${areas.map((_, i) => `网格${i + 1}`)}::text[], ${areas.map(({ polygons }) => multiPolygonHex(polygons))}::text[])
        as drawn (name, geom)
        join area_version v on v.name = drawn.name and v.to_edition is null join area a on a.id = v.area_id
        join network n on n.id = v.network_id and n.code = ${code}`);
    await publish(db, server, plan, 0);
  }
  const figures: Figure[] = [];
  for (const [from, to] of [
    [last - 1, last],
    [2, last],
    [1, last - 1],
  ] as const) {
    const at = performance.now();
    const { changes } = await server.ask<EditionDifference>("GET", `/api/editions/${code}/${from}..${to}`);
    const taken = performance.now() - at;
    if (changes.length < 12_000) throw new Error("changes are missing");
    const what = `editions ${from} and ${to} of 12,000 grids, each of them redrawn ${to - from} times: difference, asked first`;
    figures.push(told(what, taken, "ms")); // some 68,000 places: the limit is for editions that leave most as it was
  }
  return figures;
}

/** Submission and approval are not what is measured: ground without grids round the network would refuse it. */
async function publish(db: Db, { ask }: Serving, { id, name }: PlanSummary, revision: number): Promise<number> {
  await db.query(sql`update plan set status = 'approved', approved_by = author_id where id = ${id}::bigint`);
  const from = performance.now();
  const published = await ask<Published>("POST", `/api/plans/${id}/publish`, { revision, body: { name } });
  if (published.edition < 1) throw new Error("nothing was published");
  return performance.now() - from;
}

function positionsOf(ring: Line): number[][] {
  return Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!]);
}
