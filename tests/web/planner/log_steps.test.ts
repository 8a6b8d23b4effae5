import { expect, test } from "vitest";
import type { PlanLogEntry } from "../../../data/schema/plan.ts";
import { lastDone, stepsBackTo, turnOf } from "../../../web/planner/log_steps.ts";

const by = { id: "7", display_name: "李文博" };
const at = "2026-11-22T14:03:00Z";

function anEntry(seq: number, state: PlanLogEntry["state"], op = "merge"): PlanLogEntry {
  const operation = (op === "merge" ? { op, keep: "10", areas: ["11"] } : { op }) as PlanLogEntry["operation"];
  return { seq, revision: seq, state, operation, changed: [], by, at, state_since: { revision: seq, by, at } };
}

/** Newest first: four done, of which the last two were undone. */
const log = [
  anEntry(5, "undone"),
  anEntry(4, "undone"),
  anEntry(3, "done"),
  anEntry(2, "done"),
  anEntry(1, "done", "begin"),
];

test("a done step is taken back with all that came after it", () => {
  expect(turnOf(log, log[3]!, 0)).toEqual({ which: "undo", count: 2 });
  expect(turnOf(log, log[3]!, 1)).toEqual({ which: "undo", count: 3 });
});

test("an undone step is done again with those undone before it", () => {
  expect(turnOf(log, log[1]!, 0)).toEqual({ which: "redo", count: 1 });
  expect(turnOf(log, log[0]!, 0)).toEqual({ which: "redo", count: 2 });
  expect(turnOf(log, log[0]!, 1)).toBeNull();
});

test("how a plan began is no step", () => {
  expect(turnOf(log, log[4]!, 0)).toBeNull();
  expect(lastDone(log)).toBe(3);
  expect(lastDone([log[4]!])).toBe(0);
});

test("a named state is come back to as long as its own step is done", () => {
  expect(stepsBackTo(log, 2, 0)).toBe(1);
  expect(stepsBackTo(log, 0, 0)).toBe(2);
  expect(stepsBackTo(log, 3, 0)).toBe(0);
  expect(stepsBackTo(log, 5, 0)).toBeNull();
});
