import request from "supertest";
import type { GrantedRole } from "../../data/access/roles.ts";
import { CheckReport, CheckSummary, Crosswalk } from "../../data/schema/check.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import type { Db } from "../../server/db/db.ts";
import { sql } from "../../server/db/sql.ts";
import { loadCity } from "../../server/loading/load_city.ts";
import { takeAppRole } from "../../server/db/app_role.ts";
import { buildWorkers, testDatabase } from "./database.ts";
import { anAccount, goodPassword } from "./sign_in_app.ts";
import { type WholeApp, wholeApp } from "./whole_app.ts";

export type Browser = ReturnType<typeof request.agent>;

export interface CheckDoor {
  db: Db;
  app: WholeApp;
  /** Id of an area by network:code. */
  areaId: (key: string) => Promise<string>;
  /** Somebody with a role in an area (network:code), signed in. */
  signedIn: (role: GrantedRole, area: string | null) => Promise<Browser>;
  /** Gives an area another shape without asking anybody, as a fault in the data would. */
  reshape: (code: string, wkt: string) => Promise<void>;
}

/** The whole app over a city, with what the tests of checks need. */
export async function checkDoor(city: CityRows): Promise<CheckDoor> {
  await buildWorkers();
  const db = await testDatabase();
  await loadCity(db, city);
  await takeAppRole(db);
  const app = await wholeApp(db);
  let accounts = 0;
  const areaId = async (key: string) => {
    const [network, code] = key.split(":") as [string, string];
    const [row] = await db.query(sql<{ id: string }>`
      select a.id::text as id from area a join network n on n.id = a.network_id
      where n.code = ${network} and a.code = ${code}`);
    return row.id;
  };
  return {
    db,
    app,
    areaId,
    async signedIn(role, area) {
      const name = `${role}.${++accounts}`;
      await anAccount(db, { name, roles: [role], area: area === null ? null : await areaId(area) });
      const browser = request.agent(app.handler);
      await browser.post("/api/session").send({ name, password: goodPassword }).expect(200);
      return browser;
    },
    reshape: (code, wkt) =>
      db.transaction(async (tx) => {
        const [{ id }] = await tx.query(sql<{ id: string }>`
          update area_version set geom = st_multi(st_geomfromtext(${wkt}, 4490))
          where area_id = (select a.id from area a join network n on n.id = a.network_id
            where n.code = 'governance' and a.code = ${code})
          returning area_id::text as id`);
        await tx.query(sql`select record_change('areas', ${[id]}::bigint[], null)`);
      }),
  };
}

export async function check(browser: Browser, path: string): Promise<CheckReport> {
  return CheckReport.parse((await browser.get(`/api/${path}`).expect(200)).body);
}

export async function certificate(browser: Browser, path: string): Promise<CheckSummary> {
  return CheckSummary.parse((await browser.get(`/api/${path}`).expect(200)).body);
}

export async function crosswalk(browser: Browser, query: string): Promise<Crosswalk> {
  return Crosswalk.parse((await browser.get(`/api/crosswalk?${query}`).expect(200)).body);
}
