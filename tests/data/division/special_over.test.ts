import { describe, expect, test } from "vitest";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import type { Applied, Draft, RefusalReason } from "../../../data/division/draft.ts";
import { openDraft } from "../../../data/division/open_draft.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { aDraftArea, anOpenDraft } from "../../support/draft_division.ts";

// One unit is 1e-5°, about 1 m.
const at = (x: number, y: number): Position => [(12_140_000 + x) / 1e5, (3_360_000 + y) / 1e5];
const box = (w: number, s: number, e: number, n: number) => [at(w, s), at(e, s), at(e, n), at(w, n), at(w, s)].flat();
const place = (w: number, s: number, e: number, n: number) => [[[at(w, s), at(e, s), at(e, n), at(w, n), at(w, s)]]];
const names = { name: "新", short_name: "新", code: null };

const special = (id: string, polygon: number[], parent_id = "2") =>
  aDraftArea({ id, parent_id, level: 3, code: `s${id}`, kind: "special", polygons: [[polygon]] });
const basic = (id: string, polygon: number[], parent_id = "2") =>
  aDraftArea({ id, parent_id, level: 3, code: `c${id}`, polygons: [[polygon]] });

/**
 *   100 ┌────┬────┐────┐   community 2 has 11 and 12, community 3 is a grid itself
 *       │  ┌─┼─┐┌┐│    │   market M lies over both, N over 12
 *       │11│M│ ││N│  3 │
 *     0 └──└─┴─┘└┘┴────┘
 *       0   100  200  300
 */
const areas = [
  aDraftArea({ id: "1", level: 1, code: "own", polygons: [[box(0, 0, 300, 100)]] }),
  aDraftArea({ id: "2", parent_id: "1", level: 2, code: "two", polygons: [[box(0, 0, 200, 100)]] }),
  basic("11", box(0, 0, 100, 100)),
  basic("12", box(100, 0, 200, 100)),
  aDraftArea({ id: "3", parent_id: "1", level: 2, code: "three", polygons: [[box(200, 0, 300, 100)]] }),
  special("20", box(80, 0, 120, 50)),
  special("21", box(150, 20, 170, 80)),
];
const aDraft = (more: typeof areas = []) =>
  anOpenDraft([...areas, ...more], { top_id: "1", levels: [1, 2, 3], special_areas: "over" });

function expectDone(draft: Draft, operation: PlanOperation): Applied {
  const before = JSON.stringify([draft.areas(), draft.uncovered()]);
  const outcome = draft.apply(operation);
  if (!outcome.ok) throw new Error(`${outcome.reason} at ${outcome.at}`);
  const after = JSON.stringify([draft.areas(), draft.uncovered()]);
  const redo = draft.restore(JSON.parse(JSON.stringify(outcome.inverse)));
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(before);
  draft.restore(JSON.parse(JSON.stringify(redo.inverse)));
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(after);
  return outcome;
}
function expectRefused(operation: PlanOperation, reason: RefusalReason, ids?: string[], draft = aDraft()): void {
  const before = JSON.stringify([draft.areas(), draft.uncovered(), draft.arcsIn(-180, -90, 180, 90)]);
  const outcome = draft.apply(operation);
  expect(outcome).toMatchObject({ ok: false, reason, ...(ids && { areas: ids }) });
  expect(JSON.stringify([draft.areas(), draft.uncovered(), draft.arcsIn(-180, -90, 180, 90)])).toBe(before);
}
const size = (draft: Draft, id: string) => Math.round(areaOf(draft.area(id)!.polygons) / 10);
const others = (draft: Draft, without: string[]) =>
  JSON.stringify(draft.areas().filter(({ id }) => !without.includes(id)));

