import { beforeAll, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import type { AreaRow, CityRows } from "../../../data/schema/city_rows.ts";
import { AreaSource } from "../../../tiles/resident/area_source.ts";
import { everythingOf } from "../../../tiles/scope/tile_scope.ts";
import { cityTileRows } from "../../support/city_tile_rows.ts";
import { governance, readFeatures, readZoom } from "../read_tiles.ts";
import { type ReadFeature, ringArea } from "../strict_reader.ts";

let city: CityRows;
let source: AreaSource;

beforeAll(async () => {
  city = generateDemo({ size: "community" });
  source = await loaded(city);
});

async function loaded(rows: CityRows): Promise<AreaSource> {
  const areas = new AreaSource(cityTileRows(rows));
  await areas.load();
  return areas;
}

const box = (w: number, s: number, e: number, n: number) => [[[w, s, e, s, e, n, w, n, w, s]]];

/**
 * One network by hand: a street 1 with community 2 (grids 4, 5, of which 5 has sub-grids 7, 8), community 3 without
 * grids, and a grid 6 right below the street.
 *
 *     33.02 ┌──────┬───7──┬──────┐
 *           │  4   ├──5───┤  3   │
 *     33.01 ├──────┴───8──┼──────┤
 *           │      6      │  3   │
 *     33.00 └─────────────┴──────┘
 *         121.00         .02    .03
 */
function unevenCity(): CityRows {
  const area = (id: number, level_id: number, parent_id: number | null, geom: AreaRow["geom"]): AreaRow => ({
    id,
    network_id: 1,
    level_id,
    parent_id,
    code: `c${id}`,
    name: `长名${id}`,
    short_name: `短名0${id}`,
    kind: "basic",
    profile_id: null,
    child_profile_id: null,
    geom,
  });
  const level = (id: number, role: "subdistrict" | "community" | "grid" | "sub") => ({
    id,
    network_id: 1,
    ordinal: id,
    role,
    name: role,
    name_en: role,
    profile_id: null,
  });
  const two = box(121, 33.01, 121.02, 33.02);
  const three = box(121.02, 33, 121.03, 33.02);
  three[0]![0]!.splice(8, 0, 121.02, 33.01);
  const five = [
    [[121.01, 33.01, 121.02, 33.01, 121.02, 33.015, 121.02, 33.02, 121.01, 33.02, 121.01, 33.015, 121.01, 33.01]],
  ];
  const four = [[[121, 33.01, 121.01, 33.01, 121.01, 33.015, 121.01, 33.02, 121, 33.02, 121, 33.01]]];
  return {
    ...city,
    level: [level(1, "subdistrict"), level(2, "community"), level(3, "grid"), level(4, "sub")],
    network: [{ ...city.network[0]!, id: 1, code: "governance", ordinal: 1 }],
    area: [
      area(1, 1, null, box(121, 33, 121.03, 33.02)),
      area(2, 2, 1, two),
      area(3, 2, 1, three),
      area(4, 3, 2, four),
      area(5, 3, 2, five),
      area(6, 3, 1, box(121, 33, 121.02, 33.01)),
      area(7, 4, 5, box(121.01, 33.015, 121.02, 33.02)),
      area(8, 4, 5, box(121.01, 33.01, 121.02, 33.015)),
    ],
    assignment: [],
  };
}

const pairOf = ({ attributes: { left, right } }: ReadFeature) =>
  [left, right]
    .map(Number)
    .sort((a, b) => a - b)
    .join("|");

test("every border of an uneven tree comes once, with the highest level that it separates and the deepest areas beside it", async () => {
  const arcs = await readFeatures(await loaded(unevenCity()), 14, "area_arcs");
  const borders = new Map(arcs.map((arc) => [pairOf(arc), `${arc.attributes.level} ${arc.attributes.role}`]));
  expect(Object.fromEntries(borders)).toEqual({
    "0|3": "1 subdistrict",
    "0|4": "1 subdistrict",
    "0|6": "1 subdistrict",
    "0|7": "1 subdistrict",
    "3|6": "2 community",
    "3|7": "2 community",
    "3|8": "2 community",
    "4|6": "2 community",
    "6|8": "2 community",
    "4|7": "3 grid",
    "4|8": "3 grid",
    "7|8": "4 sub",
  });
});

test("farther out borders run on past the ends of deeper ones", async () => {
  const arcs = await readFeatures(await loaded(unevenCity()), 10, "area_arcs");
  const levels = new Map<number, number>();
  for (const { attributes } of arcs)
    levels.set(Number(attributes.level), (levels.get(Number(attributes.level)) ?? 0) + 1);
  // the street's outline is one line, the communities' borders meet in one node
  expect(levels.get(1)).toBe(1);
  expect(levels.get(2)).toBe(3);
});

test("a network of very many areas without a level above them shows its outline far out, and them from their own zoom", async () => {
  const rows = unevenCity();
  const side = 130;
  const [first] = rows.area;
  rows.level = [{ ...rows.level[0]!, role: "grid" }];
  rows.area = Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [121 + (i % side) * 0.001, 33 + Math.floor(i / side) * 0.001].map(
      (value) => Math.round(value * 1e9) / 1e9,
    ) as [number, number];
    const [east, north] = [x + 0.001, y + 0.001].map((value) => Math.round(value * 1e9) / 1e9) as [number, number];
    return { ...first!, id: i + 1, code: `c${i}`, geom: [[[x, y, east, y, east, north, x, north, x, y]]] };
  });
  const many = await loaded(rows);
  expect(await readFeatures(many, 9, "areas")).toEqual([]);
  const outline = await readFeatures(many, 9, "area_arcs");
  expect(outline.length).toBeGreaterThan(0);
  expect(outline.every(({ attributes }) => attributes.left === 0 || attributes.right === 0)).toBe(true);
  expect(new Set((await readFeatures(many, 12, "areas")).map(({ id }) => id)).size).toBe(side * side);
});

