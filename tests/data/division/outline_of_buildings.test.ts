import { expect, test } from "vitest";
import { findInvalidity } from "../../../data/coverage/validity.ts";
import { outlineOfBuildings } from "../../../data/division/outline_of_buildings.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";

const [metreEast, metreNorth] = [1 / 92_900, 1 / 110_900];
/** A building of 10 × 10 m whose south-west corner lies so many metres east and north. */
const building = (east: number, north: number): MultiPolygon => {
  const [w, s] = [121.4 + east * metreEast, 33.6 + north * metreNorth];
  const [e, n] = [w + 10 * metreEast, s + 10 * metreNorth];
  return [[[w, s, e, s, e, n, w, n, w, s]]];
};
/** A hair's breadth inside. */
const corners = (polygons: MultiPolygon) => {
  const [w, s, e, , , n] = polygons[0]![0]! as [number, number, number, number, number, number];
  const [x, y] = [0.05 * metreEast, 0.05 * metreNorth];
  return [w + x, s + y, e - x, s + y, e - x, n - y, w + x, n - y];
};
const holds = (place: MultiPolygon, x: number, y: number) =>
  place.some((polygon) => polygon.filter((ring) => isInRing(ring, x, y)).length === 1);
const held = (place: MultiPolygon, one: MultiPolygon) =>
  [0, 2, 4, 6].filter((i) => holds(place, corners(one)[i]!, corners(one)[i + 1]!)).length;

test("no buildings have no outline", () => {
  expect(outlineOfBuildings([])).toEqual([]);
});

test("a group by itself gets one place that holds all of it", () => {
  const group = [building(0, 0), building(30, 0), building(0, 40)];
  const place = outlineOfBuildings(group, [building(200, 200)]);
  expect(place).toHaveLength(1);
  expect(findInvalidity(place)).toBeNull();
  for (const one of group) expect(held(place, one)).toBe(4);
});

test("a building between those that go is left out whole", () => {
  //  ▣        ▣
  //       □        a hull of the three would swallow the one that stays
  //       ▣
  const group = [building(0, 40), building(60, 40), building(30, 0)];
  const stays = building(30, 25);
  const place = outlineOfBuildings(group, [stays]);
  expect(findInvalidity(place)).toBeNull();
  for (const one of group) expect(held(place, one)).toBe(4);
  expect(held(place, stays)).toBe(0);
});

test("a wall shared with a building that stays does not cut the one that goes", () => {
  const place = outlineOfBuildings([building(0, 0)], [building(10.01, 0)]);
  expect(findInvalidity(place)).toBeNull();
  expect(held(place, building(0, 0))).toBe(4);
});

test("a building in the middle of those that stay is an island in the hole that they make", () => {
  //  ▣▣▣▣▣▣▣
  //  ▣□□□□□▣    ▣ goes, □ stays
  //  ▣□ ▣ □▣
  //  ▣□□□□□▣
  //  ▣▣▣▣▣▣▣
  const square = (reach: number, step: number) => {
    const along = Array.from({ length: (2 * reach) / step + 1 }, (_, i) => i * step - reach);
    return along.flatMap((x) =>
      along.filter((y) => Math.max(Math.abs(x), Math.abs(y)) === reach).map((y) => building(x, y)),
    );
  };
  const group = [...square(90, 15), building(0, 0)];
  const stay = square(45, 15);
  const place = outlineOfBuildings(group, stay);
  expect(findInvalidity(place)).toBeNull();
  for (const one of group) expect(held(place, one)).toBe(4);
  for (const one of stay) expect(held(place, one)).toBe(0);
  expect(place.map((polygon) => polygon.length).sort()).toEqual([1, 2]);
});

test("a building in the court of one that goes stays where it is", () => {
  //  ┌──────┐
  //  │ ┌──┐ │   the court of a building, open to the south or closed all round
  //  │ │ □  │
  //  └─┘ └──┘
  const at = (east: number, north: number) => [121.4 + east * metreEast, 33.6 + north * metreNorth];
  const line = (...corners: [number, number][]) => [...corners, corners[0]!].flatMap(([x, y]) => at(x, y));
  const open = [[line([0, 0], [20, 0], [20, 50], [40, 50], [40, 0], [60, 0], [60, 60], [0, 60])]];
  const closed = [[line([0, 0], [60, 0], [60, 60], [0, 60]), line([10, 10], [10, 50], [50, 50], [50, 10])]];
  const stays = building(25, 20);
  for (const court of [open, closed, [[[...open[0]![0]!]]]]) {
    const place = outlineOfBuildings([court], [stays]);
    expect(findInvalidity(place)).toBeNull();
    expect(held(place, stays)).toBe(0);
    for (const [x, y] of [at(5, 5), at(5, 55), at(55, 55), at(55, 5)]) expect(holds(place, x!, y!)).toBe(true);
  }
});
