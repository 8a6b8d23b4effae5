import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { projectRoot } from "../../server/db/project_files.ts";
import { findPostgresBinaries, startLocalPostgres } from "../support/local_postgres.ts";
import { atMost, type Figure, median, report, told } from "./report.ts";

/**
 * What starting costs on this machine, with the demo district: from the command until a tile is answered, on both
 * engines; memory; and the first view of the panorama in Chromium (software GL), cold and warm.
 * Uses `dist`, so `npm run build` comes first. Each start is a process of its own.
 */
const root = projectRoot();
const warmStarts = 3;
const views = 5;

interface Running {
  origin: string;
  /** From spawn to the first tile answered, seconds. */
  seconds: number;
  process: ChildProcess;
}

async function start(settings: Record<string, string>): Promise<Running> {
  const begun = performance.now();
  const child = spawn(process.execPath, ["dist/server/main.js"], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: "0",
      DEMO: "district",
      LOG_LEVEL: "warn",
      ...settings,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr!.on("data", (piece: Buffer) => {
      said += piece.toString();
      const ready = /ready:\s+(http:\S+)/.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  await askTile(origin);
  return { origin, seconds: (performance.now() - begun) / 1000, process: child };
}

/** The tile in the middle of the city at z14; an empty answer would be no first map. */
async function askTile(origin: string): Promise<void> {
  const set = (await (await fetch(`${origin}/tiles/areas,buildings.json`)).json()) as { bounds: number[] };
  const [west, south, east, north] = set.bounds;
  const side = 2 ** 14;
  const x = Math.floor((((west + east) / 2 + 180) / 360) * side);
  const latitude = (((south + north) / 2) * Math.PI) / 180;
  const y = Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * side);
  const tile = await fetch(`${origin}/tiles/areas,buildings/14/${x}/${y}.mvt`);
  if (tile.status !== 200) throw new Error(`the first tile was answered with ${tile.status}`);
}

async function stop(running: Running): Promise<void> {
  const ended = once(running.process, "exit");
  running.process.kill("SIGTERM");
  await ended;
}

/** Resident memory of a process, MB. */
function memoryOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
}

async function measureStarts(
  engine: string,
  settings: Record<string, string>,
  limits: { first: number | null; later: number },
) {
  const first = await start(settings);
  const figures: Figure[] = [
    limits.first === null
      ? told(`${engine}: first start, city laid`, first.seconds, "s")
      : atMost(`${engine}: first start, city laid`, first.seconds, "s", limits.first),
  ];
  await stop(first);
  const later: number[] = [];
  for (let i = 0; i < warmStarts; i++) {
    const running = await start(settings);
    later.push(running.seconds);
    await stop(running);
  }
  figures.push(atMost(`${engine}: later start`, median(later), "s", limits.later));
  return figures;
}

/** Milliseconds until the mark `map-meaningful`; cold = a new profile, warm = the same one again. */
async function measureViews(browser: Browser, origin: string): Promise<{ cold: number; warm: number }> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let i = 0; i < views; i++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    for (const times of [cold, warm]) {
      const page = await context.newPage();
      await page.goto(origin);
      const mark = await page.waitForFunction(
        () => performance.getEntriesByName("map-meaningful")[0]?.startTime,
        null,
        {
          timeout: 60_000,
        },
      );
      times.push((await mark.jsonValue()) as number);
      await page.close();
    }
    await context.close();
  }
  return { cold: median(cold), warm: median(warm) };
}

/** Brotli bytes of the scripts that the first view asks for, kB, as the server sends them. */
async function measureScript(browser: Browser, origin: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts = new Set<string>();
  context.on("request", (request) => {
    if (/\.m?js(\?|$)/.test(new URL(request.url()).pathname)) scripts.add(request.url());
  });
  await page.goto(origin);
  await page.waitForFunction(() => performance.getEntriesByName("map-meaningful").length > 0, null, {
    timeout: 60_000,
  });
  await context.close();
  // Workers' own requests are not always told, so the worker is added by name.
  for (const file of readdirSync(path.join(root, "dist/web/assets"))) {
    if (/worker.*\.js$/.test(file)) scripts.add(`${origin}/assets/${file}`);
  }
  let bytes = 0;
  for (const script of scripts) bytes += statSync(path.join(root, "dist/web", `${new URL(script).pathname}.br`)).size;
  return bytes / 1000;
}

const folder = mkdtempSync(path.join(tmpdir(), "ga-bench-"));
chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
const figures: Figure[] = [];
const binaries = findPostgresBinaries();
try {
  figures.push(...(await measureStarts("embedded", { DATA_DIR: path.join(folder, "data") }, { first: 60, later: 15 })));
  let served: Record<string, string> = { DATA_DIR: path.join(folder, "data") };
  const cluster = binaries ? await startLocalPostgres(binaries, folder) : null;
  if (cluster) {
    served = { DATABASE_URL: cluster.url("postgres") };
    figures.push(...(await measureStarts("PostGIS", served, { first: null, later: 4 })));
  } else console.error("No local PostgreSQL with PostGIS: its figures are left out.");
  const running = await start(served);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const times = await measureViews(browser, running.origin);
  figures.push(atMost("first meaningful panorama, cold", times.cold / 1000, "s", 4));
  figures.push(atMost("first meaningful panorama, warm", times.warm / 1000, "s", 2));
  figures.push(atMost("script of the first view, brotli", await measureScript(browser, running.origin), "kB", 750));
  await browser.close();
  if (cluster) figures.push(atMost("server memory after the views, PostGIS", memoryOf(running.process), "MB", 500));
  await stop(running);
  await cluster?.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
report("start", figures);