test("faces say whether anything lies below them", async () => {
  const faces = await readFeatures(await loaded(unevenCity()), 15, "areas");
  const leaves = new Map(faces.map(({ id, attributes }) => [id, attributes.leaf]));
  expect(Object.fromEntries(leaves)).toEqual({ 1: 0, 2: 0, 3: 1, 4: 1, 5: 0, 6: 1, 7: 1, 8: 1 });
});

test("labels carry the short name, its number, the leader where there is one, and lie in one tile a zoom", async () => {
  const leaders = new Set(
    city.assignment
      .filter(({ duty_id }) => duty_id === city.duty.find(({ code }) => code === "leader")!.id)
      .map(({ area_id }) => area_id),
  );
  for (const z of [0, 12, 14, 16]) {
    const labels = await readFeatures(source, z, "area_labels");
    const ids = labels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, attributes } of labels) {
      const row = city.area.find((area) => area.id === id)!;
      expect(attributes.name).toBe(row.short_name);
      expect(attributes.number).toBe(/\d+$/.exec(row.short_name)?.[0]);
      expect("leader" in attributes).toBe(leaders.has(row.id));
      expect(Number.isInteger(attributes.size)).toBe(true);
    }
  }
});

test("every level is there at the zooms that the style draws it, the top at all", async () => {
  const rolesAt = async (z: number) =>
    new Set((await readFeatures(source, z, "areas")).map(({ attributes }) => attributes.role));
  const top = city.level.filter(({ network_id }) => network_id === 1).sort((a, b) => a.ordinal - b.ordinal)[0]!.role;
  expect(await rolesAt(0)).toEqual(new Set([top]));
  expect([...(await rolesAt(11))]).toContain("community");
  expect([...(await rolesAt(13))]).toContain("grid");
});

