import { describe, expect, test } from "vitest";
import type { Draft, RefusalReason } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { aDraftArea, anOpenDraft } from "../../support/draft_division.ts";

// One unit is 1e-5°, about 1 m.
const at = (x: number, y: number): Position => [(12_140_000 + x) / 1e5, (3_360_000 + y) / 1e5];
const ring = (...corners: [number, number][]) => [...corners, corners[0]!].flatMap(([x, y]) => at(x, y));
const box = (w: number, s: number, e: number, n: number) => ring([w, s], [e, s], [e, n], [w, n]);
const place = (w: number, s: number, e: number, n: number) => [[[at(w, s), at(e, s), at(e, n), at(w, n), at(w, s)]]];
const names = { name: "新", short_name: "新", code: null };

/**
 *   100 ┌────┬────┬────┐
 *       │    │    │////│   the plan's own area is 1; ground //// is uncovered
 *       │ 11 │ 12 ├────┤   13 has no vertex where 12 and the uncovered ground meet
 *       │    │    │ 13 │
 *     0 └────┴────┴────┘
 *       0   100  200  300
 */
function aDraft(): Draft {
  const grid = (id: string, polygon: number[]) =>
    aDraftArea({ id, parent_id: "1", level: 3, code: `c${id}`, polygons: [[polygon]] });
  const own = aDraftArea({ id: "1", level: 1, code: "own", polygons: [[box(0, 0, 300, 100)]] });
  const areas = [
    own,
    grid("11", box(0, 0, 100, 100)),
    grid("12", box(100, 0, 200, 100)),
    grid("13", box(200, 0, 300, 50)),
  ];
  return anOpenDraft(areas, { top_id: "1", codes: new Map([["old", "77"]]), levels: [1, 2, 3] });
}

function line(...points: [number, number][]): Extract<PlanOperation, { op: "split" }>["by"] {
  return { kind: "line", line: points.map(([x, y]) => at(x, y)), new_side: "left" };
}
const split = (by: Extract<PlanOperation, { op: "split" }>["by"], area = "11"): PlanOperation => ({
  op: "split",
  area,
  by,
  ...names,
});

function expectRefused(operation: PlanOperation, reason: RefusalReason, spot?: Position, draft = aDraft()): void {
  const before = JSON.stringify([draft.areas(), draft.uncovered()]);
  const outcome = draft.apply(operation);
  expect(outcome).toMatchObject({ ok: false, reason });
  if (spot && !outcome.ok) expect(outcome.at).toEqual(spot);
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(before);
}

describe("a vertex", () => {
  const bent = () => {
    const draft = aDraft();
    expect(draft.apply({ op: "add_vertex", between: [at(100, 0), at(100, 100)], at: at(104, 50) }).ok).toBe(true);
    return draft;
  };
  test("that is not there is not moved", () => {
    expectRefused({ op: "move_vertex", from: at(50, 50), to: at(51, 50) }, "no_vertex", at(50, 50));
  });
  test("of the plan's own outline stays", () => {
    expectRefused({ op: "move_vertex", from: at(100, 0), to: at(90, 0) }, "border_of_parent", at(100, 0));
    expectRefused({ op: "delete_vertex", at: at(100, 0) }, "border_of_parent");
    expectRefused({ op: "add_vertex", between: [at(0, 0), at(100, 0)], at: at(50, 0) }, "border_of_parent");
  });
  test("is not moved over the far side of a neighbour", () => {
    //  11 │> ─ ─│─ ─ ●   over 12 into what lies beyond
    expectRefused({ op: "move_vertex", from: at(104, 50), to: at(230, 60) }, "crosses_border", undefined, bent());
  });
  test("is not moved onto a border", () => {
    expectRefused({ op: "move_vertex", from: at(104, 50), to: at(200, 50) }, "crosses_border", at(200, 50), bent());
  });
  test("that stays where it is changes nothing", () => {
    expectRefused({ op: "move_vertex", from: at(104, 50), to: at(104, 50) }, "nothing_changes", undefined, bent());
  });
  test("is not taken from where borders meet", () => {
    expectRefused({ op: "delete_vertex", at: at(200, 50) }, "borders_meet", at(200, 50));
  });
  test("is put between neighbours only", () => {
    expectRefused({ op: "add_vertex", between: [at(100, 0), at(200, 100)], at: at(150, 50) }, "no_border");
  });
});

