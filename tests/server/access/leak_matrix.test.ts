import request from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import { grantedRoles, type GrantedRole } from "../../../data/access/roles.ts";
import { endpoints } from "../../../data/schema/endpoints.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabase } from "../../support/database.ts";
import { anAccount, goodPassword } from "../../support/sign_in_app.ts";
import { type Canaries, canaries, type Side, sides, twoSubdistricts } from "../../support/two_subdistricts.ts";
import { type WholeApp, wholeApp } from "../../support/whole_app.ts";
import { readStrictly } from "../../tiles/strict_reader.ts";
import {
  type Asked,
  movedCounts,
  type PlantedIds,
  plantPlans,
  publishSecondEdition,
  readPlantedIds,
  requestsOf,
} from "./matrix_requests.ts";

/** What can be found in answers: the planted values, and attributes of tiles. */
type Finding = keyof Canaries | "mobileInPart" | "responsibleInPart" | DifferenceFinding | TileFinding;
type DifferenceFinding = "moved";
type TileFinding = "households" | "level" | "key_trade" | "three_in_one";

/**
 * Who finds what of the subdistrict of their grant, written out by hand from domain.md §8 and not from the policy: what
 * is not named must not be found. `everybody` finds it everywhere.
 */
const liaisons: GrantedRole[] = ["fire_liaison", "police_liaison"];
const onTheGround: GrantedRole[] = ["worker", "dispatcher", "supervisor"];
const counting: GrantedRole[] = ["worker", "supervisor", "planner", "approver", ...liaisons];
const seesUnits: GrantedRole[] = [...onTheGround, "wall", ...liaisons];
const finds: Record<Finding, GrantedRole[] | "everybody"> = {
  mobile: ["dispatcher", ...liaisons],
  mobileInPart: [...onTheGround, ...liaisons],
  responsible: liaisons,
  responsibleInPart: [...onTheGround, ...liaisons],
  manager: liaisons,
  duty: "everybody",
  keyUnit: seesUnits,
  keyUnitCode: seesUnits,
  filed: ["dispatcher", "supervisor", "wall", ...liaisons],
  level: ["dispatcher", "supervisor", "wall", ...liaisons],
  camera: ["police_liaison"],
  hydrant: seesUnits,
  valve: liaisons,
  pipeEnd: liaisons,
  pipe: liaisons,
  registered: counting,
  registeredSum: counting,
  households: counting,
  creditCode: [...onTheGround, "planner", ...liaisons],
  key_trade: [...onTheGround, "planner", ...liaisons],
  three_in_one: [...onTheGround, ...liaisons],
  plan: ["planner", "approver", "supervisor"],
  moved: ["supervisor", "planner", "approver", ...liaisons],
};

let db: Db;
let app: WholeApp;
const ids = {} as Record<Side, PlantedIds>;
const areaIds = {} as Record<Side, string>;

beforeAll(async () => {
  await buildWorkers();
  db = await testDatabase();
  await loadCity(db, twoSubdistricts());
  await publishSecondEdition(db);
  await plantPlans(db);
  for (const side of sides) {
    ids[side] = await readPlantedIds(db, side);
    [areaIds[side]] = ids[side].areas as [string, ...string[]];
  }
  app = await wholeApp(db);
}, 120_000);

const isAdmin = (role: GrantedRole) => role.endsWith("_admin");
const mask = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** Texts of which each is the sign of a finding in one subdistrict. */
function signsOf(side: Side): Record<Finding, string> {
  const planted = canaries[side];
  const { records } = ids[side];
  return {
    ...planted,
    registered: `"registered":${planted.registered}`,
    registeredSum: `"registered":${planted.registeredSum}`,
    moved: movedCounts[side],
    mobileInPart: mask(planted.mobile),
    responsibleInPart: mask(planted.responsible),
    households: `tile buildings ${records.buildings![0]} households `,
    level: `tile key_units ${records.key_units![0]} level `,
    key_trade: `tile legal_entities ${records.legal_entities![0]} key_trade `,
    three_in_one: `tile small_places ${records.small_places![0]} three_in_one `,
  };
}

async function signedIn(role: GrantedRole, side: Side) {
  const name = `${role}.${side}`;
  const browser = request.agent(app.handler);
  await anAccount(db, { name, roles: [role], area: isAdmin(role) ? null : areaIds[side] });
  await browser.post("/api/session").send({ name, password: goodPassword }).expect(200);
  return browser;
}

type Browser = ReturnType<typeof request.agent>;

/** Everything that the reader is told when asking every route about one subdistrict. */
async function tellAll(browser: Browser, side: Side): Promise<string> {
  const said: string[] = [];
  for (const asked of Object.values(requestsOf(side, ids[side])).flat()) said.push(await tell(browser, asked));
  return said.join("\n");
}

