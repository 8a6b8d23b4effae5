import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";

/**
 * Arrow keys walk through the lines of a list, over all of its groups.
 * @param lines - selector of all lines
 */
export function walkLines(lines: string): (event: KeyboardEvent<HTMLButtonElement>) => void {
  return (event) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const all = [...document.querySelectorAll<HTMLElement>(lines)];
    all[all.indexOf(event.currentTarget) + by]?.focus();
  };
}

/** For the button of a line: when it is chosen it comes into view, and takes the focus from another line of the list. */
export function useChosenLine(isChosen: boolean, lines: string): RefObject<HTMLButtonElement | null> {
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const button = line.current;
    if (!isChosen || !button) return;
    button.closest("li")?.scrollIntoView({ block: "nearest" });
    // The keys for next and previous take the focus along where it stands in the list already.
    if (document.activeElement?.matches(lines)) button.focus({ preventScroll: true });
  }, [isChosen, lines]);
  return line;
}
