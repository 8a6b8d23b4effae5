import { type ChildProcess, fork } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import autocannon from "autocannon";
import { generateDemo } from "../../data/demo/generate.ts";
import { migrate } from "../../server/db/migrate.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { sql } from "../../server/db/sql.ts";
import type { Db } from "../../server/db/db.ts";
import { loadCity } from "../../server/loading/load_city.ts";
import { worldBits, worldX, worldY } from "../../tiles/tile_math.ts";
import { findPostgresBinaries, startLocalPostgres } from "../support/local_postgres.ts";
import { anAccount, goodPassword } from "../support/sign_in_app.ts";
import { wholeApp } from "../support/whole_app.ts";
import { atMost, type Figure, median, report, told } from "./report.ts";

/**
 * What it costs to show each reader only what is theirs: the demo district on PostGIS behind the whole server, asked by
 * somebody whose grant ends inside the tile and by somebody with none, in turns in the same run; figures are medians of
 * the ratios of each turn. Then maps while somebody guesses passwords.
 *
 * The server runs in a process of its own (this file with `serve`), the load in this one.
 */
const turns = 7;
const connections = 20;
const seconds = 1;
const guesses = 200;
const attacks = 5;

interface Serving {
  port: number;
  /** Cookies of somebody with a grant, and of somebody signed in without one. */
  scoped: string;
  unscoped: string;
  areas: string;
  area: string;
  /** Tiles of the map: one that the border of the grant crosses, one wholly inside. */
  border: string;
  inside: string;
}

interface Ask {
  path: string;
  headers: Record<string, string>;
}

const agent = new Agent({ keepAlive: true });

if (process.argv.includes("serve")) await serve();
else report("access", await measure());

async function measure(): Promise<Figure[]> {
  const server = fork(process.env.BENCH_FILE!, ["serve"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  try {
    const serving = await nextMessage<Serving>(server);
    return [...(await measureScope(server, serving)), ...(await measureAttack(serving))];
  } finally {
    agent.destroy();
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("exit", resolve));
  }
}

async function measureScope(server: ChildProcess, at: Serving): Promise<Figure[]> {
  const by = (asked: string, cookie: string): Ask => ({
    path: asked,
    headers: { "accept-encoding": "br", ...(cookie === "" ? {} : { cookie }) },
  });
  const forget = async () => {
    server.send("forget");
    await nextMessage(server);
  };
  const once = async (what: string, asked: string, prepare?: () => Promise<void>) => {
    const ratio = await compare(at.port, by(asked, at.scoped), by(asked, at.unscoped), prepare);
    return atMost(`${what}: time with scope : without`, ratio, "", 1.1);
  };
  const often = async (what: string, asked: string, status: 200 | 304) => {
    const ratio = await compareLoad(at.port, by(asked, at.scoped), by(asked, at.unscoped), status);
    return atMost(`${what}: time with scope : without`, ratio, "", 1.1);
  };
  const publicRatio = await compareLoad(at.port, by(at.inside, at.scoped), by(at.inside, ""), 200);
  return [
    await often("GET /api/areas", at.areas, 200),
    await once("GET /api/areas/:id", at.area),
    await often("tile on the border, warm", at.border, 200),
    await often("tile on the border, 304", at.border, 304),
    await once("tile on the border, cold", at.border, forget),
    await often("tile inside, warm", at.inside, 200),
    await often("tile inside, 304", at.inside, 304),
    await once("tile inside, cold", at.inside, forget),
    told("tile inside, warm: with scope : for the public", publicRatio, ""),
  ];
}

/** One request after the other, in turns. @returns median of a turn's time for one : for the other */
async function compare(port: number, one: Ask, other: Ask, prepare?: () => Promise<void>): Promise<number> {
  const ratios: number[] = [];
  for (let turn = 0; turn < turns * 15; turn++) {
    const times: [number, number] = [0, 0];
    // who goes first changes, or the second would always find a warmer machine
    for (const which of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      await prepare?.();
      times[which] = await timeOf(port, which === 0 ? one : other);
    }
    if (turn >= 10) ratios.push(times[0] / times[1]);
  }
  return median(ratios);
}

async function compareLoad(port: number, one: Ask, other: Ask, status: 200 | 304): Promise<number> {
  const ratios: number[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    const rates: [number, number] = [0, 0];
    for (const which of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      rates[which] = await load(port, which === 0 ? one : other, status);
    }
    if (turn > 0) ratios.push(rates[1] / rates[0]);
  }
  return median(ratios);
}

/** Requests a second; every answer must have the status. */
async function load(port: number, { path: asked, headers }: Ask, status: 200 | 304): Promise<number> {
  const url = `http://127.0.0.1:${port}${asked}`;
  const own = status === 304 ? { ...headers, "if-none-match": await tagOf(port, { path: asked, headers }) } : headers;
  const result = await autocannon({ url, headers: own, connections, duration: seconds });
  const right = result.statusCodeStats?.[String(status)]?.count ?? 0;
  if (right !== result.requests.total || right === 0) throw new Error(`${asked}: not every answer was ${status}`);
  return result.requests.average;
}

async function tagOf(port: number, { path: asked, headers }: Ask): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${asked}`, { headers });
  await answer.arrayBuffer();
  return answer.headers.get("etag")!;
}

/** ms from asking to the last byte, on a connection that is kept. */
function timeOf(port: number, { path: asked, headers }: Ask): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path: asked, headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${asked} answered ${answer.statusCode}`));
      answer.resume().on("end", () => resolve(performance.now() - started));
    });
    sent.on("error", reject).end();
  });
}

