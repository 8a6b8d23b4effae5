import { expect, test } from "vitest";
import { positionOf } from "../../../web/map/position_of.ts";

test("a point is where it is, anything larger in the middle of its box", () => {
  expect(positionOf({ type: "Point", coordinates: [120, 30] })).toEqual([120, 30]);
  const line = [
    [120, 30],
    [122, 34],
    [121, 31],
  ];
  expect(positionOf({ type: "LineString", coordinates: line })).toEqual([121, 32]);
  expect(positionOf({ type: "MultiPolygon", coordinates: [[line]] })).toEqual([121, 32]);
});
