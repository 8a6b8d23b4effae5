import { describe, expect, test } from "vitest";
import { balanceOf, judgeBalance } from "../../../data/checks/balance.ts";
import { measureArea } from "../../../data/checks/compactness.ts";
import { judgeArea } from "../../../data/checks/judge_area.ts";
import type { CheckedArea } from "../../../data/checks/division.ts";
import { anArea, aProfile, at, box } from "../../support/checked_division.ts";

const grid = (change: Partial<CheckedArea>) => anArea("G1", box(0, 0, 100, 100), change);
const judge = (change: Partial<CheckedArea>, facts = {}) => judgeArea(grid(change), facts);

describe("an area against its profile", () => {
  test("households and people are one warning, each figure with its limits", () => {
    const profile = aProfile({ households: [300, 500], people: [1000, 1500] });
    expect(judge({ profile, households: 512, people: 1200 })).toEqual([
      {
        key: "population:G1",
        kind: "population",
        area_id: "G1",
        figures: [
          { what: "households", value: 512, limits: [300, 500], fits: false },
          { what: "people", value: 1200, limits: [1000, 1500], fits: true },
        ],
        duty: null,
        cut: null,
        profile: { name: profile.name, source: profile.source },
        at: null,
      },
    ]);
    expect(judge({ profile: { ...profile, joined: "or" }, households: 512, people: 1200 })).toEqual([]);
  });

  test("each duty is a warning of its own: a vacancy, and one holder too many", () => {
    const profile = aProfile({ staffing: { leader: { min: 1, max: 1 }, worker: { min: 0, max: 1 } } });
    expect(judge({ profile, staff: { leader: 1 } })).toEqual([]);
    const found = judge({ profile, staff: { worker: 2 } });
    expect(found.map(({ key, duty, figures }) => [key, duty, figures[0]!.value])).toEqual([
      ["staffing:G1:leader", "leader", 0],
      ["staffing:G1:worker", "worker", 2],
    ]);
  });

  test("surface, pieces, compactness and border on roads have one limit each; the limit itself is inside", () => {
    const profile = aProfile({
      area_m2: [null, 20_000],
      pieces_max: 1,
      compactness_min: 0.5,
      border_on_roads_min: 0.8,
    });
    const inside = { area_m2: 20_000, pieces: 1, compactness: 0.5, border_on_roads: 0.8 };
    expect(judge({ profile }, inside)).toEqual([]);
    expect(judge({ profile }, { ...inside, border_on_roads: null })).toEqual([]);
    const outside = { area_m2: 20_001, pieces: 2, compactness: 0.49, border_on_roads: 0.7 };
    expect(
      judge({ profile }, outside).map(({ kind, figures: [figure] }) => [kind, figure!.value, figure!.limits]),
    ).toEqual([
      ["surface", 20_001, [null, 20_000]],
      ["pieces", 2, [null, 1]],
      ["compactness", 0.49, [0.5, null]],
      ["border_on_roads", 0.7, [0.8, null]],
    ]);
  });

  test("a special area may have any number of pieces", () => {
    expect(judge({ profile: aProfile({ pieces_max: 1 }), kind: "special" }, { pieces: 8 })).toEqual([]);
  });

  test("without a profile nothing is asked", () => {
    expect(judge({ households: 1e6 }, { pieces: 100 })).toEqual([]);
  });
});

describe("balance", () => {
  const profile = aProfile({ balance_max: 2 });
  const child = (id: string, households: number, change: Partial<CheckedArea> = {}) =>
    anArea(id, [], { households, profile, ...change });
  const parent = anArea("C1", []);

  test("is the largest against the smallest with homes", () => {
    expect(balanceOf([child("a", 500), child("b", 0), child("c", 200)])).toBe(2.5);
    expect(balanceOf([child("a", 500), child("b", 0)])).toBeNull();
  });

  test("is a warning of the parent", () => {
    const [a, b, c] = [child("a", 500), child("b", 0), child("c", 200)];
    expect(judgeBalance(parent, [a, b, c])).toMatchObject({
      key: "balance:C1",
      area_id: "C1",
      figures: [{ what: "balance", value: 2.5, limits: [null, 2], fits: false }],
    });
    expect(judgeBalance(parent, [a, b, child("c", 250)])).toBeNull();
  });

  test("leaves out areas with limits of their own: a market among homes", () => {
    const market = child("m", 3, { kind: "special", profile: aProfile({ id: "2" }) });
    expect(judgeBalance(parent, [child("a", 400), child("b", 300), market])).toBeNull();
  });
});

describe("the measures of an outline", () => {
  test("a circle is compact, a square less, a strip hardly", () => {
    const circle = Array.from({ length: 361 }, (_, i) => {
      const angle = ((i % 360) / 180) * Math.PI;
      return at(100 * Math.cos(angle), 100 * Math.sin(angle));
    }).flat();
    expect(measureArea([[circle]]).compactness).toBeCloseTo(1, 2);
    expect(measureArea(box(0, 0, 100, 100)).compactness).toBeCloseTo(Math.PI / 4, 3);
    expect(measureArea(box(0, 0, 1000, 10)).compactness).toBeCloseTo((4 * Math.PI * 10_000) / 2020 ** 2, 3);
  });

  test("of several pieces the largest tells how compact it is, all tell its surface", () => {
    const { pieces, compactness, area_m2 } = measureArea([
      ...box(0, 0, 100, 1),
      ...box(200, 0, 300, 100),
      ...box(400, 0, 420, 1),
    ]);
    expect(pieces).toBe(3);
    expect(area_m2 / 10_120).toBeCloseTo(1, 2);
    expect(compactness).toBeCloseTo(Math.PI / 4, 3);
  });

  test("a hole makes an area less compact, and nothing has no compactness", () => {
    const ring = [[box(0, 0, 100, 100)[0]![0]!, box(40, 40, 60, 60)[0]![0]!]];
    expect(measureArea(ring).compactness).toBeCloseTo((4 * Math.PI * 9600) / 480 ** 2, 3);
    expect(measureArea([])).toEqual({ area_m2: 0, pieces: 0, compactness: 0 });
  });
});