test("no area is lost at any zoom from which its level is drawn", async () => {
  const governed = city.area.filter(
    ({ network_id }) => network_id === city.network.find(({ code }) => code === "governance")!.id,
  );
  for (const z of [14, 15, 16]) {
    const ids = new Set((await readFeatures(source, z, "areas")).map(({ id }) => id));
    expect(ids.size).toBe(governed.length);
  }
});

test("generalised neighbours leave no gap and no overlap: their edges cancel but for the outline of the whole", async () => {
  for (let z = 10; z <= 13; z++) {
    for (const { layers } of await readZoom(source, z)) {
      const faces = layers.find(({ name }) => name === "areas")!.features;
      const shown = new Set(faces.map(({ id }) => id));
      const parents = new Set(city.area.filter(({ id }) => shown.has(id)).map(({ parent_id }) => parent_id));
      const deepest = faces.filter(({ id }) => !parents.has(id!));
      const top = faces.filter(({ attributes }) => attributes.level === 1);
      expect(deepest.length).toBeGreaterThan(top.length);
      expect(unpairedEdges(deepest)).toEqual(unpairedEdges(top));
    }
  }
});

/** Directed edges without one in the opposite direction; those along the cut round the tile left out. */
function unpairedEdges(faces: ReadFeature[]): string[] {
  const edges = new Map<string, number>();
  for (const { parts } of faces) {
    for (const ring of parts) {
      for (let i = 0; i < ring.length; i += 2) {
        const [ax, ay] = [ring[i]!, ring[i + 1]!];
        const [bx, by] = [ring[(i + 2) % ring.length]!, ring[(i + 3) % ring.length]!];
        if ((ax === bx && (ax === -96 || ax === 4192)) || (ay === by && (ay === -96 || ay === 4192))) continue;
        const back = `${bx},${by} ${ax},${ay}`;
        if (edges.get(back)) edges.set(back, edges.get(back)! - 1);
        else edges.set(`${ax},${ay} ${bx},${by}`, (edges.get(`${ax},${ay} ${bx},${by}`) ?? 0) + 1);
      }
    }
  }
  return [...edges]
    .filter(([, count]) => count > 0)
    .map(([edge]) => edge)
    .sort();
}

test("the surface of all grids is that of what they cover, at every zoom", async () => {
  for (let z = 11; z <= 13; z++) {
    for (const { layers } of await readZoom(source, z)) {
      const faces = layers.find(({ name }) => name === "areas")!.features;
      const surface = (those: ReadFeature[]) =>
        those.reduce((sum, { parts }) => sum + parts.reduce((s, ring) => s + ringArea(ring), 0), 0);
      const parents = new Set(
        city.area
          .filter(({ id }) => faces.some((face) => face.id === id && face.attributes.role === "grid"))
          .map(({ parent_id }) => parent_id),
      );
      const communities = faces.filter(({ id, attributes }) => parents.has(id!) && attributes.role === "community");
      const grids = faces.filter(
        ({ id, attributes }) =>
          attributes.role === "grid" &&
          communities.some((face) => face.id === city.area.find((row) => row.id === id)!.parent_id),
      );
      expect(grids.length).toBeGreaterThan(0);
      expect(surface(grids)).toBe(surface(communities));
    }
  }
});

test("a network without a published edition has no tiles", async () => {
  expect(await source.tile(12, 3430, 1641, { network: null, edition: null }, everythingOf("areas"))).toHaveLength(0);
  expect(
    await source.tile(12, 3430, 1641, { network: "governance", edition: null }, everythingOf("areas")),
  ).toHaveLength(0);
});

test("a change of the division is read anew and evicts the whole division where it says no place", async () => {
  const rows = unevenCity();
  const areas = await loaded(rows);
  rows.area = rows.area.filter(({ id }) => id < 7);
  const box = await areas.follow({ layer: "areas", ids: [5], bbox: null, rev: 3 });
  expect(box).toEqual(areas.box(governance));
  const faces = await readFeatures(areas, 15, "areas");
  expect(faces.find(({ id }) => id === 5)!.attributes.leaf).toBe(1);
});
