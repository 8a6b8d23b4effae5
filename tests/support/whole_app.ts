import type { IncomingMessage, ServerResponse } from "node:http";
import pino from "pino";
import { endpoints } from "../../data/schema/endpoints.ts";
import { tileLayers } from "../../data/schema/tile_layers.ts";
import { scopeTokens } from "../../server/access/scope_token.ts";
import { deviceService } from "../../server/accounts/device_service.ts";
import { accountRoutes } from "../../server/accounts/routes.ts";
import { accountService } from "../../server/accounts/service.ts";
import { networkRepository } from "../../server/areas/network_repository.ts";
import { areaRepository } from "../../server/areas/repository.ts";
import { areaRoutes } from "../../server/areas/routes.ts";
import { areaService } from "../../server/areas/service.ts";
import { auditRoutes } from "../../server/audit/routes.ts";
import { actorOf, auditService, recordAudit } from "../../server/audit/service.ts";
import { basemapRoutes } from "../../server/basemaps/routes.ts";
import { basemapService } from "../../server/basemaps/service.ts";
import { changeRepository } from "../../server/changes/repository.ts";
import { crosswalkRepository } from "../../server/checks/crosswalk_repository.ts";
import { divisionRepository } from "../../server/checks/division_repository.ts";
import { reasonService } from "../../server/checks/reason_service.ts";
import { checkRoutes } from "../../server/checks/routes.ts";
import { checkService } from "../../server/checks/service.ts";
import { contactRepository } from "../../server/contacts/repository.ts";
import { contactRoutes } from "../../server/contacts/routes.ts";
import { contactService } from "../../server/contacts/service.ts";
import { type Db, DatabaseUnavailable } from "../../server/db/db.ts";
import { editionRoutes } from "../../server/editions/routes.ts";
import { editionService } from "../../server/editions/service.ts";
import { exportRoutes } from "../../server/exports/routes.ts";
import { exportService } from "../../server/exports/service.ts";
import { createApp } from "../../server/http/app.ts";
import { openApiRoutes } from "../../server/http/openapi.ts";
import { operationRoutes } from "../../server/http/operations.ts";
import { holdDrafts } from "../../server/plans/drafts.ts";
import { planRoutes } from "../../server/plans/routes.ts";
import { planService } from "../../server/plans/service.ts";
import { registerRepository } from "../../server/registers/repository.ts";
import { registerRoutes } from "../../server/registers/routes.ts";
import { registerService } from "../../server/registers/service.ts";
import { searchRepository } from "../../server/search/repository.ts";
import { searchRoutes } from "../../server/search/routes.ts";
import { searchService } from "../../server/search/service.ts";
import { openSignIn } from "../../server/sign_in/open_sign_in.ts";
import { hashPassword } from "../../server/sign_in/password_hash.ts";
import { type StreamHub, streamHub } from "../../server/stream/hub.ts";
import { streamRoutes } from "../../server/stream/routes.ts";
import { tileRows } from "../../server/tiles/repository.ts";
import { tileDoor } from "../../server/tiles/routes.ts";
import { scopeRepository } from "../../server/tiles/scope_repository.ts";
import { tileScopes } from "../../server/tiles/tile_scopes.ts";
import { TileRegistry } from "../../tiles/registry.ts";
import { AreaSource } from "../../tiles/resident/area_source.ts";
import { FeatureSource } from "../../tiles/resident/feature_source.ts";
import type { TileChange } from "../../tiles/rows.ts";

export interface WholeApp {
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  registry: TileRegistry;
  /** Takes over what was committed since, as the server does every few seconds. */
  catchUp: () => Promise<void>;
  /** What went wrong on our side. */
  failures: unknown[];
  /** Those who listen to events. */
  hub: StreamHub;
  /** Ends its threads. */
  close: () => Promise<void>;
}

export interface WholeAppOptions {
  publicAccess?: boolean;
  exportLimitKm2?: number;
  /** Whoever drew a plan may not approve it. */
  twoPerson?: boolean;
}

