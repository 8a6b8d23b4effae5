import fc from "fast-check";
import { expect, test } from "vitest";
import { evenOddOf } from "../../../data/coverage/repair_rings.ts";
import { sweepRings } from "../../../data/coverage/sweep_rings.ts";
import { findInvalidity } from "../../../data/coverage/validity.ts";
import type { MultiPolygon, Ring } from "../../../data/schema/geometry.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { seeded } from "../division/dissection.ts";

const box = (w: number, s: number, e: number, n: number): Ring => [w, s, e, s, e, n, w, n, w, s];
const reason = (polygons: MultiPolygon) => findInvalidity(polygons)?.reason ?? null;

test("a square is valid, also with positions that repeat", () => {
  expect(reason([[box(0, 0, 4, 4)]])).toBeNull();
  expect(reason([[[0, 0, 4, 0, 4, 0, 4, 4, 0, 4, 0, 0, 0, 0]]])).toBeNull();
});

test("nothing, and what has no surface, is invalid", () => {
  expect(reason([])).toBe("empty");
  expect(reason([[[0, 0, 1, 1, 0, 0, 0, 0]]])).toBe("collapsed");
  expect(reason([[[0, 0, 1, 1, 2, 2, 0, 0]]])).toBe("touches_itself");
});

test.each<[string, Ring, string]>([
  ["a bow tie crosses itself", [0, 0, 4, 4, 4, 0, 0, 4, 0, 0], "crosses_itself"],
  ["a ring that comes back to a vertex touches itself", [0, 0, 2, 2, 4, 0, 4, 4, 2, 2, 0, 4, 0, 0], "touches_itself"],
  ["a vertex on another edge touches it", [0, 0, 4, 0, 4, 4, 2, 0, 0, 4, 0, 0], "touches_itself"],
  ["a spike outwards", [0, 0, 4, 0, 4, 4, 6, 6, 4, 4, 0, 4, 0, 0], "touches_itself"],
  ["a cut of no width", [0, 0, 4, 0, 4, 2, 2, 2, 4, 2, 4, 4, 0, 4, 0, 0], "touches_itself"],
])("%s", (_, ring, expected) => {
  expect(reason([[ring]])).toBe(expected);
  // the sweep may meet a crossing first where it only touches, never nothing
  expect(sweepRings([[ring]])).not.toBeNull();
});

test("holes lie inside their exterior, apart from each other", () => {
  const outer = box(0, 0, 10, 10);
  expect(reason([[outer, box(1, 1, 3, 3), box(4, 4, 6, 6)]])).toBeNull();
  expect(reason([[outer, box(11, 1, 13, 3)]])).toBe("nested");
  expect(reason([[outer, box(1, 1, 5, 5), box(2, 2, 3, 3)]])).toBe("nested");
  expect(reason([[outer, box(1, 1, 4, 4), box(3, 3, 6, 6)]])).toBe("crosses_itself");
  expect(reason([[outer, box(0, 2, 3, 5)]])).not.toBeNull(); // shares a line with the exterior
});

test("rings of one polygon may touch at points as long as the inside stays in one piece", () => {
  //   ◇ touches the exterior once, twice; two holes touch each other twice
  const outer = box(0, 0, 10, 10);
  const left: Ring = [0, 5, 3, 3, 3, 7, 0, 5];
  expect(reason([[outer, left]])).toBeNull();
  expect(reason([[outer, [0, 5, 5, 3, 10, 5, 5, 7, 0, 5]]])).toBe("disconnected");
  expect(reason([[outer, [2, 5, 5, 3, 8, 5, 5, 4, 2, 5], [2, 5, 5, 6, 8, 5, 5, 7, 2, 5]]])).toBe("disconnected");
});

test("parts may touch at points and lie in each other's holes, not share lines or surface", () => {
  expect(reason([[box(0, 0, 4, 4)], [box(4, 4, 8, 8)]])).toBeNull();
  expect(reason([[box(0, 0, 9, 9), box(1, 1, 8, 8)], [box(2, 2, 7, 7)]])).toBeNull();
  expect(reason([[box(0, 0, 4, 4)], [box(4, 0, 8, 4)]])).not.toBeNull();
  expect(reason([[box(0, 0, 4, 4)], [box(1, 1, 3, 3)]])).toBe("nested");
  expect(reason([[box(0, 0, 4, 4)], [box(2, 2, 6, 6)]])).toBe("crosses_itself");
});

/** Rings of few vertices on a small grid, where everything touches everything. */
const crowded = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
  minLength: 3,
  maxLength: 9,
});

test("comparing all edges and sweeping over them say the same of any ring", () => {
  fc.assert(
    fc.property(crowded, (corners) => {
      const ring = [...corners, corners[0]!].flat();
      const compared = findInvalidity([[ring]]);
      if (compared?.reason === "collapsed") return;
      expect(sweepRings([[ring]]) === null).toBe(compared === null);
    }),
    { numRuns: 5000 },
  );
});

test("every area of a right division is valid, large or small", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, areas) => {
      const division = aPlanarDivision({ columns: 8, rows: 8, areas, detail: 1, seed });
      for (const { polygons } of division.areas) {
        expect(findInvalidity(polygons)).toBeNull();
        expect(sweepRings(polygons)).toBeNull();
      }
    }),
    { numRuns: 100 },
  );
});

test("what an invalid ring covers by the even-odd rule is valid", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 3, max: 12 }), (seed, count) => {
      const random = seeded(seed);
      const ring = Array.from({ length: 2 * count }, () => random() / 100);
      const repaired = evenOddOf([[[...ring, ring[0]!, ring[1]!]]]);
      expect(repaired.length === 0 ? null : findInvalidity(repaired)).toBeNull();
    }),
    { numRuns: 300 },
  );
});
