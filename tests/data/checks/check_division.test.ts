import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDivision } from "../../../data/checks/check_division.ts";
import type { CheckedArea, NetworkRules } from "../../../data/checks/division.ts";
import type { DivisionFault, Findings } from "../../../data/checks/findings.ts";
import { sharedSurface } from "../../../data/checks/shared_surface.ts";
import { areaOf } from "../../../data/measure/area.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";
import {
  aDivision,
  anArea,
  aProfile,
  aThing,
  at,
  box,
  line,
  lines,
  point,
  surface,
} from "../../support/checked_division.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";

//       0     100    200
//  100  ┌──────┬──────┐
//       │  G1  │  G2  │      community C, two grids
//    0  └──────┴──────┘
const community = anArea("C", box(0, 0, 200, 100), { role: "community" });
const below = (id: string, ...sides: Parameters<typeof box>) => anArea(id, box(...sides), { parent_id: "C" });
const g1 = below("G1", 0, 0, 100, 100);
const g2 = below("G2", 100, 0, 200, 100);

const check = (areas: CheckedArea[], change: Parameters<typeof aDivision>[1] = {}) =>
  checkDivision(aDivision(areas, change));
const kindsOf = ({ faults }: Findings) => faults.map(({ kind }) => kind);
const rules = (change: Partial<NetworkRules>): NetworkRules => ({ ...aDivision([]).rules, ...change });
/** Square metres as drawn, within the rounding of coordinates. */
const drawn = (square: number) => expect.closeTo(square / 1000, 1);
const inThousands = ({ area_m2 }: DivisionFault) => area_m2 / 1000;

