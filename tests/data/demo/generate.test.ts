import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { generateDemo, joinDistricts } from "../../../data/demo/generate.ts";
import { layGround } from "../../../data/demo/ground/lay_ground.ts";
import type { CityRows } from "../../../data/schema/city_rows.ts";
import { findLooseReferences, tables } from "../../support/row_references.ts";

const hashOf = (rows: CityRows) => createHash("sha256").update(JSON.stringify(rows)).digest("hex");

describe("the district", () => {
  const rows = generateDemo({ size: "district" });

  test("comes out as the same bytes each time", () => {
    expect(hashOf(generateDemo({ size: "district" }))).toBe(hashOf(rows));
  });

  test("is the city that was last looked at: a change of any byte is meant", () => {
    // After a change that is meant, look at the map, then: npx vitest run … -u
    expect(hashOf(rows)).toMatchInlineSnapshot(`"c81db0940a6b75efe5cec9a823f95fb82e8eda2b0e6a165b74e2f7a7a4ba7d2d"`);
  });

  test("has every table filled, ids from 1, and no reference to a row that is not there", () => {
    expect(tables.filter((table) => rows[table].length === 0)).toEqual([]);
    expect(findLooseReferences(rows)).toEqual([]);
  });

  test("lists parents before children", () => {
    for (const { id, parent_id } of [...rows.area, ...rows.organisation]) {
      if (parent_id !== null) expect(parent_id).toBeLessThan(id);
    }
  });

  test("keeps every coordinate at 7 decimals", () => {
    const odd = (degrees: number) => Math.round(degrees * 1e7) / 1e7 !== degrees;
    const flat = [
      ...rows.area.flatMap(({ geom }) => geom.flat(2)),
      ...rows.block.flatMap(({ geom }) => geom.flat()),
      ...rows.building.flatMap(({ geom, at }) => [...geom.flat(2), ...at]),
      ...rows.road.flatMap(({ geom }) => geom.flat()),
    ];
    expect(flat.filter(odd)).toEqual([]);
  });

  test("puts the point of every building inside its footprint", () => {
    const outside = rows.building.filter(({ geom, at }) => !holds(geom[0]![0]!, at[0], at[1]));
    expect(outside.map(({ id }) => id)).toEqual([]);
  });

  test("gives blocks and areas the same vertices", () => {
    const vertices = new Set(rows.block.flatMap(({ geom }) => pointsOf(geom[0]!)));
    const grids = rows.area.filter(({ level_id }) => level_id === 3);
    expect(grids.flatMap(({ geom }) => geom.flat().flatMap(pointsOf)).filter((point) => !vertices.has(point))).toEqual(
      [],
    );
  });
});

describe("the community", () => {
  const rows = generateDemo({ size: "community" });

  test("is 慧泽 alone, with its golden figures and all networks", () => {
    const community = rows.area.find(({ name }) => name === "慧泽社区")!;
    expect(rows.area.filter(({ parent_id }) => parent_id === community.id)).toHaveLength(27);
    const sum = (count: "households" | "people") => rows.building.reduce((all, building) => all + building[count], 0);
    expect([sum("households"), sum("people")]).toEqual([3189, 9470]);
    expect(rows.building.filter(({ households }) => households > 0)).toHaveLength(131);
    expect(rows.estate).toHaveLength(2);
    expect(new Set(rows.area.map(({ network_id }) => network_id)).size).toBe(4);
  });

  test("has no reference to a row that is not there", () => {
    expect(findLooseReferences(rows)).toEqual([]);
  });
});

describe("a city of two districts", () => {
  const plans = [layGround({ size: "community" }), layGround({ size: "community", seed: "2" })];
  const parts = [...joinDistricts(plans, { size: "city", seed: "1", districts: 2 })];

  test("continues its ids from part to part and refers backwards only", () => {
    const before = new Map<string, number>();
    expect(parts.flatMap((part) => findLooseReferences(part, before))).toEqual([]);
  });

  test("lists networks, levels and duties in the first part alone", () => {
    expect(parts.map(({ network, level, duty }) => [network.length, level.length > 0, duty.length > 0])).toEqual([
      [4, true, true],
      [0, false, false],
    ]);
  });

  test("never gives a code, a short name of a grid, a staff number or a phone twice", () => {
    const areas = parts.flatMap(({ area }) => area);
    const unique = (values: string[]) => expect(new Set(values).size).toBe(values.length);
    unique(areas.map(({ network_id, code }) => `${network_id} ${code}`));
    unique(
      areas
        .filter(({ network_id }) => network_id > 1)
        .map(({ network_id, level_id, short_name }) => `${network_id} ${level_id} ${short_name}`)
        .filter((name) => name.includes("-")),
    );
    unique(parts.flatMap(({ staff }) => staff.map(({ number }) => number)));
    unique(parts.flatMap(({ key_unit }) => key_unit.map(({ code }) => code)));
    unique(parts.flatMap(({ organisation }) => organisation.map(({ code }) => code)));
  });

  test("has the district as the top of the governance network", () => {
    const tops = parts.flatMap(({ area }) =>
      area.filter(({ network_id, parent_id }) => network_id === 1 && parent_id === null),
    );
    expect(tops.map(({ name, code }) => `${code} ${name}`)).toEqual(["900102 澜海区", "900103 汐川区"]);
    expect(parts[0]!.level.find(({ id }) => id === tops[0]!.level_id)).toMatchObject({ ordinal: 1, role: "district" });
  });
});

function pointsOf(ring: readonly number[]): string[] {
  const points: string[] = [];
  for (let at = 0; at < ring.length; at += 2) points.push(`${ring[at]} ${ring[at + 1]}`);
  return points;
}

function holds(ring: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 4; i < ring.length - 2; j = i, i += 2) {
    if (ring[i + 1]! > y === ring[j + 1]! > y) continue;
    const share = (y - ring[i + 1]!) / (ring[j + 1]! - ring[i + 1]!);
    if (x < ring[i]! + share * (ring[j]! - ring[i]!)) inside = !inside;
  }
  return inside;
}
