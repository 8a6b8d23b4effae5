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
