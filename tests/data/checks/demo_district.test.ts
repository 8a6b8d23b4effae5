import { describe, expect, test } from "vitest";
import { checkDivision } from "../../../data/checks/check_division.ts";
import type { Division } from "../../../data/checks/division.ts";
import type { Findings } from "../../../data/checks/findings.ts";
import { generateDemo } from "../../../data/demo/generate.ts";
import { divisionBelow, divisionOf } from "../../support/checked_demo.ts";

const rows = generateDemo({ size: "district" });
const governance = divisionOf(rows, "governance");

function areaNamed(division: Division, name: string) {
  return division.areas.find((area) => area.name === name)!;
}
const checkArea = (name: string, division = governance) =>
  checkDivision(divisionBelow(division, areaNamed(division, name).id));
function countKinds({ warnings }: Findings): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of warnings) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe("the demo district", () => {
  test.each(["governance", "fire", "police", "cells"])("has no fault in the network %s", (network) => {
    const { faults, free_water } = checkDivision(divisionOf(rows, network));
    expect([faults, free_water]).toEqual([[], []]);
  });

  test("warns of what a planner would want to see: one large community, vacancies, estates cut in two", () => {
    expect(countKinds(checkDivision(governance))).toEqual({ population: 1, staffing: 17, cut_estate: 42 });
  });

  test("has grids whose borders follow roads", () => {
    const { measures } = checkDivision(governance);
    expect(measures.border_on_roads).toBeGreaterThan(0.99);
    expect(measures.lowest_areas).toBe(measures.by_area.length);
  });

  test("lists what hydrants do not reach, farther than their radius and not by far", () => {
    const { hydrants } = checkDivision(governance);
    expect(hydrants!.far.every(({ area_id, distance_m }) => area_id !== null && distance_m! > 150)).toBe(true);
    expect(hydrants!.far.length).toBeLessThan(0.1 * hydrants!.buildings);
  });

  test("has no fault with special areas over the others, but for those of the zone, which then cover nothing", () => {
    const { faults } = checkDivision({ ...governance, rules: { ...governance.rules, special_areas: "over" } });
    expect(faults.filter(({ kind }) => kind !== "uncovered")).toEqual([]);
  });
});

test.each(["governance", "fire", "police", "cells"])("the demo community has no fault in the network %s", (network) => {
  const found = checkDivision(divisionOf(generateDemo({ size: "community" }), network));
  expect(found.faults).toEqual([]);
  if (network === "governance") expect(found.warnings).toEqual([]);
});

describe("慧泽社区", () => {
  test("has 27 grids, 3,189 households and no warning under its own profile", () => {
    const found = checkArea("慧泽社区");
    expect([found.faults, found.warnings]).toEqual([[], []]);
    expect(found.measures).toMatchObject({ lowest_areas: 27, households: { mean: 3189 / 27 } });
  });

  test("under 300–500 households has exactly 27 warnings, and still no fault", () => {
    const id = areaNamed(governance, "慧泽社区").id;
    const areas = governance.areas.map((area) =>
      area.parent_id === id ? { ...area, profile: { ...area.profile!, households: [300, 500] as const } } : area,
    );
    const { faults, warnings } = checkArea("慧泽社区", { ...governance, areas });
    expect(faults).toEqual([]);
    expect(warnings.map(({ kind }) => kind)).toEqual(new Array(27).fill("population"));
  });

  test("has two estates that lie in many grids and are larger than one: they are not cut", () => {
    const division = divisionBelow(governance, areaNamed(governance, "慧泽社区").id);
    const estates = division.things.filter(({ kind, name }) => kind === "estate" && name.startsWith("慧泽"));
    expect(estates).toHaveLength(2);
    expect(estates.every(({ households }) => households > 150)).toBe(true);
    expect(checkDivision(division).warnings).toEqual([]);
  });
});

describe("东街社区", () => {
  const found = checkArea("东街社区");

  test("is above 3,000 households: one warning about the community itself", () => {
    const population = found.warnings.filter(({ kind }) => kind === "population");
    expect(population).toMatchObject([
      {
        area_id: areaNamed(governance, "东街社区").id,
        figures: [{ what: "households", value: 5226, limits: [null, 3000], fits: false }],
      },
    ]);
  });

  test("has 11–17 grids, each of 300–500 households", () => {
    const { lowest_areas, households } = found.measures;
    expect(lowest_areas).toBeGreaterThanOrEqual(11);
    expect(lowest_areas).toBeLessThanOrEqual(17);
    expect(households!.least).toBeGreaterThanOrEqual(300);
    expect(households!.most).toBeLessThanOrEqual(500);
  });
});

test("the enterprise zone has grids in several pieces, and none is warned of", () => {
  const zone = governance.areas.find(({ kind, parent_id }) => kind === "special" && parent_id === null)!;
  const areas = governance.areas.map((area) => ({
    ...area,
    profile: area.profile && { ...area.profile, pieces_max: 1 },
  }));
  const { faults, warnings, measures } = checkDivision(divisionBelow({ ...governance, areas }, zone.id));
  expect(faults).toEqual([]);
  expect(measures.by_area.filter(({ pieces }) => pieces > 1).length).toBeGreaterThan(1);
  expect(warnings.filter(({ kind }) => kind === "pieces")).toEqual([]);
});

test("a town's limits are on its large grids only: sub-grids are asked nothing", () => {
  const subs = new Set(governance.areas.filter(({ role }) => role === "sub").map(({ id }) => id));
  expect(subs.size).toBe(86);
  expect(
    checkDivision(governance).warnings.filter(({ area_id, kind }) => subs.has(area_id) && kind !== "cut_estate"),
  ).toEqual([]);
});

test("with 0–1 workers a grid, as in a large city, more workers are warned of and vacancies are not", () => {
  const areas = governance.areas.map((area) => ({
    ...area,
    profile: area.profile && { ...area.profile, staffing: { worker: { min: 0, max: 1 } } },
  }));
  const { warnings } = checkDivision({ ...governance, areas });
  const staffing = warnings.filter(({ kind }) => kind === "staffing");
  expect(staffing.every(({ figures: [figure] }) => figure!.value > 1)).toBe(true);
});
