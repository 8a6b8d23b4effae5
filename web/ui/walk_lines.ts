import type { KeyboardEvent } from "react";

/** Arrow keys walk through the lines of a list of issues. */
export function walkLines(event: KeyboardEvent<HTMLButtonElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const lines = [...document.querySelectorAll<HTMLElement>("[data-issue]")];
  lines[lines.indexOf(event.currentTarget) + by]?.focus();
}
