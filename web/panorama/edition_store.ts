import { create } from "zustand";
import type { Change } from "./edition_rows.ts";

/** Ground on the map that changed hands, in the order in which the map has it; only the open comparison writes it. */
export const useShownChanges = create<{ moved: readonly Change[] }>(() => ({ moved: [] }));
