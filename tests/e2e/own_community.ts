import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { openPostgis } from "../../server/db/postgis.ts";
import { beginSession, type OpenOptions, openPage } from "./browser.ts";
import { startServer } from "./server_process.ts";

/** A server of its own with one community (慧泽社区): a second edition would be another city to every other test. */
export interface OwnCommunity {
  origin: string;
  /** Asks the API as a demo account; with a body it writes. What is refused fails the test. */
  askAs<Answer>(who: string, address: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  openAs(who: string, address: string, options?: OpenOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** @param cluster - where it makes a database of its own; null: the embedded engine */
export async function startOwnCommunity(name: string, cluster: string | null): Promise<OwnCommunity> {
  const cleanups: (() => unknown)[] = [];
  const given = process.env.E2E_COMMUNITY_URL;
  const origin = given ?? (await start(name, cluster, cleanups));
  const sessions = new Map<string, ReturnType<typeof beginSession>>();
  const sessionOf = (who: string) => {
    const known = sessions.get(who) ?? beginSession(who, undefined, origin);
    sessions.set(who, known);
    return known;
  };
  return {
    origin,
    async askAs(who, address, body, headers = {}) {
      const cookie = (await sessionOf(who)).map((one) => `${one.name}=${one.value}`).join("; ");
      const response = await fetch(`${origin}${address}`, {
        method: body ? "POST" : "GET",
        headers: { "content-type": "application/json", origin, cookie, ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      expect(response.ok, `${address}: ${text}`).toBe(true);
      return JSON.parse(text);
    },
    async openAs(who, address, options = {}) {
      const cookies = await sessionOf(who);
      return openPage(address, {
        ...options,
        origin,
        prepare: async (page) => {
          await page.context().addCookies(cookies);
          await options.prepare?.(page);
        },
      });
    },
    async stop() {
      for (const cleanUp of cleanups.reverse()) await cleanUp();
    },
  };
}

async function start(name: string, cluster: string | null, cleanups: (() => unknown)[]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), `ga-${name}-`));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = cluster === null ? {} : await ownDatabase(name, cluster, cleanups);
  const server = await startServer({ DEMO: "community", DATA_DIR: folder, ...database });
  cleanups.push(server.stop);
  return server.origin;
}

async function ownDatabase(name: string, cluster: string, cleanups: (() => unknown)[]) {
  const database = `ga_${name}_${process.pid}`;
  const admin = await openPostgis({ url: cluster, attempts: 1 });
  await admin.execute(`create database ${database}`);
  cleanups.push(async () => {
    await admin.execute(`drop database if exists ${database} with (force)`);
    await admin.close();
  });
  return { DATABASE_URL: Object.assign(new URL(cluster), { pathname: `/${database}` }).href };
}
