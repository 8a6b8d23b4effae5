import { describe, expect, test } from "vitest";
import type { Draft, Refusal, RefusalReason } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { aDraftArea, anOpenDraft } from "../../support/draft_division.ts";

// One unit is 1e-5°, about 1 m.
const at = (x: number, y: number): Position => [(12_140_000 + x) / 1e5, (3_360_000 + y) / 1e5];
const ring = (...corners: [number, number][]) => [...corners, corners[0]!].flatMap(([x, y]) => at(x, y));
const box = (w: number, s: number, e: number, n: number) => ring([w, s], [e, s], [e, n], [w, n]);
const place = (w: number, s: number, e: number, n: number) => [[[at(w, s), at(e, s), at(e, n), at(w, n), at(w, s)]]];
const names = { name: "新", short_name: "新", code: null };
const split = (...line: Position[]): PlanOperation => ({
  ...{ op: "split", area: "11", by: { kind: "line", line, new_side: "left" }, ...names },
});

/**
 *   100 ┌────┬────┬────┐
 *       │ 11 │ 12 │~~~~│   ~ is uncovered
 *     0 └────┴────┴────┘
 *       0   100  200  300
 */
function aDraft(): Draft {
  const areas = [
    aDraftArea({ id: "1", level: 1, code: "own", polygons: [[box(0, 0, 300, 100)]] }),
    aDraftArea({ id: "11", parent_id: "1", level: 3, code: "c11", polygons: [[box(0, 0, 100, 100)]] }),
    aDraftArea({ id: "12", parent_id: "1", level: 3, code: "c12", polygons: [[box(100, 0, 200, 100)]] }),
  ];
  return anOpenDraft(areas, { top_id: "1", levels: [1, 2, 3] });
}

function expectRefused(operation: PlanOperation, reason: RefusalReason, draft = aDraft()): Refusal {
  const before = JSON.stringify([draft.areas(), draft.uncovered()]);
  const outcome = draft.apply(operation);
  expect(outcome).toMatchObject({ ok: false, reason });
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(before);
  return outcome as Refusal;
}

describe("a position that is none", () => {
  const bad: Position[] = [
    [Number.NaN, 33.6],
    [121.4, Number.NaN],
    [Infinity, 33.6],
    [121.4, -Infinity],
    [181, 33.6],
    [121.4, 90.1],
    [33_600_000, 121_400_000],
  ];
  const uses = (spot: Position): PlanOperation[] => [
    { op: "move_vertex", from: at(100, 100), to: spot },
    { op: "move_vertex", from: spot, to: at(50, 50) },
    { op: "add_vertex", between: [at(100, 0), at(100, 100)], at: spot },
    { op: "add_vertex", between: [at(100, 0), spot], at: at(100, 50) },
    { op: "delete_vertex", at: spot },
    { op: "reshape", path: [at(100, 0), spot, at(100, 100)] },
    split(at(-5, 50), spot, at(105, 50)),
    { op: "split", area: "11", by: { kind: "polygon", place: [[[at(5, 5), spot, at(5, 50), at(5, 5)]]] }, ...names },
    { op: "give", to: "12", place: [[[at(80, 5), spot, at(80, 50), at(80, 5)]]], pieces: false },
    { op: "take_uncovered", to: "12", at: spot },
    {
      op: "add_area",
      parent: "1",
      level: 3,
      kind: "basic",
      place: [[[at(5, 5), spot, at(5, 50), at(5, 5)]]],
      ...names,
    },
    { op: "create_special", parent: "1", place: [[[at(5, 5), spot, at(5, 50), at(5, 5)]]], ...names },
  ];
  test.each(bad)("(%s, %s) lies outside every area, whatever is done with it", (lon, lat) => {
    for (const operation of uses([lon, lat])) expectRefused(operation, "outside");
  });
  test("does not even pass the door", () => {
    for (const spot of bad) {
      for (const operation of uses(spot)) expect(PlanOperation.safeParse(operation).success).toBe(false);
    }
  });
  test("beyond the antimeridian is far away: the plane ends there, and lines run within it", () => {
    const far = (lon: number): Position => [lon, at(0, 50)[1]];
    expectRefused(split(far(179.9), far(180)), "misses");
    expectRefused({ op: "move_vertex", from: at(200, 100), to: far(-180) }, "border_of_parent");
    const place = [[[far(-180), far(-179), [-179.5, 34] as Position, far(-180)]]];
    expectRefused({ op: "give", to: "12", place, pieces: false }, "misses");
  });
});

