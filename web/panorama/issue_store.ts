import { create } from "zustand";
import { changeView, currentView } from "../ui/view_store.ts";

/** Keys of faults, warnings and notes in the order of the list; only the open report writes them. */
export const useIssues = create<{ keys: readonly string[] }>(() => ({ keys: [] }));

const arrival = new URLSearchParams(typeof location === "undefined" ? "" : location.search);

/** The link that brought the reader says where to look: nothing moves the map before the reader does. */
export const cameOnPurpose = arrival.has("map");

/** The link names what is judged but not where to look. */
export const cameForScope = arrival.has("scope") && !arrival.has("map") && !arrival.has("issue");

/** Looks at the issue before or after the present one; without one at the first or the last. */
export function stepIssue(by: 1 | -1): void {
  const { keys } = useIssues.getState();
  const { issue } = currentView();
  if (keys.length === 0) return;
  const at = issue === null ? -1 : keys.indexOf(issue);
  const next = at < 0 ? (by > 0 ? 0 : keys.length - 1) : at + by;
  const key = keys[next];
  if (key !== undefined) changeView({ issue: key }, "push");
}