describe("a border laid anew", () => {
  test("begins and ends at vertices of one border", () => {
    expectRefused({ op: "reshape", path: [at(100, 30), at(110, 50), at(100, 100)] }, "no_vertex", at(100, 30));
    expectRefused({ op: "reshape", path: [at(100, 0), at(150, 50), at(200, 50)] }, "no_border");
  });
  test("does not cross itself", () => {
    expectRefused(
      { op: "reshape", path: [at(100, 0), at(150, 60), at(150, 30), at(90, 60), at(100, 100)] },
      "crosses_itself",
    );
  });
  test("does not cross another border", () => {
    expectRefused({ op: "reshape", path: [at(100, 0), at(250, 20), at(100, 100)] }, "crosses_border");
  });
  test("is not that of the plan's own area", () => {
    expectRefused({ op: "reshape", path: [at(0, 0), at(10, 50), at(0, 100)] }, "border_of_parent");
  });
});

describe("a split", () => {
  test("by a line that misses", () => expectRefused(split(line([310, 0], [320, 90])), "misses"));
  test("by a line that ends inside", () => expectRefused(split(line([-10, 50], [60, 50])), "misses"));
  test("by a line that touches only", () => {
    //  ╲╱  the tip is on the border
    //  ───
    expectRefused(split(line([20, 120], [50, 100], [80, 120])), "touches_only", at(50, 100));
  });
  test("by a line that crosses itself", () => {
    expectRefused(split(line([-10, 50], [60, 50], [60, 80], [40, 20], [40, 120])), "crosses_itself", at(50, 50));
  });
  test("by a line that crosses many times", () => {
    //  │╲╱╲╱│ three parts and more
    expectRefused(split(line([-10, 20], [50, 110], [60, 110], [110, 20])), "crosses_many_times");
  });
  test("that leaves a sliver", () => expectRefused(split(line([-10, 0.3], [110, 0.3])), "sliver"));
  test("of an area that has others below", () => expectRefused(split(line([-10, 50], [310, 50]), "1"), "not_lowest"));
  test("of an area that is not there", () => expectRefused(split(line([-10, 50], [310, 50]), "99"), "unknown_area"));
  test("by a place that is no polygon", () => {
    const bow = [[[at(10, 10), at(60, 60), at(60, 10), at(10, 60), at(10, 10)]]];
    expectRefused(split({ kind: "polygon", place: bow }), "invalid_place");
  });
  test("by a place that is all of it", () =>
    expectRefused(split({ kind: "polygon", place: place(-5, -5, 105, 105) }), "would_vanish"));
  test("by a place that leaves two pieces", () => {
    expectRefused(split({ kind: "polygon", place: place(-5, 40, 105, 60) }), "falls_apart");
  });
  test("with a code that is taken, now or long ago", () => {
    const by = line([-10, 50], [110, 50]);
    expectRefused({ op: "split", area: "11", by, ...names, code: "c12" }, "code_taken");
    expectRefused({ op: "split", area: "11", by, ...names, code: "old" }, "code_taken");
  });
});

describe("a merge", () => {
  test("of areas that do not touch", () => {
    //  11 │ 12 │ 13   12 lies between
    expectRefused({ op: "merge", keep: "11", areas: ["13"] }, "not_adjacent");
  });
  test("of areas that touch in a point only", () => {
    const draft = aDraft();
    // ┌──┬──┐
    // │11│12│   11 gives its upper half away, 12 its lower one
    expect(draft.apply(split(line([-10, 50], [110, 50]))).ok).toBe(true);
    expect(draft.apply(split(line([90, 50], [210, 50]), "12")).ok).toBe(true);
    expectRefused({ op: "merge", keep: "new-1", areas: ["12"] }, "not_adjacent", undefined, draft);
  });
  test("with itself", () => expectRefused({ op: "merge", keep: "11", areas: ["11"] }, "nothing_changes"));
  test("of different levels", () => expectRefused({ op: "merge", keep: "11", areas: ["1"] }, "different_levels"));
  test("of different parents", () => {
    const draft = aDraft();
    expect(draft.apply({ op: "group", areas: ["11"], level: 2, ...names }).ok).toBe(true);
    expectRefused({ op: "merge", keep: "11", areas: ["12"] }, "different_parents", undefined, draft);
  });
});

