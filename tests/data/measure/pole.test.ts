import { expect, test } from "vitest";
import { distanceBetween } from "../../../data/measure/distance.ts";
import { poleOf } from "../../../data/measure/pole.ts";

const square = (lon: number, lat: number, side: number) => [
  lon,
  lat,
  lon + side,
  lat,
  lon + side,
  lat + side,
  lon,
  lat + side,
  lon,
  lat,
];

test("the pole of a square is its middle", () => {
  const [lon, lat] = poleOf([[square(121, 33, 0.01)]]);
  expect(distanceBetween([lon, lat], [121.005, 33.005])).toBeLessThan(20);
});

test("the pole keeps away from a hole in the middle and lies inside", () => {
  const [lon, lat] = poleOf([[square(121, 33, 0.01), square(121.003, 33.003, 0.004)]]);
  const inHole = lon > 121.003 && lon < 121.007 && lat > 33.003 && lat < 33.007;
  expect(inHole).toBe(false);
  expect(lon > 121 && lon < 121.01 && lat > 33 && lat < 33.01).toBe(true);
});

test("the pole of an L lies in its thick corner, where the centroid would be outside", () => {
  //  ┌─┐
  //  │ │
  //  │ └──────┐
  //  └────────┘
  const l = [121, 33, 121.01, 33, 121.01, 33.002, 121.002, 33.002, 121.002, 33.01, 121, 33.01, 121, 33];
  const [lon, lat] = poleOf([[l]]);
  const inside = (lon < 121.002 || lat < 33.002) && lon > 121 && lat > 33;
  expect(inside).toBe(true);
});

test("of several pieces the largest has the pole", () => {
  const [lon] = poleOf([[square(121, 33, 0.001)], [square(122, 33, 0.01)]]);
  expect(lon).toBeGreaterThan(122);
});

test("a flat polygon gives a point on it, and no polygon at all is our mistake", () => {
  expect(poleOf([[[121, 33, 121.1, 33, 121.2, 33, 121, 33]]])).toEqual([121, 33]);
  expect(() => poleOf([])).toThrow(RangeError);
});
