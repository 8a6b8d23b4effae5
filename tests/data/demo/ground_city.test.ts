import { beforeAll, describe, expect, test } from "vitest";
import { districtsOfCity, drawCityCell } from "../../../data/demo/ground/city.ts";
import { layDistrict } from "../../../data/demo/ground/lay_ground.ts";
import type { GroundPlan } from "../../../data/demo/ground_plan.ts";
import {
  areaOf,
  findCrossingEdges,
  findCutBuildings,
  findOverlappingBuildings,
  namesOf,
  outlineArea,
  roadParts,
} from "./ground_checks.ts";

/** Districts 17 and 18 lie west and east of the first, 11 and 24 south and north of it. */
const first = 0;
const around = [17, 18, 11, 24];

describe("a city", () => {
  const plans = new Map<number, GroundPlan>();

  beforeAll(() => {
    for (const index of [first, ...around]) plans.set(index, layDistrict(drawCityCell("1", index)));
  });

  test.each([first, ...around])("district %i tiles its outline, cuts no building and repeats no name", (index) => {
    const plan = plans.get(index)!;
    expect(plan.parcels.reduce((sum, parcel) => sum + parcel.area, 0)).toBeCloseTo(outlineArea(plan), 2);
    expect(findCrossingEdges(plan)).toEqual([]);
    expect(findCutBuildings(plan)).toEqual([]);
    expect(findOverlappingBuildings(plan)).toEqual([]);
    expect(roadParts(plan)).toBe(1);
    const names = namesOf(plan);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(around)("district %i shares its border with the first, edge by edge", (index) => {
    const own = new Set(borderEdges(plans.get(first)!));
    const shared = borderEdges(plans.get(index)!).filter((edge) => own.has(edge));
    const length = shared.reduce((sum, edge) => sum + lengthOf(edge), 0);
    expect(length).toBeGreaterThan(4500);
    expect(length).toBeLessThan(7000);
  });

  test("no border of the first district is left without a neighbour", () => {
    const others = new Set(around.flatMap((index) => borderEdges(plans.get(index)!)));
    expect(borderEdges(plans.get(first)!).filter((edge) => !others.has(edge))).toEqual([]);
  });

  test("only the first district has places with golden figures", () => {
    expect(areaOf(plans.get(first)!, "huize") / 1e6).toBeCloseTo(1.4, 1);
    for (const index of around) expect(plans.get(index)!.blocks.every((block) => block.place === null)).toBe(true);
  });

  test("has 35 districts, each a cell of its own", () => {
    const outlines = Array.from({ length: districtsOfCity }, (_, index) => drawCityCell("1", index).outline.join());
    expect(new Set(outlines).size).toBe(35);
  });
});

/** Edges with no parcel on one side, by the coordinates of their ends. */
function borderEdges(plan: GroundPlan): string[] {
  return plan.edges.flatMap((edge) => {
    if (edge.left >= 0 && edge.right >= 0) return [];
    const ends = [edge.from, edge.to].map((v) => `${plan.x[v]},${plan.y[v]}`).sort();
    return [ends.join(" ")];
  });
}

function lengthOf(edge: string): number {
  const [ax, ay, bx, by] = edge.split(/[ ,]/).map(Number) as [number, number, number, number];
  return Math.hypot(bx - ax, by - ay);
}
