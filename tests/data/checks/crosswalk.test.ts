import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type CrosswalkRow, crossAreas } from "../../../data/checks/crosswalk.ts";
import type { CoverageArea } from "../../../data/coverage/fault.ts";
import { generateDemo } from "../../../data/demo/generate.ts";
import { readCoverage } from "../../../data/exchange/read_coverage.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { CityRows } from "../../../data/schema/city_rows.ts";
import type { MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import type { Db } from "../../../server/db/db.ts";
import { testDatabase } from "../../support/database.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { seeded } from "../division/dissection.ts";

const nothing = { buildings: [], legal_entities: [] };
const at = (x: number, y: number): Position => [126.6 + x * 1e-4, 45.7 + y * 1e-4];
const box = (w: number, s: number, e: number, n: number): MultiPolygon => [
  [[...at(w, s), ...at(e, s), ...at(e, n), ...at(w, n), ...at(w, s)]],
];
const shares = (row: CrosswalkRow) =>
  Object.fromEntries(row.parts.map(({ id, area_m2 }) => [id, Math.round((1000 * area_m2) / row.total.area_m2) / 1000]));

test("an area is parted by what it meets, largest first, and what lies in nothing is the rest", () => {
  //  ┌───┬───┐      ┌─────┬─
  //  │ A │ B │   ×  │  1  │ 2  …  up to the middle of B
  //  └───┴───┘      └─────┴─
  const from = [
    { id: "A", polygons: box(0, 0, 10, 10) },
    { id: "B", polygons: box(10, 0, 20, 10) },
  ];
  const to = [
    { id: "1", polygons: box(0, 0, 7, 10) },
    { id: "2", polygons: box(7, 0, 15, 10) },
  ];
  const things = {
    buildings: [
      { at: at(1, 1), households: 10 },
      { at: at(8, 1), households: 5 },
      { at: at(18, 1), households: 3 },
      { at: at(30, 1), households: 99 },
    ],
    legal_entities: [at(8, 2), at(9, 2), at(19, 2), at(-1, 0)],
  };
  const [a, b] = crossAreas(from, to, things);
  expect(shares(a!)).toEqual({ "1": 0.7, "2": 0.3 });
  expect(a!.parts.map(({ id, households, legal_entities }) => [id, households, legal_entities])).toEqual([
    ["1", 10, 0],
    ["2", 5, 2],
  ]);
  expect(a!.rest).toEqual({ area_m2: 0, households: 0, legal_entities: 0 });
  expect(shares(b!)).toEqual({ "2": 0.5 });
  expect(b!.rest).toMatchObject({ households: 3, legal_entities: 1 });
  expect(b!.rest.area_m2 / b!.total.area_m2).toBeCloseTo(0.5, 9);
});

test("a building on the border of two areas is counted once", () => {
  const from = [
    { id: "A", polygons: box(0, 0, 10, 10) },
    { id: "B", polygons: box(10, 0, 20, 10) },
  ];
  const onBorder = { buildings: [{ at: at(10, 5), households: 7 }], legal_entities: [at(10, 5)] };
  const rows = crossAreas(from, [{ id: "1", polygons: box(0, 0, 20, 10) }], onBorder);
  expect(rows.reduce((sum, { total }) => sum + total.households, 0)).toBe(7);
  expect(rows.reduce((sum, { total }) => sum + total.legal_entities, 0)).toBe(1);
});

test("nothing crosses nothing", () => {
  expect(crossAreas([], [], nothing)).toEqual([]);
  const [row] = crossAreas([{ id: "A", polygons: box(0, 0, 10, 10) }], [], nothing);
  expect(row!.parts).toEqual([]);
  expect(row!.rest.area_m2).toBeCloseTo(areaOf(box(0, 0, 10, 10)), 3);
});

test("holes, enclaves and pieces of either are kept apart", () => {
  const [x, y] = at(4, 4);
  const around: MultiPolygon = [[...box(0, 0, 10, 10)[0]!, box(4, 4, 6, 6)[0]![0]!]];
  const from = [
    { id: "around", polygons: around },
    { id: "enclave", polygons: box(4, 4, 6, 6) },
  ];
  const to = [{ id: "pieces", polygons: [...box(1, 1, 2, 2), ...box(5, 3, 9, 5)] }];
  const rows = crossAreas(from, to, { buildings: [], legal_entities: [[x + 1e-5, y + 1e-5]] });
  expect(shares(rows[0]!)).toEqual({ pieces: Math.round((8000 * 1) / 96) / 1000 });
  expect(shares(rows[1]!)).toEqual({ pieces: 0.25 });
  expect(rows[1]!.rest.legal_entities).toBe(1);
});

test("parts and rest add up to the area, and what two have in common is the same from either side", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 7 }), fc.integer({ min: 2, max: 7 }), (seed, one, other) => {
      const from = aPlanarDivision({ columns: one, rows: one, areas: one, detail: 2, seed }).areas;
      const to = aPlanarDivision({ columns: other, rows: other, areas: other, detail: 1, seed: seed + 1 }).areas;
      const random = seeded(seed);
      const point = (): Position => [121.4 + 0.006 * random(), 33.6 + 0.005 * random()];
      const things = {
        buildings: Array.from({ length: 100 }, () => ({ at: point(), households: Math.floor(9 * random()) })),
        legal_entities: Array.from({ length: 50 }, point),
      };
      const rows = crossAreas(from, to, things);
      const back = new Map(crossAreas(to, from, things).map((row) => [row.id, row]));
      rows.forEach(({ id, total, parts, rest }, i) => {
        const whole = areaOf(from[i]!.polygons);
        expect(Math.abs(total.area_m2 / whole - 1)).toBeLessThan(1e-6);
        for (const what of ["area_m2", "households", "legal_entities"] as const) {
          const sum = parts.reduce((all, part) => all + part[what], rest[what]);
          expect(Math.abs(sum - total[what])).toBeLessThanOrEqual(1e-9 * total[what]);
        }
        for (const part of parts) {
          const same = back.get(part.id)!.parts.find((one) => one.id === id);
          if (part.area_m2 > 1e-3) expect(Math.abs(same!.area_m2 / part.area_m2 - 1)).toBeLessThan(1e-6);
          expect(same?.households ?? 0).toBe(part.households);
        }
      });
    }),
    { numRuns: 60 },
  );
});