describe("a network with special areas over the others", () => {
  test("can be drafted, although they overlap what is below", () => {
    expect("faults" in openDraft(areas, { top_id: "1" })).toBe(true);
    const draft = aDraft();
    expect(draft.uncovered()).toEqual([]);
    expect(draft.areas()).toEqual(areas);
  });

  test("can be drafted as a whole, specials without a parent among its areas", () => {
    const whole = [basic("11", box(0, 0, 100, 100), "9"), special("20", box(50, 50, 150, 80), "9")];
    const draft = anOpenDraft(
      whole.map((area) => ({ ...area, parent_id: null })),
      { top_id: null, special_areas: "over" },
    );
    expect(draft.uncovered()).toEqual([]);
    expectDone(draft, {
      op: "add_area",
      place: place(0, 0, 10, 10),
      level: 3,
      parent: null,
      kind: "special",
      ...names,
    });
    expect(draft.area("new-1")).toMatchObject({ parent_id: null, kind: "special" });
  });

  test("has faults where specials overlap one another, or do not divide their zone", () => {
    const options = { top_id: "1", special_areas: "over" as const };
    const twice = openDraft([...areas, special("22", box(160, 20, 190, 80))], options);
    expect(twice).toMatchObject({ faults: [{ kind: "overlap", features: ["21", "22"] }] });
    const zone = [special("22", box(0, 60, 40, 90)), { ...special("23", box(30, 60, 50, 90), "22"), level: 4 }];
    expect(openDraft([...areas, ...zone], options)).toMatchObject({ faults: [{ kind: "outside", features: ["23"] }] });
  });

  test("shows the borders of both, each by itself", () => {
    const arcs = aDraft().arcsIn(-180, -90, 180, 90);
    const over = arcs.filter((arc) => arc.over);
    expect(over.map(({ left, right }) => [left, right].filter(Boolean))).toEqual([["20"], ["21"]]);
    expect(over.every(({ movable }) => movable)).toBe(true);
    expect(arcs.filter((arc) => !arc.over && (arc.left === "20" || arc.right === "20"))).toEqual([]);
  });
});

