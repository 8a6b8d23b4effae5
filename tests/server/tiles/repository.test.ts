import { beforeAll, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import { tileLayers } from "../../../data/schema/tile_layers.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { tileRows } from "../../../server/tiles/repository.ts";
import { AreaSource } from "../../../tiles/resident/area_source.ts";
import { FeatureSource } from "../../../tiles/resident/feature_source.ts";
import { everythingOf } from "../../../tiles/scope/tile_scope.ts";
import type { FeatureLayer, TileRows } from "../../../tiles/rows.ts";
import { cityTileRows } from "../../support/city_tile_rows.ts";
import { testDatabase } from "../../support/database.ts";
import { governance, readFeatures, readZoom } from "../../tiles/read_tiles.ts";

const city = generateDemo({ size: "community" });
let db: Db;
let rows: TileRows;

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, city);
  rows = tileRows(db, () => "2026-06-01");
});

async function loaded(layer: FeatureLayer, from: TileRows): Promise<FeatureSource> {
  const source = new FeatureSource(layer, from);
  await source.load();
  return source;
}

const featureLayers = tileLayers.filter((layer): layer is FeatureLayer => layer !== "areas");

test("tiles from the database are those of the rows that went in, byte for byte", async () => {
  for (const layer of featureLayers) {
    const [stored, given] = [await loaded(layer, rows), await loaded(layer, cityTileRows(city))];
    for (const z of [11, 14, 16]) {
      const tiles = await readZoom(given, z);
      for (const { x, y } of tiles) {
        const all = everythingOf(layer);
        const [one, other] = [await stored.tile(z, x, y, governance, all), await given.tile(z, x, y, governance, all)];
        expect(Buffer.from(one).equals(Buffer.from(other)), `${layer} ${z}/${x}/${y}`).toBe(true);
      }
    }
  }
});

test("areas carry the sums of their buildings, their leader and their place in the tree", async () => {
  const source = new AreaSource(rows);
  await source.load();
  const faces = await readFeatures(source, 14, "areas");
  const households = city.building.reduce((sum, row) => sum + row.households, 0);
  const community = faces.find(({ attributes }) => attributes.name === "慧泽社区")!;
  expect(community.attributes).toMatchObject({ role: "community", leaf: 0, households });
  const labels = await readFeatures(source, 14, "area_labels");
  expect(labels.some(({ attributes }) => typeof attributes.leader === "string")).toBe(true);
  const grids = new Set(faces.filter(({ attributes }) => attributes.role === "grid").map(({ id }) => id));
  expect(grids.size).toBeGreaterThanOrEqual(27);
});

test("one leader is shown where several were appointed, and none whose time is over", async () => {
  const later = tileRows(db, () => "2030-01-01");
  const [grid] = await db.query(sql<{ id: number }>`
    select a.id from area a join area_version v on v.area_id = a.id where v.short_name = '慧泽03'`);
  await db.query(sql`update assignment set to_day = '2029-01-01' where area_id = ${grid!.id}`);
  const labelOf = async (from: TileRows) => {
    const source = new AreaSource(from);
    await source.load();
    return (await readFeatures(source, 14, "area_labels")).find(({ id }) => id === grid!.id)!;
  };
  expect((await labelOf(rows)).attributes.leader).toBeTypeOf("string");
  expect("leader" in (await labelOf(later)).attributes).toBe(false);
});

test("some rows are read by their tile ids, pipe nodes among them", async () => {
  const node = city.pipe_node.find(({ kind }) => kind === "valve")!;
  const wanted = [city.component[5]!.id, 2 ** 40 + node.id, 987_654_321];
  const found: number[] = [];
  await rows.features("components", ({ ids }) => found.push(...Array.from(ids)), wanted);
  expect(found).toEqual(wanted.slice(0, 2));
});

test("networks come by ordinal with their editions; the day says which is in force", async () => {
  const networks = await rows.networks();
  expect(networks.map(({ code }) => code)).toEqual(
    [...city.network].sort((a, b) => a.ordinal - b.ordinal).map(({ code }) => code),
  );
  expect(networks[0]).toMatchObject({ current: 1, editions: [1] });
  expect((await tileRows(db, () => "1999-01-01").networks())[0]).toMatchObject({ current: null, editions: [] });
});

test("the state names the database and the last change of each layer", async () => {
  const before = await rows.state();
  expect(before.database).toMatch(/^[a-z0-9]+$/);
  const [change] = await db.query(sql<{ rev: number }>`
    select record_change('roads', array[1]::bigint[], null) as rev`);
  const after = await rows.state();
  expect(after.database).toBe(before.database);
  expect(after.revs.roads).toBe(change!.rev);
  expect(after.revs.buildings).toBe(before.revs.buildings);
});

test("a change in the database reaches the tile", async () => {
  const source = await loaded("buildings", rows);
  const { id } = city.building[0]!;
  await db.query(sql`update building set floors = 88 where id = ${id}`);
  await source.follow({ layer: "buildings", ids: [id], bbox: null, rev: 1000 });
  const features = await readFeatures(source, 16, "buildings");
  expect(features.find((feature) => feature.id === id)!.attributes.floors).toBe(88);
});
