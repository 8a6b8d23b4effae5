import path from "node:path";
import { readFileSync } from "node:fs";
import type { Change } from "../data/schema/change.ts";
import { endpoints } from "../data/schema/endpoints.ts";
import { tileLayers } from "../data/schema/tile_layers.ts";
import { TileRegistry } from "../tiles/registry.ts";
import { AreaSource } from "../tiles/resident/area_source.ts";
import { FeatureSource } from "../tiles/resident/feature_source.ts";
import type { TileChange } from "../tiles/rows.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { accountService } from "./accounts/service.ts";
import { deviceService } from "./accounts/device_service.ts";
import { publicReader } from "./access/reader.ts";
import { scopeTokens } from "./access/scope_token.ts";
import { networkRepository } from "./areas/network_repository.ts";
import { areaRepository } from "./areas/repository.ts";
import { areaRoutes } from "./areas/routes.ts";
import { areaService } from "./areas/service.ts";
import { auditRoutes } from "./audit/routes.ts";
import { actorOf, auditService, recordAudit, serverActor } from "./audit/service.ts";
import { basemapRoutes } from "./basemaps/routes.ts";
import { basemapService } from "./basemaps/service.ts";
import { followChanges } from "./changes/follower.ts";
import { changeRepository } from "./changes/repository.ts";
import { crosswalkRepository } from "./checks/crosswalk_repository.ts";
import { divisionRepository } from "./checks/division_repository.ts";
import { reasonService } from "./checks/reason_service.ts";
import { checkRoutes } from "./checks/routes.ts";
import { checkService } from "./checks/service.ts";
import { ConfigError, readConfig } from "./config.ts";
import { contactRepository } from "./contacts/repository.ts";
import { contactRoutes } from "./contacts/routes.ts";
import { contactService } from "./contacts/service.ts";
import { takeAppRole } from "./db/app_role.ts";
import { DatabaseUnavailable, StartupError } from "./db/db.ts";
import { isMigrated, migrate, readMigrations } from "./db/migrate.ts";
import { openDb } from "./db/open_db.ts";
import { projectRoot } from "./db/project_files.ts";
import { generateInWorker } from "./demo/generate_in_worker.ts";
import { editionRoutes } from "./editions/routes.ts";
import { editionService } from "./editions/service.ts";
import { exportRoutes } from "./exports/routes.ts";
import { exportService } from "./exports/service.ts";
import { createApp } from "./http/app.ts";
import { ListenError, listen } from "./http/listener.ts";
import { createLog } from "./http/log.ts";
import { openApiRoutes } from "./http/openapi.ts";
import { operationRoutes } from "./http/operations.ts";
import { PagesMissing, pageRouter } from "./http/pages.ts";
import { rateLimits } from "./http/rate_limits.ts";
import { missingOverHttp, readTls } from "./http/tls.ts";
import { makeReference } from "./http/problems.ts";
import { addressFinder, schemeFinder } from "./http/trust_proxy.ts";
import { loadIntoEmpty } from "./loading/load_city.ts";
import { isEmpty } from "./loading/is_empty.ts";
import { holdDrafts } from "./plans/drafts.ts";
import { planRoutes } from "./plans/routes.ts";
import { planService } from "./plans/service.ts";
import { registerRepository } from "./registers/repository.ts";
import { registerRoutes } from "./registers/routes.ts";
import { registerService } from "./registers/service.ts";
import { searchRepository } from "./search/repository.ts";
import { searchRoutes } from "./search/routes.ts";
import { searchService } from "./search/service.ts";
import { isLoopback } from "./http/loopback.ts";
import { prepareSetup, setupSentence } from "./sign_in/first_entries.ts";
import { openSignIn } from "./sign_in/open_sign_in.ts";
import { hashPassword } from "./sign_in/password_hash.ts";
import { serverSecret } from "./sign_in/server_secret.ts";
import { streamHub } from "./stream/hub.ts";
import { streamRoutes } from "./stream/routes.ts";
import { tileDoor } from "./tiles/routes.ts";
import { tileRows } from "./tiles/repository.ts";
import { scopeRepository } from "./tiles/scope_repository.ts";
import { tileScopes } from "./tiles/tile_scopes.ts";

