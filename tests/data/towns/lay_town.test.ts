import { describe, expect, test } from "vitest";
import { readFeatures } from "../../../data/exchange/read_geojson.ts";
import { areaOf } from "../../../data/measure/area.ts";
import { layTown } from "../../../data/towns/lay_town.ts";
import type { TownFiles } from "../../../data/towns/town_files.ts";
import { townFiles } from "../../support/town_files.ts";

function readTown(): TownFiles {
  const files: Record<string, unknown> = { ground: [] };
  for (const [file, json] of Object.entries(townFiles())) {
    const read = readFeatures(json, ["MultiPolygon", "MultiLineString"]);
    if (!read.ok) throw new Error(read.problem.detail);
    files[file] = read.value.features;
  }
  return files as unknown as TownFiles;
}

const { rows, refused } = layTown(readTown(), { name: "Kremsdorf", source: "© 测绘队" });

describe("a town laid out from its files", () => {
  test("is one network of one area, its boundary", () => {
    expect(rows.network).toMatchObject([{ code: "kremsdorf", name: "Kremsdorf" }]);
    expect(rows.area).toHaveLength(1);
    expect(areaOf(rows.area[0]!.geom)).toBeCloseTo(600_000, -4);
  });

  test("takes floors and households as told, else estimates them and says so", () => {
    const [house, block, school, , , garage] = rows.building;
    expect(house).toMatchObject({ use: "home", floors: 3, estimated: true });
    expect(house!.households).toBeGreaterThan(0);
    expect(house!.people).toBeGreaterThan(house!.households);
    expect(block).toMatchObject({
      use: "home",
      floors: 6,
      households: 24,
      people: 60,
      registered: 60,
      estimated: false,
    });
    expect(school).toMatchObject({ use: "school", households: 0, people: 0 });
    expect(garage).toMatchObject({ use: "other", households: 0 });
  });

  test("joins pieces of a name to one street and sorts roads into our classes", () => {
    expect(rows.road.map((road) => [road.name, road.class, road.geom.length])).toEqual([
      ["Ringstraße", "side", 2],
      ["Hauptstraße", "main", 1],
      [null, "estate_way", 1],
      ["Kirchsteig", "lane", 1],
    ]);
  });

  test("has addresses on their street and named facilities", () => {
    expect(rows.address).toMatchObject([{ text: "Ringstraße 7a", road_id: 1, building_id: 4 }]);
    expect(rows.facility).toMatchObject([{ kind: "school", name: "Volksschule" }]);
  });

  test("gives a brook a surface of its width beside the line for its name", () => {
    const [water, line, railway] = rows.ground;
    expect([water!.kind, line!.kind, railway!.kind]).toEqual(["water", "river", "railway"]);
    const strip = water!.shape;
    expect(strip.type === "MultiPolygon" && areaOf(strip.polygons)).toBeCloseTo(4 * 902, -2);
  });

  test("drops nothing in silence", () => {
    expect(refused.map(({ file, row, kind }) => [file, row, kind])).toEqual([
      ["roads", 6, "not_used"],
      ["railways", 2, "not_used"],
    ]);
  });
});
