import type { Bbox } from "./geometry.ts";

/** One committed change, from the feed that caches, live clients and other instances follow. */
export interface Change {
  /** Rises with the order of commits. */
  rev: number;
  /** A tile layer, or a table that has none. */
  layer: string;
  /** Empty: anything of the layer inside the box. */
  ids: readonly number[];
  /** Null: anywhere. */
  bbox: Bbox | null;
}
