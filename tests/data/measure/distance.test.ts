import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceBetween, lengthOf } from "../../../data/measure/distance.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";

test("distances are those of PROJ's geod on the same ellipsoid, to the millimetre", () => {
  expect(distanceBetween([121.4, 33.6], [121.42, 33.61])).toBeCloseTo(2162.339727, 4);
  expect(distanceBetween([121.4, 33.6], [121.4001, 33.6])).toBeCloseTo(9.281556, 5);
  expect(distanceBetween([20, 10], [100, -35])).toBeCloseTo(9747645.95475, 3);
});

test("a position is at no distance from itself, and both ways are as long", () => {
  const position = fc.tuple(
    fc.double({ min: 70, max: 140, noNaN: true }),
    fc.double({ min: -60, max: 60, noNaN: true }),
  );
  fc.assert(
    fc.property(position, position, (a, b) => {
      expect(distanceBetween(a, a)).toBe(0);
      expect(distanceBetween(a, b)).toBeCloseTo(distanceBetween(b, a), 5);
    }),
  );
});

test("points opposite each other are refused, not guessed", () => {
  expect(() => distanceBetween([0, 0.1], [179.95, 0])).toThrow(RangeError);
});

test("the date line is no wall", () => {
  expect(distanceBetween([179.999, 10], [-179.999, 10])).toBeCloseTo(distanceBetween([10, 10], [10.002, 10]), 6);
});

test("the length of a line is the sum of its stretches", () => {
  const line = [121.4, 33.6, 121.42, 33.61, 121.42, 33.61, 121.4, 33.6];
  expect(lengthOf(line)).toBeCloseTo(2 * 2162.339727, 4);
});

test("metres per degree agree with geodesics over a hundred metres", () => {
  const [perLon, perLat] = metresPerDegree(33.6);
  expect(distanceBetween([121.4, 33.6], [121.401, 33.6])).toBeCloseTo(perLon / 1000, 4);
  expect(distanceBetween([121.4, 33.5995], [121.4, 33.6005])).toBeCloseTo(perLat / 1000, 4);
});
