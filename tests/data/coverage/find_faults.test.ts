import fc from "fast-check";
import { expect, test } from "vitest";
import type { CoverageArea, Fault } from "../../../data/coverage/fault.ts";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { MultiPolygon, Polygon } from "../../../data/schema/geometry.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { seeded } from "../division/dissection.ts";

/** Degrees of longitude and latitude that are one metre here, nearly. */
const [metreEast, metreNorth] = [1 / 92_900, 1 / 110_900];

const at = (x: number, y: number): [number, number] => [121.4 + x * metreEast, 33.6 + y * metreNorth];
const ring = (...corners: [number, number][]) => [...corners, corners[0]!].flatMap(([x, y]) => at(x, y));
const box = (w: number, s: number, e: number, n: number): Polygon => [ring([w, s], [e, s], [e, n], [w, n])];
const area = (id: string, ...polygons: MultiPolygon): CoverageArea => ({ id, polygons });
const kinds = (faults: Fault[]) => faults.map(({ kind, features }) => `${kind} ${features.join("+")}`);

test("two squares that share an edge are a coverage, whichever way they run", () => {
  const backwards = ring([10, 0], [10, 10], [20, 10], [20, 0]);
  expect(findFaults([area("A", box(0, 0, 10, 10)), area("B", [backwards])])).toEqual([]);
});

test("nothing at all has no fault, and leaves a container empty", () => {
  expect(findFaults([])).toEqual([]);
  expect(kinds(findFaults([], [box(0, 0, 10, 10)]))).toEqual(["gap "]);
});

test("a vertex in the middle of the neighbour's straight edge is no fault", () => {
  //  ┌───┬───┐
  //  │ B │ C │
  //  ├───┴───┤
  //  │   A   │
  //  └───────┘
  const areas = [area("A", box(0, 0, 20, 10)), area("B", box(0, 10, 7, 20)), area("C", box(7, 10, 20, 20))];
  expect(findFaults(areas)).toEqual([]);
});

test("pieces, enclaves and islands are right", () => {
  const hole = ring([10, 10], [10, 20], [20, 20], [20, 10]);
  const areas = [
    area("around", [...box(0, 0, 30, 30), hole]),
    area("enclave", box(10, 10, 20, 20)),
    area("pieces", box(40, 0, 50, 10), box(60, 0, 70, 10)),
  ];
  expect(findFaults(areas)).toEqual([]);
});

test("what areas enclose and leave open is a gap, with all of them beside it", () => {
  const areas = [
    area("A", box(0, 0, 30, 10)),
    area("B", box(0, 10, 10, 30)),
    area("C", box(20, 10, 30, 30)),
    area("D", box(0, 30, 30, 40)),
  ];
  const [gap, ...more] = findFaults(areas);
  expect(more).toEqual([]);
  expect(gap).toMatchObject({ kind: "gap", features: ["A", "B", "C", "D"] });
  expect(gap!.area_m2).toBeCloseTo(200, 0);
});

test("without a container open water is no gap; with one it is", () => {
  const areas = [area("A", box(0, 0, 10, 30)), area("B", box(20, 0, 30, 30))];
  expect(findFaults(areas)).toEqual([]);
  expect(kinds(findFaults(areas, [box(0, 0, 30, 30)]))).toEqual(["gap A+B"]);
});

test("a room behind a crack of 0.3 mm is enclosed", () => {
  //   ┌─────┬─────┐
  //   │  A  ┃  B  │     the crack runs up to the outside
  //   │   ┌─┸─┐   │
  //   └───┴───┴───┘
  const room = 0.0003;
  const areas = [
    area("A", [ring([0, 0], [20, 0], [20, 5], [10, 5], [10, 10], [14.9999, 10], [15, 20], [0, 20])]),
    area("B", [ring([20, 0], [30, 0], [30, 20], [15 + room, 20], [14.9999 + room, 10], [20, 10])]),
  ];
  expect(kinds(findFaults(areas))).toEqual(["gap A+B"]);
  expect(findFaults(areas)[0]!.area_m2).toBeCloseTo(50, 0);
});

test("an overlap names both, and is cut where a proved border runs through it", () => {
  //  ┌───┬───┐
  //  │ A │ B │
  //  │ ┌─┼─┐ │
  //  │ │ C │ │
  //  └─┴─┴─┴─┘
  const areas = [area("A", box(0, 0, 20, 20)), area("B", box(20, 0, 40, 20)), area("C", box(10, 0, 35, 10))];
  expect(kinds(findFaults(areas))).toEqual(["overlap B+C", "overlap A+C"]);
});

test("where three overlap, all three are named", () => {
  const areas = [area("A", box(0, 0, 20, 20)), area("B", box(10, 0, 30, 20)), area("C", box(15, 0, 40, 20))];
  expect(new Set(kinds(findFaults(areas)))).toEqual(new Set(["overlap A+B", "overlap A+B+C", "overlap B+C"]));
});

test("what reaches beyond the container is outside", () => {
  const [fault, ...more] = findFaults([area("A", box(0, 0, 20, 10))], [box(0, 0, 15, 10)]);
  expect(more).toEqual([]);
  expect(fault).toMatchObject({ kind: "outside", features: ["A"] });
  expect(fault!.area_m2).toBeCloseTo(50, 0);
});

test("one square ten thousand times is one overlap", () => {
  const areas = Array.from({ length: 10_000 }, (_, i) => area(`s${i}`, box(0, 0, 10, 10)));
  const [fault, ...more] = findFaults(areas);
  expect(more).toEqual([]);
  expect(fault!.features).toHaveLength(10_000);
});

