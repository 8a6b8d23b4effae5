import request, { type Response } from "supertest";
import type { GrantedRole } from "../../../data/access/roles.ts";
import type { PlanDetail, PlanSummary } from "../../../data/schema/plan.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { anAccount, goodPassword } from "../../support/sign_in_app.ts";
import type { WholeApp } from "../../support/whole_app.ts";

export type Browser = ReturnType<typeof request.agent>;

/** Somebody who signed in, with roles in one area. */
export async function somebody(
  app: WholeApp,
  db: Db,
  name: string,
  roles: GrantedRole[],
  area: string,
): Promise<Browser> {
  await anAccount(db, { name, roles, area });
  const browser = request.agent(app.handler);
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