/** How long requests under way may still take after a signal to stop. */
const stopGrace = 5000; // ms
const pictureCache = 64 * 1024 * 1024; // bytes of backdrop
const askForChanges = 5000; // ms
const askForTheDay = 60_000; // ms
const tileEndpoint = { method: "get", path: "/tiles/:layers/:z/:x/:y.mvt" } as const;

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

  const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: config.time_zone }).format(new Date());
  const editions = editionService({ db, recordAudit, today });
  await editions.takeDue();
  const changes = changeRepository(db);
  const from = await changes.latest();
  tell("正在准备地图瓦片 … / preparing the tiles");
  const rows = tileRows(db, today);
  const tiles = new TileRegistry(
    tileLayers.map((layer) => (layer === "areas" ? new AreaSource(rows) : new FeatureSource(layer, rows))),
    rows,
    config.tile_cache_bytes,
  );
  await tiles.load();
  let taken = from; // the last change that everything here knows of
  const tokens = scopeTokens({ key: await serverSecret(db, "scope"), now: Date.now, rev: () => taken });
  const audit = auditService({ db, time_zone: config.time_zone, now: Date.now });
  const signIn = await openSignIn({
    db,
    audit: recordAudit,
    onRefusal: audit.recordRefusal,
    tokens,
    idle_minutes: config.session_idle_minutes,
    second_factor: config.second_factor,
    public_access: config.public_access,
    identity_provider: config.identity_provider,
    demo_allowed: isLoopback(config.host) && config.trust_proxy === undefined,
    today,
    onError: (error) => log.warn({ err: error }, "sessions that ended could not be removed"),
  });
  const scopes = tileScopes(scopeRepository(db), today);
  const drafts = holdDrafts();
  const follower = followChanges({
    changes,
    from,
    every_ms: askForChanges,
    log,
    take: async (committed) => {
      signIn.follow(committed);
      scopes.follow(committed);
      drafts.follow(committed);
      await tiles.follow(committed.filter(isTileChange));
      hub.follow(committed);
      taken = committed[committed.length - 1]!.rev;
    },
  });

  // A new day may bring another edition into force: counts and search follow it, then the picture.
  const midnight = setInterval(() => {
    scopes.renew();
    editions
      .takeDue()
      .then(() => tiles.renew())
      .catch((error: unknown) => log.warn({ err: error }, "cannot take over the new day"));
  }, askForTheDay);
  midnight.unref();

  const contacts = contactService({ db, contacts: contactRepository(db, today), recordAudit });
  const areas = areaService({
    areas: areaRepository(db),
    networks: networkRepository(db),
    contacts,
    today,
    retired: editions.retired,
  });
  const registers = registerService({ records: registerRepository(db, today), areas, contacts });
  const exports = exportService({
    db,
    registers,
    areas,
    recordAudit,
    limit_km2: config.export_limit_km2,
    now: () => new Date(),
  });
  const checks = checkService({
    db,
    divisions: divisionRepository(db),
    crosswalks: crosswalkRepository(db),
    areas,
    today,
    now: () => new Date(),
    version: version(),
  });
  const administration = {
    db,
    audit: recordAudit,
    log: audit,
    hashPassword,
    today,
    time_zone: config.time_zone,
    // at once here; other instances hear of it by the feed
    onChange: () => {
      signIn.forget();
      follower.catchUp().catch((error: unknown) => log.warn({ err: error }, "cannot take over a change of access yet"));
    },
  };
  const plans = planService({
    ...{ db, drafts, today, checks },
    audit: recordAudit,
    time_zone: config.time_zone,
    twoPerson: config.two_person,
    onChange: () => {
      follower.catchUp().catch((error: unknown) => log.warn({ err: error }, "cannot take over a change of a plan yet"));
    },
    publish: (id, reader, refuse) => editions.publish(id, actorOf(reader), { refuse }),
  });
  const hub = streamHub({
    ...{ db, from, planEvents: plans.events },
    onError: (error) => log.warn({ err: error }, "listeners could not be told"),
  });
  const app = createApp({
    log,
    hasNoRoute: (path) =>
      path.startsWith("/tiles/") || (!config.identity_provider && path.startsWith("/api/session/identity")),
    trustProxy: config.trust_proxy,
    frameOrigins: config.frame_origins,
    before: [signIn.handler],
    gate: {
      endpoints,
      identify: signIn.identify,
      publicAccess: config.public_access,
      onRefusal: audit.recordRefusal,
      limits: rateLimits(),
    },
    routers: [
      operationRoutes(async () => {
        const database = await db.healthy();
        return { database, migrations: database && (await isMigrated(db, migrations)), tiles: true };
      }),
      signIn.router,
      accountRoutes(accountService(administration), deviceService(administration)),
      auditRoutes(audit),
      areaRoutes(areas),
      editionRoutes(editions),
      checkRoutes({ checks, reasons: reasonService({ db, areas, recordAudit }), onRefusal: audit.recordRefusal }),
      planRoutes(plans),
      streamRoutes(hub, signIn.holds),
      searchRoutes(searchService(searchRepository(db, today))),
      registerRoutes(registers),
      contactRoutes(contacts),
      exportRoutes(exports),
      basemapRoutes(basemapService(config.basemaps, { cacheBytes: pictureCache, now: Date.now })),
      openApiRoutes(version()),
    ],
    isDatabaseDown: (error) => error instanceof DatabaseUnavailable,
    pages,
  });
  const addressOf = addressFinder(app);
  const door = tileDoor(tiles, {
    onError: (error, url) => log.error({ err: error, url }, "a tile failed"),
    access: { tokens, scopes, publicAccess: config.public_access },
    planTile: plans.tile,
    onRefusal: (request, refused) => {
      const reader = publicReader({ address: addressOf(request), reference: makeReference() });
      audit.recordRefusal(reader, tileEndpoint, refused).catch((error: unknown) => {
        log.error({ err: error }, "a refused tile was not written down");
      });
    },
    schemeOf: schemeFinder(app),
  });
  listener.serve((request, response) => door(request, response, () => app(request, response)));
  console.error(`\n  网格图谱已就绪 / Grid Atlas is ready:  ${listener.address}\n  ${db.version}\n`);
  const missing = missingOverHttp(config, isLoopback(config.host));
  if (missing) console.error(`${missing}\n`);
  const setup = await prepareSetup(db);
  if (setup) console.error(`${setupSentence(listener.address, setup)}\n`);

  const stop = async () => {
    follower.stop();
    clearInterval(midnight);
    hub.close();
    signIn.close();
    await listener.close(stopGrace);
    await drafts.close();
    await db.close();
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function isTileChange(change: Change): change is TileChange & Change {
  return (tileLayers as readonly string[]).includes(change.layer);
}

function version(): string {
  return (JSON.parse(readFileSync(path.join(projectRoot(), "package.json"), "utf8")) as { version: string }).version;
}

start().catch((error: unknown) => {
  const expected = [ConfigError, ListenError, PagesMissing, StartupError].some((kind) => error instanceof kind);
  console.error(expected ? `\n  ${(error as Error).message.replaceAll("\n", "\n  ")}\n` : error);
  process.exit(1);
});
