import { expect } from "vitest";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import type { Applied, Draft, DraftArea } from "../../../data/division/draft.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { judgeDeed, type Sample, type Seen, see } from "./owner_model.ts";
import { operationFor, type Wish } from "./random_operations.ts";

/** What happened in some runs. */
export class Ledger {
  readonly done = new Map<string, number>();
  readonly refused = new Map<string, number>();
  undone = 0;
  redone = 0;
  /** Sample points that changed hands: the model saw something. */
  moved = 0;

  count(where: "done" | "refused", op: string): void {
    this[where].set(op, (this[where].get(op) ?? 0) + 1);
  }

  /** Those that were done, each of them taken back and done again at least once. */
  get operations(): number {
    return [...this.done.values()].reduce((sum, count) => sum + count, 0);
  }
}

export interface Run {
  draft: Draft;
  top_id: string | null;
  sample: Sample;
  ledger: Ledger;
}

interface Step {
  what: string;
  before: string;
  after: string;
  inverse: Applied["inverse"];
}

/** Areas are replaced, never changed: the text of each is made once. The end of a run proves that. */
const texts = new WeakMap<DraftArea, string>();
function textOf(draft: Draft): string {
  const areas = draft.areas().map((area) => {
    const text = texts.get(area) ?? JSON.stringify(area);
    texts.set(area, text);
    return text;
  });
  return `${areas.join()} ${JSON.stringify(draft.uncovered())}`;
}

/** Does what is wished for, now and then takes it back or does it again, and judges the draft after each step. */
export function runDraft(run: Run, wishes: readonly Wish[]): void {
  const { draft } = run;
  const [undos, redos]: [Step[], Step[]] = [[], []];
  const begin = JSON.stringify([draft.areas(), draft.uncovered()]);
  const ground = run.top_id === null ? null : areaOf(draft.area(run.top_id)!.polygons);
  let seen = see(draft, run.sample);
  for (const wish of wishes) {
    const chance = wish.chances.at(-1)!;
    if (chance < 0.2 && undos.length > 0) undo(run, undos, redos);
    else if (chance < 0.35 && redos.length > 0) redo(run, undos, redos);
    else {
      const step = doNext(run, wish, seen);
      if (!step) continue;
      undos.push(step);
      redos.length = 0;
    }
    seen = see(draft, run.sample);
  }
  expectWhole(run, null, ground, "the end");
  const end = JSON.stringify([draft.areas(), draft.uncovered()]);
  const depth = undos.length;
  while (undos.length > 0) undo(run, undos, redos);
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(begin);
  while (undos.length < depth) redo(run, undos, redos);
  expect(JSON.stringify([draft.areas(), draft.uncovered()])).toBe(end);
}

function doNext(run: Run, wish: Wish, seen: Seen): Step | null {
  const { draft, ledger, sample } = run;
  const operation = operationFor(draft, wish);
  if (!operation) return null;
  const before = textOf(draft);
  const outcome = draft.apply(operation);
  const what = JSON.stringify(operation);
  if (!outcome.ok) {
    ledger.count("refused", operation.op);
    expect(textOf(draft), what).toBe(before);
    return null;
  }
  ledger.count("done", operation.op);
  const changed = outcome.changed.map(({ id }) => id);
  for (const area of outcome.changed) expect(draft.area(area.id), what).toEqual(area);
  for (const id of outcome.removed) expect(draft.area(id), what).toBeUndefined();
  const deed = { operation, changed, removed: outcome.removed, made: outcome.inverse.made };
  const { wrong, moved } = judgeDeed(sample, seen, see(draft, sample), deed);
  expect(wrong, what).toEqual([]);
  ledger.moved += moved;
  expectWhole(run, touchedParents(draft, outcome), null, what);
  return { what, before, after: textOf(draft), inverse: outcome.inverse };
}

function undo({ draft, ledger }: Run, undos: Step[], redos: Step[]): void {
  const step = undos.pop()!;
  const { inverse } = draft.restore(JSON.parse(JSON.stringify(step.inverse)));
  expect(textOf(draft), `undo ${step.what}`).toBe(step.before);
  redos.push({ ...step, inverse });
  ledger.undone += 1;
}

function redo({ draft, ledger }: Run, undos: Step[], redos: Step[]): void {
  const step = redos.pop()!;
  const { inverse } = draft.restore(JSON.parse(JSON.stringify(step.inverse)));
  expect(textOf(draft), `redo ${step.what}`).toBe(step.after);
  undos.push({ ...step, inverse });
  ledger.redone += 1;
}

/** Where something among the children, or the outline round them, may be another than before. */
function touchedParents(draft: Draft, { changed, removed, inverse }: Applied): Set<string | null> {
  const touched = new Set<string | null>([...removed, ...changed.map(({ id }) => id)]);
  for (const { parent_id } of [...changed, ...inverse.before]) touched.add(parent_id);
  return new Set([...touched].filter((id) => id === null || draft.area(id)));
}

/**
 * The draft, judged by the checker: only uncovered ground is missing, and it is all listed.
 * @param only - parents whose children are judged; null: all
 * @param ground - m² that all lowest areas and the uncovered ground add up to
 */
export function expectWhole(
  { draft, sample, top_id }: Pick<Run, "draft" | "sample" | "top_id">,
  only: ReadonlySet<string | null> | null,
  ground: number | null,
  what: string,
): void {
  const areas = draft.areas();
  const ids = new Set(areas.map(({ id }) => id));
  const isOver = ({ kind }: DraftArea) => sample.over && kind === "special";
  const byParent = new Map<string | null, DraftArea[]>();
  for (const area of areas.filter((one) => !isOver(one))) {
    const parent = area.parent_id !== null && ids.has(area.parent_id) ? area.parent_id : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), area]);
  }
  const uncovered = new Map<string | null, number>();
  for (const { parent_id, area_m2 } of draft.uncovered())
    uncovered.set(parent_id, (uncovered.get(parent_id) ?? 0) + area_m2);
  for (const [parent, children] of byParent) {
    if (only && !only.has(parent)) continue;
    const faults = findFaults(children, parent === null ? undefined : draft.area(parent)!.polygons);
    expect(
      faults.filter(({ kind }) => kind !== "gap"),
      `${what} below ${parent}`,
    ).toEqual([]);
    const gaps = faults.reduce((sum, { area_m2 }) => sum + area_m2, 0);
    expect(Math.abs(gaps - (uncovered.get(parent) ?? 0)), `${what}: gaps below ${parent}`).toBeLessThan(0.2);
  }
  const over = findFaults(areas.filter(isOver)).filter(({ kind }) => kind !== "gap");
  expect(over, `${what} over the others`).toEqual([]);
  for (const parent of uncovered.keys())
    expect(parent === null || byParent.has(parent) || parent === top_id, what).toBe(true);
  if (ground === null) return;
  const lowest = areas.filter((area) => !byParent.has(area.id) && area.id !== top_id && !isOver(area));
  const sum = lowest.reduce((all, { polygons }) => all + areaOf(polygons), 0);
  const missing = [...uncovered.values()].reduce((all, area) => all + area, 0);
  expect(Math.abs(sum + missing - ground), `${what}: ground`).toBeLessThan(0.5);
}

/** Every operation there is, so that a new one cannot be forgotten. */
export const everyOperation: Readonly<Record<PlanOperation["op"], true>> = {
  move_vertex: true,
  add_vertex: true,
  delete_vertex: true,
  reshape: true,
  split: true,
  merge: true,
  give: true,
  take_uncovered: true,
  add_area: true,
  create_special: true,
  remove_special: true,
  group: true,
  set_attributes: true,
};
