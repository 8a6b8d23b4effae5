import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MendGround, suggestMends } from "../../../data/checks/suggest_mends.ts";
import type { CoverageArea } from "../../../data/coverage/fault.ts";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import { areaOf } from "../../../data/measure/area.ts";
import { distanceBetween, lengthOf } from "../../../data/measure/distance.ts";
import type { MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { seeded } from "../division/dissection.ts";

const [metreEast, metreNorth] = [1 / 92_900, 1 / 110_900];
const at = (x: number, y: number): Position => [121.4 + x * metreEast, 33.6 + y * metreNorth];
const box = (w: number, s: number, e: number, n: number): MultiPolygon => [
  [[...at(w, s), ...at(e, s), ...at(e, n), ...at(w, n), ...at(w, s)]],
];
const area = (id: string, polygons: MultiPolygon) => ({ id, polygons, households: 0, people: 0 });

/** Faults of the areas and what is suggested for each. */
function mend(ground: Partial<MendGround> & Pick<MendGround, "areas">, container?: MultiPolygon) {
  const faults = findFaults(ground.areas, container);
  return { faults, mends: suggestMends(faults, { buildings: [], ...ground }) };
}

describe("a gap", () => {
  //  ┌───┬────┬──┐
  //  │ A │    │ B│     the gap is 30 m high; D lies along it for 20 m
  //  │   ├────┤  │
  //  └───┴─D──┴──┘
  const areas = [
    area("A", box(0, 0, 20, 40)),
    area("B", box(40, 0, 50, 40)),
    area("D", box(20, 0, 40, 10)),
    area("E", box(0, 40, 50, 50)),
  ];

  test("goes to neighbours by falling length of the common border", () => {
    const { mends } = mend({ areas });
    expect(mends[0]!.map(({ act }) => act)).toEqual(["give", "give", "give", "give"]);
    expect(new Set(mends[0]!.slice(0, 2).map(({ area_id }) => area_id))).toEqual(new Set(["A", "B"]));
    expect(mends[0]![0]!.border_m).toBeCloseTo(distanceBetween(at(20, 10), at(20, 40)), 3);
    expect(mends[0]!.find(({ area_id }) => area_id === "D")!.border_m).toBeCloseTo(
      distanceBetween(at(20, 10), at(40, 10)),
      3,
    );
  });

  test("brings its buildings along, and says whether they fit", () => {
    const buildings = [
      { at: at(30, 20), households: 40, people: 90 },
      { at: at(10, 20), households: 7, people: 9 },
    ];
    const crowded = areas.map((one) => ({ ...one, households: 480, people: 1000 }));
    const { mends } = mend({ areas: crowded, buildings, fits: (_, { households }) => households <= 500 });
    const { before, after, fits } = mends[0]![0]!.changes[0]!;
    expect({ before, after, fits }).toMatchObject({
      before: { households: 480, people: 1000 },
      after: { households: 520, people: 1090 },
      fits: false,
    });
  });

  test("at the tip of a needle counts each side once", () => {
    const [tip, south, north] = [at(100, 10), at(0, 9.99), at(0, 10.01)];
    const needle = [
      area("below", [[[...at(0, 0), ...at(100, 0), ...tip, ...south, ...at(0, 0)]]]),
      area("above", [[[...at(100, 20), ...at(0, 20), ...north, ...tip, ...at(100, 20)]]]),
      area("west", [[[...at(-5, 0), ...at(0, 0), ...south, ...north, ...at(0, 20), ...at(-5, 20), ...at(-5, 0)]]]),
    ];
    const { mends } = mend({ areas: needle });
    expect(mends).toHaveLength(1);
    for (const { area_id, border_m } of mends[0]!) {
      expect(Math.abs(border_m - (area_id === "west" ? 0.02 : distanceBetween(south, tip)))).toBeLessThan(0.001);
    }
  });
});

describe("an overlap", () => {
  test("is kept by who had it in force, else by the longest border, and the others lose it", () => {
    // B reaches 5 m into A over 10 of its 40 m
    const areas = [area("A", box(0, 0, 40, 40)), area("B", box(35, 10, 60, 20))];
    const [mends] = mend({ areas }).mends;
    expect(mends!.map(({ act, area_id }) => `${act} ${area_id}`)).toEqual(["keep A", "keep B"]);
    expect(mends![0]!.border_m).toBeCloseTo(distanceBetween(at(35, 10), at(35, 20)) + 2 * 5, 1);
    expect(mends![1]!.border_m).toBeCloseTo(distanceBetween(at(40, 10), at(40, 20)), 3);
    expect(mends![0]!.changes.map(({ area_id }) => area_id)).toEqual(["B"]);
    const published = new Map([
      ["A", box(0, 0, 35, 40)],
      ["B", box(35, 10, 60, 20)],
    ]);
    expect(mend({ areas, published }).mends[0]!.map(({ area_id }) => area_id)).toEqual(["B", "A"]);
  });

  test("with an area that would be gone without it is kept by that one", () => {
    const { mends } = mend({ areas: [area("around", box(0, 0, 40, 40)), area("enclave", box(10, 10, 20, 20))] });
    expect(mends[0]![0]).toMatchObject({ act: "keep", area_id: "enclave", changes: [{ area_id: "around" }] });
  });

  test("of ten thousand areas tells a few ways only", () => {
    const areas = Array.from({ length: 10_000 }, (_, i) => area(`s${i}`, box(0, 0, 10, 10)));
    const { mends } = mend({ areas });
    expect(mends[0]!.length).toBeLessThan(10);
    expect(mends[0]![0]!.changes).toHaveLength(9999);
  });
});

test("what reaches outside is cut off from all that reach there, along the boundary", () => {
  const areas = [{ ...area("A", box(0, 0, 60, 10)), households: 30 }, area("B", box(0, 10, 50, 20))];
  const { mends } = mend({ areas, buildings: [{ at: at(55, 5), households: 12, people: 20 }] }, box(0, 0, 50, 20));
  expect(mends).toHaveLength(1);
  expect(mends[0]).toMatchObject([{ act: "cut_off", area_id: "A", changes: [{ after: { households: 18 } }] }]);
  expect(mends[0]![0]!.border_m).toBeCloseTo(lengthOf([...at(50, 0), ...at(50, 10)]), 3);
});

test("a broken geometry has no mend", () => {
  const tied = [[[...at(0, 0), ...at(10, 10), ...at(10, 0), ...at(0, 10), ...at(0, 0)]]];
  expect(mend({ areas: [area("A", tied)] }).mends).toEqual([[]]);
});

test("a fault of other areas than those given is our mistake", () => {
  const faults = findFaults([area("A", box(0, 0, 10, 10)), area("B", box(5, 0, 15, 10))]);
  expect(() => suggestMends(faults, { areas: [], buildings: [] })).toThrow(RangeError);
});

test("surfaces and counts go with the place, and none comes or goes", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 6 }), (seed, side) => {
      const { areas, container } = aPlanarDivision({ columns: side, rows: side, areas: side + 2, detail: 2, seed });
      const random = seeded(seed);
      const shaken = shake(areas, random);
      const buildings = Array.from({ length: 200 }, () => ({
        at: [121.4 + random() * side * 0.00086, 33.6 + random() * side * 0.00072] as Position,
        households: Math.floor(random() * 20),
        people: Math.floor(random() * 50),
      }));
      const { faults, mends } = mend(
        { areas: shaken.map((one) => ({ ...one, households: 10_000, people: 30_000 })), buildings },
        container,
      );
      faults.forEach((fault, i) => {
        if (fault.kind === "invalid_geometry") return;
        const perimeter = fault.polygons.flat().reduce((sum, ring) => sum + lengthOf(ring), 0);
        for (const { border_m } of mends[i]!) expect(border_m).toBeLessThan(perimeter + 0.001);
        let moved: number | undefined;
        for (const { changes, act } of mends[i]!) {
          expect(act).toBe(fault.kind === "gap" ? "give" : fault.kind === "overlap" ? "keep" : "cut_off");
          const gaining = act === "give" ? 1 : -1;
          for (const { area_id, before, after } of changes) {
            const { polygons } = shaken.find(({ id }) => id === area_id)!;
            expect(before).toEqual({ area_m2: areaOf(polygons), households: 10_000, people: 30_000 });
            expect(after.area_m2).toBeCloseTo(before.area_m2 + gaining * areaOf(fault.polygons), 6);
            moved ??= Math.abs(after.households - before.households);
            expect(after.households).toBe(before.households + gaining * moved);
          }
        }
      });
    }),
    { numRuns: 80 },
  );
});

/** Moves a few vertices of single areas by up to 5 m. */
function shake(areas: readonly CoverageArea[], random: () => number): CoverageArea[] {
  return areas.map(({ id, polygons }) => ({
    id,
    polygons: polygons.map((polygon) =>
      polygon.map((ring) => {
        const moved = ring.map((value, i) =>
          random() < 0.1 ? value + 10 * (random() - 0.5) * (i % 2 === 0 ? metreEast : metreNorth) : value,
        );
        return [...moved.slice(0, -2), moved[0]!, moved[1]!];
      }),
    ),
  }));
}
