import { expect, test } from "vitest";
import { levelId } from "../../../data/demo/division/levels.ts";
import { joinDistricts } from "../../../data/demo/generate.ts";
import { drawCityCell } from "../../../data/demo/ground/city.ts";
import { layDistrict } from "../../../data/demo/ground/lay_ground.ts";
import type { AreaRow } from "../../../data/schema/city_rows.ts";
import { findLooseReferences } from "../../support/row_references.ts";

// Two neighbours of the city, and one far from both: the whole of it takes a minute.
const plans = [1, 2, 34].map((index) => layDistrict(drawCityCell("1", index)));
const parts = [
  ...joinDistricts(plans, { size: "city", seed: "1", districts: 3, figures: { grids: 1000, key_units: 60 } }),
];
const areas = parts.flatMap(({ area }) => area);
const levelOf = (level: number) => areas.filter(({ level_id }) => level_id === level);

test("districts together have exactly the grids and key units that the city wants", () => {
  expect(levelOf(levelId.grid)).toHaveLength(1000);
  expect(parts.flatMap(({ key_unit }) => key_unit)).toHaveLength(60);
});

test("ids continue and refer backwards only", () => {
  const before = new Map<string, number>();
  expect(parts.flatMap((part) => findLooseReferences(part, before))).toEqual([]);
});

test("codes and the short names of grids are unique in the whole city", () => {
  const unique = (values: string[]) => expect(new Set(values).size).toBe(values.length);
  unique(areas.map(({ network_id, code }) => `${network_id} ${code}`));
  for (const level of [levelId.grid, levelId.fire_small, levelId.police_grid, levelId.cell]) {
    unique(levelOf(level).map(({ short_name }) => short_name));
  }
});

test("districts laid apart fit along their border, vertex for vertex", () => {
  const [west, east] = levelOf(levelId.district);
  const edgesOfEast = new Set(edgesOf(east!));
  const met = edgesOf(west!).filter((edge) => edgesOfEast.has(reverse(edge)));
  expect(met.length).toBeGreaterThan(150);
  // One unbroken chain: all but its ends begin where another edge ends.
  const ends = new Set(met.map((edge) => edge.split("→")[1]));
  expect(met.filter((edge) => !ends.has(edge.split("→")[0]))).toHaveLength(1);
});

function edgesOf({ geom }: AreaRow): string[] {
  return geom.flat().flatMap((ring) => {
    const points: string[] = [];
    for (let at = 0; at < ring.length; at += 2) points.push(`${ring[at]} ${ring[at + 1]}`);
    return points.slice(1).map((point, at) => `${points[at]}→${point}`);
  });
}

function reverse(edge: string): string {
  const [from, to] = edge.split("→");
  return `${to}→${from}`;
}
