import type { PlannerStore } from "./planner_store.ts";

/**
 * Undoes or redoes several steps, one after the other. Steps of an earlier visit are known to the server alone: each of
 * those is waited for.
 *
 * @returns how many were turned, or wait to be; fewer than asked where there was no connection, or somebody else came in
 *   between
 */
export async function turnTo(store: PlannerStore, which: "undo" | "redo", count: number): Promise<number> {
  for (let turned = 0; turned < count; turned++) {
    const { plan, locked, version } = store.getState();
    const left = which === "undo" ? plan.can_undo : plan.can_redo;
    if (locked || left === 0) return turned;
    store.getState()[which]();
    if (store.getState().locked) await answered(store);
    if (store.getState().version === version) return turned;
  }
  return count;
}

/** Until the server has said what a step did that is not known here, or that it cannot be asked. */
function answered(store: PlannerStore): Promise<void> {
  return new Promise((resolve) => {
    const isOver = () => {
      const { locked, sync } = store.getState();
      return !locked || sync.state === "offline" || sync.state === "conflict";
    };
    if (isOver()) return resolve();
    const stop = store.subscribe(() => {
      if (!isOver()) return;
      stop();
      resolve();
    });
  });
}
