import type { Draft } from "../../../data/division/draft.ts";
import type { PendingOperation } from "../planner_types.ts";

/** How an area is called in the plan: its number, else its short name; also one that only waits for Enter. */
export function nameArea(draft: Draft, pending: PendingOperation | null, id: string): string {
  const area = pending?.changed.find((each) => each.id === id) ?? draft.area(id);
  return area ? (/\d+$/.exec(area.short_name)?.[0] ?? area.short_name) : "";
}
