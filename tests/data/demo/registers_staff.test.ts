import { beforeAll, expect, test } from "vitest";
import { type FurnishedPlace, furnishPlace } from "./registers_district.ts";

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
