import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findInvalidity } from "../../../data/coverage/validity.ts";
import { anOpenDraft, draftAreas, type DraftShape } from "../../support/draft_division.ts";
import { everyOperation, Ledger, runDraft } from "./draft_run.ts";
import { strewPoints } from "./owner_model.ts";
import type { Wish } from "./random_operations.ts";

const inQuality = process.env.QUALITY === "1";
/** 10,000 operations take some minutes on a machine that is shared. */
const limit = { timeout: inQuality ? 600_000 : 60_000 };
const ledger = new Ledger();

const chance = fc.noBias(fc.nat(999_999).map((value) => value / 1e6));
const wishes = fc.array(fc.record({ kind: chance, chances: fc.array(chance, { minLength: 13, maxLength: 13 }) }), {
  minLength: 45,
  maxLength: 45,
  size: "max",
});
const shapes = fc.record({
  columns: fc.integer({ min: 2, max: 5 }),
  rows: fc.integer({ min: 2, max: 5 }),
  areas: fc.integer({ min: 2, max: 10 }),
  detail: fc.integer({ min: 0, max: 3 }),
  seed: fc.noBias(fc.integer({ min: 1, max: 1e6 })),
});
const kinds: [string, Partial<DraftShape>, "beside" | "over"][] = [
  ["a plan over one area", {}, "beside"],
  ["a plan with uncovered ground", { uncovered: 3 }, "beside"],
  ["a plan whose borders do not match to the vertex", { loose: 4 }, "beside"],
  ["a whole network", { whole: true, uncovered: 6 }, "beside"],
  ["a plan with special areas over the others", { uncovered: 6 }, "over"],
];

function play(shape: DraftShape, special_areas: "beside" | "over", list: readonly Wish[]): void {
  const areas = draftAreas(shape);
  fc.pre(!shape.loose || areas.every(({ polygons }) => findInvalidity(polygons) === null));
  const top_id = shape.whole ? null : "1";
  const draft = anOpenDraft(areas, { top_id, special_areas });
  const sample = { points: strewPoints(areas, 160, shape.seed), over: special_areas === "over", open: top_id === null };
  runDraft({ draft, top_id, sample, ledger }, list);
  if (top_id !== null) expect(JSON.stringify(draft.area("1")!.polygons)).toBe(JSON.stringify(areas[0]!.polygons));
}

describe.each(kinds)("%s", (_, extra, special_areas) => {
  test("stays whole through any operations, each point with its owner, undo and redo byte for byte", limit, () => {
    fc.assert(
      fc.property(shapes, wishes, (shape, list) => {
        play({ ...shape, areas: Math.min(shape.areas, shape.columns * shape.rows), ...extra }, special_areas, list);
      }),
      { numRuns: inQuality ? 160 : 9, endOnFailure: true, seed: Number(process.env.SEED ?? 1) },
    );
  });
});

test("in all of that each operation happened, often enough to be believed", () => {
  for (const op of Object.keys(everyOperation)) {
    expect(ledger.done.get(op) ?? 0, op).toBeGreaterThanOrEqual(inQuality ? 100 : 4);
  }
  expect(ledger.operations).toBeGreaterThanOrEqual(inQuality ? 10_000 : 600);
  expect(ledger.moved).toBeGreaterThan(ledger.operations);
});
