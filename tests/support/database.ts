import { connect } from "node:net";
import { afterAll, inject } from "vitest";
import type { Db } from "../../server/db/db.ts";
import { openEmbedded } from "../../server/db/embedded.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import type { Template } from "./database_server.ts";

let made = 0;

/**
 * A migrated, empty database for this test file alone, dropped after it. Which engine it is says `db.engine`:
 * that of TEST_DATABASE_URL, else a private cluster of local PostgreSQL binaries, else the embedded one;
 * TEST_ENGINE=embedded asks for the embedded one.
 */
export async function testDatabase(): Promise<Db> {
  return (await testDatabaseAt()).db;
}

/** The same, with the address that other processes would use; null for the embedded engine, which lives in memory. */
export async function testDatabaseAt(): Promise<{ db: Db; url: string | null }> {
  const template = await ask<Template>("template");
  return template.engine === "postgis" ? cloneOnPostgis(template) : cloneEmbedded(template);
}

/** Builds what worker threads run from; tests that start one themselves call this first. */
export async function buildWorkers(): Promise<void> {
  await ask("workers");
}

async function cloneOnPostgis(template: Template & { engine: "postgis" }): Promise<{ db: Db; url: string }> {
  const name = `${template.template}_${process.pid}_${++made}`;
  const admin = await openPostgis({ url: template.admin_url, attempts: 1, pool_size: 1 });
  await admin.execute(`create database ${name} template ${template.template}`);
  const url = Object.assign(new URL(template.admin_url), { pathname: `/${name}` }).href;
  const db = await openPostgis({ url, attempts: 1, pool_size: 5 });
  afterAll(async () => {
    await db.close();
    await admin.execute(`drop database ${name} with (force)`);
    await admin.close();
  });
  return { db, url };
}

async function cloneEmbedded(template: Template & { engine: "embedded" }): Promise<{ db: Db; url: null }> {
  const db = await openEmbedded({ data_dir: null, restore: template.dump });
  afterAll(() => db.close());
  return { db, url: null };
}

function ask<T>(question: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const socket = connect(inject("database_socket"), () => socket.write(`${question}\n`));
    let text = "";
    socket.on("data", (piece: Buffer) => {
      text += piece.toString();
    });
    socket.on("error", reject);
    socket.on("end", () => {
      const reply = JSON.parse(text) as { value: T; error?: string };
      if (reply.error) reject(new Error(reply.error));
      else resolve(reply.value);
    });
  });
}