async function tell(browser: Browser, { method, url, body }: Asked): Promise<string> {
  const sent = browser[method](url).buffer(true).parse(toBytes);
  const answer = await (body ? sent.send(body) : sent);
  expect(answer.status, `${method} ${url}`).not.toBe(500);
  const bytes = answer.body as Buffer;
  const text = url.includes(".mvt") && answer.status === 200 ? textOfTile(bytes) : bytes.toString("utf8");
  // what was asked for is said back by a search, and is no finding
  const own = url.startsWith("/api/search") ? text.replace(/"q":"[^"]*"/, "") : text;
  return `${JSON.stringify(answer.headers)}\n${own}`;
}

function toBytes(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const pieces: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on("data", (piece: Buffer) => pieces.push(piece));
  stream.on("end", () => done(null, Buffer.concat(pieces)));
}

function textOfTile(bytes: Buffer): string {
  return readStrictly(bytes)
    .flatMap(({ name, features }) =>
      features.map(({ id, attributes }) =>
        Object.entries(attributes)
          .map(([key, value]) => `tile ${name} ${id} ${key} ${value}`)
          .join("\n"),
      ),
    )
    .join("\n");
}

const found = (told: string, side: Side): Finding[] =>
  (Object.entries(signsOf(side)) as [Finding, string][])
    .filter(([, sign]) => told.includes(sign))
    .map(([finding]) => finding)
    .sort();

const expected = (role: GrantedRole | null, isOwn: boolean): Finding[] =>
  (Object.entries(finds) as [Finding, GrantedRole[] | "everybody"][])
    .filter(([, who]) => (who === "everybody" ? role !== "wall" : role !== null && isOwn && who.includes(role)))
    .map(([finding]) => finding)
    .sort();

test("every route is in the matrix, and none that there is not", () => {
  const asked = Object.keys(requestsOf("west", ids.west)).sort();
  expect(asked).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).sort());
});

/** Status of each request about the plan of the west, and about the difference of editions, in short. */
async function statuses(browser: Browser): Promise<Record<string, number[]>> {
  const asked = Object.entries(requestsOf("west", ids.west)).filter(
    ([route]) => route.includes("/api/plans/:id") || route.includes("from..:to"),
  );
  const found: Record<string, number[]> = {};
  for (const [route, some] of asked) {
    found[route] = [];
    for (const { method, url, body } of some) {
      const sent = browser[method](url);
      found[route].push((await (body ? sent.send(body) : sent)).status);
    }
  }
  return found;
}

describe("doors of plans and editions", () => {
  const reads = ["/api/plans/:id", "/buildings", "/former", "/operations", "/check"].map((end) =>
    end.startsWith("/api") ? `get ${end}` : `get /api/plans/:id${end}`,
  );

  test("give content to who may read, and refuse the others", async () => {
    for (const [role, side, status] of [
      ["planner", "west", 200],
      ["approver", "west", 200],
      ["supervisor", "west", 200],
      ["planner", "east", 404],
      ["worker", "west", 403],
      ["fire_liaison", "west", 403],
      ["system_admin", "west", 403],
    ] as const) {
      const told = await statuses(await signedIn(role, side));
      for (const route of reads) {
        for (const one of told[route]!) expect({ role, side, route, one }).toEqual({ role, side, route, one: status });
      }
      expect(told["get /api/editions/:network/:from..:to"]).toEqual([200]);
      for (const [route, some] of Object.entries(told)) {
        // no write of the matrix says what it is based on, or is one that can be: nothing is done
        if (!route.startsWith("get "))
          for (const one of some) expect([route, one >= 400 && one < 500]).toEqual([route, true]);
      }
      await db.query(sql`delete from account where name = ${`${role}.${side}`}`);
    }
    const nobody = await statuses(request.agent(app.handler));
    for (const route of reads) for (const one of nobody[route]!) expect({ route, one }).toEqual({ route, one: 401 });
  });
});

describe.each(sides)("what is told of the %s subdistrict", (side) => {
  test("to the public", async () => {
    const told = await tellAll(request.agent(app.handler), side);
    expect(found(told, side)).toEqual(expected(null, false));
  });

  test.each(grantedRoles)("to the %s of it, and to the one of the other", async (role) => {
    for (const granted of sides) {
      const browser = await signedIn(role, granted);
      const told = await tellAll(browser, side);
      expect({ granted, found: found(told, side) }).toEqual({
        granted,
        found: expected(role, !isAdmin(role) && granted === side),
      });
      await db.query(sql`delete from account where name = ${`${role}.${granted}`}`);
    }
    expect(app.failures).toEqual([]);
  });
});
