import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Change } from "../data/schema/change.ts";
import { endpoints } from "../data/schema/endpoints.ts";
import { tileLayers } from "../data/schema/tile_layers.ts";
import { TileRegistry } from "../tiles/registry.ts";
import { AreaSource } from "../tiles/resident/area_source.ts";
import { FeatureSource } from "../tiles/resident/feature_source.ts";
import type { TileChange } from "../tiles/rows.ts";
import { publicReader } from "./access/reader.ts";
import { scopeTokens } from "./access/scope_token.ts";
import { deviceService } from "./accounts/device_service.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { accountService } from "./accounts/service.ts";
import { networkRepository } from "./areas/network_repository.ts";
import { areaRepository } from "./areas/repository.ts";
import { areaRoutes } from "./areas/routes.ts";
import { areaService } from "./areas/service.ts";
import { auditRoutes } from "./audit/routes.ts";
import { actorOf, auditService, recordAudit } from "./audit/service.ts";
import { basemapRoutes } from "./basemaps/routes.ts";
import { basemapService } from "./basemaps/service.ts";
import { followChanges } from "./changes/follower.ts";
import { changeRepository } from "./changes/repository.ts";
import { crosswalkRepository } from "./checks/crosswalk_repository.ts";
import { divisionRepository } from "./checks/division_repository.ts";
import { reasonService } from "./checks/reason_service.ts";
import { checkRoutes } from "./checks/routes.ts";
import { checkService } from "./checks/service.ts";
import type { Config } from "./config.ts";
import { contactRepository } from "./contacts/repository.ts";
import { contactRoutes } from "./contacts/routes.ts";
import { contactService } from "./contacts/service.ts";
import { type Db, DatabaseUnavailable } from "./db/db.ts";
import { editionRoutes } from "./editions/routes.ts";
import { editionService } from "./editions/service.ts";
import { exportRoutes } from "./exports/routes.ts";
import { exportService } from "./exports/service.ts";
import { type AppParts, createApp } from "./http/app.ts";
import { isLoopback } from "./http/loopback.ts";
import { openApiRoutes } from "./http/openapi.ts";
import { operationRoutes, type Readiness } from "./http/operations.ts";
import { makeReference } from "./http/problems.ts";
import type { RateLimits } from "./http/rate_limits.ts";
import { addressFinder, schemeFinder } from "./http/trust_proxy.ts";
import { holdDrafts } from "./plans/drafts.ts";
import { planRoutes } from "./plans/routes.ts";
import { planService } from "./plans/service.ts";
import { registerRepository } from "./registers/repository.ts";
import { registerRoutes } from "./registers/routes.ts";
import { registerService } from "./registers/service.ts";
import { searchRepository } from "./search/repository.ts";
import { searchRoutes } from "./search/routes.ts";
import { searchService } from "./search/service.ts";
import { openSignIn } from "./sign_in/open_sign_in.ts";
import { hashPassword } from "./sign_in/password_hash.ts";
import { serverSecret } from "./sign_in/server_secret.ts";
import { type StreamHub, streamHub } from "./stream/hub.ts";
import { streamRoutes } from "./stream/routes.ts";
import { tileRows } from "./tiles/repository.ts";
import { tileDoor } from "./tiles/routes.ts";
import { scopeRepository } from "./tiles/scope_repository.ts";
import { tileScopes } from "./tiles/tile_scopes.ts";

const pictureCache = 64 * 1024 * 1024; // bytes of backdrop
const askForChanges = 5000; // ms
const tileEndpoint = { method: "get", path: "/tiles/:layers/:z/:x/:y.mvt" } as const;

export interface PartsOptions {
  /** Migrated, with the rights of the application. */
  db: Db;
  config: Config;
  log: Logger;
  version: string;
  /** What `/readyz` answers of the database. */
  ready: () => Promise<Readiness>;
  /** What went wrong on our side while nobody waits for an answer; `task` says what could not be done. */
  onFailure: (error: unknown, task: string) => void;
  limits?: RateLimits;
  pages?: AppParts["pages"];
}

