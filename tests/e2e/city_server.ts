import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openPostgis } from "../../server/db/postgis.ts";
import { findPostgresBinaries, startLocalPostgres } from "../support/local_postgres.ts";
import { startServer } from "./server_process.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Origin of the server that shows the demo district. */
    origin: string;
    /** Its database, for a second server beside it; null where that is embedded or not ours. */
    database_url: string | null;
  }
}

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
    project.provide("database_url", null);
    project.provide("origin", process.env.E2E_URL?.replace(/\/$/, "") ?? (await startCity(project, cleanups)));
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function startCity(project: TestProject, cleanups: CleanUp[]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "ga-e2e-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = await chooseDatabase(folder, cleanups);
  if (database) project.provide("database_url", database);
  const server = await startServer({
    DEMO: "district",
    DATA_DIR: path.join(folder, "data"),
    ...(database ? { DATABASE_URL: database } : {}),
  });
  cleanups.push(server.stop);
  return server.origin;
}

/** Null: the embedded one. */
async function chooseDatabase(folder: string, cleanups: CleanUp[]): Promise<string | null> {
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
    return Object.assign(new URL(given), { pathname: `/${name}` }).href;
  }
  const binaries = isEmbedded ? null : findPostgresBinaries();
  if (!binaries) return null;
  const cluster = await startLocalPostgres(binaries, folder);
  cleanups.push(cluster.stop);
  return cluster.url("postgres");
}
