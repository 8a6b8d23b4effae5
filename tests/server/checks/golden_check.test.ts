import { beforeAll, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import { sql } from "../../../server/db/sql.ts";
import { type Browser, check, type CheckDoor, checkDoor, crosswalk } from "../../support/check_door.ts";

let door: CheckDoor;
let supervisor: Browser;
const huize = "areas/governance:900102001001/check";

beforeAll(async () => {
  door = await checkDoor(generateDemo({ size: "community" }));
  supervisor = await door.signedIn("supervisor", "governance:900102001");
});

test("慧泽社区 is divided right, and its 27 grids fit their own profile", async () => {
  const { summary, faults, measures, hydrants } = await check(supervisor, huize);
  expect(faults).toEqual([]);
  expect(summary).toMatchObject({ valid: true, area: { name: "慧泽社区" }, inputs: { areas: 28 } });
  // one post is vacant, which is no matter of the division
  expect(Object.keys(summary.counts.warnings).filter((kind) => kind !== "staffing")).toEqual([]);
  expect(summary.covered_m2).toBeCloseTo(summary.container_m2, 3);
  expect(summary.container_m2 / 1e6).toBeCloseTo(1.4, 1);
  expect(measures.lowest_areas).toBe(27);
  expect(measures.households!.mean * 27).toBeCloseTo(3189, 6);
  expect(hydrants!.hydrants).toBeGreaterThan(0);
});

test("under 300–500 households it has exactly 27 warnings of population, and still no fault", async () => {
  await door.db.transaction(async (tx) => {
    await tx.query(sql`
      update profile set households_min = 300, households_max = 500, people_min = null, people_max = null
      where name = '慧泽社区网格'`);
    await tx.query(sql`select record_change('profile', '{}', null)`);
  });
  const { summary, warnings } = await check(supervisor, huize);
  expect(summary).toMatchObject({ valid: true, counts: { faults: {}, warnings: { population: 27 } } });
  expect(new Set(warnings.filter(({ kind }) => kind === "population").map(({ area }) => area.code)).size).toBe(27);
});

test("every network of it lies in every other with nothing left over", async () => {
  const [from, ...others] = ["fire", "police", "cells"];
  for (const to of others) {
    const { rows } = await crosswalk(supervisor, `from=${from}&to=${to}&area=900102001`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { total, parts, rest } of rows) {
      expect(rest.area_m2).toBeLessThan(1e-3);
      expect(parts.reduce((sum, { households }) => sum + households, 0)).toBe(total.households);
    }
    expect(rows.reduce((sum, { total }) => sum + total.households, 0)).toBe(3189);
  }
  expect(door.app.failures).toEqual([]);
});
