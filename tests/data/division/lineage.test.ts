import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedSurface } from "../../../data/checks/shared_surface.ts";
import type { CoverageArea } from "../../../data/coverage/fault.ts";
import { traceLineage } from "../../../data/division/lineage.ts";
import { findMovedGround } from "../../../data/division/moved_ground.ts";
import { areaOf } from "../../../data/measure/area.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { square } from "../../support/small_city.ts";

const measured = (areas: CoverageArea[]) => areas.map(({ id, polygons }) => ({ id, area_m2: areaOf(polygons) }));

function lineageOf(before: CoverageArea[], after: CoverageArea[]) {
  return traceLineage(measured(before), measured(after), findMovedGround(before, after));
}

/** Squares of a net 100 m wide, by column; an area may hold several. */
function row(areas: Record<string, number[]>): CoverageArea[] {
  return Object.entries(areas).map(([id, columns]) => ({
    id,
    polygons: columns.flatMap((column) => square(column * 2, 0, 2)),
  }));
}

function kinds(before: Record<string, number[]>, after: Record<string, number[]>): string[] {
  return lineageOf(row(before), row(after))
    .map(({ kind, from, area }) => `${from}→${area} ${kind}`)
    .sort();
}

describe("lineage", () => {
  test("calls what happened by its name", () => {
    expect(kinds({ a: [0, 1] }, { a: [0], b: [1] })).toEqual(["a→a split", "a→b split"]);
    expect(kinds({ a: [0, 1] }, { b: [0], c: [1] })).toEqual(["a→b split", "a→c split"]);
    expect(kinds({ a: [0], b: [1] }, { a: [0, 1] })).toEqual(["a→a merged", "b→a merged"]);
    expect(kinds({ a: [0], b: [1] }, { c: [0, 1] })).toEqual(["a→c merged", "b→c merged"]);
    expect(kinds({ a: [0, 1], b: [2] }, { a: [0], b: [1, 2] })).toEqual([
      "a→a reshaped",
      "a→b reshaped",
      "b→b reshaped",
    ]);
    expect(kinds({ a: [0] }, { a: [0], b: [1] })).toEqual(["a→a kept", "null→b new"]);
    expect(kinds({ a: [0], b: [1] }, { a: [0] })).toEqual(["a→a kept", "b→null retired"]);
    expect(kinds({ a: [0] }, { b: [0] })).toEqual(["a→b split"]);
  });

  test("of any two divisions: parts of an area add up to it, and each is what both have in common", () => {
    const shape = fc.record({
      columns: fc.integer({ min: 2, max: 5 }),
      rows: fc.integer({ min: 2, max: 5 }),
      areas: fc.integer({ min: 2, max: 4 }),
      detail: fc.integer({ min: 0, max: 3 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(shape, shape, fc.integer({ min: 0, max: 4 }), (one, other, gone) => {
        const before = aPlanarDivision(one).areas;
        // some areas of the second are new ones
        const after = aPlanarDivision(other).areas.map(({ id, polygons }, i) => ({
          id: i < gone ? `n${i}` : id,
          polygons,
        }));
        const parts = lineageOf(before, after);
        for (const { id, polygons } of before) {
          const own = parts.filter(({ from }) => from === id);
          expect(own.reduce((sum, { share_of_from }) => sum + share_of_from!, 0)).toBeCloseTo(1, 9);
          for (const { area, share_of_from } of own) {
            if (area === null) continue;
            const common = sharedSurface(polygons, after.find((one) => one.id === area)!.polygons);
            expect(Math.abs(share_of_from! - common / areaOf(polygons))).toBeLessThan(1e-5);
          }
        }
        for (const { id } of after) {
          const own = parts.filter(({ area }) => area === id);
          expect(own.reduce((sum, { share_of_area }) => sum + share_of_area!, 0)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