/** Everything that server/main.ts joins, over a database of this test. */
export async function wholeApp(db: Db, options: WholeAppOptions = {}): Promise<WholeApp> {
  const { publicAccess = true, exportLimitKm2 = 4, twoPerson = true } = options;
  const failures: unknown[] = [];
  const today = () => new Date().toISOString().slice(0, 10);
  const changes = changeRepository(db);
  let taken = await changes.latest();
  const rows = tileRows(db, today);
  const registry = new TileRegistry(
    tileLayers.map((layer) => (layer === "areas" ? new AreaSource(rows) : new FeatureSource(layer, rows))),
    rows,
    32 * 1024 * 1024,
  );
  await registry.load();
  const tokens = scopeTokens({ key: new Uint8Array(32), now: Date.now, rev: () => taken });
  const scopes = tileScopes(scopeRepository(db), today);
  const drafts = holdDrafts();
  const from = taken;
  const signIn = await openSignIn({
    db,
    audit: recordAudit,
    onRefusal: async () => undefined,
    tokens,
    idle_minutes: 60,
    second_factor: [],
    public_access: publicAccess,
    identity_provider: undefined,
    demo_allowed: false,
    today,
    onError: (error) => failures.push(error),
  });
  let catching: Promise<void> = Promise.resolve();
  function catchUp(): Promise<void> {
    catching = catching.then(takeOver, takeOver);
    return catching;
  }
  async function takeOver(): Promise<void> {
    const committed = await changes.since(taken, 500);
    if (committed.length === 0) return;
    signIn.follow(committed);
    scopes.follow(committed);
    drafts.follow(committed);
    await registry.follow(
      committed.filter((change): change is typeof change & TileChange =>
        (tileLayers as readonly string[]).includes(change.layer),
      ),
    );
    hub.follow(committed);
    taken = committed.at(-1)!.rev;
  }
  const audit = auditService({ db, time_zone: "Asia/Shanghai", now: Date.now });
  const onChange = () => {
    signIn.forget();
    catchUp().catch((error: unknown) => failures.push(error));
  };
  const accounts = accountService({
    db,
    audit: recordAudit,
    log: audit,
    hashPassword,
    today,
    time_zone: "Asia/Shanghai",
    onChange,
  });
  const editions = editionService({ db, recordAudit, today });
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
    limit_km2: exportLimitKm2,
    now: () => new Date(),
  });
  const checks = checkService({
    db,
    divisions: divisionRepository(db),
    crosswalks: crosswalkRepository(db),
    areas,
    today,
    now: () => new Date(),
    version: "0.0.0",
  });
  const plans = planService({
    ...{ db, drafts, today, checks, twoPerson },
    audit: recordAudit,
    time_zone: "Asia/Shanghai",
    onChange: () => void catchUp().catch((error: unknown) => failures.push(error)),
    publish: (id, reader, refuse) => editions.publish(id, actorOf(reader), { refuse }),
  });
  const hub = streamHub({ ...{ db, from, planEvents: plans.events }, onError: (error) => failures.push(error) });
  const app = createApp({
    log: pino({ level: "silent" }),
    hasNoRoute: (path) => path.startsWith("/tiles/") || path.startsWith("/api/session/identity"),
    before: [signIn.handler],
    gate: { endpoints, identify: signIn.identify, publicAccess, onRefusal: audit.recordRefusal },
    routers: [
      operationRoutes(async () => ({ database: true })),
      signIn.router,
      accountRoutes(accounts, deviceService({ db, audit: recordAudit, today, onChange })),
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
      basemapRoutes(basemapService([], { cacheBytes: 1024, now: Date.now })),
      openApiRoutes("0.0.0"),
    ],
    isDatabaseDown: (error) => error instanceof DatabaseUnavailable,
  });
  const door = tileDoor(registry, {
    onError: (error) => failures.push(error),
    access: { tokens, scopes, publicAccess },
    planTile: plans.tile,
  });
  return {
    handler: (request, response) => door(request, response, () => app(request, response)),
    registry,
    catchUp,
    failures,
    hub,
    close: async () => {
      hub.close();
      await drafts.close();
    },
  };
}
