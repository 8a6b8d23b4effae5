import { beforeAll, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import type { CityRows } from "../../../data/schema/city_rows.ts";
import { tileLayers } from "../../../data/schema/tile_layers.ts";
import { FeatureSource } from "../../../tiles/resident/feature_source.ts";
import { everythingOf } from "../../../tiles/scope/tile_scope.ts";
import type { FeatureLayer } from "../../../tiles/rows.ts";
import { boxesMeet, boxOfDegrees, tileBox } from "../../../tiles/tile_math.ts";
import { zoomRanges } from "../../../tiles/zoom_ranges.ts";
import { cityTileRows } from "../../support/city_tile_rows.ts";
import { governance, readFeatures, readZoom } from "../read_tiles.ts";
import { readStrictly } from "../strict_reader.ts";

let city: CityRows;

beforeAll(() => {
  city = generateDemo({ size: "community" });
});

async function loaded(layer: FeatureLayer, rows = city): Promise<FeatureSource> {
  const source = new FeatureSource(layer, cityTileRows(rows));
  await source.load();
  return source;
}

const featureLayers = tileLayers.filter((layer): layer is FeatureLayer => layer !== "areas");

test("every layer's tiles are valid at every zoom and carry exactly the attributes that the contract names", async () => {
  for (const layer of featureLayers) {
    const source = await loaded(layer);
    const allowed = new Set(Object.keys(source.vectorLayers[0]!.fields));
    for (let z = 0; z <= 16; z++) {
      for (const { id, attributes } of await readFeatures(source, z, layer)) {
        expect(attributes.id).toBe(id);
        for (const key of Object.keys(attributes)) expect(allowed).toContain(key);
      }
    }
  }
});

test("buildings begin at zoom 14 and none is lost from there on, however small", async () => {
  const source = await loaded("buildings");
  expect(await readZoom(source, 13)).toEqual([]);
  for (const z of [14, 15, 16]) {
    const ids = new Set((await readFeatures(source, z, "buildings")).map(({ id }) => id));
    expect(ids.size).toBe(city.building.length);
  }
});

test("a building carries its facts; what is not known is absent", async () => {
  const source = await loaded("buildings");
  const features = await readFeatures(source, 16, "buildings");
  for (const row of city.building.slice(0, 50)) {
    const { attributes } = features.find(({ id }) => id === row.id)!;
    expect(attributes).toEqual({
      id: row.id,
      use: row.use,
      floors: row.floors,
      ...(row.name && { name: row.name }),
      ...(row.number && { number: row.number }),
      households: row.households,
      structure: row.structure,
      estimated: Number(row.estimated),
    });
  }
});

test("a polygon smaller than a tile unit is drawn as a small square", async () => {
  const tiny = {
    ...city.building[0]!,
    id: 1,
    geom: [[square(121.4, 33.6, 1e-7)]],
    at: [121.4, 33.6] as [number, number],
  };
  const source = await loaded("buildings", { ...city, building: [tiny] });
  const [feature, ...others] = await readFeatures(source, 14, "buildings");
  expect(others).toEqual([]);
  expect(feature!.parts).toHaveLength(1);
  expect(feature!.parts[0]).toHaveLength(8);
});

test("a polygon round a whole tile covers it, holes and all, and one beside it is not there", async () => {
  const ring = square(121.3, 33.5, 0.2);
  const hole = square(121.4, 33.6, 0.0002);
  const big = { ...city.building[0]!, id: 7, geom: [[ring, hole]] };
  const source = await loaded("buildings", { ...city, building: [big] });
  const tiles = await readZoom(source, 16);
  const parts = new Set(tiles.map(({ layers }) => layers[0]!.features[0]!.parts.length));
  expect(parts).toEqual(new Set([1, 2]));
});

test("a point is in one tile a zoom, the one that it lies in", async () => {
  for (const layer of ["components", "facilities", "key_units"] as const) {
    const source = await loaded(layer);
    const ids = (await readFeatures(source, 16, layer)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  }
});

test("components and pipe nodes share a layer without their ids ever meeting", async () => {
  const features = await readFeatures(await loaded("components"), 16, "components");
  const nodes = features.filter(({ id }) => id! > 2 ** 40);
  expect(new Set(nodes.map(({ attributes }) => attributes.kind))).toEqual(new Set(["valve", "manhole", "source"]));
  expect(nodes.length + city.component.length).toBe(features.length);
  expect(nodes.every(({ attributes }) => "pipe_kind" in attributes)).toBe(true);
});

test("a road that leaves the tile goes on through its buffer and no further", async () => {
  const features = await readFeatures(await loaded("roads"), 16, "roads");
  const values = features.flatMap(({ parts }) => parts.flat());
  expect(Math.max(...values)).toBe(4096 + 96);
  expect(Math.min(...values)).toBe(-96);
});

test("a building that two tiles share is whole in both, so that a map names it once", async () => {
  const tiles = await readZoom(await loaded("buildings"), 16);
  const shapes = new Map<number, Set<string>>();
  let shared = 0;
  for (const { x, y, layers } of tiles) {
    for (const { id, parts } of layers[0]!.features) {
      const shift = (value: number, i: number) => value + 4096 * (i % 2 === 0 ? x : y);
      const found = shapes.get(id!) ?? new Set();
      if (shapes.has(id!)) shared++;
      shapes.set(id!, found.add(JSON.stringify(parts.map((part) => part.map(shift)))));
    }
  }
  expect(shared).toBeGreaterThan(10);
  for (const [id, versions] of shapes) expect(versions.size, `building ${id}`).toBe(1);
});

test("an empty layer and a tile far away are no bytes", async () => {
  const empty = await loaded("estates", { ...city, estate: [] });
  expect(empty.box()).toBeNull();
  expect(await empty.tile(14, 13720, 6566, governance, everythingOf("estates"))).toHaveLength(0);
  expect(await (await loaded("buildings")).tile(14, 0, 0, governance, everythingOf("buildings"))).toHaveLength(0);
});

test("the same rows give the same bytes", async () => {
  const [one, other] = [await loaded("buildings"), await loaded("buildings")];
  const [tile] = await readZoom(one, 14);
  const all = everythingOf("buildings");
  expect(await one.tile(14, tile!.x, tile!.y, governance, all)).toEqual(
    await other.tile(14, tile!.x, tile!.y, governance, all),
  );
});

test("a change moves, adds and removes features, and says where tiles changed", async () => {
  const rows = { ...city, building: city.building.map((row) => ({ ...row })) };
  const source = await loaded("buildings", rows);
  const versionBefore = source.version();
  const [moved, gone] = [rows.building[3]!, rows.building[4]!];
  const old = moved.geom[0]![0]!;
  moved.geom = [[old.map((value, i) => (i % 2 === 0 ? value + 0.05 : value))]];
  rows.building.splice(4, 1);
  rows.building.push({ ...moved, id: 9001, floors: 99 });
  const box = await source.follow({ layer: "buildings", ids: [moved.id, gone.id, 9001], bbox: null, rev: 5 });
  expect(source.version()).not.toBe(versionBefore);
  const features = await readFeatures(source, 16, "buildings");
  const ids = new Set(features.map(({ id }) => id));
  expect(ids.has(gone.id)).toBe(false);
  expect(features.find(({ id }) => id === 9001)!.attributes.floors).toBe(99);
  for (const ring of [old, moved.geom[0]![0]!]) {
    expect(boxesMeet(box!, boxOfDegrees([ring[0]!, ring[1]!, ring[0]!, ring[1]!]))).toBe(true);
  }
  expect(ids.size).toBe(rows.building.length);
});

test("tiles after a change are those of a source that was loaded after it", async () => {
  const rows = { ...city, road: city.road.map((row) => ({ ...row })) };
  const source = await loaded("roads", rows);
  rows.road[0] = { ...rows.road[0]!, class: "main", name: "改名路" };
  rows.road.splice(5, 2);
  await source.follow({
    layer: "roads",
    ids: [rows.road[0].id, city.road[5]!.id, city.road[6]!.id],
    bbox: null,
    rev: 1,
  });
  const fresh = await loaded("roads", rows);
  const byId = (features: { id: number | undefined }[]) => [...features].sort((a, b) => a.id! - b.id!);
  for (const z of [11, 14, 16]) {
    expect(byId(await readFeatures(source, z, "roads"))).toEqual(byId(await readFeatures(fresh, z, "roads")));
  }
});

test("a tile holds every feature whose box meets it with its buffer", async () => {
  const source = await loaded("pipes");
  const [tile] = await readZoom(source, 15);
  const here = readStrictly(
    await source.tile(15, tile!.x, tile!.y, governance, everythingOf(source.layer)),
  )[0]!.features.map(({ id }) => id);
  const [left, top, right, bottom] = tileBox(15, tile!.x, tile!.y);
  const within = city.pipe.filter(({ geom }) => {
    const [x, y] = boxOfDegrees([geom[0]!, geom[1]!, geom[0]!, geom[1]!]);
    return x > left && x < right && y > top && y < bottom;
  });
  expect(here).toEqual(expect.arrayContaining(within.map(({ id }) => id)));
  expect(zoomRanges.pipes.from).toBe(15);
});

function square(lon: number, lat: number, side: number): number[] {
  return [lon, lat, lon + side, lat, lon + side, lat + side, lon, lat + side, lon, lat];
}
