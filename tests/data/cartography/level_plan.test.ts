import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highestZoom, planLevels } from "../../../data/cartography/level_plan.ts";
import { levelRoles } from "../../../data/schema/network.ts";
import { governance, oneLevel } from "../../support/map_styles.ts";

describe("the plan of levels", () => {
  test("fills subdistricts, then communities from zoom 11, then grids from 13", () => {
    expect(planLevels(governance, "auto").fills).toEqual([
      { ordinal: 1, role: "subdistrict", zooms: [0, 11] },
      { ordinal: 2, role: "community", zooms: [11, 13] },
      { ordinal: 3, role: "grid", zooms: [13, highestZoom] },
    ]);
  });

  test("shows sub-grids from zoom 16, on top of grids", () => {
    expect(planLevels(governance, "auto").subFrom).toBe(16);
    expect(planLevels(oneLevel, "auto").subFrom).toBeNull();
  });

  test("shows a network of one level at every zoom, by name rather than number", () => {
    const plan = planLevels(oneLevel, "auto");
    expect(plan.fills).toEqual([{ ordinal: 1, role: "grid", zooms: [0, highestZoom] }]);
    expect(plan.edges.grid).toBe(0);
    expect(plan.labels.grid).toEqual([0, highestZoom]);
    expect(plan.numbered).toBe(false);
  });

  test("keeps a pinned level at every zoom and draws nothing below it", () => {
    const plan = planLevels(governance, 2);
    expect(plan.fills).toEqual([{ ordinal: 2, role: "community", zooms: [0, highestZoom] }]);
    expect(plan.edges.grid).toBeUndefined();
    expect(plan.labels.grid).toBeUndefined();
    expect(plan.labels.community).toEqual([0, highestZoom]);
  });

  test("takes a pinned level that the network lacks as automatic", () => {
    expect(planLevels(governance, 9)).toEqual(planLevels(governance, "auto"));
  });

  test("draws exactly one level at every zoom, whatever levels a network has", () => {
    const someLevels = fc
      .subarray([...levelRoles], { minLength: 1 })
      .map((roles) => roles.map((role, index) => ({ ordinal: index + 1, role })));
    fc.assert(
      fc.property(someLevels, fc.double({ min: 0, max: 23.9, noNaN: true }), (levels, zoom) => {
        const { fills } = planLevels({ code: "any", mark: "网", levels }, "auto");
        expect(fills.filter(({ zooms: [from, to] }) => zoom >= from && zoom < to)).toHaveLength(1);
      }),
    );
  });
});
