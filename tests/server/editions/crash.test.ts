import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { serverActor } from "../../../server/audit/service.ts";
import type { Db, Queries } from "../../../server/db/db.ts";
import { openEmbedded } from "../../../server/db/embedded.ts";
import { migrate } from "../../../server/db/migrate.ts";
import { openPostgis } from "../../../server/db/postgis.ts";
import { sql } from "../../../server/db/sql.ts";
import { publishPlan } from "../../../server/editions/publish.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabaseAt } from "../../support/database.ts";
import { publishParts, writePlan } from "../../support/edition_plans.ts";
import { findPostgresBinaries, startLocalPostgres } from "../../support/local_postgres.ts";
import { temporaryFolder } from "../../support/server_process.ts";
import { smallCity } from "../../support/small_city.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const onPostgis = process.env.TEST_ENGINE !== "embedded" && findPostgresBinaries() !== null;

const changes = [
  { area: "001003", removed: true },
  {
    area: "001004",
    geom: [
      [
        [
          121.4, 33.601, 121.401, 33.601, 121.402, 33.601, 121.402, 33.602, 121.401, 33.602, 121.4, 33.602, 121.4,
          33.601,
        ],
      ],
    ],
  },
];

/** All that publishing writes. */
function state(db: Db) {
  return db.query(sql<object>`
    select (select json_agg(e order by network_id, number) from edition e) as editions,
      (select json_agg(json_build_array(area_id, from_edition, to_edition) order by area_id, from_edition) from area_version) as versions,
      (select count(*)::int from moved_ground) as moved, (select count(*)::int from area_lineage) as lineage,
      (select json_agg(c order by area_id) from area_count c) as counts, (select status from plan) as status,
      (select json_agg(m order by building_id, network_id) from building_area m) as buildings,
      (select rev from change_clock) as rev, (select seq from audit_head) as lines`);
}

/**
 * Statements of the writing transaction before which something happens; after the last one everything is written, and
 * only the commit is missing.
 */
const moments = [1, 3, 6, 10, Number.POSITIVE_INFINITY];

/** Does something before statement number `moment` of each transaction that writes. */
function interrupted<Q extends Queries>(queries: Q, moment: number, interrupt: (tx: Queries) => Promise<void>): Q {
  let statements = 0;
  const watch = (tx: Queries): Queries =>
    new Proxy(tx, {
      get(target, key) {
        const of = Reflect.get(target, key) as unknown;
        if (typeof of !== "function") return of;
        const call = of.bind(target) as (...some: unknown[]) => unknown;
        if (key !== "query" && key !== "copyIn" && key !== "eachBatch") return call;
        return async (...some: unknown[]) => {
          if (++statements === moment) await interrupt(target);
          return call(...some);
        };
      },
    });
  const transaction: Queries["transaction"] = (work, options) =>
    queries.transaction((tx) => work(options?.read_only ? tx : watch(tx)), options);
  return new Proxy(queries, { get: (target, key) => (key === "transaction" ? transaction : Reflect.get(target, key)) });
}

/** A process that publishes the plan, says so at the moment, and then waits for ever. */
function publishInProcess(open: string, plan: string, moment: number): ChildProcess {
  const at = (file: string) => JSON.stringify(pathToFileURL(path.join(root, "dist", file)).href);
  const script = `
    import { openPostgis } from ${at("server/db/postgis.js")};
    import { openEmbedded } from ${at("server/db/embedded.js")};
    import { drawEdition } from ${at("data/division/draw_edition.js")};
    import { publishPlan } from ${at("server/editions/publish.js")};
    const interrupted = ${interrupted.toString()};
    const stop = () => new Promise(() => { console.log("written"); setInterval(() => undefined, 1000); });
    const db = interrupted(await ${open}, ${moment}, stop);
    const recordAudit = stop;
    const parts = { recordAudit, today: () => new Date().toISOString().slice(0, 10), draw: async (input) => drawEdition(input) };
    await publishPlan(db, parts, ${JSON.stringify(plan)}, { account_id: null, account_name: null, address: null, reference: null });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function killWhenWritten(child: ChildProcess): Promise<void> {
  const [said] = (await once(child.stdout!, "data")) as [Buffer];
  expect(said.toString()).toContain("written");
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function prepare(db: Db): Promise<{ plan: string; before: object[] }> {
  await loadCity(db, smallCity());
  const plan = await writePlan(db, changes);
  return { plan, before: await state(db) };
}

describe("a crash in the middle of publishing leaves the edition before whole, and the plan can be published then", () => {
  test.skipIf(!onPostgis)("of the server, on PostGIS", { timeout: 60_000 }, async () => {
    await buildWorkers();
    const { db, url } = await testDatabaseAt();
    const { plan, before } = await prepare(db);
    for (const moment of moments) {
      await killWhenWritten(
        publishInProcess(`openPostgis({ url: ${JSON.stringify(url)}, attempts: 1 })`, plan, moment),
      );
      expect({ moment, state: await state(db) }).toEqual({ moment, state: before });
    }
    // the lock of the network is gone with it, or the next one would wait
    await publishAgainAfter(db, plan, before);
  });

  test.skipIf(!onPostgis)("of the database, on PostGIS", { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "ga-crash-"));
    chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
    const cluster = await startLocalPostgres(findPostgresBinaries()!, folder);
    onTestFinished(async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const open = (attempts: number) =>
      openPostgis({ url: cluster.url("postgres"), attempts, onIdleError: () => undefined });
    let db = await open(1);
    onTestFinished(() => db.close());
    await migrate(db);
    const { plan, before } = await prepare(db);
    await db.execute("checkpoint"); // the test's cluster does not wait for the disk at each commit
    const kill = async (tx: Queries) => {
      const [{ pid }] = (await tx.query(sql<{ pid: number }>`select pg_backend_pid() as pid`)) as [{ pid: number }];
      process.kill(pid, "SIGKILL"); // every other process of the cluster ends with it, and what is in memory is lost
      await tx.query(sql`select 1`);
    };
    for (const moment of moments) {
      const published = publishPlan(
        interrupted(db, moment, kill),
        { ...publishParts(), recordAudit: kill },
        plan,
        serverActor,
      );
      await expect(published).rejects.toThrow();
      await db.close();
      db = await open(8);
      expect({ moment, state: await state(db) }).toEqual({ moment, state: before });
    }
    await publishAgainAfter(db, plan, before);
  });

  test.skipIf(onPostgis)("of the process that holds the embedded database", { timeout: 300_000 }, async () => {
    await buildWorkers();
    const data_dir = temporaryFolder();
    const db = await openEmbedded({ data_dir });
    await migrate(db);
    const { plan, before } = await prepare(db);
    await db.close();
    for (const moment of [6, Number.POSITIVE_INFINITY]) {
      const open = `openEmbedded({ data_dir: ${JSON.stringify(data_dir)} })`;
      await killWhenWritten(publishInProcess(open, plan, moment));
      const after = await openEmbedded({ data_dir });
      expect({ moment, state: await state(after) }).toEqual({ moment, state: before });
      await after.close();
    }
    const again = await openEmbedded({ data_dir });
    onTestFinished(() => again.close());
    await publishAgainAfter(again, plan, before);
  });
});

async function publishAgainAfter(db: Db, plan: string, before: object[]): Promise<void> {
  expect(await state(db)).toEqual(before);
  expect(await publishPlan(db, publishParts(), plan, serverActor)).toMatchObject({ ok: true, value: { edition: 2 } });
}
