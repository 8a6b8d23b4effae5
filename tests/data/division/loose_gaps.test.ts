import { describe, expect, test } from "vitest";
import { findInvalidity } from "../../../data/coverage/validity.ts";
import type { DraftArea } from "../../../data/division/draft.ts";
import { openDraft } from "../../../data/division/open_draft.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { Position, Ring } from "../../../data/schema/geometry.ts";
import { aDraftArea, anOpenDraft } from "../../support/draft_division.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { seeded } from "./dissection.ts";
import { expectWhole } from "./draft_run.ts";

const snap = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
// One unit is 1e-5°, about 1 m; the hair 0.2 mm.
const hair = 2e-4;
const at = (x: number, y: number): Position => [snap(121.4 + x / 1e5), snap(33.6 + y / 1e5)];
const ring = (...corners: [number, number][]) => [...corners, corners[0]!].flatMap(([x, y]) => at(x, y));

/**
 *   100 ┌───────────────┬────┐
 *       │  11           │    │   the border between 11 and 12 was drawn twice, a hair apart; at its eastern end lies
 *    50 ├──·───·───·────┤ 14 │   a real gap, so that the hair is open to it
 *       │  12           │gap │
 *     0 └───────────────┴────┘
 *       0              100  150
 */
const areas: DraftArea[] = [
  aDraftArea({ id: "1", level: 1, polygons: [[ring([0, 0], [150, 0], [150, 100], [0, 100])]] }),
  aDraftArea({
    ...{ id: "11", parent_id: "1" },
    polygons: [[ring([0, 50], [30, 50 + hair], [60, 50], [100, 50 + hair], [100, 100], [0, 100])]],
  }),
  aDraftArea({
    ...{ id: "12", parent_id: "1" },
    polygons: [[ring([0, 0], [100, 0], [100, 50 - hair], [60, 50 - hair], [30, 50], [0, 50])]],
  }),
  aDraftArea({ id: "14", parent_id: "1", polygons: [[ring([100, 50 + hair], [150, 50], [150, 100], [100, 100])]] }),
];
const aDraft = () => anOpenDraft(areas, { top_id: "1" });
const whole = (draft: ReturnType<typeof aDraft>, what: string) =>
  expectWhole(
    { draft, top_id: "1", sample: { points: [], over: false, open: false } },
    null,
    areaOf(areas[0]!.polygons),
    what,
  );

describe("a border that was drawn twice, a hair apart, beside a real gap", () => {
  test("has no tail of the gap in it", () => {
    const gaps = aDraft().uncovered();
    expect(gaps).toHaveLength(1);
    expect(gaps[0]!.polygons[0]![0]!.length / 2).toBeLessThanOrEqual(6);
    const arcs = aDraft().arcsIn(...at(40, 49), ...at(50, 51));
    expect(arcs.filter(({ movable }) => movable).map(({ left, right }) => [left, right].sort())).toEqual([
      ["11", "12"],
    ]);
  });

  test("is moved, laid anew and bent like any other", () => {
    const draft = aDraft();
    const [from] = [at(60, 50)];
    for (const operation of [
      { op: "move_vertex", from, to: at(60, 55) },
      { op: "add_vertex", between: [at(60, 55), at(100, 50 - hair)], at: at(80, 48) },
      { op: "reshape", path: [at(60, 55), at(80, 60), at(100, 50 - hair)] },
      { op: "move_vertex", from: at(100, 50 - hair), to: at(95, 52) },
      { op: "take_uncovered", at: at(125, 25), to: "14" },
    ] as const) {
      const outcome = draft.apply(operation as Parameters<typeof draft.apply>[0]);
      expect(outcome.ok ? "done" : `${outcome.reason} at ${outcome.at}`, operation.op).toBe("done");
      whole(draft, operation.op);
    }
    expect(draft.uncovered()).toEqual([]);
  });

  test("is not moved over the far side of the gap, and says where it would hit it", () => {
    const draft = aDraft();
    const before = JSON.stringify([draft.areas(), draft.uncovered()]);
    const outcome = draft.apply({ op: "move_vertex", from: at(60, 50), to: at(140, 20) });
    expect(outcome).toMatchObject({ ok: false, reason: "crosses_border" });
    if (outcome.ok || !outcome.at) throw new Error("it has a place");
    expect(Math.abs(outcome.at[0] - at(100, 0)[0])).toBeLessThan(1e-8);
    expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(before);
  });
});

test("of divisions with gaps, loose ones take moves of vertices as exact ones do", () => {
  const tally = { both: 0, exactOnly: 0, looseOnly: 0 };
  for (let seed = 1; seed <= 12; seed++) {
    const random = seeded(seed);
    const { areas: drawn, container } = aPlanarDivision({ columns: 4, rows: 4, areas: 6, detail: 2, seed });
    const own = aDraftArea({ id: "1", level: 1, polygons: container });
    // the first is left out: its ground is a gap
    const exact = drawn.slice(1).map(({ polygons }, i) => aDraftArea({ id: `${100 + i}`, parent_id: "1", polygons }));
    const loose = exact.map((area) => ({
      ...area,
      polygons: area.polygons.map((polygon) => polygon.map((one) => shaken(one, random))),
    }));
    if (loose.some(({ polygons }) => findInvalidity(polygons))) continue;
    const drafts = [exact, loose].map((some) => anOpenDraft([own, ...some], { top_id: "1" }));
    exact.forEach(({ polygons }, i) => {
      const rings = [polygons, loose[i]!.polygons].map((some) => some.flat());
      rings[0]!.forEach((one, r) => {
        for (let k = 0; k + 3 < one.length; k += 2) {
          const [east, north] = [2e-5 * (random() - 0.5), 2e-5 * (random() - 0.5)];
          const [done, doneLoose] = drafts.map((draft, which) => {
            const [x, y] = [rings[which]![r]![k]!, rings[which]![r]![k + 1]!];
            const moved = draft.apply({ op: "move_vertex", from: [x, y], to: [snap(x + east), snap(y + north)] });
            if (moved.ok) draft.restore(moved.inverse);
            return moved.ok;
          });
          if (done) tally[doneLoose ? "both" : "exactOnly"] += 1;
          else if (doneLoose) tally.looseOnly += 1;
        }
      });
    });
  }
  expect(tally.both).toBeGreaterThan(300);
  expect(tally.looseOnly).toBe(0);
  // an area that touches itself in a point, drawn as two
  expect(tally.exactOnly).toBeLessThan(0.02 * tally.both);
});

function shaken(one: Ring, random: () => number): Ring {
  const open = one.slice(0, -2).map((value) => (random() < 0.5 ? snap(value + 4e-9 * (random() - 0.5)) : value));
  return [...open, open[0]!, open[1]!];
}

test("gaps that are clean already stay as the checker found them", () => {
  const square = (w: number, s: number, e: number, n: number) => [ring([w, s], [e, s], [e, n], [w, n])];
  const own = aDraftArea({ id: "1", level: 1, polygons: [square(0, 0, 100, 100)] });
  const draft = openDraft([own, aDraftArea({ id: "11", parent_id: "1", polygons: [square(0, 0, 100, 60)] })], {
    top_id: "1",
  });
  if ("faults" in draft) throw new Error("it has no faults");
  expect(draft.uncovered().map(({ polygons }) => Math.round(areaOf(polygons)))).toEqual([
    Math.round(areaOf([square(0, 60, 100, 100)])),
  ]);
});
