import { beforeAll, expect, test } from "vitest";
import { furnish } from "../../../data/demo/registers/furnish.ts";
import { demoCounty, type FurnishedPlace, furnishPlace } from "./registers_district.ts";

let place: FurnishedPlace;
beforeAll(() => {
  place = furnishPlace("district");
});

const targets = ["area_id", "building_id", "entrance_id", "road_id", "key_unit_id"] as const;

function holders(duty: string, network: string, role: string): { areas: number; held: number } {
  const { rows, division } = place;
  const duty_id = rows.duty.find((row) => row.code === duty)!.id;
  const networkId = division.network.find((row) => row.code === network)!.id;
  const levels = division.level.filter((row) => row.network_id === networkId && row.role === role).map((row) => row.id);
  const areas = division.area.filter((row) => levels.includes(row.level_id));
  const held = new Set(rows.assignment.filter((row) => row.duty_id === duty_id).map((row) => row.area_id));
  return { areas: areas.length, held: areas.filter((area) => held.has(area.id)).length };
}

test("every assignment has exactly one target, which exists", () => {
  const { rows, plan, division } = place;
  const sizes = {
    area_id: division.area.length,
    building_id: plan.buildings.length,
    entrance_id: rows.entrance.length,
    road_id: plan.streets.length,
    key_unit_id: rows.key_unit.length,
  };
  for (const row of rows.assignment) {
    const set = targets.filter((target) => row[target] !== null);
    expect(set).toHaveLength(1);
    expect(row[set[0]!]).toBeGreaterThanOrEqual(1);
    expect(row[set[0]!]).toBeLessThanOrEqual(sizes[set[0]!]);
    expect(rows.staff[row.staff_id - 1]).toBeDefined();
    expect(rows.duty[row.duty_id - 1]).toBeDefined();
  }
});

test("nobody holds the same post twice", () => {
  const posts = place.rows.assignment.map((row) =>
    [row.staff_id, row.duty_id, ...targets.map((target) => row[target])].join(),
  );
  expect(new Set(posts).size).toBe(posts.length);
});

test("nearly every governance grid has a leader, and a few are honestly vacant", () => {
  const { areas, held } = holders("leader", "governance", "grid");
  expect(held).toBeLessThan(areas);
  expect(held / areas).toBeGreaterThan(0.95);
});

test("communities, subdistricts, fire grids and police grids have leaders", () => {
  for (const [network, role, least] of [
    ["governance", "community", 1],
    ["governance", "subdistrict", 1],
    ["fire", "subdistrict", 1],
    ["fire", "community", 1],
    ["fire", "grid", 0.95],
    ["police", "subdistrict", 1],
    ["police", "grid", 1],
  ] as const) {
    const { areas, held } = holders("leader", network, role);
    expect(areas, `${network} ${role}`).toBeGreaterThan(0);
    expect(held / areas, `${network} ${role}`).toBeGreaterThanOrEqual(least);
  }
});

test("every duty is held, and some people hold several posts", () => {
  const { rows } = place;
  expect(new Set(rows.assignment.map((row) => row.duty_id)).size).toBe(rows.duty.length);
  const posts = new Map<number, number>();
  for (const row of rows.assignment) posts.set(row.staff_id, (posts.get(row.staff_id) ?? 0) + 1);
  expect([...posts.values()].some((count) => count > 1)).toBe(true);
  expect(posts.size).toBe(rows.staff.length);
});

test("organisations are trees and everyone employed belongs to one that exists", () => {
  const { organisation, staff } = place.rows;
  for (const row of organisation) expect(row.parent_id === null || row.parent_id < row.id).toBe(true);
  for (const row of staff) expect(row.organisation_id === null || organisation[row.organisation_id - 1]).toBeTruthy();
  expect(new Set(organisation.map((row) => row.kind)).size).toBe(9);
});

test("a city has at most one worker a grid and nearly 20,000 leaders and workers for 12,000 grids", () => {
  const { plan, division } = place;
  const rows = furnish(plan, division, { ...demoCounty, size: "city", key_units: 20 });
  const codes = new Map(rows.duty.map((duty) => [duty.id, duty.code]));
  const grids = new Set(
    division.area
      .filter((area) =>
        division.level.some((level) => level.id === area.level_id && level.network_id === 1 && level.role === "grid"),
      )
      .map((area) => area.id),
  );
  const workersOf = new Map<number, number>();
  const people = new Set<number>();
  for (const { staff_id, duty_id, area_id } of rows.assignment) {
    const area = division.area.find((row) => row.id === area_id);
    const duty = codes.get(duty_id);
    const inGrid = area !== undefined && (grids.has(area.id) || grids.has(area.parent_id ?? 0));
    if (!inGrid || (duty !== "leader" && duty !== "worker")) continue;
    if (grids.has(area.id) && duty === "worker") workersOf.set(area.id, (workersOf.get(area.id) ?? 0) + 1);
    people.add(staff_id);
  }
  expect(Math.max(...workersOf.values())).toBe(1);
  // One district stands for all: by chance it may have a few more or fewer than its part.
  const inCity = (people.size / grids.size) * 12_000;
  expect(inCity).toBeGreaterThan(18_500);
  expect(inCity).toBeLessThan(20_500);
  expect(rows.key_unit).toHaveLength(20);
});
