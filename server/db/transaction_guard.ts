import type { AsyncLocalStorage } from "node:async_hooks";

/**
 * Inside a transaction everything must be asked through its `tx`: a question to `db` would run outside it
 * on one engine and wait for itself forever on the other. Both engines refuse it alike.
 */
export function forbidOutside(guard: AsyncLocalStorage<{ open: boolean }>): void {
  if (guard.getStore()?.open) throw new Error("Inside a transaction, ask through its tx, not through db");
}

/** Runs `work` so that `forbidOutside` sees that it is inside, until it ends. */
export async function insideTransaction<T>(
  guard: AsyncLocalStorage<{ open: boolean }>,
  work: () => Promise<T>,
): Promise<T> {
  const state = { open: true };
  return guard.run(state, async () => {
    try {
      return await work();
    } finally {
      state.open = false;
    }
  });
}
