import type { Drawing, DrawnEdition, EditionArea, EditionInput } from "../../data/division/draw_edition.ts";

/** Areas with their shapes one behind the other: number i is `wkb[ends[i − 1] … ends[i]]`. */
export interface PackedAreas {
  facts: Omit<EditionArea, "polygons">[];
  wkb: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
}

/** What the thread is asked, once. */
export type EditionTask =
  | { kind: "draw"; input: EditionInput }
  | { kind: "compare"; before: PackedAreas; after: PackedAreas; special_over: boolean };

/** What it answers. */
export interface EditionAnswers {
  draw: Drawing;
  compare: Comparison;
}

export type Comparison = Pick<DrawnEdition, "lineage" | "moved">;