describe("a special area that lies over others", () => {
  test("is laid over them and takes nothing", () => {
    const draft = aDraft();
    const before = others(draft, []);
    const { changed } = expectDone(draft, {
      op: "create_special",
      place: place(10, 10, 60, 60),
      parent: "2",
      ...names,
    });
    expect(changed.map(({ id }) => id)).toEqual(["new-1"]);
    expect(draft.area("new-1")).toMatchObject({ parent_id: "2", level: 3, kind: "special" });
    expect(others(draft, ["new-1"])).toBe(before);
  });
  test("may be the first one over a community without grids, which stays the lowest area", () => {
    const draft = aDraft();
    expectDone(draft, { op: "create_special", place: place(210, 10, 260, 60), parent: "3", ...names });
    expectDone(draft, { op: "split", area: "3", by: cut([250, -5], [250, 105]), ...names });
    expect([size(draft, "3"), size(draft, "new-2"), size(draft, "new-1")].map((m2) => m2 > 0)).toEqual([
      true,
      true,
      true,
    ]);
    expect(draft.area("new-1")).toMatchObject({ parent_id: "3", level: 3 });
  });
  test("lies over no other special one, and in its parent", () => {
    const create = (where: ReturnType<typeof place>, parent = "2"): PlanOperation => ({
      ...{ op: "create_special", place: where, parent, ...names },
    });
    expectRefused(create(place(110, 10, 140, 40)), "overlaps", ["20"]);
    expectRefused(create(place(180, 10, 230, 40)), "outside", ["new-1", "2"]);
    expectRefused(create(place(10, 10, 20, 20), "99"), "unknown_area");
    expectRefused({ ...create(place(10, 10, 20, 20)), code: "c11" } as PlanOperation, "code_taken");
    expectRefused({ op: "split", area: "11", by: cut([50, -5], [50, 105]), ...names, code: "s20" }, "code_taken");
  });
  test("has borders that move without those below", () => {
    const draft = aDraft();
    const before = others(draft, ["20"]);
    expectDone(draft, { op: "move_vertex", from: at(120, 50), to: at(130, 60) });
    expectDone(draft, { op: "add_vertex", between: [at(80, 0), at(80, 50)], at: at(70, 30) });
    expectDone(draft, { op: "reshape", path: [at(70, 30), at(75, 45), at(80, 50)] });
    expectDone(draft, { op: "delete_vertex", at: at(75, 45) });
    expect(others(draft, ["20"])).toBe(before);
    expect(draft.area("20")!.polygons[0]![0]).toHaveLength(12);
  });
  test("and one below may have a vertex at one position: the ground's is meant, unless said otherwise", () => {
    const draft = aDraft([special("22", box(100, 60, 140, 90))]);
    expectDone(draft, { op: "add_vertex", between: [at(100, 0), at(100, 100)], at: at(100, 60) });
    const ground = () => JSON.stringify(["11", "12"].map((id) => draft.area(id)));
    const [was, over] = [ground(), JSON.stringify(draft.area("22"))];
    expectDone(draft, { op: "move_vertex", from: at(100, 60), to: at(95, 65), over: true });
    expect(ground()).toBe(was);
    expect(JSON.stringify(draft.area("22"))).not.toBe(over);
    const now = JSON.stringify(draft.area("22"));
    expectDone(draft, { op: "move_vertex", from: at(100, 60), to: at(98, 60) });
    expect(ground()).not.toBe(was);
    expect(JSON.stringify(draft.area("22"))).toBe(now);
  });
  test("does not grow out of its parent", () => {
    expectRefused({ op: "move_vertex", from: at(170, 80), to: at(250, 90) }, "outside", ["21", "2"]);
    expectRefused({ op: "give", to: "21", place: place(160, 30, 210, 40), pieces: false }, "outside", ["21", "2"]);
  });
  test("that reached out of its parent before may still be changed", () => {
    const draft = aDraft([special("22", box(150, 85, 230, 95))]);
    expectDone(draft, { op: "move_vertex", from: at(230, 95), to: at(225, 95) });
  });
  test("takes ground that no special one has, and from its like", () => {
    const draft = aDraft();
    expectDone(draft, { op: "give", to: "20", place: place(110, 10, 130, 40), pieces: false });
    expect(size(draft, "20")).toBeGreaterThan(size(aDraft(), "20"));
    const before = size(draft, "21");
    expectDone(draft, { op: "give", to: "20", place: place(125, 20, 160, 40), pieces: false });
    expect(size(draft, "21")).toBeLessThan(before);
    expectRefused({ op: "give", to: "20", place: place(10, 60, 30, 80), pieces: false }, "not_adjacent", ["20"], draft);
  });
  test("is split and merged among its like", () => {
    const draft = aDraft();
    const before = others(draft, ["21", "new-1"]);
    expectDone(draft, { op: "split", area: "21", by: cut([140, 50], [180, 50]), ...names });
    expect(draft.area("new-1")).toMatchObject({ parent_id: "2", kind: "special" });
    expectDone(draft, { op: "merge", keep: "21", areas: ["new-1"] });
    expect(others(draft, ["21", "new-1"])).toBe(before);
    expect(size(draft, "21")).toBe(size(aDraft(), "21"));
    expectRefused({ op: "merge", keep: "20", areas: ["21"] }, "not_adjacent");
  });
  test("is taken away, and what is below stays", () => {
    const draft = aDraft();
    const before = others(draft, ["20"]);
    expectDone(draft, { op: "remove_special", area: "20" });
    expect(draft.area("20")).toBeUndefined();
    expect(others(draft, [])).toBe(before);
    expect(draft.uncovered()).toEqual([]);
  });
  test("does not mix with those below", () => {
    expectRefused({ op: "merge", keep: "11", areas: ["20"] }, "lies_over", ["11", "20"]);
    expectRefused({ op: "give", to: "11", from: ["20"], place: place(80, 0, 120, 20), pieces: false }, "lies_over");
    expectRefused({ op: "remove_special", area: "20", to: "11" }, "lies_over", ["20", "11"]);
    expectRefused({ op: "take_uncovered", to: "20", at: at(50, 50) }, "lies_over", ["20"]);
    expectRefused({ op: "group", areas: ["11", "20"], level: 2, ...names }, "lies_over");
    expectRefused({ op: "group", areas: ["20", "21"], level: 2, ...names }, "lies_over", ["20", "21"]);
  });
  test("keeps its kind, and its parent where it would have to leave the others", () => {
    const set = (area: string, values: Extract<PlanOperation, { op: "set_attributes" }>["set"]): PlanOperation => ({
      ...{ op: "set_attributes", area, set: values },
    });
    expectRefused(set("20", { kind: "basic" }), "lies_over", ["20"]);
    expectRefused(set("11", { kind: "special" }), "lies_over", ["11"]);
    expectRefused(set("2", { kind: "special" }), "lies_over", ["2"]);
    expectRefused(set("20", { parent_id: "3" }), "outside", ["20", "3"]);
    expectRefused(set("20", { parent_id: "21" }), "lies_over", ["20"]);
    const draft = aDraft();
    expectDone(draft, set("20", { parent_id: "1", name: "市场", code: "new" }));
    expect(draft.area("20")).toMatchObject({ parent_id: "1", name: "市场", code: "new" });
  });
  test("goes with the area that its parent is merged into, and back", () => {
    const draft = aDraft();
    expectDone(draft, { op: "create_special", place: place(210, 10, 230, 60), parent: "3", ...names });
    expectDone(draft, { op: "split", area: "3", by: cut([250, -5], [250, 105]), ...names });
    expectDone(draft, { op: "merge", keep: "new-2", areas: ["3"] });
    expect(draft.area("new-1")).toMatchObject({ parent_id: "new-2" });
  });
  test("may be a zone, divided by areas of its own", () => {
    //  ┌──┬──┐ zone 22 over 11, its pieces 30 and 31
    const piece = (id: string, polygon: number[]) => ({ ...special(id, polygon, "22"), level: 4 });
    const zone = [
      special("22", box(10, 60, 50, 90)),
      piece("30", box(10, 60, 30, 90)),
      piece("31", box(30, 60, 50, 80)),
    ];
    const draft = anOpenDraft([...areas, ...zone], { top_id: "1", levels: [1, 2, 3, 4], special_areas: "over" });
    expect(draft.uncovered().map(({ parent_id }) => parent_id)).toEqual(["22"]);
    expectDone(draft, { op: "take_uncovered", to: "31", at: at(40, 85) });
    expect(draft.uncovered()).toEqual([]);
    expectDone(draft, { op: "move_vertex", from: at(30, 80), to: at(28, 80) });
    expectDone(draft, { op: "move_vertex", from: at(50, 90), to: at(55, 95) });
    expectDone(draft, { op: "remove_special", area: "30" });
    expect(findFaults([draft.area("31")!], draft.area("22")!.polygons)).toEqual([]);
    expectRefused({ op: "remove_special", area: "22" }, "not_lowest", ["22"], draft);
  });
});

test("ground that moves below special areas leaves them where they are", () => {
  const draft = aDraft();
  const over = () => JSON.stringify(["20", "21"].map((id) => draft.area(id)));
  const before = over();
  expectDone(draft, { op: "reshape", path: [at(100, 0), at(110, 50), at(100, 100)] });
  expectDone(draft, { op: "split", area: "12", by: cut([160, -5], [160, 105]), ...names });
  expectDone(draft, { op: "merge", keep: "11", areas: ["new-1"] });
  expect(over()).toBe(before);
});

function cut(...points: [number, number][]): Extract<PlanOperation, { op: "split" }>["by"] {
  return { kind: "line", line: points.map(([x, y]) => at(x, y)), new_side: "left" };
}