/** The slowest hundredth of tiles, in quiet and while 200 wrong guesses come at once. */
async function measureAttack({ port, border }: Serving): Promise<Figure[]> {
  const tile: Ask = { path: border, headers: { "accept-encoding": "br" } };
  const ratios: number[] = [];
  let answered: Record<string, number> = {};
  let slowest = 0;
  for (let attack = 0; attack <= attacks; attack++) {
    const quiet = await slowestTiles(port, tile, new Promise((resolve) => setTimeout(resolve, 2000)));
    const coming = Promise.all(Array.from({ length: guesses }, (_, i) => guess(port, `victim${attack}`, i)));
    const attacked = await slowestTiles(port, tile, coming);
    if (attack === 0) continue;
    ratios.push(attacked / quiet);
    slowest = Math.max(slowest, attacked);
    answered = countOf(await coming);
  }
  const words = Object.entries(answered).map(([status, count]) => `${count} × ${status}`);
  return [
    atMost(`tile p99 while ${guesses} guesses come : in quiet, median of ${attacks}`, median(ratios), "", 3),
    told("  the slowest p99 of them", slowest, "ms"),
    told(`  guesses of one attack (${words.join(", ")})`, guesses, ""),
  ];
}

function countOf(statuses: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Ten readers ask one tile after the other until `over`. @returns p99, ms */
async function slowestTiles(port: number, tile: Ask, over: Promise<unknown>): Promise<number> {
  const times: number[] = [];
  let isOver = false;
  over.finally(() => {
    isOver = true;
  });
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      do times.push(await timeOf(port, tile));
      while (!isOver);
    }),
  );
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
}

async function guess(port: number, name: string, i: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password: `Wrong-guess-${i}` }),
  });
  await answer.arrayBuffer();
  if (answer.ok) throw new Error("a wrong guess signed in");
  return answer.status;
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the measured process ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as T);
    });
  });
}

async function serve(): Promise<void> {
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error("no PostgreSQL with PostGIS was found on this machine");
  const folder = mkdtempSync(path.join(tmpdir(), "gab-"));
  chmodSync(folder, 0o755);
  const postgres = await startLocalPostgres(binaries, folder);
  const db = await openPostgis({ url: postgres.url("postgres"), attempts: 5, pool_size: 5 });
  const stop = async () => {
    await db.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  try {
    await migrate(db);
    await loadCity(db, generateDemo({ size: "district" }));
    await serveCity(db);
  } catch (error) {
    console.error(error);
    await stop();
  }
}

async function serveCity(db: Db): Promise<void> {
  const granted = await largestSubdistrict(db);
  await anAccount(db, { name: "scoped", roles: ["police_liaison"], area: granted.id });
  await anAccount(db, { name: "unscoped", roles: ["system_admin"] });
  for (let attack = 0; attack <= attacks; attack++) await anAccount(db, { name: `victim${attack}` });
  const { handler, registry, failures } = await wholeApp(db);
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let rev = 1_000_000;
  process.on("message", async () => {
    await registry.follow([{ layer: "buildings", ids: [1], bbox: [-180, -85, 180, 85], rev: ++rev }]);
    if (failures.length > 0) console.error(failures);
    process.send!("forgotten");
  });
  const tile = ([lon, lat]: [number, number]) => {
    const side = 2 ** (worldBits - 15);
    return `/tiles/ground,roads,estates,buildings/15/${Math.floor(worldX(lon) / side)}/${Math.floor(worldY(lat) / side)}.mvt`;
  };
  process.send!({
    port,
    scoped: await cookiesOf(port, "scoped"),
    unscoped: await cookiesOf(port, "unscoped"),
    areas: `/api/areas?parent=${granted.code}`,
    area: `/api/areas/governance:${granted.code}`,
    border: tile(granted.corner),
    inside: tile(granted.middle),
  } satisfies Serving);
}

async function largestSubdistrict(db: Db) {
  const [found] = await db.query(sql<{
    id: string;
    code: string;
    middle: [number, number];
    corner: [number, number];
  }>`
    select a.id::text as id, a.code, json_build_array(st_x(v.at), st_y(v.at)) as middle,
      json_build_array(st_x(p.geom), st_y(p.geom)) as corner
    from area_version v join area a on a.id = v.area_id join network n on n.id = a.network_id join level l on l.id = v.level_id
      cross join lateral (
        -- the point of its border with most houses round it
        select d.geom from st_dumppoints(v.geom) d
        order by (select count(*) from building b where b.at && st_expand(d.geom, 0.005)) desc limit 1) p
    where n.code = 'governance' and l.role = 'subdistrict' order by v.area_m2 desc limit 1`);
  return found!;
}

async function cookiesOf(port: number, name: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password: goodPassword }),
  });
  if (!answer.ok) throw new Error(`${name} could not sign in: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
