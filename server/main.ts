import path from "node:path";
import { readFileSync } from "node:fs";
import { recordAudit, serverActor } from "./audit/service.ts";
import { ConfigError, readConfig } from "./config.ts";
import { takeAppRole } from "./db/app_role.ts";
import { StartupError } from "./db/db.ts";
import { isMigrated, migrate, readMigrations } from "./db/migrate.ts";
import { openDb } from "./db/open_db.ts";
import { projectRoot } from "./db/project_files.ts";
import { generateInWorker } from "./demo/generate_in_worker.ts";
import { ListenError, listen } from "./http/listener.ts";
import { createLog } from "./http/log.ts";
import { isLoopback } from "./http/loopback.ts";
import { PagesMissing, pageRouter } from "./http/pages.ts";
import { rateLimits } from "./http/rate_limits.ts";
import { missingOverHttp, readTls } from "./http/tls.ts";
import { joinParts } from "./join_parts.ts";
import { isEmpty } from "./loading/is_empty.ts";
import { loadIntoEmpty } from "./loading/load_city.ts";
import { prepareSetup, setupSentence } from "./sign_in/first_entries.ts";

/** How long requests under way may still take after a signal to stop. */
const stopGrace = 5000; // ms
const askForTheDay = 60_000; // ms

/** Joins every part, in the order in which they come up: port, database, city, tiles, pages. */
async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.log_level);
  const pages = pageRouter(path.join(projectRoot(), "dist/web"));
  let doing = "…";
  const tell = (sentence: string) => {
    doing = sentence;
    console.error(`  ${sentence}`);
  };
  const tls = config.tls && readTls(config.tls);
  const listener = await listen(config.host, config.port, () => doing, tls);
  const db = await openDb({
    database_url: config.database_url ?? null,
    data_dir: config.data_dir,
    attempts: config.database_tries,
    onProgress: tell,
    onIdleError: (error) => log.warn({ err: error }, "an idle database connection broke"),
  });
  await migrate(db, { onProgress: tell });
  const migrations = await readMigrations();
  // Asked first only for the sentence: of several servers that start at once, loadIntoEmpty lets one do it.
  if (config.demo !== "off" && (await isEmpty(db))) {
    tell(`正在生成并载入演示城市（${config.demo}）… / laying the demo city`);
    await loadIntoEmpty(db, generateInWorker({ size: config.demo }), {
      onProgress: tell,
      onLoaded: (tx, loaded) =>
        recordAudit(tx, serverActor, { action: "import", target: `demo:${config.demo}`, after: { rows: loaded } }),
    });
  }
  await takeAppRole(db);

  tell("正在准备地图瓦片 … / preparing the tiles");
  const parts = await joinParts({
    ...{ db, config, log, pages, version: version() },
    limits: rateLimits(),
    ready: async () => {
      const database = await db.healthy();
      return { database, migrations: database && (await isMigrated(db, migrations)), tiles: true };
    },
    onFailure: (error, task) => log.error({ err: error }, `cannot ${task}`),
  });

  // A new day may bring another edition into force: counts and search follow it, then the picture.
  const midnight = setInterval(() => {
    parts.renew().catch((error: unknown) => log.warn({ err: error }, "cannot take over the new day"));
  }, askForTheDay);
  midnight.unref();
  listener.serve(parts.handler);
  console.error(`\n  网格图谱已就绪 / Grid Atlas is ready:  ${listener.address}\n  ${db.version}\n`);
  const missing = missingOverHttp(config, isLoopback(config.host));
  if (missing) console.error(`${missing}\n`);
  const setup = await prepareSetup(db);
  if (setup) console.error(`${setupSentence(listener.address, setup)}\n`);

  const stop = async () => {
    clearInterval(midnight);
    parts.hush();
    await listener.close(stopGrace);
    await parts.close();
    await db.close();
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function version(): string {
  return (JSON.parse(readFileSync(path.join(projectRoot(), "package.json"), "utf8")) as { version: string }).version;
}

start().catch((error: unknown) => {
  const expected = [ConfigError, ListenError, PagesMissing, StartupError].some((kind) => error instanceof kind);
  console.error(expected ? `\n  ${(error as Error).message.replaceAll("\n", "\n  ")}\n` : error);
  process.exit(1);
});
