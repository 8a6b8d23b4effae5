import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckedThing } from "../../../data/checks/division.ts";
import { findCutThings, layBorders, shareOut } from "../../../data/checks/find_cut.ts";
import { indexThings } from "../../../data/checks/thing_index.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";
import { anArea, aProfile, aThing, box, line, point, surface } from "../../support/checked_division.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";

//  ┌─────┬─────┐
//  │  A  │  B  │    100 m wide each
//  └─────┴─────┘
const a = anArea("A", box(0, 0, 100, 100), { profile: aProfile({ households: [300, 500] }) });
const b = anArea("B", box(100, 0, 200, 100));

function find(things: CheckedThing[], areas = [a, b], near?: Parameters<typeof findCutThings>[2]) {
  return findCutThings(layBorders(areas), indexThings(things), near);
}
const building = (id: string, polygons: MultiPolygon, change = {}) => aThing("building", id, surface(polygons), change);
const estate = (id: string, polygons: MultiPolygon, change = {}) => aThing("estate", id, surface(polygons), change);

describe("a building across a border", () => {
  test("is cut: with its share in each area, its households where its point lies, and its units by name", () => {
    const shop = aThing("legal_entity", "7", point(95, 15), { name: "粮油店", building_id: "1" });
    const school = aThing("key_unit", "8", point(95, 15), { name: "小学", building_id: "1" });
    const house = building("1", box(80, 10, 110, 20), { name: "7幢", households: 40 });
    expect(find([house, shop, school])).toEqual([
      {
        key: "cut_building:A:building:1",
        kind: "cut_building",
        area_id: "A",
        figures: [],
        duty: null,
        cut: {
          thing: { kind: "building", id: "1", name: "7幢" },
          shares: [
            { area_id: "A", share: expect.closeTo(2 / 3, 4), households: 40 },
            { area_id: "B", share: expect.closeTo(1 / 3, 4), households: 0 },
          ],
          units: [
            { kind: "key_unit", id: "8", name: "小学" },
            { kind: "legal_entity", id: "7", name: "粮油店" },
          ],
        },
        profile: null,
        at: house.at,
      },
    ]);
  });

  test("is not cut by less than 2 % or less than 1 m²", () => {
    const shares = (from: number, height: number) => find([building("1", box(from, 0, 101, height))]).length;
    expect(shares(100 - 60, 10)).toBe(0); // 10 m² of 610: 1.6 %
    expect(shares(100 - 40, 10)).toBe(1); // 10 m² of 410: 2.4 %
    expect(shares(95, 0.9)).toBe(0); // 0.9 m² of 5.4
    expect(shares(95, 1.1)).toBe(1);
  });

  test("touching a border, or filling an area to its border, is not cut", () => {
    expect(find([building("1", box(80, 10, 100, 20)), building("2", box(100, 0, 200, 100))])).toEqual([]);
  });

  test("half in no area at all is cut as well; wholly outside it is somebody else's", () => {
    const [warning, ...more] = find([building("1", box(-10, 0, 11, 10)), building("2", box(-50, 0, -20, 10))]);
    expect(more).toEqual([]);
    expect(warning!.cut!.shares.map(({ area_id, share }) => [area_id, Math.round(share * 1e3) / 1e3])).toEqual([
      ["A", 0.524],
      [null, 0.476],
    ]);
  });

  test("that holds a whole small area is cut by it", () => {
    const ring: MultiPolygon = [[box(0, 0, 100, 100)[0]![0]!, box(40, 40, 50, 50)[0]![0]!]];
    const areas = [anArea("A", ring), anArea("kiosk", box(40, 40, 50, 50))];
    const [warning] = find([building("1", box(30, 30, 60, 60))], areas);
    expect(warning!.cut!.shares.map(({ area_id }) => area_id)).toEqual(["A", "kiosk"]);
    expect(warning!.cut!.shares[1]!.share).toBeCloseTo(1 / 9, 4);
  });

  test("has the same key in every check, whatever the order and however even the halves", () => {
    // a border through the middle, to the last digit
    const [west, middle, east] = [121.5, 121.5009765625, 121.501953125];
    const ring = (from: number, to: number) => [[[from, 33.5, to, 33.5, to, 33.501, from, 33.501, from, 33.5]]];
    const [one, two] = [anArea("A", ring(west, middle)), anArea("B", ring(middle, east))];
    const house = building("1", ring(west, east));
    const found = [find([house], [one, two]), find([house], [two, one])];
    expect(found.map(([warning]) => warning!.key)).toEqual(["cut_building:A:building:1", "cut_building:A:building:1"]);
    expect(found[0]![0]!.cut!.shares.map(({ share }) => share)).toEqual([0.5, 0.5]);
  });
});

