import fc from "fast-check";
import { expect, test } from "vitest";
import { findInvalidity } from "../../../data/coverage/validity.ts";
import { evenOddOf } from "../../../data/coverage/repair_rings.ts";
import { joinHoles } from "../../../data/coverage/join_holes.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { Ring } from "../../../data/schema/geometry.ts";
import { aDraftArea, anOpenDraft } from "../../support/draft_division.ts";

/** A square round 121.5°E 33.5°N that reaches so many metres or so to each side. */
const square = (reach: number, east = 0): Ring => {
  const [w, s, e, n] = [
    121.5 + (east - reach) / 1e5,
    33.5 - reach / 1e5,
    121.5 + (east + reach) / 1e5,
    33.5 + reach / 1e5,
  ];
  return [w, s, e, s, e, n, w, n, w, s].map((value) => Math.round(value * 1e9) / 1e9);
};

test("an island in a hole keeps its own hole, in whatever order the rings come", () => {
  //  ┌─────────┐
  //  │ ┌─────┐ │   outer with a hole, in which an island lies that has a hole, too
  //  │ │ ┌▣┐ │ │
  //  │ └─────┘ │
  //  └─────────┘
  const [outer, hole, island, inner] = [square(50), square(40), square(30), square(20)];
  expect(joinHoles([outer, island], [hole, inner])).toEqual([
    [outer, hole],
    [island, inner],
  ]);
  expect(joinHoles([island, outer], [inner, hole])).toEqual([
    [island, inner],
    [outer, hole],
  ]);
});

test("islands beside one another in one hole get what lies in them", () => {
  const [outer, hole] = [square(50), square(40)];
  const [west, east] = [square(10, -20), square(10, 20)];
  const [inWest, inEast] = [square(5, -20), square(5, 20)];
  expect(joinHoles([outer, west, east], [inEast, hole, inWest])).toEqual([
    [outer, hole],
    [west, inWest],
    [east, inEast],
  ]);
});

test("rings in one another, however many and however mixed, come out as valid polygons", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }), (depth, offset) => {
      const rings = Array.from({ length: 2 * depth }, (_, i) => square(100 - 4 * i, offset));
      const exteriors = rings.filter((_, i) => i % 2 === 0);
      const holes = rings.filter((_, i) => i % 2 === 1);
      const polygons = joinHoles([...exteriors].reverse(), holes);
      expect(findInvalidity(polygons)).toBeNull();
      expect(polygons.every((polygon) => polygon.length === 2)).toBe(true);
    }),
  );
});

test("a hole without ground round it is a mistake that does not pass unseen", () => {
  expect(() => joinHoles([square(10), square(5, 40)], [square(20)])).toThrow("no exterior");
});

test("an area with an island in its hole is redrawn without losing either", () => {
  // 11: the outer ring and the island, 12: between them
  const [outer, hole, island] = [square(50), square(40), square(20)];
  const areas = [
    aDraftArea({ id: "1", level: 1, polygons: [[outer]] }),
    aDraftArea({ id: "11", parent_id: "1", polygons: [[outer, hole], [island]] }),
    aDraftArea({ id: "12", parent_id: "1", polygons: [[hole, island]] }),
  ];
  const draft = anOpenDraft(areas, { top_id: "1" });
  const before = areaOf(draft.area("12")!.polygons);
  const place = (ring: Ring) => [
    [Array.from({ length: 5 }, (_, i): [number, number] => [ring[2 * i]!, ring[2 * i + 1]!])],
  ];
  const given = draft.apply({ op: "give", to: "12", place: place(square(10)), pieces: true });
  expect(given.ok).toBe(true);
  expect(draft.area("11")!.polygons).toEqual([
    [outer, hole],
    [island, expect.any(Array)],
  ]);
  expect(areaOf(draft.area("12")!.polygons)).toBeCloseTo(before + areaOf([[square(10)]]), 3);
  if (!given.ok) return;
  draft.restore(given.inverse);
  expect(draft.areas()).toEqual(areas);
});

test("an invalid area with rings in its holes covers what lies in an odd number of them", () => {
  const rings = [square(50), square(40), square(30), square(20)];
  const covered = evenOddOf([rings]);
  expect(covered.map((polygon) => polygon.length)).toEqual([2, 2]);
  expect(findInvalidity(covered)).toBeNull();
  expect(areaOf(covered)).toBeCloseTo(
    areaOf([
      [rings[0]!, rings[1]!],
      [rings[2]!, rings[3]!],
    ]),
    3,
  );
});

test("what rings cover that cross one another and themselves at random comes out as valid polygons", () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
  const ring = fc.array(corner, { minLength: 3, maxLength: 12 }).map((corners): Ring => {
    const line = corners.flatMap(([x, y]) =>
      [121 + x / 1e5, 33 + y / 1e5].map((value) => Math.round(value * 1e9) / 1e9),
    );
    return [...line, line[0]!, line[1]!];
  });
  fc.assert(
    fc.property(fc.array(ring, { minLength: 1, maxLength: 8 }), (rings) => {
      const covered = evenOddOf(rings.map((one) => [one]));
      expect(covered.length === 0 || findInvalidity(covered) === null).toBe(true);
    }),
    { numRuns: 400 },
  );
});
