import type { PlanLogEntry } from "../../data/schema/plan.ts";

const isStep = ({ operation }: PlanLogEntry) => operation.op !== "begin" && operation.op !== "rebase";

/** What one click on a line of the log would do. */
export type LogTurn = { which: "undo" | "redo"; count: number } | null;

/**
 * How to come to the draft before a step that is done, or after one that was undone.
 *
 * @param entries - newest first, without a gap down to `entry`
 * @param waiting - steps of here that the log does not know yet: they are undone first
 */
export function turnOf(entries: readonly PlanLogEntry[], entry: PlanLogEntry, waiting: number): LogTurn {
  if (!isStep(entry) || entry.state === "dropped") return null;
  const steps = entries.filter((each) => isStep(each) && each.state === entry.state);
  if (entry.state === "done") {
    return { which: "undo", count: waiting + steps.filter(({ seq }) => seq >= entry.seq).length };
  }
  // what was undone last is done again first: the oldest; a step that waits would make redo impossible
  return waiting > 0 ? null : { which: "redo", count: steps.filter(({ seq }) => seq <= entry.seq).length };
}

/** The last step that is done: what a name for the draft as it is now stands for. 0: none. */
export function lastDone(entries: readonly PlanLogEntry[]): number {
  return entries.find((entry) => isStep(entry) && entry.state === "done")?.seq ?? 0;
}

/** How many steps to undo to come back to a named state; null where its own step is not done any more. */
export function stepsBackTo(entries: readonly PlanLogEntry[], seq: number, waiting: number): number | null {
  const isThere = seq === 0 || entries.some((entry) => entry.seq === seq && entry.state === "done");
  if (!isThere) return null;
  return waiting + entries.filter((entry) => isStep(entry) && entry.state === "done" && entry.seq > seq).length;
}
