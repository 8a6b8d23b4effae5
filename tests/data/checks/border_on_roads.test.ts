import { describe, expect, test } from "vitest";
import { growAreaTree } from "../../../data/checks/area_tree.ts";
import { borderOnRoads } from "../../../data/checks/border_on_roads.ts";
import { layBorders } from "../../../data/checks/find_cut.ts";
import { measureInnerBorders, shareOnRoads } from "../../../data/checks/inner_borders.ts";
import { indexRoads } from "../../../data/checks/road_index.ts";
import { aDivision, anArea, aThing, box, line, lines } from "../../support/checked_division.ts";

const road = (road_class: string | null, ...metres: number[]) =>
  aThing("road", "1", lines(line(...metres)), { road_class });
const share = (border: number[], ...roads: ReturnType<typeof road>[]) =>
  shareOnRoads(borderOnRoads(line(...border), indexRoads(roads)));
const border = [0, 0, 100, 0];

describe("a border runs on a road", () => {
  test("along its centre line", () => {
    expect(share(border, road("lane", -10, 0, 150, 0))).toBe(1);
  });

  test("along its kerb: half its width and a few metres off, by the class of the road", () => {
    expect(share(border, road("main", -10, 20, 150, 20))).toBe(1);
    expect(share(border, road("main", -10, 24, 150, 24))).toBe(0);
    expect(share(border, road("lane", -10, 5, 150, 5))).toBe(1);
    expect(share(border, road("lane", -10, 8, 150, 8))).toBe(0);
    expect(share(border, road(null, -10, 10, 150, 10))).toBe(1);
  });

  test("for as far as the road goes, in either direction", () => {
    expect(share(border, road("lane", 150, 0, 40, 0))).toBeCloseTo(0.6, 4);
  });

  test("over several roads, counting no stretch twice", () => {
    const pieces = [road("side", 0, 1, 60, 1), road("side", 40, -1, 70, -1), road("side", 90, 0, 95, 0)];
    expect(share(border, ...pieces)).toBeCloseTo(0.75, 4);
  });

  test("not where a road only crosses it, nor where one bends away", () => {
    expect(share(border, road("ring", 50, -100, 50, 100))).toBe(0);
    expect(share(border, road("lane", 0, 0, 100, 60))).toBe(0);
    // one that leaves at a small angle is followed until it is 6 m off
    expect(share(border, road("lane", 0, 0, 100, 20))).toBeCloseTo(0.3, 1);
  });

  test("of no length has no share", () => {
    expect(share([0, 0, 0, 0], road("lane", 0, 0, 1, 0))).toBeNull();
    expect(share(border)).toBe(0);
  });
});

test("inner borders are those between areas of one parent, at every level of an uneven tree", () => {
  //        0    100   200   300
  //   100  ┌─────┬─────┬─────┐
  //        │ a1  ┃ a2  │     │    town T: grid A with sub-grids a1, a2; grid B without
  //     0  └─────┸─────┴─────┘    ┃ a lane along the border of a1 and a2
  //           A          B
  const tree = growAreaTree(
    aDivision([
      anArea("T", box(0, 0, 300, 100)),
      anArea("A", box(0, 0, 200, 100), { parent_id: "T" }),
      anArea("B", box(200, 0, 300, 100), { parent_id: "T" }),
      anArea("a1", box(0, 0, 100, 100), { parent_id: "A" }),
      anArea("a2", box(100, 0, 200, 100), { parent_id: "A" }),
    ]),
  );
  expect(tree.lowest.map(({ id }) => id)).toEqual(["B", "a1", "a2"]);
  const roads = indexRoads([road("lane", 100, 0, 100, 100)]);
  const inner = measureInnerBorders(tree, layBorders(tree.lowest).arcs, roads);
  const rounded = (id: string) => {
    const { length_m, on_roads_m } = inner.of(tree.byId.get(id)!);
    return [Math.round(length_m), Math.round(on_roads_m)];
  };
  expect(["T", "A", "B", "a1", "a2"].map(rounded)).toEqual([
    [0, 0],
    [100, 0],
    [100, 0],
    [100, 100],
    [100, 100],
  ]);
  expect([inner.lowest.length_m, inner.lowest.on_roads_m].map(Math.round)).toEqual([200, 100]);
});