describe("a line that is none", () => {
  test("of one vertex, or of one again and again, misses", () => {
    for (const line of [[at(50, 50)], [at(50, 50), at(50, 50)], [at(50, 50), at(50, 50), at(50, 50)]]) {
      expect(expectRefused(split(...line), "misses").at).toEqual(at(50, 50));
    }
    expect(expectRefused(split(at(100, 50), at(100, 50)), "misses").at).toEqual(at(100, 50));
  });
  test("lays no border anew", () => {
    for (const path of [[at(100, 0)], [at(100, 0), at(100, 0)]])
      expectRefused({ op: "reshape", path }, "nothing_changes");
  });
  test("that is empty does not pass the door", () => {
    expect(PlanOperation.safeParse(split()).success).toBe(false);
    expect(PlanOperation.safeParse({ op: "reshape", path: [at(100, 0)] }).success).toBe(false);
  });
  test("that runs back along itself crosses itself", () => {
    expectRefused(split(at(-5, 50), at(60, 50), at(20, 50), at(20, 120)), "crosses_itself");
  });
  test("that comes back to where it was crosses itself", () => {
    expectRefused(split(at(-5, 50), at(60, 50), at(60, 80), at(30, 50), at(30, -5)), "crosses_itself");
    const path = [at(100, 0), at(120, 50), at(140, 60), at(120, 50), at(100, 100)];
    expect(expectRefused({ op: "reshape", path }, "crosses_itself").at).toEqual(at(120, 50));
  });
  test("that runs along the border of the area only touches it", () => {
    expectRefused(split(at(100, -5), at(100, 105)), "touches_only");
  });
});

describe("a place that is none", () => {
  const give = (rings: Position[][]): PlanOperation => ({ op: "give", to: "12", place: [rings], pieces: false });
  test("is no valid polygon, and says where", () => {
    const open = [at(80, 20), at(120, 20), at(120, 60), at(80, 60)];
    const flat = [at(80, 20), at(120, 20), at(80, 20), at(80, 20)];
    const point = [at(80, 20), at(80, 20), at(80, 20), at(80, 20)];
    const spike = [at(80, 20), at(120, 20), at(120, 60), at(120, 90), at(120, 60), at(80, 60), at(80, 20)];
    const strayHole = [
      [at(80, 20), at(120, 20), at(120, 60), at(80, 60), at(80, 20)],
      [at(10, 10), at(10, 15), at(15, 15), at(10, 10)],
    ];
    for (const rings of [[open], [flat], [point], [spike], strayHole]) {
      expect(expectRefused(give(rings), "invalid_place").at).not.toBeNull();
    }
  });
  test("that is empty is none, and does not pass the door", () => {
    expectRefused({ op: "give", to: "12", place: [], pieces: false }, "misses");
    for (const empty of [[], [[]], [[[]]]]) {
      expect(PlanOperation.safeParse({ op: "give", to: "12", place: empty }).success).toBe(false);
    }
  });
});

test("areas outside the plan are not known to it", () => {
  const known = place(20, 20, 120, 60);
  for (const operation of [
    { op: "split", area: "77", by: { kind: "polygon", place: known }, ...names },
    { op: "merge", keep: "77", areas: ["11"] },
    { op: "merge", keep: "11", areas: ["77"] },
    { op: "give", to: "77", place: known, pieces: false },
    { op: "give", to: "11", from: ["77"], place: known, pieces: false },
    { op: "take_uncovered", to: "77", at: at(250, 50) },
    { op: "add_area", parent: "77", level: 3, kind: "basic", place: known, ...names },
    { op: "create_special", parent: "77", place: known, ...names },
    { op: "remove_special", area: "77" },
    { op: "group", areas: ["11", "77"], level: 2, ...names },
    { op: "set_attributes", area: "77", set: { name: "x" } },
    { op: "set_attributes", area: "11", set: { parent_id: "77" } },
  ] satisfies PlanOperation[]) {
    expect(expectRefused(operation, "unknown_area").areas).toEqual(["77"]);
  }
});

test("what lies nowhere near says where it is", () => {
  const far = place(900, 900, 950, 950);
  const operations: PlanOperation[] = [
    { op: "give", to: "12", place: far, pieces: false },
    { op: "give", to: "12", from: ["11"], place: far, pieces: false },
    { op: "split", area: "11", by: { kind: "polygon", place: far }, ...names },
    split(at(900, 900), at(950, 950)),
  ];
  for (const operation of operations) {
    const [x, y] = expectRefused(operation, "misses").at!;
    expect(Math.hypot(x - at(900, 900)[0], y - at(900, 900)[1])).toBeLessThan(1e-3);
  }
});

describe("a line of 100,000 vertices", () => {
  // teeth of 0.8 mm beside one another: none of their boxes meets another one's in x, all do in y, or the other way round
  const comb = (turned: boolean, height: number): Position[] =>
    Array.from({ length: 100_000 }, (_, i) => {
      const [along, across] = [(i * 80) / 100_000 + 10, i % 2 === 0 ? 50 : 50 + height];
      return turned ? at(across, along) : at(along, across);
    });
  test("splits an area", () => {
    const draft = aDraft();
    const outcome = draft.apply(split(at(50, -5), ...comb(true, 0.05), at(50, 105)));
    expect(outcome.ok ? "done" : outcome.reason).toBe("done");
  });
  test("leaves slivers where its teeth are high", () => {
    expectRefused(split(at(50, -5), ...comb(true, 20), at(50, 105)), "sliver");
  });
  test("becomes a border", () => {
    const draft = aDraft();
    const teeth = comb(true, 20).map(([x, y]): Position => [x + 40 / 1e5, y]);
    const outcome = draft.apply({ op: "reshape", path: [at(100, 0), ...teeth, at(100, 100)] });
    expect(outcome.ok ? "done" : outcome.reason).toBe("done");
  });
  test("is too long for the door", () => {
    expect(PlanOperation.safeParse(split(...comb(false, 1))).success).toBe(false);
    expect(PlanOperation.safeParse({ op: "reshape", path: comb(false, 1) }).success).toBe(false);
  });
});
