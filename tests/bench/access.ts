import { type ChildProcess, fork } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
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
const warmTurns = 1500;
const slowTurns = 150;
const guesses = 200;
const attacks = 8;
/** An attack is looked at for so long, or until every guess was answered. */
const attackWindow = 2000; // ms

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
  status: number;
}

const agent = new Agent({ keepAlive: true });

if (process.argv.includes("serve")) await serve();
else if (process.argv.includes("guess")) await guessOften();
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
  const { port } = at;
  const by = (asked: string, cookie: string): Ask => ({
    path: asked,
    headers: { "accept-encoding": "br", ...(cookie === "" ? {} : { cookie }) },
    status: 200,
  });
  const forget = async () => {
    server.send("forget");
    await nextMessage(server);
  };
  const held = (what: string, ratio: number) => atMost(`${what}: time with scope : without`, ratio, "", 1.1);
  const figures: Figure[] = [];
  for (const [what, asked] of [
    ["GET /api/areas", at.areas],
    ["GET /api/areas/:id", at.area],
  ] as const) {
    figures.push(held(what, await compare(port, by(asked, at.scoped), by(asked, at.unscoped), slowTurns)));
  }
  for (const [what, asked] of [
    ["tile on the border", at.border],
    ["tile inside", at.inside],
  ] as const) {
    const [scoped, unscoped] = [by(asked, at.scoped), by(asked, at.unscoped)];
    const tagged = [await withTag(port, scoped), await withTag(port, unscoped)] as const;
    figures.push(
      held(`${what}, warm`, await compare(port, scoped, unscoped, warmTurns)),
      held(`${what}, 304`, await compare(port, ...tagged, warmTurns)),
      held(`${what}, cold`, await compare(port, scoped, unscoped, slowTurns, forget)),
    );
  }
  const forThePublic = await compare(port, by(at.inside, at.scoped), by(at.inside, ""), warmTurns);
  return [...figures, told("tile inside, warm: with scope : for the public", forThePublic, "")];
}

/** One request after the other, in turns: what else the machine does meets both. @returns median of the turns' ratios */
async function compare(
  port: number,
  one: Ask,
  other: Ask,
  turns: number,
  prepare?: () => Promise<void>,
): Promise<number> {
  const ratios: number[] = [];
  const warming = 20;
  for (let turn = 0; turn < warming + turns; turn++) {
    const times: [number, number] = [0, 0];
    // who goes first changes, or the second would always find a warmer machine
    for (const which of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      await prepare?.();
      times[which] = await timeOf(port, which === 0 ? one : other);
    }
    if (turn >= warming) ratios.push(times[0] / times[1]);
  }
  return median(ratios);
}

async function withTag(port: number, { path: asked, headers }: Ask): Promise<Ask> {
  const answer = await fetch(`http://127.0.0.1:${port}${asked}`, { headers });
  await answer.arrayBuffer();
  return { path: asked, headers: { ...headers, "if-none-match": answer.headers.get("etag")! }, status: 304 };
}

/** ms from asking to the last byte, on a connection that is kept. */
function timeOf(port: number, { path: asked, headers, status }: Ask): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path: asked, headers, agent }, (answer) => {
      if (answer.statusCode !== status) reject(new Error(`${asked} answered ${answer.statusCode}`));
      answer.resume().on("end", () => resolve(performance.now() - started));
    });
    sent.on("error", reject).end();
  });
}

/** The slowest hundredth of tiles, in quiet and while 200 wrong guesses come at once, from a process of its own. */
async function measureAttack({ port, border }: Serving): Promise<Figure[]> {
  const tile: Ask = { path: border, headers: { "accept-encoding": "br" }, status: 200 };
  const guesser = fork(process.env.BENCH_FILE!, ["guess"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const ratios: number[] = [];
  const attacked: number[] = [];
  const spans: number[] = [];
  let answered: Record<string, number> = {};
  for (let attack = 0; attack <= attacks; attack++) {
    const quiet = await slowestTiles(port, tile, pause(attackWindow));
    const started = performance.now();
    guesser.send({ port, name: `victim${attack}` });
    const coming = nextMessage<Record<string, number>>(guesser);
    const over = coming.then(() => performance.now() - started);
    const slow = await slowestTiles(port, tile, Promise.all([coming, pause(attackWindow)]));
    if (attack === 0) continue;
    ratios.push(slow / quiet);
    attacked.push(slow);
    spans.push(await over);
    answered = await coming;
  }
  guesser.kill();
  const words = Object.entries(answered).map(([status, count]) => `${count} × ${status}`);
  return [
    atMost(`tile p99 while ${guesses} guesses come : in quiet, median of ${attacks}`, median(ratios), "", 3),
    told("  p99 while they come, median", median(attacked), "ms"),
    told(`  until all were answered (${words.join(", ")}), median`, median(spans), "ms"),
  ];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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

/** Guesses the password of whom it is told, 200 times at once, and says how often it was answered with what. */
async function guessOften(): Promise<void> {
  process.on("message", async ({ port, name }: { port: number; name: string }) => {
    const statuses = await Promise.all(Array.from({ length: guesses }, (_, i) => guess(port, name, i)));
    const counts: Record<string, number> = {};
    for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
    process.send!(counts);
  });
  await new Promise((resolve) => process.once("disconnect", resolve));
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
