import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { dumpEmbedded, openEmbedded } from "../../server/db/embedded.ts";
import { migrate } from "../../server/db/migrate.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { projectRoot } from "../../server/db/project_files.ts";
import { findPostgresBinaries, startLocalPostgres } from "./local_postgres.ts";

/** What a test file gets to make its own database from. */
export type Template =
  | { engine: "postgis"; admin_url: string; template: string }
  | { engine: "embedded"; dump: string };

declare module "vitest" {
  export interface ProvidedContext {
    /** Socket on which the one process that runs the test files hands out templates. */
    database_socket: string;
  }
}

/**
 * Vitest's global setup. Nothing is started until a test file asks: then one engine is chosen, one template
 * migrated, and every file clones it.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "ga-test-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  const cleanups: (() => Promise<void>)[] = [];
  let template: Promise<Template> | null = null;
  let workers: Promise<void> | null = null;
  const answers: Record<string, () => Promise<unknown>> = {
    template: () => (template ??= makeTemplate(folder, cleanups)),
    workers: () => (workers ??= buildWorkers()),
  };
  const server = createServer((socket) => void answer(socket, answers));
  const path = join(folder, "s");
  await new Promise<void>((resolve) => server.listen(path, resolve));
  project.provide("database_socket", path);
  return async () => {
    server.close();
    for (const cleanUp of cleanups.reverse()) await cleanUp();
    rmSync(folder, { recursive: true, force: true });
  };
}

function answer(socket: Socket, answers: Record<string, () => Promise<unknown>>): void {
  socket.once("data", (question: Buffer) => {
    const asked = answers[question.toString().trim()];
    const reply = asked ? asked() : Promise.reject(new Error("unknown question"));
    reply.then(
      (value) => socket.end(JSON.stringify({ value: value ?? null })),
      (error: unknown) => socket.end(JSON.stringify({ error: error instanceof Error ? error.stack : String(error) })),
    );
  });
  socket.on("error", () => undefined); // the test file gave up
}

async function makeTemplate(folder: string, cleanups: (() => Promise<void>)[]): Promise<Template> {
  const given = process.env.TEST_DATABASE_URL;
  const isEmbedded = process.env.TEST_ENGINE === "embedded";
  if (given && !isEmbedded) {
    say("the PostGIS of TEST_DATABASE_URL");
    return postgisTemplate(
      (database) => Object.assign(new URL(given), { pathname: `/${database}` }).href,
      given,
      cleanups,
    );
  }
  const binaries = isEmbedded ? null : findPostgresBinaries();
  if (binaries) {
    say(`a private PostGIS cluster from ${binaries}`);
    const cluster = await startLocalPostgres(binaries, folder);
    cleanups.push(cluster.stop);
    return postgisTemplate(cluster.url, cluster.url("postgres"), cleanups);
  }
  say("the embedded engine");
  return embeddedTemplate(folder);
}

function say(engine: string): void {
  process.stderr.write(`Database tests run on ${engine}.\n`);
}

async function postgisTemplate(
  urlOf: (database: string) => string,
  admin_url: string,
  cleanups: (() => Promise<void>)[],
): Promise<Template> {
  const template = `ga_template_${process.pid}`;
  const admin = await openPostgis({ url: admin_url, attempts: 1 });
  await admin.execute(`create database ${template}`);
  await admin.close();
  const db = await openPostgis({ url: urlOf(template), attempts: 1 });
  await migrate(db);
  await db.close();
  cleanups.push(async () => {
    const last = await openPostgis({ url: admin_url, attempts: 1 });
    await last.execute(`drop database if exists ${template}`);
    await last.close();
  });
  return { engine: "postgis", admin_url, template };
}

async function embeddedTemplate(folder: string): Promise<Template> {
  await buildWorkers();
  const db = await openEmbedded({ data_dir: null });
  await migrate(db);
  const dump = join(folder, "template.tar");
  await dumpEmbedded(db, dump);
  await db.close();
  return { engine: "embedded", dump };
}

/** Worker threads run from `dist` (Node 20 runs no TypeScript): bring it up to date. Types are checked elsewhere. */
async function buildWorkers(): Promise<void> {
  const root = projectRoot();
  try {
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.json")], {
      stdio: "ignore",
    });
  } catch {
    // Types may be wrong while somebody works on another room; the files are written all the same.
  }
}
