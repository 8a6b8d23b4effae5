import fc from "fast-check";
import { expect, test } from "vitest";
import type { BorderArc, Draft } from "../../../data/division/draft.ts";
import { anOpenDraft, draftAreas } from "../../support/draft_division.ts";
import { seeded } from "./dissection.ts";
import { operationFor } from "./random_operations.ts";

/** Keeps all borders as a map of a draft does. */
function follower(draft: Draft) {
  const arcs = new Set<BorderArc>();
  let version: number | null = null;
  return function follow(): Set<BorderArc> {
    const { anew, come, gone, ...answer } = draft.bordersSince(version);
    version = answer.version;
    if (anew) arcs.clear();
    for (const arc of gone) expect(arcs.delete(arc)).toBe(true);
    for (const arc of come) {
      expect(arcs.has(arc)).toBe(false);
      arcs.add(arc);
    }
    return arcs;
  };
}

const written = (arcs: Iterable<BorderArc>) => [...arcs].map((arc) => JSON.stringify(arc)).sort();
const everything = (draft: Draft) => written(draft.arcsIn(-180, -90, 180, 90));

const shapes = fc.record({
  columns: fc.integer({ min: 2, max: 6 }),
  rows: fc.integer({ min: 2, max: 6 }),
  areas: fc.integer({ min: 2, max: 12 }),
  detail: fc.integer({ min: 0, max: 3 }),
  seed: fc.noBias(fc.integer({ min: 1, max: 1e6 })),
  uncovered: fc.constantFrom(0, 3),
  whole: fc.boolean(),
});

test("who follows what came and went has all borders, after any operations, undo and redo", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const draft = anOpenDraft(draftAreas({ ...shape, areas: Math.min(shape.areas, shape.columns * shape.rows) }), {
        top_id: shape.whole ? null : "1",
      });
      const random = seeded(shape.seed);
      const [often, seldom] = [follower(draft), follower(draft)];
      const undos: Parameters<Draft["restore"]>[0][] = [];
      for (let step = 0; step < 30; step++) {
        const operation = operationFor(draft, { kind: random(), chances: Array.from({ length: 12 }, random) });
        if (undos.length > 0 && random() < 0.3) draft.restore(undos.pop()!);
        else if (operation) {
          const outcome = draft.apply(operation);
          if (outcome.ok) undos.push(outcome.inverse);
        }
        expect(written(often())).toEqual(everything(draft));
        if (step % 7 === 6) expect(written(seldom())).toEqual(everything(draft));
      }
    }),
    { numRuns: 60, seed: Number(process.env.SEED ?? 1) },
  );
});

test("of many borders only those come anew that lie where something was done", () => {
  const draft = anOpenDraft(draftAreas({ columns: 24, rows: 24, areas: 200, detail: 2, seed: 5 }), { top_id: "1" });
  const first = draft.bordersSince(null);
  expect(first.come.length).toBeGreaterThan(400);
  const arc = first.come.find(({ movable, line }) => movable && line.length > 6)!;
  const [x, y] = [arc.line[2]!, arc.line[3]!];
  expect(draft.apply({ op: "move_vertex", from: [x, y], to: [x + 1e-6, y + 1e-6] }).ok).toBe(true);
  const second = draft.bordersSince(first.version);
  expect(second.anew).toBe(false);
  expect(second.gone).toEqual([arc]);
  expect(second.come.map(({ left, right }) => [left, right])).toEqual([[arc.left, arc.right]]);
});

test("nothing came and nothing went where nothing was done, or where it was taken back", () => {
  const draft = anOpenDraft(draftAreas({ columns: 4, rows: 4, areas: 6, detail: 1, seed: 3 }), { top_id: "1" });
  const { version, come } = draft.bordersSince(null);
  expect(draft.bordersSince(version)).toEqual({ version, anew: false, come: [], gone: [] });
  const [x, y] = come.find(({ movable }) => movable)!.line as [number, number];
  const applied = draft.apply({ op: "add_vertex", between: edge(come), at: [x + 1e-6, y + 1e-6] });
  if (!applied.ok) throw new Error(applied.reason);
  draft.restore(applied.inverse);
  expect(draft.bordersSince(version)).toMatchObject({ anew: false, come: [], gone: [] });
});

test("who has not asked for very long is told everything anew", () => {
  const draft = anOpenDraft(draftAreas({ columns: 4, rows: 4, areas: 6, detail: 1, seed: 3 }), { top_id: "1" });
  const { version, come } = draft.bordersSince(null);
  let last = version;
  const between = edge(come);
  for (let step = 0; step < 40; step++) {
    const [x, y] = between[0];
    const applied = draft.apply({ op: "add_vertex", between, at: [x + 1e-6, y + 1e-6] });
    if (!applied.ok) throw new Error(applied.reason);
    last = draft.bordersSince(last).version;
    draft.restore(applied.inverse);
    last = draft.bordersSince(last).version;
  }
  const late = draft.bordersSince(version);
  expect(late.anew).toBe(true);
  expect(written(late.come)).toEqual(everything(draft));
});

/** The first stretch of a border that may be moved. */
function edge(arcs: readonly BorderArc[]): [[number, number], [number, number]] {
  const [ax, ay, bx, by] = arcs.find(({ movable }) => movable)!.line as [number, number, number, number];
  return [
    [ax, ay],
    [bx, by],
  ];
}
