import type { Bbox } from "../data/schema/geometry.ts";
import type { LevelRole } from "../data/schema/network.ts";
import type { TileLayer } from "../data/schema/tile_layers.ts";
import type { ShapeColumns } from "./shape_columns.ts";

/** Layers of one feature a row; `areas` is made of more. */
export type FeatureLayer = Exclude<TileLayer, "areas">;

/**
 * What tiles need from whoever holds the rows. Everything comes in columns, in chunks, by rising id, so that a city
 * never stands in memory as objects.
 */
export interface TileRows {
  /** By ordinal; the first is the default. Networks without a published edition have `current` null. */
  networks(): Promise<NetworkRef[]>;
  /** Hands over all rows of a layer, or those with the given ids that still exist. */
  features(layer: FeatureLayer, take: (chunk: FeatureChunk) => void, only?: readonly number[]): Promise<void>;
  /** Hands over the areas of every level of one network in one edition. */
  areas(network: string, edition: number, take: (chunk: AreaChunk) => void): Promise<void>;
  /** Which database, and up to which change each layer stands. */
  state(): Promise<RowsState>;
  /** The day (YYYY-MM-DD) that editions and leaders are read for. */
  today(): string;
}

/** The same on every server instance: ETags are made of it. */
export interface RowsState {
  /** Letters and digits that differ from database to database. */
  database: string;
  /** Layer → number of its last change; absent = never changed. */
  revs: Readonly<Record<string, number>>;
}

export interface NetworkRef {
  code: string;
  current: number | null;
  /** Those that have begun; what comes later is nobody's to see before its day. */
  editions: number[];
}

export type AttributeValue = string | number | null | undefined;

export interface FeatureChunk {
  ids: ArrayLike<number>;
  shapes: ShapeColumns;
  /** Tile attributes (data/schema/tile_attributes.ts) without `id`; a column for each, null = absent. */
  attributes: Record<string, readonly AttributeValue[]>;
  /** Point that decides to which area a feature belongs: lon, lat, lon, lat, …; absent = any part of its shape does. */
  at?: ArrayLike<number>;
  /** Organisation that holds it; 0 = none, absent = none of them has one. */
  holders?: ArrayLike<number>;
}

export interface AreaChunk {
  ids: ArrayLike<number>;
  shapes: ShapeColumns;
  /** 0 = none. */
  parents: ArrayLike<number>;
  levels: ArrayLike<number>;
  roles: readonly LevelRole[];
  codes: readonly string[];
  names: readonly string[];
  short_names: readonly string[];
  kinds: readonly ("basic" | "special")[];
  hues: ArrayLike<number>;
  households: ArrayLike<number>;
  people: ArrayLike<number>;
  leaders: readonly (string | null)[];
  /** Pole of inaccessibility, lon, lat, lon, lat, … */
  at: ArrayLike<number>;
  areas_m2: ArrayLike<number>;
}

/** One committed change, as the change feed tells it. */
export interface TileChange {
  /** A tile layer; changes of anything else are passed over. */
  layer: string;
  /** Rows that came, changed or went; empty = read the layer anew. */
  ids: readonly number[];
  /** Where, in degrees; null = anywhere. */
  bbox: Bbox | null;
  /** Rising number of the change. */
  rev: number;
}