export interface Parts {
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  tiles: TileRegistry;
  /** Those who listen to events. */
  hub: StreamHub;
  /** Takes over at once what was committed since; the server asks by itself every few seconds. */
  catchUp: () => Promise<void>;
  /** Takes over what a new day brings into force. */
  renew: () => Promise<void>;
  /** Takes no more changes and lets the listeners go. */
  hush: () => void;
  /** Ends the threads. After the last request. */
  close: () => Promise<void>;
}

/** Joins every part over one database: tiles, access, services, doors, and the feed that keeps them up to date. */
export async function joinParts(options: PartsOptions): Promise<Parts> {
  const { db, config, log, version, onFailure } = options;
  const { time_zone } = config;
  const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: time_zone }).format(new Date());
  const editions = editionService({ db, recordAudit, today });
  await editions.takeDue();
  const changes = changeRepository(db);
  const from = await changes.latest();
  const rows = tileRows(db, today);
  const tiles = new TileRegistry(
    tileLayers.map((layer) => (layer === "areas" ? new AreaSource(rows) : new FeatureSource(layer, rows))),
    rows,
    config.tile_cache_bytes,
  );
  await tiles.load();
  let taken = from; // the last change that everything here knows of
  const tokens = scopeTokens({ key: await serverSecret(db, "scope"), now: Date.now, rev: () => taken });
  const audit = auditService({ db, time_zone, now: Date.now });
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
    onError: (error) => onFailure(error, "remove sessions that ended"),
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
  // at once here; other instances hear of it by the feed
  const tell = (task: string) => {
    follower.catchUp().catch((error: unknown) => onFailure(error, task));
  };

  const contacts = contactService({ db, contacts: contactRepository(db, today), recordAudit });
  const areas = areaService({
    areas: areaRepository(db),
    networks: networkRepository(db),
    contacts,
    today,
    retired: editions.retired,
  });
  const registers = registerService({ records: registerRepository(db, today), areas, contacts });
  const now = () => new Date();
  const limit_km2 = config.export_limit_km2;
  const exports = exportService({ db, registers, areas, recordAudit, limit_km2, now });
  const divisions = divisionRepository(db);
  const checks = checkService({ db, divisions, crosswalks: crosswalkRepository(db), areas, today, now, version });
  const administration = {
    ...{ db, log: audit, hashPassword, today, time_zone },
    audit: recordAudit,
    onChange: () => {
      signIn.forget();
      tell("take over a change of access");
    },
  };
  const plans = planService({
    ...{ db, drafts, today, checks, time_zone },
    audit: recordAudit,
    twoPerson: config.two_person,
    onChange: () => tell("take over a change of a plan"),
    publish: (id, reader, refuse) => editions.publish(id, actorOf(reader), { refuse }),
  });
  const hub = streamHub({
    ...{ db, from, planEvents: plans.events },
    catchUp: db.engine === "postgis" ? follower.catchUp : null,
    onError: (error) => onFailure(error, "tell listeners"),
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
      limits: options.limits,
    },
    routers: [
      operationRoutes(options.ready),
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
      openApiRoutes(version),
    ],
    isDatabaseDown: (error) => error instanceof DatabaseUnavailable,
    pages: options.pages,
  });
  const addressOf = addressFinder(app);
  const door = tileDoor(tiles, {
    onError: (error, url) => onFailure(error, `make the tile ${url}`),
    access: { tokens, scopes, publicAccess: config.public_access },
    planTile: plans.tile,
    onRefusal: (request, refused) => {
      const reader = publicReader({ address: addressOf(request), reference: makeReference() });
      audit.recordRefusal(reader, tileEndpoint, refused).catch((error: unknown) => {
        onFailure(error, "write down a refused tile");
      });
    },
    schemeOf: schemeFinder(app),
  });
  return {
    handler: (request, response) => door(request, response, () => app(request, response)),
    tiles,
    hub,
    catchUp: follower.catchUp,
    renew: async () => {
      scopes.renew();
      await editions.takeDue();
      await tiles.renew();
    },
    hush: () => {
      follower.stop();
      hub.close();
      signIn.close();
    },
    close: drafts.close,
  };
}

function isTileChange(change: Change): change is TileChange & Change {
  return (tileLayers as readonly string[]).includes(change.layer);
}
