import { createServer, get as httpGet, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { readApi } from "../../support/demo_app.ts";
import { aReader, thePublic } from "../../support/readers.ts";
import { aBuilding } from "../../support/small_city.ts";
import { canaries, twoSubdistricts } from "../../support/two_subdistricts.ts";

let db: Db;
let west: string;
const servers: Server[] = [];

beforeAll(async () => {
  const city = twoSubdistricts();
  city.small_place[0]!.name = '=cmd|"/c calc"!A1';
  city.small_place[0]!.address = "一号,二层\n东侧";
  // enough that a file goes out in many pieces
  for (let i = 0; i < 3000; i++) {
    city.building.push(aBuilding({ id: city.building.length + 1, name: `长名字的楼${i}`.repeat(8) }, [1, 1]));
  }
  db = await testDatabase();
  await loadCity(db, city);
  west = await idOf("01");
});

afterAll(() => {
  for (const server of servers) server.close();
});

async function idOf(code: string): Promise<string> {
  const [row] = await db.query(sql<{ id: string }>`select id::text as id from area where code = ${code}`);
  return row!.id;
}

const ask = (address: string, reader = aReader("fire_liaison", west)) =>
  request(readApi(db, reader)).get(`/api/exports/${address}`).buffer(true).parse(toText);

function toText(response: request.Response, done: (error: Error | null, body: string) => void): void {
  let text = "";
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    text += piece;
  });
  stream.on("end", () => done(null, text));
}

interface Line {
  action: string;
  outcome: string;
  target: string;
  problem: string | null;
  after: Record<string, unknown>;
}

/** What was written down last. */
async function lastLine(): Promise<Line> {
  const rows = await db.query(sql<{ payload: string }>`select payload from audit order by seq desc limit 1`);
  return JSON.parse(rows[0]!.payload) as Line;
}

describe("a GeoJSON file", () => {
  test("holds what lies in the area, whole, with whose it is in the collection and in each feature", async () => {
    const answer = await ask("key_units.geojson?area=governance:01").expect(200);
    expect(answer.headers).toMatchObject({
      "content-type": expect.stringContaining("application/geo+json"),
      "content-disposition": 'attachment; filename="key_units_01.geojson"',
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    const file = JSON.parse(answer.body as string);
    expect(file).toMatchObject({ type: "FeatureCollection", watermark: { account: "fire_liaison" } });
    expect(file.features).toHaveLength(1);
    expect(file.features[0]).toMatchObject({
      type: "Feature",
      geometry: { type: "Point" },
      properties: { title: canaries.west.keyUnit, key_level: 2, filed_managers: canaries.west.filed },
    });
    expect(file.features[0].properties.watermark).toContain(file.watermark.time);
    expect(file.features[0].properties.watermark).toContain("fire_liaison");
  });

  test("of a register with nothing in the area is a collection of nothing", async () => {
    const answer = await ask("roads.geojson?area=governance:01").expect(200);
    expect(JSON.parse(answer.body as string).features).toEqual([]);
  });
});

describe("a CSV file", () => {
  test("opens in a spreadsheet without running anything, with a byte order mark and a watermark in each row", async () => {
    const answer = await ask("small_places.csv?area=governance:01").expect(200);
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    const text = answer.body as string;
    expect(text.startsWith("\ufeffid,title,kind,three_in_one,address,lon,lat,source,changed_at,watermark\r\n")).toBe(
      true,
    );
    expect(text).toContain(`,"'=cmd|""/c calc""!A1",restaurant,true,"一号,二层\n东侧",`);
    expect(
      text
        .trimEnd()
        .split("\r\n")
        .slice(1)
        .every((row) => row.includes("fire_liaison (fire_liaison) ")),
    ).toBe(true);
  });

  test("has no column that the reader is not shown, and nothing of where nothing was granted", async () => {
    const planner = await ask("buildings.csv?area=governance:01", aReader("planner", west)).expect(200);
    expect((planner.body as string).split("\r\n")[0]).toContain("registered");
    const east = await ask("buildings.csv?area=governance:02", aReader("planner", west)).expect(403);
    expect(JSON.parse(east.body as string)).toMatchObject({ code: "access.forbidden" });
    const whole = await ask("buildings.csv?area=governance:0", aReader("planner", west)).expect(200);
    expect(whole.body).toContain("西甲楼");
    expect(whole.body).not.toContain("东甲楼");
  });
});

describe("what is refused", () => {
  test("more than the limit of what needs clearance, with the figure; the rest has no limit", async () => {
    const [area] = await db.query(sql<{ code: string }>`
      update area_version set area_m2 = 5.2e6 where area_id = (select id from area where code = '0') returning '0' as code`);
    const liaison = aReader("fire_liaison", await idOf(area!.code));
    const refused = await ask("pipes.csv?area=governance:0", liaison).expect(422);
    expect(JSON.parse(refused.body as string)).toMatchObject({
      code: "export.too_large",
      detail: expect.stringMatching(/5\.20 km².*4 km²/),
      fix: expect.stringContaining("较小"),
    });
    expect(await lastLine()).toMatchObject({ outcome: "refused", problem: "export.too_large" });
    await ask("roads.csv?area=governance:0", liaison).expect(200);
  });

  test("a register that the reader sees nothing of, an area that there is not, formats and roles without the right", async () => {
    await ask("pipes.csv?area=governance:01", aReader("planner", west)).expect(403);
    await ask("roads.csv?area=governance:nowhere").expect(404);
    await ask("roads.xml?area=governance:01").expect(400);
    await ask("roads.csv").expect(400);
    await ask("roads.csv?area=governance:01", aReader("worker", west)).expect(403);
    await ask("roads.csv?area=governance:01", thePublic).expect(401);
  });
});

describe("what is written down", () => {
  test("each file, with rows, bytes and area", async () => {
    const answer = await ask("buildings.csv?area=governance:01").expect(200);
    const text = answer.body as string;
    expect(await lastLine()).toMatchObject({
      action: "export",
      outcome: "done",
      target: "register:buildings",
      after: { area: "governance:01", format: "csv", rows: 3002, bytes: Buffer.byteLength(text) },
    });
    expect(text.trimEnd().split("\r\n")).toHaveLength(3003);
  });

  test("a file that somebody stopped taking, as failed, with what went out", async () => {
    const server = createServer(readApi(db, aReader("fire_liaison", west)));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve, reject) => {
      const sent = httpGet({ port, path: "/api/exports/buildings.geojson?area=governance:01" }, (response) => {
        response.once("data", () => {
          response.destroy();
          resolve();
        });
      });
      sent.on("error", reject);
    });
    await expect.poll(async () => (await lastLine()).outcome, { timeout: 10_000 }).toBe("failed");
    const { after } = await lastLine();
    expect(after.rows).toBeLessThan(3002);
    expect(after.bytes).toBeGreaterThan(0);
  });
});