describe("a gift", () => {
  const give = (to: string, where: ReturnType<typeof place>, from?: string[]): PlanOperation => ({
    op: "give",
    to,
    place: where,
    pieces: false,
    ...(from ? { from } : {}),
  });
  test("of nothing", () => {
    expectRefused(give("12", place(110, 10, 150, 50)), "nothing_changes");
    expectRefused(give("12", place(400, 10, 450, 50)), "misses");
  });
  test("of a whole area", () => expectRefused(give("12", place(-5, -5, 105, 105)), "would_vanish"));
  test("that cuts an area in pieces", () =>
    expectRefused(give("12", place(40, -5, 105, 105).concat(place(20, -5, 30, 105))), "falls_apart"));
  test("that does not reach the one who gets it", () =>
    expectRefused(give("12", place(10, 10, 50, 50)), "not_adjacent"));
  test("to an area that has others below", () => expectRefused(give("1", place(10, 10, 50, 50)), "not_lowest"));
  test("of a sliver", () => expectRefused(give("12", place(99.8, 10, 105, 90)), "sliver"));
});

describe("uncovered ground", () => {
  test("is taken where there is some", () =>
    expectRefused({ op: "take_uncovered", at: at(50, 50), to: "11" }, "not_uncovered"));
  test("is not taken by who does not touch it", () => {
    expectRefused({ op: "take_uncovered", at: at(250, 75), to: "11" }, "not_adjacent");
  });
  const add = (where: ReturnType<typeof place>, parent: string | null = "1", level = 3): PlanOperation => ({
    op: "add_area",
    place: where,
    level,
    parent,
    kind: "basic",
    ...names,
  });
  test("a new area lies over no other", () => expectRefused(add(place(150, 60, 250, 90)), "overlaps"));
  test("nor outside the parent", () => expectRefused(add(place(250, 60, 350, 90)), "outside"));
  test("nor without a parent in a plan over one area", () =>
    expectRefused(add(place(250, 60, 280, 90), null), "outside"));
  test("nor on a level above its parent, or on none", () => {
    expectRefused(add(place(250, 60, 280, 90), "1", 1), "wrong_level");
    expectRefused(add(place(250, 60, 280, 90), "1", 7), "wrong_level");
  });
});

describe("special areas and attributes", () => {
  test("a special area lies in its parent", () => {
    expectRefused({ op: "create_special", place: place(250, 10, 350, 30), parent: "1", ...names }, "outside");
  });
  test("a special area swallows no other", () => {
    expectRefused({ op: "create_special", place: place(190, -5, 300, 50), parent: "1", ...names }, "outside");
    expectRefused({ op: "create_special", place: place(190, 0, 300, 55), parent: "1", ...names }, "would_vanish");
  });
  test("only special areas are taken away", () => expectRefused({ op: "remove_special", area: "11" }, "not_special"));
  test("areas of one parent are grouped, between its level and theirs", () => {
    expectRefused({ op: "group", areas: ["11"], level: 3, ...names }, "wrong_level");
    expectRefused({ op: "group", areas: ["11", "1"], level: 2, ...names }, "border_of_parent");
  });
  test("a code is given once", () => {
    expectRefused({ op: "set_attributes", area: "11", set: { code: "c12" } }, "code_taken");
    expectRefused({ op: "set_attributes", area: "11", set: { name: "网格11" } }, "nothing_changes");
  });
  test("an area does not go below itself", () => {
    expectRefused({ op: "set_attributes", area: "12", set: { parent_id: "11" } }, "wrong_level");
  });
});
