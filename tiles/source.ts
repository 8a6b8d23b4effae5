import type { KnownProblem } from "../data/schema/problem.ts";
import type { TileLayer } from "../data/schema/tile_layers.ts";
import type { TileChange } from "./rows.ts";
import type { Shown } from "./scope/shown.ts";
import type { WorldBox } from "./tile_math.ts";

/** Which state of the city a tile shows; only the areas have more than one. */
export interface TileView {
  /** Code of a network, null where none is published. */
  network: string | null;
  edition: number | null;
}

/** One vector layer of a source, for TileJSON. */
export interface VectorLayer {
  id: string;
  description: string;
  minzoom: number;
  maxzoom: number;
  /** Attribute → its type in words. */
  fields: Record<string, string>;
}

/** Where tiles of one layer come from. */
export interface TileSource {
  readonly layer: TileLayer;
  readonly vectorLayers: readonly VectorLayer[];
  /** Reads the rows; to be awaited once before anything else. */
  load(): Promise<void>;
  /** What the layer covers, in world units; null while it is empty. */
  box(view: TileView): WorldBox | null;
  /** Letters, digits, dots and hyphens that change whenever any tile of the view may. */
  version(view: TileView): string;
  /** World units by which the place of a feature, where it is in scope or not, may lie outside of a tile that shows it. */
  reach(): number;
  /** Bytes of a tile (MVT layers in a row, not compressed), empty where nothing lies or nothing is shown. */
  tile(z: number, x: number, y: number, view: TileView, shown: Shown): Promise<Uint8Array>;
  /** Takes over a committed change. @returns where tiles changed, in world units; null = nowhere */
  follow(change: TileChange): Promise<WorldBox | null>;
}

/** A question about tiles that cannot be answered, as a problem for whoever asked. */
export class TileProblem extends Error {
  readonly problem: KnownProblem;

  constructor(problem: KnownProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}
