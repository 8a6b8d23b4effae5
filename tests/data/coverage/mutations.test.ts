import { describe, expect, test } from "vitest";
import type { CoverageArea, Fault } from "../../../data/coverage/fault.ts";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { Ring } from "../../../data/schema/geometry.ts";
import { aPlanarDivision, reversed } from "../../support/planar_division.ts";
import { seeded } from "../division/dissection.ts";

const [metreEast, metreNorth] = [1 / 92_900, 1 / 110_900];
const seeds = Array.from({ length: 12 }, (_, i) => 7 * i + 1);
const division = (seed: number) => aPlanarDivision({ columns: 6, rows: 5, areas: 30, detail: 2, seed });

/** One area of the middle, replaced. */
function replaced(areas: CoverageArea[], change: (ring: Ring) => Ring[], at = 14): CoverageArea[] {
  return areas.map((area, i) => (i === at ? { ...area, polygons: [change(area.polygons[0]![0]!)] } : area));
}

function summed(faults: Fault[], kind: Fault["kind"]): number {
  return faults.filter((fault) => fault.kind === kind).reduce((sum, { area_m2 }) => sum + area_m2, 0);
}

/** The middle of a ring's positions and a square of half a side (metres) round it. */
function square(ring: Ring, half: number): Ring {
  let [x, y] = [0, 0];
  for (let i = 2; i < ring.length; i += 2) {
    x += ring[i]! / (ring.length / 2 - 1);
    y += ring[i + 1]! / (ring.length / 2 - 1);
  }
  const [w, e, s, n] = [x - half * metreEast, x + half * metreEast, y - half * metreNorth, y + half * metreNorth];
  return [w, s, e, s, e, n, w, n, w, s];
}

describe.each(seeds)("in division %i", (seed) => {
  const { areas, container } = division(seed);
  const broken = areas[14]!;
  const ringOf = broken.polygons[0]![0]!;

  test.each([0.01, 0.05, 0.3, 1, 5])("a vertex moved by %d m opens a gap or an overlap of its surface", (metres) => {
    const random = seeded(seed);
    const at = 2 * (1 + Math.floor(random() * (ringOf.length / 2 - 2)));
    // across the line between its neighbours, so that the whole way counts
    const [dx, dy] = [ringOf[at + 2]! - ringOf[at - 2]!, ringOf[at + 3]! - ringOf[at - 1]!];
    const length = Math.hypot(dx / metreEast, dy / metreNorth);
    const sign = random() < 0.5 ? 1 : -1;
    const moved = replaced(areas, (ring) => {
      const copy = [...ring];
      copy[at]! -= (sign * metres * (dy / metreNorth) * metreEast) / length;
      copy[at + 1]! += (sign * metres * (dx / metreEast) * metreNorth) / length;
      return [copy];
    });
    const faults = findFaults(moved, container);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) {
      expect(["gap", "overlap"]).toContain(fault.kind);
      expect(fault.features).toContain(broken.id);
    }
    const change = summed(faults, "overlap") - summed(faults, "gap");
    expect(Math.abs(change - (areaOf(moved[14]!.polygons) - areaOf(broken.polygons)))).toBeLessThan(0.01);
  });

  test("an area dropped leaves a gap of its shape", () => {
    const [gap, ...more] = findFaults(
      areas.filter((area) => area !== broken),
      container,
    );
    expect(more).toEqual([]);
    expect(gap!.kind).toBe("gap");
    expect(gap!.area_m2).toBeCloseTo(areaOf(broken.polygons), 1);
  });

  test("an area doubled lies over itself", () => {
    const [overlap, ...more] = findFaults([...areas, { ...broken, id: "copy" }]);
    expect(more).toEqual([]);
    expect(overlap).toMatchObject({ kind: "overlap", features: [broken.id, "copy"] });
    expect(overlap!.area_m2).toBeCloseTo(areaOf(broken.polygons), 1);
  });

  test("an area nested in another lies over it", () => {
    const [overlap, ...more] = findFaults([...areas, { id: "nested", polygons: [[square(ringOf, 4)]] }], container);
    expect(more).toEqual([]);
    expect(overlap).toMatchObject({ kind: "overlap", features: [broken.id, "nested"] });
    expect(overlap!.area_m2).toBeCloseTo(64, 0);
  });

  test("an area grown reaches over its neighbours", () => {
    const [x, y] = square(ringOf, 0);
    const grown = replaced(areas, (ring) => [
      ring.map((value, i) => (i % 2 === 0 ? x! + 1.02 * (value - x!) : y! + 1.02 * (value - y!))),
    ]);
    const faults = findFaults(grown, container);
    const change = areaOf(grown[14]!.polygons) - areaOf(broken.polygons);
    const excess = faults.reduce((sum, { features, area_m2, kind }) => {
      return kind === "overlap" ? sum + (features.length - 1) * area_m2 : sum - area_m2;
    }, 0);
    expect(faults.every(({ features }) => features.includes(broken.id))).toBe(true);
    expect(excess).toBeCloseTo(change, 1);
  });

  test("a hole is a gap that only its area is beside", () => {
    const [gap, ...more] = findFaults(replaced(areas, (ring) => [ring, square(ring, 3)]));
    expect(more).toEqual([]);
    expect(gap).toMatchObject({ kind: "gap", features: [broken.id] });
    expect(gap!.area_m2).toBeCloseTo(36, 0);
  });

  test("a stretch of border that runs backwards ties a bow", () => {
    const tied = replaced(areas, (ring) => {
      const [from, to] = [2 * Math.round(ring.length / 8), 2 * Math.round(ring.length / 4)];
      return [[...ring.slice(0, from), ...reversed(ring.slice(from, to)), ...ring.slice(to)]];
    });
    const invalid = findFaults(tied, container).filter(({ kind }) => kind === "invalid_geometry");
    expect(invalid.map(({ features }) => features)).toEqual([[broken.id]]);
  });

  test("a spike is no surface", () => {
    const spiked = replaced(areas, (ring) => [
      [...ring.slice(0, 4), ring[2]! + 1e-4, ring[3]! + 1e-4, ...ring.slice(2)],
    ]);
    const invalid = findFaults(spiked).filter(({ kind }) => kind === "invalid_geometry");
    expect(invalid.map(({ features }) => features)).toEqual([[broken.id]]);
  });

  test("direction, start, vertices on straight edges and 0.1 mm of jitter are harmless", () => {
    const random = seeded(seed);
    const jitter = (value: number, i: number) =>
      value + 0.0001 * (random() - 0.5) * (i % 2 === 0 ? metreEast : metreNorth);
    const harmless = areas.map(({ id, polygons }) => ({
      id,
      polygons: polygons.map((polygon) =>
        polygon.map((ring) => {
          const turned = [...ring.slice(2), ring[2]!, ring[3]!];
          const middle = [(turned[0]! + turned[2]!) / 2, (turned[1]! + turned[3]!) / 2];
          const shaken = [turned[0]!, turned[1]!, ...middle, ...turned.slice(2, -2)].map(jitter);
          const closed = [...shaken, shaken[0]!, shaken[1]!];
          return random() < 0.5 ? reversed(closed) : closed;
        }),
      ),
    }));
    expect(findFaults(harmless)).toEqual([]);
    expect(findFaults(harmless, container)).toEqual([]);
  });
});
