import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckedThing } from "../../../data/checks/division.ts";
import { findBeyond, findUncovered } from "../../../data/checks/find_uncovered.ts";
import type { PlacedFault } from "../../../data/checks/findings.ts";
import { lengthOfLines, lineCutter } from "../../../data/checks/line_in_surface.ts";
import { indexThings } from "../../../data/checks/thing_index.ts";
import { areaOf } from "../../../data/measure/area.ts";
import { lengthOf } from "../../../data/measure/distance.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";
import { anArea, aThing, at, box, line, lines, point, surface } from "../../support/checked_division.ts";

function gap(polygons: MultiPolygon, parent_id: string | null = "C"): PlacedFault {
  return { parent_id, fault: { kind: "gap", area_m2: areaOf(polygons), features: [], at: null, polygons } };
}
const inGap = (things: CheckedThing[], gaps = [gap(box(0, 0, 100, 50))]) => findUncovered(gaps, indexThings(things));
const idsOf = (faults: ReturnType<typeof inGap>) => faults.map(({ thing }) => thing!.id);

describe("in a gap", () => {
  test("buildings, facilities, legal entities and key units are uncovered by their point", () => {
    const half = surface(box(90, 10, 120, 20));
    const faults = inGap([
      aThing("building", "in", half, { at: at(95, 15) }),
      aThing("building", "out", half, { at: at(105, 15) }),
      aThing("facility", "toilet", point(50, 20), { name: "公厕" }),
      aThing("legal_entity", "shop", point(50, 20)),
      aThing("key_unit", "school", point(50, 20)),
      aThing("key_unit", "other", point(50, 60)),
    ]);
    expect(idsOf(faults)).toEqual(["in", "toilet", "school", "shop"]);
    expect(faults[1]).toEqual({
      kind: "uncovered",
      area_m2: 0,
      length_m: null,
      area_ids: [],
      parent_id: "C",
      at: at(50, 20),
      shape: point(50, 20),
      reason: null,
      thing: { kind: "facility", id: "toilet", name: "公厕" },
      inside: null,
      mends: [],
    });
  });

  test("a road is uncovered by the stretch inside, one along the edge of the gap is not", () => {
    const faults = inGap([
      aThing("road", "through", lines(line(-20, 10, 120, 10))),
      aThing("road", "tip", lines(line(-20, 10, 0.4, 10))),
      aThing("road", "along", lines(line(0, 50, 100, 50), line(0, 0, 33, 0, 100, 0))),
      aThing("road", "beside", lines(line(0, 60, 100, 60))),
    ]);
    expect(idsOf(faults)).toEqual(["through"]);
    expect(faults[0]!.length_m).toBeCloseTo(lengthOf(line(0, 10, 100, 10)), 3);
    expect(faults[0]!.at![0]).toBeCloseTo(at(50, 10)[0], 7);
    const { shape } = faults[0]!;
    expect(shape?.type === "MultiLineString" && shape.lines).toHaveLength(1);
  });

  test("an estate is uncovered by more than 1 m² and 1 %", () => {
    const estate = (id: string, ...sides: Parameters<typeof box>) => aThing("estate", id, surface(box(...sides)));
    const faults = inGap([
      estate("half", 50, 0, 150, 50),
      estate("sliver", 99.5, 0, 200, 50),
      estate("corner", 99.9, 0, 102, 5),
      estate("beside", 100, 0, 200, 50),
    ]);
    expect(idsOf(faults)).toEqual(["half"]);
    expect(faults[0]!.area_m2 / areaOf(box(50, 0, 100, 50))).toBeCloseTo(1, 6);
  });

  test("what lies in several gaps comes once, with all of it", () => {
    const gaps = [gap(box(0, 0, 100, 50), "C1"), gap(box(200, 0, 300, 50), "C2")];
    const faults = inGap(
      [aThing("road", "long", lines(line(50, 10, 250, 10))), aThing("estate", "wide", surface(box(50, 0, 250, 50)))],
      gaps,
    );
    expect(faults.map(({ parent_id }) => parent_id)).toEqual(["C1", "C1"]);
    expect(faults[0]!.area_m2 / areaOf(box(0, 0, 100, 50))).toBeCloseTo(1, 5);
    expect(faults[1]!.length_m).toBeCloseTo(lengthOf(line(0, 10, 100, 10)), 3);
  });

  test("water is no thing, and a gap in which nothing lies names nothing", () => {
    expect(
      inGap([aThing("water", "lake", surface(box(0, 0, 100, 50))), aThing("building", "far", point(500, 0))]),
    ).toEqual([]);
  });
});

describe("a line in a surface", () => {
  test("is as long as a thousand short steps say, in any surface with a hole", () => {
    const anyPoint = fc.tuple(fc.integer({ min: -40, max: 140 }), fc.integer({ min: -40, max: 140 }));
    const place: MultiPolygon = [
      [line(0, 0, 100, 10, 60, 50, 110, 100, 5, 90, 0, 0), line(20, 40, 40, 70, 30, 75, 20, 40)],
    ];
    const cut = lineCutter(place);
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 2, maxLength: 5 }), (points) => {
        const road = line(...points.flat());
        let expected = 0;
        for (let i = 2; i < road.length; i += 2) {
          const [ax, ay, bx, by] = road.slice(i - 2, i + 2) as [number, number, number, number];
          const length = lengthOf([ax, ay, bx, by]);
          for (let step = 0.5; step < 1000; step++) {
            const [x, y] = [ax + (step / 1000) * (bx - ax), ay + (step / 1000) * (by - ay)];
            if (place[0]!.filter((ring) => isInRing(ring, x, y)).length === 1) expected += length / 1000;
          }
        }
        expect(Math.abs(lengthOfLines(cut([road])) - expected)).toBeLessThan(0.01 * lengthOf(road) + 0.01);
      }),
      { numRuns: 60 },
    );
  });
});

describe("beyond the tops of a whole network", () => {
  const tops = [anArea("A", box(0, 0, 100, 100)), anArea("B", box(100, 0, 200, 100))];
  const beyond = (...things: CheckedThing[]) => idsOf(findBeyond(tops, indexThings(things)));

  test("everything by its point, an estate only when nothing of it lies in a top", () => {
    expect(
      beyond(
        aThing("building", "in", point(50, 50)),
        aThing("building", "out", point(50, 150)),
        aThing("facility", "park", point(-5, 0)),
        aThing("estate", "half", surface(box(-100, 0, 50, 50))),
        aThing("estate", "apart", surface(box(-100, 0, -50, 50))),
        aThing("water", "sea", surface(box(-500, 0, -50, 50))),
      ),
    ).toEqual(["out", "apart", "park"]);
  });

  test("a road may leave the city, also over a second one; roads that come from nowhere are missed", () => {
    expect(
      beyond(
        aThing("road", "out of town", lines(line(50, 50, -100, 50))),
        aThing("road", "further", lines(line(-100, 50, -500, 50), line(-500, 50, -500, 90))),
        aThing("road", "round it", lines(line(-500, 90, -100, 400, 400, 300))),
        aThing("road", "an island's", lines(line(900, 0, 950, 0))),
      ),
    ).toEqual(["an island's"]);
  });
});
