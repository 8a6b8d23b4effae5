import { create } from "zustand";
import { changeView, currentView } from "../ui/view_store.ts";

/** What lies over the lower half of a narrow page. */
export type Sheet = "none" | "areas" | "layers" | "list" | "check" | "crosswalk" | "editions" | "details" | "more";

/** Kept out of the address: a link opened on a wide page has no sheets. */
export const useSheet = create<{ sheet: Sheet }>(() => ({ sheet: currentView().sel ? "details" : "none" }));

export function openSheet(sheet: Sheet): void {
  useSheet.setState({ sheet });
}

/** Opens the comparison of editions: in the dock of a wide page, as a sheet of a narrow one. */
export function openEditions(): void {
  changeView({ panel: "editions", issue: null }, "push");
  openSheet("editions");
}
