import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findInvalidity } from "../../../data/coverage/validity.ts";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import type { Applied, Draft, DraftArea } from "../../../data/division/draft.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { anOpenDraft, draftAreas, type DraftShape } from "../../support/draft_division.ts";
import { operationFor, type Wish } from "./random_operations.ts";

const inQuality = process.env.QUALITY === "1";

/** Every level of a draft, judged by the checker: only uncovered ground is missing, and it is all listed. */
function expectWhole(draft: Draft, ground: number | null, what: string): void {
  const areas = draft.areas();
  const ids = new Set(areas.map(({ id }) => id));
  const byParent = new Map<string | null, DraftArea[]>();
  for (const area of areas) {
    const parent = area.parent_id !== null && ids.has(area.parent_id) ? area.parent_id : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), area]);
  }
  const uncovered = new Map<string | null, number>();
  for (const { parent_id, area_m2 } of draft.uncovered())
    uncovered.set(parent_id, (uncovered.get(parent_id) ?? 0) + area_m2);
  for (const [parent, children] of byParent) {
    const faults = findFaults(children, parent === null ? undefined : draft.area(parent)!.polygons);
    const wrong = faults.filter(({ kind }) => kind !== "gap");
    expect(wrong, `${what} below ${parent}`).toEqual([]);
    const gaps = faults.reduce((sum, { area_m2 }) => sum + area_m2, 0);
    expect(Math.abs(gaps - (uncovered.get(parent) ?? 0)), `${what}: gaps below ${parent}`).toBeLessThan(0.2);
  }
  for (const parent of uncovered.keys())
    expect(parent === null || byParent.has(parent) || parent === "1", what).toBe(true);
  if (ground === null) return;
  const lowest = areas.filter(({ id }) => !byParent.has(id) && id !== "1");
  const sum = lowest.reduce((all, { polygons }) => all + areaOf(polygons), 0);
  const missing = [...uncovered.values()].reduce((all, area) => all + area, 0);
  expect(Math.abs(sum + missing - ground), `${what}: ground`).toBeLessThan(0.5);
}

function play(shape: DraftShape, wishes: readonly Wish[]): void {
  const areas = draftAreas(shape);
  fc.pre(!shape.loose || areas.every(({ polygons }) => findInvalidity(polygons) === null));
  const draft = anOpenDraft(areas, { top_id: shape.whole ? null : "1" });
  const start = JSON.stringify([draft.areas(), draft.uncovered()]);
  const ground = shape.whole ? null : areaOf(draft.area("1")!.polygons);
  const done: { applied: Applied; before: string; operation: PlanOperation }[] = [];
  for (const wish of wishes) {
    const operation = operationFor(draft, wish);
    if (!operation) continue;
    const before = JSON.stringify(draft.areas());
    const outcome = draft.apply(operation);
    const what = JSON.stringify(operation);
    if (!outcome.ok) {
      expect(JSON.stringify(draft.areas()), what).toBe(before);
      continue;
    }
    for (const area of outcome.changed) expect(draft.area(area.id), what).toEqual(area);
    for (const id of outcome.removed) expect(draft.area(id), what).toBeUndefined();
    done.push({ applied: outcome, before, operation });
    expectWhole(draft, ground, what);
  }
  const end = JSON.stringify([draft.areas(), draft.uncovered()]);
  const redos: Applied[] = [];
  for (const { applied, before, operation } of [...done].reverse()) {
    redos.push(draft.restore(JSON.parse(JSON.stringify(applied.inverse))));
    expect(JSON.stringify(draft.areas()), `undo ${operation.op}`).toBe(before);
  }
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(start);
  for (const { inverse } of redos.reverse()) draft.restore(JSON.parse(JSON.stringify(inverse)));
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(end);
  if (!shape.whole) expect(JSON.stringify(draft.area("1")!.polygons)).toBe(JSON.stringify(areas[0]!.polygons));
}

const chance = fc.noBias(fc.nat(999_999).map((value) => value / 1e6));
const wishes = fc.array(
  fc.record({
    kind: chance,
    chances: fc.array(chance, { minLength: 12, maxLength: 12 }),
  }),
  { minLength: 25, maxLength: 25, size: "max" },
);
const shapes = fc.record({
  columns: fc.integer({ min: 2, max: 5 }),
  rows: fc.integer({ min: 2, max: 5 }),
  areas: fc.integer({ min: 2, max: 10 }),
  detail: fc.integer({ min: 0, max: 3 }),
  seed: fc.noBias(fc.integer({ min: 1, max: 1e6 })),
});
const kinds: [string, Partial<DraftShape>][] = [
  ["a plan over one area", {}],
  ["a plan with uncovered ground", { uncovered: 4 }],
  ["a plan whose borders do not match to the vertex", { loose: 4 }],
  ["a whole network", { whole: true, uncovered: 6 }],
];

describe.each(kinds)("%s", (_, extra) => {
  test("stays whole through any operations, and all of them can be undone and done again", () => {
    fc.assert(
      fc.property(shapes, wishes, (shape, list) => {
        play({ ...shape, areas: Math.min(shape.areas, shape.columns * shape.rows), ...extra }, list);
      }),
      {
        numRuns: inQuality ? 100 : 10,
        endOnFailure: true,
        seed: Number(process.env.SEED ?? 1),
      },
    );
  });
});