describe("a right division", () => {
  test("has neither fault nor warning, and says what it measured", () => {
    const found = check([community, { ...g1, households: 300 }, { ...g2, households: 400 }]);
    expect(found).toMatchObject({ faults: [], warnings: [], free_water: [], hydrants: null });
    expect(found.measures).toMatchObject({
      lowest_areas: 2,
      households: { least: 300, mean: 350, most: 400, deviation: 50 },
      compactness: { least: expect.closeTo(Math.PI / 4, 3), mean: expect.closeTo(Math.PI / 4, 3) },
      border_on_roads: 0,
      by_area: [
        { area_id: "G1", border_on_roads: 0, pieces: 1 },
        { area_id: "G2", border_on_roads: 0, pieces: 1 },
      ],
    });
  });

  test("tells its progress, rising to the end", () => {
    const told: number[] = [];
    checkDivision(aDivision([community, g1, g2]), { onProgress: (done) => told.push(done) });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  test("may be one area alone, or nothing at all", () => {
    expect(check([community]).measures.lowest_areas).toBe(1);
    expect(check([], { top_id: null })).toMatchObject({
      faults: [],
      warnings: [],
      measures: { lowest_areas: 0, households: null, compactness: null, border_on_roads: null, by_area: [] },
    });
  });
});

describe("planted faults", () => {
  test("a gap names its neighbours and what is counted nowhere, and how to heal it", () => {
    const narrow = below("G1", 0, 0, 90, 100);
    const things = [
      aThing("building", "1", surface(box(92, 10, 98, 20)), { households: 12, people: 30 }),
      aThing("building", "2", surface(box(20, 10, 30, 20)), { households: 99 }),
    ];
    const { faults } = check([community, narrow, g2], { things });
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatchObject({
      kind: "gap",
      parent_id: "C",
      inside: { buildings: 1, households: 12, people: 30 },
      thing: null,
      mends: [{ act: "give" }, { act: "give" }],
    });
    expect(inThousands(faults[0]!)).toEqual(drawn(1000));
    expect([...faults[0]!.area_ids].sort()).toEqual(["G1", "G2"]);
    expect(faults[1]).toMatchObject({ kind: "uncovered", thing: { kind: "building", id: "1" }, parent_id: "C" });
  });

  test("a mend says whether the receiver still fits its profile", () => {
    const profile = aProfile({ households: [null, 100] });
    const areas = [community, { ...below("G1", 0, 0, 90, 100), households: 95, profile }, { ...g2, households: 10 }];
    const things = [aThing("building", "1", point(95, 50), { households: 12 })];
    const [gap] = check(areas, { things }).faults;
    const fits = new Map(gap!.mends.map(({ area_id, changes }) => [area_id, changes[0]!.fits]));
    expect(Object.fromEntries(fits)).toEqual({ G1: false, G2: null });
  });

  test("an overlap counts what lies there twice", () => {
    const things = [aThing("building", "1", point(105, 50), { households: 5 })];
    const { faults } = check([community, below("G1", 0, 0, 110, 100), g2], { things });
    expect(faults).toMatchObject([{ kind: "overlap", inside: { buildings: 1, households: 5 }, parent_id: "C" }]);
  });

  test("a grid that leaves its community is outside, though nobody else is there", () => {
    const { faults } = check([community, g1, below("G2", 100, 0, 220, 100)]);
    expect(faults).toMatchObject([{ kind: "outside", area_ids: ["G2"] }]);
  });

  test("an invalid geometry is told with its reason, at any level and of the top itself", () => {
    const bow = [[line(0, 0, 100, 100, 100, 0, 0, 100, 0, 0)]];
    const invalid = (areas: CheckedArea[]) =>
      check(areas)
        .faults.filter(({ kind }) => kind === "invalid_geometry")
        .map(({ area_ids, reason, parent_id }) => [area_ids, reason, parent_id]);
    expect(invalid([community, { ...g1, polygons: bow }, g2])).toEqual([[["G1"], "crosses_itself", "C"]]);
    expect(invalid([{ ...community, polygons: bow }])).toEqual([[["C"], "crosses_itself", null]]);
    expect(invalid([{ ...community, polygons: bow }, g1, g2])).toEqual([[["C"], "crosses_itself", null]]);
    expect(
      invalid([community, g1, g2, below("G3", 0, 0, 0, 0), { ...g1, id: "G4", code: "G4", polygons: [] }]),
    ).toEqual([
      [["G3"], "collapsed", "C"],
      [["G4"], "empty", "C"],
    ]);
  });

  test("a code that two areas have", () => {
    const { faults } = check([community, g1, { ...g2, code: "G1" }]);
    expect(faults).toMatchObject([{ kind: "duplicate_code", area_ids: ["G1", "G2"], parent_id: "C", area_m2: 0 }]);
  });

  test("are found level by level, each under its own parent, largest first", () => {
    const street = anArea("S", box(0, 0, 500, 100), { role: "subdistrict" });
    const inStreet = { ...community, parent_id: "S" };
    const other = anArea("D", box(250, 0, 500, 100), { parent_id: "S" });
    const found = check([street, inStreet, other, below("G1", 0, 0, 99, 100), g2]);
    expect(found.faults.map(({ kind, parent_id, area_ids }) => [kind, parent_id, [...area_ids].sort()])).toEqual([
      ["gap", "S", ["C", "D"]],
      ["gap", "C", ["G1", "G2"]],
    ]);
  });
});

describe("a whole network", () => {
  const [a, b] = [anArea("A", box(0, 0, 100, 100)), anArea("B", box(100, 0, 200, 100))];
  const whole = (areas: CheckedArea[], change = {}) => check(areas, { top_id: null, ...change });

  test("need fill nothing: only overlaps and enclosed holes between its tops are faults", () => {
    expect(kindsOf(whole([a, b]))).toEqual([]);
    expect(kindsOf(whole([a, anArea("B", box(150, 0, 200, 100))]))).toEqual([]);
    expect(whole([a, anArea("B", box(90, 0, 200, 100))]).faults).toMatchObject([
      { kind: "overlap", parent_id: null, area_ids: ["A", "B"] },
    ]);
  });

  test("misses what lies in none of its tops, once", () => {
    const ring = anArea("A", [[box(0, 0, 100, 100)[0]![0]!, box(40, 40, 60, 60)[0]![0]!]]);
    const things = [
      aThing("building", "enclosed", point(50, 50)),
      aThing("building", "beyond", point(300, 50)),
      aThing("road", "leaving", lines(line(150, 50, 400, 50))),
    ];
    const { faults } = whole([ring, b], { things });
    expect(faults.map(({ kind, thing }) => [kind, thing?.id])).toEqual([
      ["gap", undefined],
      ["uncovered", "beyond"],
      ["uncovered", "enclosed"],
    ]);
  });

  test("things beyond the border are nobody's fault when one area is judged", () => {
    expect(check([community, g1, g2], { things: [aThing("building", "beyond", point(300, 50))] }).faults).toEqual([]);
  });
});

describe("special areas", () => {
  //  ┌──────┬──────┐
  //  │  G1 ┌┴─┐ G2 │    M: a market on the border of both
  //  └─────┤M ├────┘
  const market = { ...below("M", 90, 0, 110, 50), kind: "special" as const };
  const house = aThing("building", "1", surface(box(80, 10, 105, 20)), { name: "市场楼" });

  test("beside the others are pieces of the division", () => {
    expect(kindsOf(check([community, g1, g2, market]))).toEqual(["overlap", "overlap"]);
  });

  test("over them may lie where they like, but not over one another", () => {
    const over = { rules: rules({ special_areas: "over" }) };
    expect(check([community, g1, g2, market], over)).toMatchObject({ faults: [], measures: { lowest_areas: 2 } });
    const second = { ...below("N", 105, 0, 120, 50), kind: "special" as const };
    expect(check([community, g1, g2, market, second], over).faults).toMatchObject([
      { kind: "overlap", area_ids: ["M", "N"], parent_id: "C" },
    ]);
  });

  test("over them cover nothing: without the basic ones there is a gap", () => {
    const all = { ...below("M", 0, 0, 200, 100), kind: "special" as const };
    expect(kindsOf(check([community, g1, all], { rules: rules({ special_areas: "over" }) }))).toEqual(["gap"]);
  });

  test("cut buildings as others do, unless they lie over them", () => {
    const division = [community, below("G1", 0, 0, 90, 100), below("G2", 110, 0, 200, 100), market];
    const cutBy = (special_areas: NetworkRules["special_areas"]) =>
      check(division, { things: [house], rules: rules({ special_areas }) }).warnings.map(({ cut }) =>
        cut!.shares.map(({ area_id }) => area_id),
      );
    expect(cutBy("beside")).toEqual([["M", "G1"]]);
    expect(cutBy("over")).toEqual([[null, "G1"]]);
  });

  test("of a special parent divide it, whatever the rules: an enterprise zone", () => {
    const zone = anArea("Z", box(0, 0, 200, 100), { kind: "special" });
    const [one, two] = [g1, g2].map((grid) => ({ ...grid, parent_id: "Z", kind: "special" as const }));
    const over = { rules: rules({ special_areas: "over" }) };
    expect(kindsOf(check([zone, one!, two!], over))).toEqual([]);
    expect(kindsOf(check([zone, one!], over))).toEqual(["gap"]);
  });

  test("over a community without grids leave it the lowest area", () => {
    const found = check([community, market], { rules: rules({ special_areas: "over" }) });
    expect(found).toMatchObject({ faults: [], measures: { by_area: [{ area_id: "C" }] } });
  });
});

describe("water", () => {
  //  ┌─────┐~~┌─────┐
  //  │ G1  │~~│ G2  │    a river between the grids
  //  └─────┘~~└─────┘
  const banks = [community, below("G1", 0, 0, 90, 100), below("G2", 110, 0, 200, 100)];
  const river = aThing("water", "w", surface(box(89, -50, 111, 150)));
  const bridge = aThing("road", "r", lines(line(50, 50, 150, 50)));
  const free = rules({ water: "free" });

  test("that belongs to no area is a gap, unless the rules leave it free", () => {
    expect(kindsOf(check(banks, { things: [river, bridge] }))).toEqual(["gap", "uncovered"]);
    const found = check(banks, { things: [river, bridge], rules: free });
    expect(found.faults).toEqual([]);
    expect(found.free_water).toMatchObject([{ kind: "gap", parent_id: "C", mends: [] }]);
    expect(inThousands(found.free_water[0]!)).toEqual(drawn(2000));
  });

  test("is free only where all of the gap is water, but 1 %", () => {
    const bank = (metres: number) => aThing("water", "w", surface(box(90 + metres, -50, 111, 150)));
    expect(check(banks, { things: [bank(0.19)], rules: free }).faults).toEqual([]);
    expect(kindsOf(check(banks, { things: [bank(0.21)], rules: free }))).toEqual(["gap"]);
    expect(kindsOf(check(banks, { things: [bridge], rules: free }))).toEqual(["gap", "uncovered"]);
  });

  test("surfaces over one another are not water twice", () => {
    const half = (id: string) => aThing("water", id, surface(box(90, 0, 101, 100)));
    expect(kindsOf(check(banks, { things: [half("1"), half("2")], rules: free }))).toEqual(["gap"]);
    const parts = [
      aThing("water", "1", surface(box(85, 0, 101, 100))),
      aThing("water", "2", surface(box(99, 0, 115, 100))),
    ];
    expect(check(banks, { things: parts, rules: free }).faults).toEqual([]);
  });

  test("left free still misses who lives or works on it", () => {
    const boat = aThing("building", "boat", point(100, 20), { households: 1 });
    const { faults } = check(banks, { things: [river, bridge, boat], rules: free });
    expect(faults).toMatchObject([{ kind: "uncovered", thing: { id: "boat" } }]);
  });
});

describe("warnings", () => {
  test("come by kind and code, with a key that is the same in every check", () => {
    const profile = aProfile({
      households: [300, null],
      area_m2: [null, 9000],
      staffing: { leader: { min: 1, max: 1 } },
      compactness_min: 0.8,
      border_on_roads_min: 0.5,
      balance_max: 1.2,
    });
    const house = aThing("building", "7", surface(box(70, 0, 110, 10)));
    const [one, two] = [
      { ...g1, households: 100, profile },
      { ...g2, households: 200, profile, staff: { leader: 1 } },
    ];
    const keys = (areas: CheckedArea[], things = [house]) => check(areas, { things }).warnings.map(({ key }) => key);
    const expected = [
      "balance:C",
      "border_on_roads:G1",
      "border_on_roads:G2",
      "compactness:G1",
      "compactness:G2",
      "cut_building:G1:building:7",
      "population:G1",
      "population:G2",
      "staffing:G1:leader",
      "surface:G1",
      "surface:G2",
    ];
    expect(keys([community, one, two])).toEqual(expected);
    expect(keys([community, two, one], [aThing("building", "8", point(1, 1)), house])).toEqual(expected);
  });

  test("ask the pieces of a basic area, not of a special one", () => {
    const profile = aProfile({ pieces_max: 1 });
    const polygons = [...box(0, 0, 50, 100), ...box(100, 0, 200, 100)];
    const rest = below("G2", 50, 0, 100, 100);
    const found = (kind: CheckedArea["kind"]) => check([community, { ...g1, polygons, kind, profile }, rest]).warnings;
    expect(found("basic")).toMatchObject([{ kind: "pieces", figures: [{ value: 2, limits: [null, 1] }] }]);
    expect(found("special")).toEqual([]);
  });
});

test("hydrants leave a list by area, farthest first, the same whatever the order of the things", () => {
  const house = (id: string, x: number) => aThing("building", id, surface(box(x, 10, x + 10, 20)));
  const things = [house("near", 10), house("1", 175), house("2", 185), house("3", 80), house("a neighbour's", 300)];
  const far = (some: typeof things) =>
    check([community, g1, g2], {
      things: some,
      hydrants: [at(15, 15)],
      rules: rules({ hydrant_radius_m: 50 }),
    }).hydrants!.far.map(({ area_id, building_id }) => [area_id, building_id]);
  const expected = [
    ["G1", "3"],
    ["G2", "2"],
    ["G2", "1"],
  ];
  expect(far(things)).toEqual(expected);
  expect(far([...things].reverse())).toEqual(expected);
});

test("things without a geometry are passed over", () => {
  const things = [
    aThing("building", "1", surface([]), { at: [0, 0] }),
    aThing("road", "2", lines([]), { at: [0, 0] }),
    aThing("estate", "3", surface([]), { at: [0, 0] }),
  ];
  expect(check([community, g1, g2], { things, hydrants: [] })).toMatchObject({ faults: [], warnings: [] });
  expect(check([community, g1], { things }).faults).toHaveLength(1);
  expect(check([g1], { things, top_id: null }).faults.map(({ thing }) => thing?.id)).toEqual(["1", "3"]);
});

test("agrees with asking every thing about every area, in any division with a hole", () => {
  const spot = fc.tuple(fc.integer({ min: -20, max: 400 }), fc.integer({ min: -20, max: 300 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.array(spot, { maxLength: 40 }), (seed, spots) => {
      const { areas, container } = aPlanarDivision({ columns: 5, rows: 4, areas: 7, detail: 2, seed });
      const grids = areas.map(({ id, polygons }) => anArea(id, polygons, { parent_id: "C" }));
      const houses = spots.map(([x, y], i) => aThing("building", String(i), surface(box(x, y, x + 14, y + 9))));
      const kept = grids.slice(1);
      const found = check([anArea("C", container), ...kept], { things: houses });
      const inGap = houses.filter(({ at }) => isIn(grids[0]!.polygons, at));
      const named = found.faults.flatMap(({ thing }) => thing?.id ?? []);
      expect(named.sort()).toEqual(inGap.map(({ id }) => id).sort());
      const cut = houses.filter(({ shape }) => isCut((shape as { polygons: MultiPolygon }).polygons, kept));
      expect(found.warnings.map(({ cut }) => cut!.thing.id).sort()).toEqual(cut.map(({ id }) => id).sort());
    }),
    { numRuns: 60 },
  );
});

function isIn(polygons: MultiPolygon, [x, y]: readonly [number, number]): boolean {
  return polygons.flat().filter((ring) => isInRing(ring, x, y)).length % 2 === 1;
}

/** Shares by asking every area, without an index; a house that lies in none is nobody's. */
function isCut(house: MultiPolygon, areas: readonly CheckedArea[]): boolean {
  const shares = areas.map(({ polygons }) => sharedSurface(house, polygons) / areaOf(house));
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  if (rest > 1 - 1e-6) return false;
  const second = [...shares, rest].sort((a, b) => b - a)[1]!;
  return second >= 0.02 && second * areaOf(house) >= 1;
}
