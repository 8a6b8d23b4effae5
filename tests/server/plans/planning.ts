import request, { type Response } from "supertest";
import { afterAll, expect } from "vitest";
import type { GrantedRole } from "../../../data/access/roles.ts";
import type { PlanDetail, PlanSummary } from "../../../data/schema/plan.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import type { CityRows } from "../../../data/schema/city_rows.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabaseAt } from "../../support/database.ts";
import { anAccount, goodPassword } from "../../support/sign_in_app.ts";
import { twoSubdistricts } from "../../support/two_subdistricts.ts";
import { type WholeApp, wholeApp } from "../../support/whole_app.ts";

export type Browser = ReturnType<typeof request.agent>;

export interface Planning {
  db: Db;
  /** Where other processes find the database; null on the embedded engine. */
  url: string | null;
  app: WholeApp;
  /** Somebody who signed in, with roles in the area of a code. */
  somebody: (name: string, roles: GrantedRole[], code: string) => Promise<Browser>;
}

/** The whole server over a city of two subdistricts; after the tests it is asked whether anything went wrong inside. */
export async function startPlanning(city: CityRows = twoSubdistricts()): Promise<Planning> {
  await buildWorkers();
  const { db, url } = await testDatabaseAt();
  await loadCity(db, city);
  const app = await wholeApp(db);
  afterAll(async () => {
    await app.close();
    expect(app.failures).toEqual([]);
  });
  return {
    ...{ db, url, app },
    somebody: async (name, roles, code) => {
      await anAccount(db, { name, roles, area: await areaId(db, code) });
      return signIn(app.handler, name);
    },
  };
}

/** @param at - what answers, or its address */
export async function signIn(at: WholeApp["handler"] | string, name: string): Promise<Browser> {
  const browser = request.agent(at);
  await browser.post("/api/session").send({ name, password: goodPassword }).expect(200);
  return browser;
}

export async function areaId(db: Db, code: string, network = "governance"): Promise<string> {
  const [row] = await db.query(sql<{ id: string }>`
    select a.id::text as id from area a join network n on n.id = a.network_id
    where n.code = ${network} and a.code = ${code}`);
  return row!.id;
}

export async function begin(browser: Browser, area: string | null, more: object = {}): Promise<PlanSummary> {
  const input = { name: `方案${area}`, network: "governance", area, from: { kind: "edition" }, ...more };
  const answer = await browser.post("/api/plans").send(input);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body as PlanSummary;
}

/** A write on the revision that is named. */
export function write(browser: Browser, path: string, revision: number, body?: object) {
  const sent = browser.post(path).set("If-Match", `"${revision}"`);
  return body ? sent.send(body) : sent;
}

export async function detailOf(browser: Browser, id: string): Promise<PlanDetail> {
  const answer = await browser.get(`/api/plans/${id}`).expect(200);
  return answer.body as PlanDetail;
}

/** The answer's problem, in short. */
export function problemOf({ status, body }: Response): [number, string] {
  return [status, (body as { code: string }).code];
}

/** Cuts a grid of `twoSubdistricts` in two by a line from west to east, `row` squares above its foot. */
export function splitAt(area: string, row: number): object {
  const north = 33.6 + row / 1000;
  return {
    op: "split",
    area,
    by: {
      kind: "line",
      line: [
        [121.3995, north],
        [121.4085, north],
      ],
      new_side: "left",
    },
    name: "新网格",
    short_name: "新",
  };
}