test("thousands of edges may meet at one point", () => {
  const middle = at(0, 0);
  const corner = (i: number) => at(500 * Math.cos((i * Math.PI) / 2000), 500 * Math.sin((i * Math.PI) / 2000));
  const fan = Array.from({ length: 2000 }, (_, i) => [...middle, ...corner(2 * i), ...corner(2 * i + 1), ...middle]);
  expect(findFaults([area("fan", ...fan.map((one) => [one]))])).toEqual([]);
});

test("a crack of 100 m is a fault when 5 mm of it bulge, and none without", () => {
  const crack = (bulge: number) => [
    area("A", [ring([0, 0], [100, 0], [100, 10], [50.01, 10], [50, 10 - bulge], [49.99, 10], [0, 10])]),
    area("B", box(0, 10.0002, 100, 20)),
    area("C", box(-5, 0, 0, 20)),
    area("D", box(100, 0, 105, 20)),
  ];
  expect(findFaults(crack(0))).toEqual([]);
  expect(kinds(findFaults(crack(0.005)))).toEqual(["gap A+B+C+D"]);
});

test("a broken area is named, and hides nothing elsewhere", () => {
  const bowTie = ring([0, 0], [10, 10], [10, 0], [0, 10]);
  const areas = [area("A", [bowTie]), area("B", box(20, 0, 30, 10)), area("C", box(25, 0, 35, 10))];
  expect(kinds(findFaults(areas)).sort()).toEqual(["invalid_geometry A", "overlap B+C"]);
});

test("a corner straight above the middle of an edge does not mix up who lies where", () => {
  //  ┌──┬─┬┐
  //  │ B│╲ │     A's corner stands right above the middle of B's lower edge, half way up
  //  │  └──╲──
  //  └──────┘╲ A
  const areas = [area("A", [ring([50, 50], [20, 80], [20, 70])]), area("B", box(10, 60, 30, 80))];
  const outside = findFaults(areas, [box(0, 0, 10, 10)]).filter(({ kind }) => kind === "outside");
  expect(kinds(outside)).toEqual(["outside B", "outside A+B", "outside A", "outside B"]);
});

test("an open ring is our mistake", () => {
  expect(() => findFaults([area("A", [[...at(0, 0), ...at(1, 0), ...at(1, 1)]])])).toThrow(RangeError);
});

const shapes = fc.record({
  columns: fc.integer({ min: 2, max: 7 }),
  rows: fc.integer({ min: 2, max: 7 }),
  areas: fc.integer({ min: 1, max: 4 }),
  detail: fc.integer({ min: 0, max: 4 }),
  seed: fc.integer(),
});

test("a right division has no fault, with its outline or without", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const { areas, container } = aPlanarDivision(shape);
      expect(findFaults(areas)).toEqual([]);
      expect(findFaults(areas, container)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("a point inside lies inside its place, and no place is counted twice", () => {
  fc.assert(
    fc.property(shapes, fc.integer(), (shape, seed) => {
      const { areas, container } = aPlanarDivision(shape);
      const shaken = shake(areas, seed);
      const faults = findFaults(shaken, container);
      if (faults.some(({ kind }) => kind === "invalid_geometry")) return;
      const sum = (of: Fault["kind"], share: (fault: Fault) => number) =>
        faults.filter(({ kind }) => kind === of).reduce((total, fault) => total + share(fault) * fault.area_m2, 0);
      const areasOfAll = shaken.reduce((total, { polygons }) => total + areaOf(polygons), 0);
      const filled =
        areasOfAll -
        sum("overlap", ({ features }) => features.length - 1) -
        sum("outside", () => 1) +
        sum("gap", () => 1);
      expect(Math.abs(filled / areaOf(container) - 1)).toBeLessThan(1e-6);
      for (const { at: inside, polygons } of faults) expect(isInside(polygons, inside![0], inside![1])).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("the order of areas and the start of rings do not matter", () => {
  fc.assert(
    fc.property(shapes, fc.integer(), (shape, seed) => {
      const areas = shake(aPlanarDivision(shape).areas, seed);
      const turned = [...areas].reverse().map(({ id, polygons }) => ({
        id,
        polygons: polygons.map((polygon) => polygon.map((one) => [...one.slice(2), one[2]!, one[3]!])),
      }));
      const places = (faults: Fault[]) =>
        faults
          .map(({ kind, features, area_m2 }) => `${kind} ${[...features].sort().join()} ${area_m2.toFixed(2)}`)
          .sort();
      expect(places(findFaults(turned))).toEqual(places(findFaults(areas)));
    }),
    { numRuns: 60 },
  );
});

/** Moves a few vertices of single areas by up to 5 m. */
function shake(areas: CoverageArea[], seed: number): CoverageArea[] {
  const random = seeded(seed);
  return areas.map(({ id, polygons }) => ({
    id,
    polygons: polygons.map((polygon) =>
      polygon.map((one) => {
        const moved = [...one];
        for (let i = 2; i + 2 < moved.length; i += 2) {
          if (random() > 0.1) continue;
          moved[i]! += 10 * (random() - 0.5) * metreEast;
          moved[i + 1]! += 10 * (random() - 0.5) * metreNorth;
        }
        return moved;
      }),
    ),
  }));
}

function isInside(polygons: MultiPolygon, x: number, y: number): boolean {
  let inside = false;
  for (const one of polygons.flat()) {
    for (let i = 2; i < one.length; i += 2) {
      const [ax, ay, bx, by] = [one[i - 2]!, one[i - 1]!, one[i]!, one[i + 1]!];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}