describe("the demo district", () => {
  const rows = generateDemo({ size: "district" });
  const things = {
    buildings: rows.building.map((building) => ({ at: building.at, households: building.households })),
    legal_entities: rows.legal_entity.map((entity) => entity.at),
  };

  let db: Db;
  beforeAll(async () => {
    db = await testDatabase();
  });

  test.each([
    ["fire", "governance"],
    ["governance", "fire"],
    ["fire", "cells"],
  ])("lies crosswise as PostGIS says: %s × %s", async (one, other) => {
    const [from, to] = [leaves(rows, one), leaves(rows, other)];
    expect(from.length).toBeGreaterThan(200);
    const crossed = crossAreas(from, to, things);
    const truth = await intersect(db, from, to);
    let counted = 0;
    for (const { id, parts } of crossed) {
      for (const part of parts) {
        const surface = truth.get(`${id} ${part.id}`) ?? 0;
        expect(Math.abs(part.area_m2 - surface)).toBeLessThan(0.01 + 1e-6 * surface);
        if (part.area_m2 > 0.01) counted++;
      }
    }
    expect(counted).toBe([...truth.values()].filter((surface) => surface > 0.01).length);
    const households = crossed.reduce((sum, { total }) => sum + total.households, 0);
    expect(households).toBe(rows.building.reduce((sum, building) => sum + building.households, 0));
  });
});

/** The lowest areas of one network. */
function leaves({ network, area }: CityRows, code: string): CoverageArea[] {
  const { id } = network.find((one) => one.code === code)!;
  const parents = new Set(area.map(({ parent_id }) => parent_id));
  return area
    .filter((one) => one.network_id === id && !parents.has(one.id))
    .map((one) => ({ id: String(one.id), polygons: one.geom }));
}

/** «from to» → m² of what PostGIS cuts out. */
async function intersect(db: Db, from: CoverageArea[], to: CoverageArea[]): Promise<Map<string, number>> {
  for (const [table, areas] of [
    ["crossed_from", from],
    ["crossed_to", to],
  ] as const) {
    await db.execute(`drop table if exists ${table}; create table ${table} (id text, geom geometry(MultiPolygon))`);
    for (let i = 0; i < areas.length; i += 200) {
      const values = areas.slice(i, i + 200).map(({ id, polygons }) => `('${id}', '${inWkt(polygons)}')`);
      await db.execute(`insert into ${table} values ${values.join()}`);
    }
    await db.execute(`create index on ${table} using gist (geom)`);
  }
  const found = await db.query<{ id: string; geojson: string }>({
    text: `select a.id || ' ' || b.id as id,
        st_asgeojson(st_collectionextract(st_intersection(a.geom, b.geom), 3), 15) as geojson
      from crossed_from a join crossed_to b on a.geom && b.geom and st_relate(a.geom, b.geom, 'T********')`,
    values: [],
  });
  return new Map(
    found.map(({ id, geojson }) => [id, areaOf(readCoverage(JSON.parse(geojson)).areas[0]?.polygons ?? [])]),
  );
}

function inWkt(polygons: MultiPolygon): string {
  const ringText = (ring: readonly number[]) =>
    `(${Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`).join()})`;
  return `MULTIPOLYGON(${polygons.map((polygon) => `(${polygon.map(ringText).join()})`).join()})`;
}
