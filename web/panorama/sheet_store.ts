import { create } from "zustand";
import { currentView } from "../ui/view_store.ts";

/** What lies over the lower half of a narrow page. */
export type Sheet = "none" | "areas" | "layers" | "list" | "check" | "crosswalk" | "details" | "more";

/** Kept out of the address but for checks and crosswalk, which draw on the map: a link shows them on any page. */
export const useSheet = create<{ sheet: Sheet }>(() => {
  const { sel, panel } = currentView();
  return { sheet: sel ? "details" : panel === "check" || panel === "crosswalk" ? panel : "none" };
});

export function openSheet(sheet: Sheet): void {
  useSheet.setState({ sheet });
}
