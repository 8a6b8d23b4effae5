import { PlanEvent } from "../../data/schema/stream.ts";
import type { PlannerStore } from "./planner_store.ts";

/**
 * Hears what happens to the plan elsewhere, and notices when the connection is back.
 * @returns a function that stops it
 */
export function followPlan(id: string, store: PlannerStore): () => void {
  const stream = new EventSource(`/api/stream?plan=${encodeURIComponent(id)}`);
  let last = store.getState().revision;
  stream.addEventListener("plan", ({ data }) => {
    const read = PlanEvent.safeParse(parse(data));
    if (!read.success || read.data.plan !== id) return;
    const { revision, status } = read.data;
    const { plan, heard, refresh } = store.getState();
    heard({ revision, status });
    // the same revision once more: a comment or a reason, not a step
    if (revision === last || status !== plan.status) void refresh().catch(() => undefined);
    last = revision;
  });
  stream.addEventListener(
    "resync",
    () =>
      void store
        .getState()
        .refresh()
        .catch(() => undefined),
  );
  const retry = () => store.getState().retry();
  addEventListener("online", retry);
  return () => {
    stream.close();
    removeEventListener("online", retry);
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
