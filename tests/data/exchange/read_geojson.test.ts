import { describe, expect, test } from "vitest";
import { readFeatures } from "../../../data/exchange/read_geojson.ts";

const ring = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const collection = (...geometries: unknown[]) => ({
  type: "FeatureCollection",
  features: geometries.map((geometry, i) => ({ type: "Feature", id: `f${i}`, properties: {}, geometry })),
});

function read(...geometries: unknown[]) {
  const outcome = readFeatures(collection(...geometries), ["MultiPolygon"]);
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.value;
}

describe("reading GeoJSON", () => {
  test("flattens polygons, snaps to 1e-9° and drops positions that repeat the one before", () => {
    const { features } = read({
      type: "Polygon",
      coordinates: [
        [
          [0.1234567894, 0, 7],
          [0.12345678941, 0],
          [1, 0],
          [1, 1],
          [0.1234567894, 0],
        ],
      ],
    });
    expect(features[0]!.geometry).toEqual({
      type: "MultiPolygon",
      polygons: [[[0.123456789, 0, 1, 0, 1, 1, 0.123456789, 0]]],
    });
  });

  test("refuses what cannot be used, each with its row and the reason", () => {
    const { features, refused } = read(
      { type: "Polygon", coordinates: [ring] },
      null,
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
          ],
        ],
      },
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [0, 0],
          ],
        ],
      },
      { type: "Polygon", coordinates: [] },
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            ["1", 0],
            [1, 1],
            [0, 0],
          ],
        ],
      },
      {
        type: "Polygon",
        coordinates: [
          [
            [500000, 4000000],
            [500001, 4000000],
            [500001, 4000001],
            [500000, 4000000],
          ],
        ],
      },
      {
        type: "LineString",
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
      { type: "Circle" },
    );
    expect(features.map(({ row }) => row)).toEqual([1]);
    expect(refused.map(({ row, kind }) => [row, kind])).toEqual([
      [2, "no_geometry"],
      [3, "invalid_geometry"],
      [4, "invalid_geometry"],
      [5, "no_geometry"],
      [6, "invalid_geometry"],
      [7, "invalid_geometry"],
      [8, "wrong_geometry"],
      [9, "wrong_geometry"],
    ]);
    expect(refused[5]!.reason).toMatch(/投影/);
  });

  test("takes no file that is something else or declares another coordinate system", () => {
    expect(readFeatures([], ["Point"])).toMatchObject({ ok: false });
    expect(readFeatures({ type: "Topology" }, ["Point"])).toMatchObject({ ok: false });
    const declared = (name: string) =>
      readFeatures({ ...collection(), crs: { type: "name", properties: { name } } }, ["Point"]);
    expect(declared("urn:ogc:def:crs:EPSG::4549")).toMatchObject({
      ok: false,
      problem: { detail: expect.stringContaining("4549") },
    });
    expect(declared("urn:ogc:def:crs:EPSG::4490")).toMatchObject({ ok: true });
    expect(declared("urn:ogc:def:crs:OGC:1.3:CRS84")).toMatchObject({ ok: true });
  });
});
