import { expect, test } from "vitest";
import { comparePlan } from "../../../web/planner/compare_plan.ts";
import { holdPlan } from "../../../web/planner/held_plan.ts";
import { buildingPoints } from "../../../web/planner/read_areas.ts";
import { PlanServer } from "../../support/plan_server.ts";

function compared() {
  const server = new PlanServer();
  const points = buildingPoints(server.opened().buildings);
  const held = holdPlan(server.draft, points);
  const former = server.draft.areas().filter(({ id }) => id !== "1");
  return { held, difference: () => comparePlan(held.draft, held.figures(), former, points) };
}

test("a draft without a step differs in nothing", () => {
  expect(compared().difference()).toMatchObject({ rows: [], moved: [], lineage: [] });
});

test("what was done and undone again is no difference", () => {
  const { held, difference } = compared();
  const merged = held.apply({ op: "merge", keep: "10", areas: ["11"] });
  if (merged.ok) held.restore(merged.inverse);
  expect(difference().rows).toEqual([]);
});

test("a merge changes the one that stays, and all households of the other go there", () => {
  const { held, difference } = compared();
  held.apply({ op: "merge", keep: "10", areas: ["11"] });
  const { rows, lineage, moved } = difference();
  expect(rows.map(({ id, kind, before, after }) => [id, kind, before?.households, after?.households])).toEqual([
    ["10", "merged", 100, 200],
    ["11", "merged", 100, undefined],
  ]);
  expect(lineage.map(({ from, area, kind, households }) => [from, area, kind, households])).toEqual([
    ["10", "10", "merged", 100],
    ["11", "10", "merged", 100],
  ]);
  expect(moved.map(({ from, to, households }) => [from, to, households])).toEqual([["11", "10", 100]]);
});

test("a split names the new grid, and the shares of what was there add up to one", () => {
  const { held, difference } = compared();
  const split = held.apply({
    op: "split",
    area: "10",
    by: {
      kind: "line",
      line: [
        [121.4, 33.6015],
        [121.402, 33.6015],
      ],
      new_side: "left",
    },
    ...{ name: "新网格", short_name: "09", code: null },
  });
  expect(split.ok).toBe(true);
  const { rows, lineage } = difference();
  expect(rows.map(({ name, kind }) => [name, kind])).toEqual([
    ["01", "split"],
    ["09", "new"],
  ]);
  expect(lineage.map(({ from_name, area_name, kind }) => [from_name, area_name, kind])).toEqual([
    ["01", expect.any(String), "split"],
    ["01", expect.any(String), "split"],
  ]);
  expect(lineage.reduce((sum, { share_of_from: share }) => sum + share!, 0)).toBeCloseTo(1, 9);
  expect(lineage.reduce((sum, { households }) => sum + households, 0)).toBe(100);
});

test("a new name is a change without moved ground", () => {
  const { held, difference } = compared();
  held.apply({ op: "set_attributes", area: "12", set: { short_name: "甲" } });
  expect(difference()).toMatchObject({ rows: [{ id: "12", kind: "kept", name: "甲" }], moved: [] });
});
