/** What a key does in a tree. */
export type TreeMove = { kind: "focus"; item: HTMLElement } | { kind: "open" } | { kind: "shut" } | { kind: "choose" };

/**
 * The WAI-ARIA tree pattern: up and down through what is visible, right opens and then enters, left shuts and then
 * leaves, Home and End, Enter and space choose. Items stand one after the other; `aria-level` tells their depth.
 *
 * @param key - `KeyboardEvent.key`
 * @param item - the item that has the focus
 * @returns what to do, or null where the key does nothing here
 */
export function moveInTree(key: string, item: HTMLElement): TreeMove | null {
  const tree = item.closest("[role=tree]");
  const items = [...(tree?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])];
  const at = items.indexOf(item);
  const expanded = item.getAttribute("aria-expanded");
  switch (key) {
    case "ArrowDown":
      return focusOn(items[at + 1]);
    case "ArrowUp":
      return focusOn(items[at - 1]);
    case "Home":
      return focusOn(items[0]);
    case "End":
      return focusOn(items.at(-1));
    case "ArrowRight":
      if (expanded === "false") return { kind: "open" };
      return expanded === "true" ? focusOn(items[at + 1]) : null;
    case "ArrowLeft":
      if (expanded === "true") return { kind: "shut" };
      return focusOn(items.slice(0, at).findLast((other) => levelOf(other) < levelOf(item)));
    case "Enter":
    case " ":
      return { kind: "choose" };
    default:
      return null;
  }
}

function focusOn(item: HTMLElement | undefined): TreeMove | null {
  return item ? { kind: "focus", item } : null;
}

function levelOf(item: HTMLElement): number {
  return Number(item.getAttribute("aria-level") ?? 1);
}
