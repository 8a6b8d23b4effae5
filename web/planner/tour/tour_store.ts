import { create } from "zustand";

const storageKey = "grid-atlas.tour";

interface TourState {
  /** From 0; null: not shown. */
  step: number | null;
  /** This reader went through it, or left it, on this machine. */
  isKnown: boolean;
  start: () => void;
  show: (step: number) => void;
  leave: () => void;
}

/** The tour is asked for and left at any time; whether it was seen is remembered on this machine. */
export const useTour = create<TourState>((set) => ({
  step: null,
  isKnown: readKnown(),
  start: () => set({ step: 0 }),
  show: (step) => set({ step }),
  leave: () => {
    set({ step: null, isKnown: true });
    try {
      localStorage.setItem(storageKey, "seen");
    } catch {
      // Without storage it is offered again.
    }
  },
}));

function readKnown(): boolean {
  try {
    return localStorage.getItem(storageKey) === "seen";
  } catch {
    return false;
  }
}
