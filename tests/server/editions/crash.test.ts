import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { serverActor } from "../../../server/audit/service.ts";
import type { Db } from "../../../server/db/db.ts";
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

/** A process that publishes the plan, says so when everything is written, and then waits for ever before it commits. */
function publishInProcess(open: string, plan: string): ChildProcess {
  const at = (file: string) => JSON.stringify(pathToFileURL(path.join(root, "dist", file)).href);
  const script = `
    import { openPostgis } from ${at("server/db/postgis.js")};
    import { openEmbedded } from ${at("server/db/embedded.js")};
    import { drawEdition } from ${at("data/division/draw_edition.js")};
    import { publishPlan } from ${at("server/editions/publish.js")};
    const db = await ${open};
    const recordAudit = () => new Promise(() => { console.log("written"); setInterval(() => undefined, 1000); });
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
    await killWhenWritten(publishInProcess(`openPostgis({ url: ${JSON.stringify(url)}, attempts: 1 })`, plan));
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
    const db = await openPostgis({ url: cluster.url("postgres"), attempts: 1, onIdleError: () => undefined });
    await migrate(db);
    const { plan, before } = await prepare(db);
    await db.execute("checkpoint"); // the test's cluster does not wait for the disk at each commit
    const recordAudit = async (tx: Parameters<ReturnType<typeof publishParts>["recordAudit"]>[0]) => {
      const [{ pid }] = (await tx.query(sql<{ pid: number }>`select pg_backend_pid() as pid`)) as [{ pid: number }];
      process.kill(pid, "SIGKILL"); // every other process of the cluster ends with it, and what is in memory is lost
      await tx.query(sql`select 1`);
    };
    await expect(publishPlan(db, { ...publishParts(), recordAudit }, plan, serverActor)).rejects.toThrow();
    await db.close();
    const again = await openPostgis({ url: cluster.url("postgres"), attempts: 8 });
    onTestFinished(() => again.close());
    await publishAgainAfter(again, plan, before);
  });

  test.skipIf(onPostgis)("of the process that holds the embedded database", { timeout: 300_000 }, async () => {
    await buildWorkers();
    const data_dir = temporaryFolder();
    const db = await openEmbedded({ data_dir });
    await migrate(db);
    const { plan, before } = await prepare(db);
    await db.close();
    await killWhenWritten(publishInProcess(`openEmbedded({ data_dir: ${JSON.stringify(data_dir)} })`, plan));
    const again = await openEmbedded({ data_dir });
    onTestFinished(() => again.close());
    await publishAgainAfter(again, plan, before);
  });
});

async function publishAgainAfter(db: Db, plan: string, before: object[]): Promise<void> {
  expect(await state(db)).toEqual(before);
  expect(await publishPlan(db, publishParts(), plan, serverActor)).toMatchObject({ ok: true, value: { edition: 2 } });
}
