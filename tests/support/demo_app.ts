import type { Express } from "express";
import pino from "pino";
import { generateDemo } from "../../data/demo/generate.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import { networkRepository } from "../../server/areas/network_repository.ts";
import { areaRepository } from "../../server/areas/repository.ts";
import { areaRoutes } from "../../server/areas/routes.ts";
import { areaService } from "../../server/areas/service.ts";
import { takeAppRole } from "../../server/db/app_role.ts";
import { type Db, DatabaseUnavailable } from "../../server/db/db.ts";
import { recordAudit } from "../../server/audit/service.ts";
import { contactRepository } from "../../server/contacts/repository.ts";
import { contactRoutes } from "../../server/contacts/routes.ts";
import { contactService } from "../../server/contacts/service.ts";
import { editionRoutes } from "../../server/editions/routes.ts";
import { editionService } from "../../server/editions/service.ts";
import { exportRoutes } from "../../server/exports/routes.ts";
import { exportService } from "../../server/exports/service.ts";
import { createApp } from "../../server/http/app.ts";
import { openApiRoutes } from "../../server/http/openapi.ts";
import { loadCity } from "../../server/loading/load_city.ts";
import { registerRepository } from "../../server/registers/repository.ts";
import { registerRoutes } from "../../server/registers/routes.ts";
import { registerService } from "../../server/registers/service.ts";
import { searchRepository } from "../../server/search/repository.ts";
import { searchRoutes } from "../../server/search/routes.ts";
import { searchService } from "../../server/search/service.ts";
import type { Reader } from "../../server/access/reader.ts";
import { testDatabase } from "./database.ts";
import { gateFor, thePublic } from "./readers.ts";

export interface DemoApp {
  app: Express;
  db: Db;
  city: CityRows;
}

/** The read API over a database of this test file that holds the demo community 慧泽社区. */
export async function demoApp(): Promise<DemoApp> {
  const db = await testDatabase();
  const city = generateDemo({ size: "community" });
  await loadCity(db, city);
  await takeAppRole(db); // as the server does
  return { app: readApi(db), db, city };
}

/** The read API over any database, as one reader sees it. */
export function readApi(db: Db, reader: Reader = thePublic): Express {
  const today = () => new Date().toISOString().slice(0, 10);
  const contacts = contactService({ db, contacts: contactRepository(db, today), recordAudit });
  const editions = editionService({ db, recordAudit, today });
  const { retired } = editions;
  const areas = areaService({ areas: areaRepository(db), networks: networkRepository(db), contacts, today, retired });
  const registers = registerService({ records: registerRepository(db, today), areas, contacts });
  const exports = exportService({ db, registers, areas, recordAudit, limit_km2: 4, now: () => new Date() });
  return createApp({
    log: pino({ level: "silent" }),
    gate: gateFor(reader),
    routers: [
      areaRoutes(areas),
      editionRoutes(editions),
      searchRoutes(searchService(searchRepository(db, today))),
      registerRoutes(registers),
      contactRoutes(contacts),
      exportRoutes(exports),
      openApiRoutes("0.0.0"),
    ],
    isDatabaseDown: (error) => error instanceof DatabaseUnavailable,
  });
}
