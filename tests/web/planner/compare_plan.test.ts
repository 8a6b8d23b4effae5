import { expect, test } from "vitest";
import { comparePlan, type FormerArea } from "../../../web/planner/compare_plan.ts";
import { holdPlan } from "../../../web/planner/held_plan.ts";
import { buildingPoints } from "../../../web/planner/read_areas.ts";
import { PlanServer } from "../../support/plan_server.ts";

function compared() {
  const server = new PlanServer();
  const held = holdPlan(server.draft, buildingPoints(server.opened().buildings));
  const former = new Map<string, FormerArea>();
  for (const { id, short_name } of server.draft.areas()) {
    if (id === "1") continue;
    const { households, people, area_m2 } = held.figures().get(id)!;
    former.set(id, { short_name, households, people, area_m2, child_count: 0 });
  }
  return { held, rows: () => comparePlan(held.draft, held.figures(), former) };
}

test("a draft without a step differs in nothing", () => {
  expect(compared().rows()).toEqual([]);
});

test("a merge changes the one that stays and retires the other", () => {
  const { held, rows } = compared();
  held.apply({ op: "merge", keep: "10", areas: ["11"] });
  expect(rows().map(({ id, kind, before, after }) => [id, kind, before?.households, after?.households])).toEqual([
    ["10", "changed", 100, 200],
    ["11", "retired", 100, undefined],
  ]);
});

test("a split names the new grid", () => {
  const { held, rows } = compared();
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
  expect(rows().map(({ name, kind }) => [name, kind])).toEqual([
    ["01", "changed"],
    ["09", "new"],
  ]);
});
