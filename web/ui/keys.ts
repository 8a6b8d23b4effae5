import { useEffect, useRef } from "react";
import { create } from "zustand";

/** One shortcut, matched by the place of the key (`KeyboardEvent.code`), so that it works in every layout. */
export interface KeyBinding {
  /** `Slash`, `KeyL`, `Digit1`, `BracketLeft` … */
  code: string;
  alt?: boolean;
  shift?: boolean;
  run: () => void;
}

const storageKey = "grid-atlas.keys";

/** Whether shortcuts are on; a reader who uses speech input or types by accident may turn them off. */
export const useKeysEnabled = create<{ enabled: boolean; setEnabled: (enabled: boolean) => void }>((set) => ({
  enabled: readEnabled(),
  setEnabled: (enabled) => {
    set({ enabled });
    try {
      localStorage.setItem(storageKey, enabled ? "on" : "off");
    } catch {
      // Without storage the choice holds until the page is left.
    }
  },
}));

/**
 * Listens for shortcuts while the part that calls it is on the page.
 * Off while something is typed or composed, and under an open dialog.
 */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!useKeysEnabled.getState().enabled || isTaken(event)) return;
      const binding = latest.current.find((candidate) => matches(candidate, event));
      if (!binding) return;
      event.preventDefault();
      binding.run();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function matches(binding: KeyBinding, event: KeyboardEvent): boolean {
  const code = event.code.replace(/^Numpad(?=\d$)/, "Digit");
  return (
    code === binding.code && event.altKey === (binding.alt ?? false) && event.shiftKey === (binding.shift ?? false)
  );
}

function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return true;
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return true;
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [role=menuitem]"))
  );
}

function readEnabled(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}
