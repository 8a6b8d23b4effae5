import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openPostgis } from "../../server/db/postgis.ts";
import { findPostgresBinaries, startLocalPostgres } from "../support/local_postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Origin of the server that shows the demo district. */
    origin: string;
  }
}

const root = path.resolve(import.meta.dirname, "../..");

type CleanUp = () => Promise<void> | void;

/**
 * Vitest's global setup: the built server with the demo district, on the engine of TEST_DATABASE_URL, else on a
 * private cluster of local PostgreSQL binaries, else on the embedded one (TEST_ENGINE=embedded asks for it).
 * E2E_URL names a server that already runs.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cleanups: CleanUp[] = [];
  const tearDown = async () => {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  };
  try {
    project.provide("origin", process.env.E2E_URL?.replace(/\/$/, "") ?? (await startCity(cleanups)));
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function startCity(cleanups: CleanUp[]): Promise<string> {
  const main = path.join(root, "dist/server/main.js");
  if (!existsSync(main)) throw new Error("dist/server/main.js is missing: run npm run build first");
  const folder = mkdtempSync(path.join(tmpdir(), "ga-e2e-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = await chooseDatabase(folder, cleanups);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [main], {
    cwd: root,
    env: {
      PATH,
      HOME,
      PORT: "0",
      DEMO: "district",
      LOG_LEVEL: "warn",
      DATA_DIR: path.join(folder, "data"),
      ...database,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  cleanups.push(async () => {
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  });
  return addressOf(child);
}

async function chooseDatabase(folder: string, cleanups: CleanUp[]): Promise<Record<string, string>> {
  const isEmbedded = process.env.TEST_ENGINE === "embedded";
  const given = process.env.TEST_DATABASE_URL;
  if (given && !isEmbedded) {
    const name = `ga_e2e_${process.pid}`;
    const admin = await openPostgis({ url: given, attempts: 1 });
    await admin.execute(`create database ${name}`);
    cleanups.push(async () => {
      await admin.execute(`drop database if exists ${name}`);
      await admin.close();
    });
    return { DATABASE_URL: Object.assign(new URL(given), { pathname: `/${name}` }).href };
  }
  const binaries = isEmbedded ? null : findPostgresBinaries();
  if (!binaries) return {};
  const cluster = await startLocalPostgres(binaries, folder);
  cleanups.push(cluster.stop);
  return { DATABASE_URL: cluster.url("postgres") };
}

/** The address that the server says when the city can be seen. */
function addressOf(child: ChildProcess): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    const read = (piece: Buffer) => {
      text += piece.toString();
      const ready = /ready:\s+(http:\S+)/.exec(text)?.[1];
      if (ready) resolve(ready.replace(/\/$/, ""));
    };
    child.stdout!.on("data", read);
    child.stderr!.on("data", read);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
  });
}
