import { useEffect } from "react";
import { create } from "zustand";

/** Whether the reader is giving a name to the draft as it is. */
export const useNaming = create<{ naming: boolean; setNaming: (naming: boolean) => void }>((set) => ({
  naming: false,
  setNaming: (naming) => set({ naming }),
}));

/** Ctrl+S names the state of the draft; the browser's own saving of pages is of no use here. */
export function useNamingKey(onName: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { code, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (code !== "KeyS" || !(ctrlKey || metaKey) || altKey || shiftKey) return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      useNaming.getState().setNaming(true);
      onName();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [onName]);
}
