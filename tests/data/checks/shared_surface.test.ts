import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedSurface } from "../../../data/checks/shared_surface.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";
import { box, line } from "../../support/checked_division.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";

/** Corners in metres on an ellipse, so that the ring is convex; counter-clockwise. */
function convex({ x, y, width, height, turns }: Convex): number[] {
  const corners = [...new Set(turns)].sort((a, b) => a - b).map((turn) => (turn / 1000) * 2 * Math.PI);
  const flat = corners.flatMap((angle) => [x + width * Math.cos(angle), y + height * Math.sin(angle)]);
  return [...flat, flat[0]!, flat[1]!];
}
interface Convex {
  x: number;
  y: number;
  width: number;
  height: number;
  turns: number[];
}
const anyConvex = fc.record({
  x: fc.integer({ min: -60, max: 60 }),
  y: fc.integer({ min: -60, max: 60 }),
  width: fc.integer({ min: 5, max: 90 }),
  height: fc.integer({ min: 5, max: 90 }),
  turns: fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 3, maxLength: 14 }),
});

/** The slow and obvious way for convex rings (Sutherland & Hodgman 1974): cut one by every edge of the other. */
function clipped(ring: number[], by: number[]): number[] {
  let rest = ring;
  for (let i = 2; i < by.length; i += 2) {
    const [ax, ay, bx, by_] = by.slice(i - 2, i + 2) as [number, number, number, number];
    const side = (x: number, y: number) => (bx - ax) * (y - ay) - (by_ - ay) * (x - ax);
    const kept: number[] = [];
    for (let k = 2; k < rest.length; k += 2) {
      const [px, py, qx, qy] = rest.slice(k - 2, k + 2) as [number, number, number, number];
      const [p, q] = [side(px, py), side(qx, qy)];
      if (p >= 0) kept.push(px, py);
      if (p > 0 !== q > 0 && p !== q) kept.push(px + (p / (p - q)) * (qx - px), py + (p / (p - q)) * (qy - py));
    }
    if (kept.length < 6) return [];
    rest = [...kept, kept[0]!, kept[1]!];
  }
  return rest;
}

/** From degrees to degrees from a corner near by (−1) or back (1): small numbers keep more digits. */
function moved(ring: number[], sign: 1 | -1): number[] {
  return ring.map((degrees, i) => degrees + sign * (i % 2 === 0 ? 121.4 : 33.6));
}

describe("the surface that two share", () => {
  test("is that of the clipped polygon, whatever convex polygons meet, to 1e-9", () => {
    fc.assert(
      fc.property(anyConvex, anyConvex, (one, two) => {
        const [a, b] = [line(...convex(one)), line(...convex(two))];
        const expected = areaOf([[moved(clipped(moved(a, -1), moved(b, -1)), 1)]]);
        const smaller = Math.min(areaOf([[a]]), areaOf([[b]]));
        expect(Math.abs(sharedSurface([[a]], [[b]]) - expected)).toBeLessThan(1e-9 * smaller + 2e-7);
      }),
      { numRuns: 1000 },
    );
  });

  test("is right where one hangs out over the flat foot of the other", () => {
    //   ╲
    //  ┌─╲─┐
    //  │  ╲│     a needle through a box; found by the property above
    //  └───╲
    const needle = line(5, 0, 4.9999, 0.0314, 0.875, 4.923, 5, 0);
    const tent = line(-4.2, 1.3, 4.2, 1.3, 5, 4, -4.2, 1.3);
    const expected = areaOf([[moved(clipped(moved(needle, -1), moved(tent, -1)), 1)]]);
    expect(sharedSurface([[needle]], [[tent]]) / expected).toBeCloseTo(1, 6);
  });

  test("does not depend on direction, start or order", () => {
    const a = box(0, 0, 30, 20);
    const b: MultiPolygon = [[line(10, -5, 50, 10, 20, 40, 10, -5)]];
    const expected = sharedSurface(a, b);
    expect(expected).toBeGreaterThan(100);
    expect(sharedSurface(b, a)).toBeCloseTo(expected, 9);
    expect(sharedSurface(a, [[line(10, -5, 20, 40, 50, 10, 10, -5)]])).toBeCloseTo(expected, 9);
    expect(sharedSurface(a, [[line(20, 40, 10, -5, 50, 10, 20, 40)]])).toBeCloseTo(expected, 9);
  });

  test("leaves out holes and counts pieces", () => {
    const ring: MultiPolygon = [[box(0, 0, 30, 30)[0]![0]!, box(10, 10, 20, 20)[0]![0]!], box(100, 0, 110, 10)[0]!];
    expect(sharedSurface(ring, box(0, 0, 15, 15)) / areaOf(box(0, 0, 10, 10))).toBeCloseTo(2, 5);
    expect(sharedSurface(ring, box(10, 10, 20, 20))).toBeCloseTo(0, 7);
    expect(sharedSurface(ring, box(-5, -5, 200, 50)) / areaOf(ring)).toBeCloseTo(1, 10);
  });

  test("is nothing where they only touch, all where they are the same", () => {
    expect(sharedSurface(box(0, 0, 10, 10), box(10, 0, 20, 10))).toBeCloseTo(0, 9);
    expect(sharedSurface(box(0, 0, 10, 10), box(10, 10, 20, 20))).toBe(0);
    const same = box(0, 0, 10, 10);
    expect(sharedSurface(same, same) / areaOf(same)).toBeCloseTo(1, 10);
    expect(sharedSurface(same, [])).toBe(0);
  });

  test("adds up to the whole over any division, also with very many edges", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 30 }), (seed, detail) => {
        const { areas, container } = aPlanarDivision({ columns: 5, rows: 4, areas: 6, detail, seed });
        const thing = [[line(20, 30, 390, 60, 300, 250, 180, 140, 60, 270, 20, 30)]];
        const inAll = sharedSurface(thing, container);
        const sum = areas.reduce((total, { polygons }) => total + sharedSurface(thing, polygons), 0);
        expect(Math.abs(sum / inAll - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 40 },
    );
  });

  test("is authalic over kilometres: halves of a tall box weigh as areaOf says", () => {
    const tall = box(0, 0, 1000, 10_000);
    const south = box(-10, -10, 1010, 5000);
    expect(sharedSurface(tall, south) / areaOf(box(0, 0, 1000, 5000))).toBeCloseTo(1, 9);
  });
});
