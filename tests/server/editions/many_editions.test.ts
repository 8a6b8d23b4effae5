import request from "supertest";
import { beforeAll, expect, test } from "vitest";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabase } from "../../support/database.ts";
import { type DraftChange, publishNow } from "../../support/edition_plans.ts";
import { smallCity, square } from "../../support/small_city.ts";
import { wholeApp } from "../../support/whole_app.ts";
import { worldBits, worldX, worldY } from "../../../tiles/tile_math.ts";
import { readStrictly } from "../../tiles/strict_reader.ts";

let db: Db;

beforeAll(async () => {
  await buildWorkers();
  db = await testDatabase();
  await loadCity(db, smallCity());
}, 120_000);

function strip(from: number, to: number): MultiPolygon {
  const [west, east] = [from, to].map((share) => Math.round((121.4 + share / 1000) * 1e9) / 1e9) as [number, number];
  return [[[west, 33.6, east, 33.6, east, 33.601, west, 33.601, west, 33.6]]];
}

test("over 50 editions no code is given twice, shares add up, and each edition and its tiles stay what they were", async () => {
  const named = new Set((await db.query(sql<{ code: string }>`select code from area`)).map(({ code }) => code));
  let extra: string | null = null;
  const listed = new Map<number, string[]>();
  for (let edition = 2; edition <= 51; edition++) {
    // in turn a strip is cut off the first grid, and given back
    const changes: DraftChange[] =
      extra === null
        ? [
            { area: "001001", geom: strip(0, 0.3 + edition / 200) },
            {
              area: "new-1",
              parent: "001",
              level: 2,
              name: `新格${edition}`,
              short_name: `新${edition}`,
              geom: strip(0.3 + edition / 200, 1),
            },
          ]
        : [
            { area: "001001", geom: square(0, 0) },
            { area: extra, removed: true },
          ];
    await publishNow(db, changes);
    const rows = await db.query(sql<{ code: string }>`
      select a.code from area_version v join area a on a.id = v.area_id join network n on n.id = v.network_id
      where n.code = 'governance' and v.to_edition is null order by 1`);
    listed.set(
      edition,
      rows.map(({ code }) => code),
    );
    const fresh = rows.map(({ code }) => code).filter((code) => !named.has(code));
    expect(fresh).toHaveLength(extra === null ? 1 : 0);
    for (const code of fresh) named.add(code);
    extra = fresh[0] ?? null;
  }
  expect(named.size).toBe(6 + 25);
  const uneven = await db.query(sql<object>`
    select edition, from_area_id, sum(share_of_from) as sum from area_lineage where from_area_id is not null
    group by edition, from_area_id having abs(sum(share_of_from) - 1) > 1e-9`);
  expect(uneven).toEqual([]);

  const app = await wholeApp(db);
  const side = 2 ** (worldBits - 16);
  const [x, y] = [Math.floor(worldX(121.4009) / side), Math.floor(worldY(33.6005) / side)];
  const namesAt = async (edition: number) => {
    const tile = await request(app.handler)
      .get(`/tiles/areas/16/${x}/${y}.mvt?edition=${edition}`)
      .buffer(true)
      .parse((response, done) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () => done(null, Buffer.concat(pieces)));
      });
    expect(tile.status).toBe(200);
    const layer = readStrictly(tile.body as Buffer).find(({ name }) => name === "areas")!;
    return layer.features.map(({ attributes }) => String(attributes.code));
  };
  for (const edition of [2, 3, 24, 51]) {
    const list = await request(app.handler).get(`/api/areas?network=governance&edition=${edition}`);
    expect(list.body.areas.map(({ code }: { code: string }) => code)).toEqual(listed.get(edition));
    const [newest] = listed.get(edition)!.filter((code) => code > "001004");
    expect((await namesAt(edition)).filter((code) => code > "001004")).toEqual(newest ? [newest] : []);
  }
  expect(app.failures).toEqual([]);
}, 300_000);
