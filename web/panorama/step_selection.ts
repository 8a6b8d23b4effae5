import { currentView } from "../ui/view_store.ts";

/**
 * Chooses the item before or after the selected one, in the list or tree that is open: the order that the reader sees.
 * Without a selected item the first or the last is chosen.
 */
export function stepSelection(by: 1 | -1): void {
  const { sel } = currentView();
  const items = [...document.querySelectorAll<HTMLElement>("[data-key]")];
  if (items.length === 0) return;
  const at = items.findIndex((item) => item.dataset.key === sel?.key && isOfKind(item, sel?.kind));
  const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
  const item = items[next];
  if (!item) return;
  item.click();
  item.scrollIntoView({ block: "nearest" });
}

/** Items of the tree are areas; items of the feature list say what they are. */
function isOfKind(item: HTMLElement, kind: string | undefined): boolean {
  return (item.dataset.kind ?? "area") === kind;
}
