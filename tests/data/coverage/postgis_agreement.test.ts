import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Fault } from "../../../data/coverage/fault.ts";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import { findInvalidity } from "../../../data/coverage/validity.ts";
import { readCoverage } from "../../../data/exchange/read_coverage.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { MultiPolygon, Polygon, Ring } from "../../../data/schema/geometry.ts";
import type { Db } from "../../../server/db/db.ts";
import { testDatabase } from "../../support/database.ts";

let db: Db;
beforeAll(async () => {
  db = await testDatabase();
});

/** Whole steps of about 10 m, so that vertices meet, touch and lie on each other's edges often. */
const step = 1e-4;
const place = (x: number, y: number): [number, number] => [
  Math.round((126.6 + x * step) * 1e9) / 1e9,
  Math.round((45.7 + y * step) * 1e9) / 1e9,
];
const closed = (corners: [number, number][]): Ring => [...corners, corners[0]!].flatMap(([x, y]) => place(x, y));
const corner = fc.tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 16 }));

/** Corners sorted round their middle: mostly simple. */
const starRing = fc.uniqueArray(corner, { minLength: 3, maxLength: 8, selector: String }).map((corners) => {
  const [mx, my] = [0, 1].map((axis) => corners.reduce((sum, one) => sum + one[axis]!, 0) / corners.length);
  const angle = ([x, y]: [number, number]) => Math.atan2(y - my!, x - mx!);
  return closed([...corners].sort((a, b) => angle(a) - angle(b)));
});
/** Corners as they come: mostly tied. */
const wildRing = fc.array(corner, { minLength: 3, maxLength: 6 }).map(closed);
const boxRing = fc
  .tuple(corner, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .map(([[x, y], width, height]) =>
    closed([
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ]),
  );
const anyRing = fc.oneof({ weight: 4, arbitrary: starRing }, { weight: 4, arbitrary: boxRing }, wildRing);
const anyPolygon: fc.Arbitrary<Polygon> = fc.array(anyRing, { minLength: 1, maxLength: 3 });
const anyMultiPolygon: fc.Arbitrary<MultiPolygon> = fc.array(anyPolygon, { minLength: 1, maxLength: 3 });
const fewPolygons: fc.Arbitrary<MultiPolygon> = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(starRing, boxRing).map((ring) => [[ring]]) },
  { weight: 1, arbitrary: anyMultiPolygon },
);

test("what is valid is what ST_IsValid calls valid", async () => {
  const seen = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(anyMultiPolygon, { minLength: 40, maxLength: 60 }), async (shapes) => {
      const told = await db.query<{ n: number; valid: boolean }>({
        text: "select n::int, st_isvalid(wkt::geometry) as valid from unnest($1::text[]) with ordinality t(wkt, n) order by n",
        values: [shapes.map(inWkt)],
      });
      expect(told.map(({ valid }) => valid)).toEqual(shapes.map((shape) => findInvalidity(shape) === null));
      for (const { valid } of told) seen[valid ? "valid" : "invalid"]++;
    }),
    { numRuns: 25 },
  );
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(100);
});

/** m²: crossings stand on a grid of 0.1 mm, and what is narrower than 1 mm is no fault, on edges of up to 200 m. */
const allowed = 0.3;

test("overlaps, gaps and places outside are as large as PostGIS cuts them out", async () => {
  const seen = { overlap: 0, gap: 0, outside: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fewPolygons, { minLength: 2, maxLength: 7 }), boxRing, async (shapes, border) => {
      const valid = shapes.filter((shape) => findInvalidity(shape) === null);
      const container: MultiPolygon = [[border]];
      const areas = valid.map((polygons, i) => ({ id: String(i), polygons }));
      const faults = findFaults(areas, container);
      const truth = await cutOut(valid, container);
      const sum = (kind: Fault["kind"], ...ids: number[]) =>
        faults
          .filter((fault) => fault.kind === kind && ids.every((id) => fault.features.includes(String(id))))
          .reduce((total, fault) => total + fault.area_m2, 0);
      for (const { what, a, b, area_m2 } of truth) {
        const ours = what === "gap" ? sum("gap") : what === "overlap" ? sum("overlap", a, b) : sum("outside", a);
        expect({ what, a, b, off: Math.abs(ours - area_m2) < allowed, ours, area_m2 }).toMatchObject({ off: true });
        if (area_m2 > 1) seen[what]++;
      }
    }),
    { numRuns: 60 },
  );
  expect(Math.min(seen.overlap, seen.gap, seen.outside)).toBeGreaterThan(20);
});

interface CutOut {
  what: "overlap" | "gap" | "outside";
  a: number;
  b: number;
  area_m2: number;
}

async function cutOut(shapes: readonly MultiPolygon[], container: MultiPolygon): Promise<CutOut[]> {
  const rows = await db.query<Omit<CutOut, "area_m2"> & { geojson: string }>({
    text: `with area as (select n - 1 as n, wkt::geometry as geom from unnest($1::text[]) with ordinality t(wkt, n)),
        cut as (
          select 'overlap' as what, a.n as a, b.n as b, st_intersection(a.geom, b.geom) as geom
            from area a join area b on a.n < b.n
          union all
          select 'outside', n, n, st_difference(geom, $2::geometry) from area
          union all
          select 'gap', 0, 0, st_difference($2::geometry, coalesce((select st_union(geom) from area), 'POLYGON EMPTY'))
        )
      select what, a::int, b::int, st_asgeojson(st_collectionextract(geom, 3), 15) as geojson from cut`,
    values: [shapes.map(inWkt), inWkt(container)],
  });
  expect(rows).toHaveLength((shapes.length * (shapes.length - 1)) / 2 + shapes.length + 1);
  return rows.map(({ geojson, ...row }) => ({
    ...row,
    area_m2: areaOf(readCoverage(JSON.parse(geojson)).areas[0]?.polygons ?? []),
  }));
}

function inWkt(polygons: MultiPolygon): string {
  const ringText = (ring: Ring) =>
    `(${Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`).join()})`;
  return `MULTIPOLYGON(${polygons.map((polygon) => `(${polygon.map(ringText).join()})`).join()})`;
}