describe("an estate across a border", () => {
  const garden = (households: number) => estate("5", box(50, 0, 140, 80), { name: "花园", households });

  test("is cut when it would fit a grid, with the households of its buildings in each part", () => {
    const houses = [
      building("1", box(60, 10, 70, 20), { households: 30 }),
      building("2", box(110, 10, 120, 20), { households: 12 }),
      building("3", box(10, 10, 20, 20), { households: 99 }),
    ];
    const [warning] = find([garden(42), ...houses]);
    expect(warning!.kind).toBe("cut_estate");
    expect(warning!.cut!.shares).toEqual([
      { area_id: "A", share: expect.closeTo(5 / 9, 4), households: 30 },
      { area_id: "B", share: expect.closeTo(4 / 9, 4), households: 12 },
    ]);
  });

  test("with more households than a grid may have is not", () => {
    expect(find([garden(501)])).toEqual([]);
    expect(find([garden(500)])).toHaveLength(1);
  });
});

test("roads, facilities and public places are never cut", () => {
  const road = aThing("road", "1", { type: "MultiLineString", lines: [line(50, 50, 150, 50)] });
  const square = aThing("facility", "2", surface(box(50, 0, 150, 50)));
  const lake = aThing("water", "3", surface(box(50, 0, 150, 50)));
  expect(find([road, square, lake])).toEqual([]);
});

test("near a place only, other things are not looked at", () => {
  const houses = [building("1", box(90, 10, 110, 20)), building("2", box(90, 60, 105, 70))];
  const near = [...line(80, 50), ...line(120, 80)] as [number, number, number, number];
  expect(find(houses, [a, b], near).map(({ key }) => key)).toEqual(["cut_building:A:building:2"]);
});

describe("shares", () => {
  const anyThing = fc
    .array(fc.tuple(fc.integer({ min: -50, max: 450 }), fc.integer({ min: -50, max: 350 })), {
      minLength: 3,
      maxLength: 8,
    })
    .map(aroundMiddle);

  test("and what lies in no area add up to 1 over any division", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), anyThing, (seed, ring) => {
        const { areas } = aPlanarDivision({ columns: 5, rows: 4, areas: 6, detail: 3, seed });
        const shares = shareOut(
          [[ring]],
          areas.map(({ id, polygons }) => [anArea(id, polygons), polygons] as const),
        );
        const sum = shares.reduce((all, { share }) => all + share, 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-5); // parts below a millionth are not told
        expect(shares.map(({ share }) => share)).toEqual(shares.map(({ share }) => share).sort((x, y) => y - x));
      }),
      { numRuns: 100 },
    );
  });

  test("are those that ten thousand points find", () => {
    const { areas } = aPlanarDivision({ columns: 5, rows: 4, areas: 6, detail: 3, seed: 7 });
    const ring = line(-30, 30, 390, 60, 300, 250, 180, 140, 60, 320, -30, 30);
    const counted = new Map<string | null, number>();
    let all = 0;
    for (let i = 0; i < 10_000; i++) {
      const [x, y] = line(-50 + ((i * 0.754877666) % 1) * 500, -50 + ((i * 0.569840296) % 1) * 400); // spread evenly
      if (!isInRing(ring, x!, y!)) continue;
      all++;
      const owner = areas.find(({ polygons }) => polygons.flat().filter((r) => isInRing(r, x!, y!)).length % 2 === 1);
      counted.set(owner?.id ?? null, (counted.get(owner?.id ?? null) ?? 0) + 1);
    }
    const shares = shareOut(
      [[ring]],
      areas.map(({ id, polygons }) => [anArea(id, polygons), polygons] as const),
    );
    for (const { area, share } of shares) expect(share).toBeCloseTo((counted.get(area?.id ?? null) ?? 0) / all, 2);
  });
});

/** A ring through the points in order of their direction from the middle: it crosses itself nowhere. */
function aroundMiddle(points: [number, number][]): number[] {
  const [mx, my] = [0, 1].map((k) => points.reduce((sum, p) => sum + p[k]!, 0) / points.length);
  const turned = points
    .map(([x, y]) => ({ x, y, angle: Math.atan2(y - my!, x - mx!) }))
    .sort((p, q) => p.angle - q.angle);
  const flat = turned.flatMap(({ x, y }) => [x, y]);
  return line(...flat, flat[0]!, flat[1]!);
}
