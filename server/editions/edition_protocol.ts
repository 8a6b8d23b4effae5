import type { Drawing, DrawnEdition, EditionArea, EditionInput } from "../../data/division/draw_edition.ts";

/** Areas with their shapes one behind the other: number i is `wkb[ends[i − 1] … ends[i]]`. */
export interface PackedAreas {
  facts: Omit<EditionArea, "polygons">[];
  wkb: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
}

/** An area that is not alike in two editions. */
export interface ChangedArea {
  id: string;
  level: number;
  area_m2: number;
}

/** Rows of moved_ground by edition, with their shapes one behind the other. */
export interface PackedGround {
  facts: {
    edition: number;
    level: number;
    lowest: boolean;
    from: string | null;
    to: string | null;
    area_m2: number;
    lon: number;
    lat: number;
  }[];
  wkb: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
}

/** What the thread is asked, once. */
export type EditionTask =
  | { kind: "draw"; input: EditionInput }
  | { kind: "compare"; before: PackedAreas; after: PackedAreas; special_over: boolean }
  | { kind: "chain"; before: ChangedArea[]; after: ChangedArea[]; ground: PackedGround };

/** What it answers. */
export interface EditionAnswers {
  draw: Drawing;
  compare: Comparison;
  chain: Comparison;
}

export type Comparison = Pick<DrawnEdition, "lineage" | "moved">;
