import { beforeEach, expect, test } from "vitest";
import { generateDemo } from "../../data/demo/generate.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import { tileLayers } from "../../data/schema/tile_layers.ts";
import { TileRegistry, type TileQuery } from "../../tiles/registry.ts";
import { AreaSource } from "../../tiles/resident/area_source.ts";
import { FeatureSource } from "../../tiles/resident/feature_source.ts";
import { lonOfWorld, latOfWorld, worldBits, worldX, worldY } from "../../tiles/tile_math.ts";
import { cityTileRows } from "../support/city_tile_rows.ts";
import { governance } from "./read_tiles.ts";
import { readStrictly } from "./strict_reader.ts";

const community = generateDemo({ size: "community" });
let city: CityRows;
let registry: TileRegistry;

beforeEach(async () => {
  city = { ...community, building: community.building.map((row) => ({ ...row })) };
  const rows = cityTileRows(city);
  const sources = tileLayers.map((layer) =>
    layer === "areas" ? new AreaSource(rows) : new FeatureSource(layer, rows),
  );
  registry = new TileRegistry(sources, rows, 10_000_000);
  await registry.load();
});

/** The tile that a position lies in. */
function tileAt([lon, lat]: readonly [number, number], z: number, layers: TileQuery["layers"]): TileQuery {
  const side = 2 ** (worldBits - z);
  return { layers, z, x: Math.floor(worldX(lon) / side), y: Math.floor(worldY(lat) / side), view: governance };
}

test("several layers come as one tile, in any order, each once", async () => {
  const query = tileAt(city.building[0]!.at, 15, registry.layersOf("buildings,areas,roads,areas"));
  const { body } = await registry.tile(query, "identity");
  const expected = ["areas", "area_arcs", "area_labels", "roads", "buildings"];
  const names = readStrictly(body!).map(({ name }) => name);
  expect(names).toEqual(expected.filter((name) => names.includes(name)));
  expect(names).toEqual(expect.arrayContaining(["areas", "buildings"]));
  expect(registry.layersOf("areas,roads")).toEqual(registry.layersOf("roads,areas"));
});

test("a finished tile is there at once, in the form in which it was asked for", async () => {
  const query = tileAt(city.building[0]!.at, 15, ["buildings"]);
  expect(registry.finished(query, "br")).toBeUndefined();
  const { body, version } = await registry.tile(query, "br");
  expect(registry.finished(query, "br")).toEqual({ version, body });
  expect(registry.finished(query, "gzip")).toBeUndefined();
  expect((await registry.tile(query, "gzip")).version).toBe(version);
});

test("a change evicts the tiles that it meets; all others keep their version", async () => {
  const near = tileAt(city.building[0]!.at, 16, ["buildings"]);
  const far = { ...near, x: near.x + 500 };
  const before = await registry.tile(near, "identity");
  await registry.tile(far, "identity");
  const versionFar = registry.versionOf(far);
  city.building[0]!.floors = 77;
  const touched = await registry.follow([{ layer: "buildings", ids: [city.building[0]!.id], bbox: null, rev: 1 }]);
  expect(touched).toHaveLength(1);
  const after = await registry.tile(near, "identity");
  expect(after.version).not.toBe(before.version);
  expect(readStrictly(after.body!)[0]!.features.find(({ id }) => id === city.building[0]!.id)!.attributes.floors).toBe(
    77,
  );
  expect(registry.versionOf(far)).toBe(versionFar);
});

test("changes of one layer are taken together, those of other things passed over", async () => {
  const changes = [1, 2, 3].map((rev) => ({ layer: "buildings", ids: [rev], bbox: null, rev }));
  expect(await registry.follow([...changes, { layer: "staff", ids: [1], bbox: null, rev: 4 }])).toHaveLength(1);
  expect(registry.versionOf(tileAt(city.building[0]!.at, 16, ["buildings"]))).toBe("test.3");
});

test("a tile that was being drawn when a change came is not kept", async () => {
  const query = tileAt(city.building[0]!.at, 16, ["buildings", "roads"]);
  const drawing = registry.tile(query, "identity");
  city.building[0]!.floors = 55;
  await registry.follow([{ layer: "buildings", ids: [city.building[0]!.id], bbox: null, rev: 9 }]);
  await drawing;
  const { body, version } = await registry.tile(query, "identity");
  expect(version).toContain("test.9");
  const buildings = readStrictly(body!).find(({ name }) => name === "buildings")!;
  expect(buildings.features.find(({ id }) => id === city.building[0]!.id)!.attributes.floors).toBe(55);
});

test("a reading that fails leaves the tiles as they were, and a later one makes good", async () => {
  const rows = cityTileRows(city);
  let isDown = false;
  const flaky = {
    ...rows,
    features: (...args: Parameters<typeof rows.features>) =>
      isDown ? Promise.reject(new Error("no database")) : rows.features(...args),
  };
  const own = new TileRegistry([new FeatureSource("buildings", flaky)], flaky, 1_000_000);
  await own.load();
  const query = tileAt(city.building[0]!.at, 16, ["buildings"]);
  const before = await own.tile(query, "identity");
  isDown = true;
  city.building[0]!.floors = 66;
  const change = { layer: "buildings", ids: [city.building[0]!.id], bbox: null, rev: 1 };
  await expect(own.follow([change])).rejects.toThrow("no database");
  expect(await own.tile(query, "identity")).toEqual(before);
  isDown = false;
  await own.follow([change]);
  expect((await own.tile(query, "identity")).version).not.toBe(before.version);
});

test("on a new day the edition then in force and its leaders are read, under another version", async () => {
  const rows = cityTileRows(city);
  let day = "2026-06-01";
  const networks = async () => [{ code: "governance", current: day === "2026-06-01" ? 1 : 2, editions: [1, 2] }];
  const own = new TileRegistry(
    [new AreaSource({ ...rows, networks, today: () => day })],
    { ...rows, networks, today: () => day },
    1_000_000,
  );
  await own.load();
  const query = () => ({ ...tileAt(city.building[0]!.at, 14, ["areas"]), view: own.viewOf(null, null) });
  const before = await own.tile(query(), "identity");
  await own.renew();
  expect(own.versionOf(query())).toBe(before.version);
  day = "2026-06-02";
  await own.renew();
  expect(own.viewOf(null, null).edition).toBe(2);
  expect((await own.tile(query(), "identity")).version).not.toBe(before.version);
});

test("TileJSON names every vector layer with its fields, the zooms and the bounds", () => {
  const set = registry.tileSet(registry.layersOf("areas,buildings"), governance);
  expect(set.vector_layers.map(({ id }) => id)).toEqual(["areas", "area_arcs", "area_labels", "buildings"]);
  expect(set).toMatchObject({ tilejson: "3.0.0", minzoom: 0, maxzoom: 16 });
  const [west, south, east, north] = set.bounds!;
  for (const { at } of city.building) {
    expect(at[0] > west && at[0] < east && at[1] > south && at[1] < north).toBe(true);
  }
});

test("world units turn back into the degrees they came from, to two centimetres", () => {
  for (const [lon, lat] of [
    [121.4, 33.6],
    [-179.99, -85],
    [0, 0],
  ] as const) {
    expect(lonOfWorld(worldX(lon))).toBeCloseTo(lon, 6);
    expect(latOfWorld(worldY(lat))).toBeCloseTo(lat, 6);
  }
});
