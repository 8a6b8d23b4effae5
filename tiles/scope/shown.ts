import type { TileLayer } from "../../data/schema/tile_layers.ts";
import type { RegionShape } from "./region_shape.ts";

/** Where something is reached: inside a shape, of some holders, or both; of null and null everything. */
export interface ScopeRegion {
  /** Letters, digits, dots; another one wherever shape or holders differ. Entries of the cache and ETags carry it. */
  name: string;
  shape: RegionShape | null;
  /** Organisations whose things it takes in. */
  holders: ReadonlySet<number> | null;
}

/** For each layer where each of its tiers is reached, least first; of a layer that is not here nothing is seen. */
export type TileScope = ReadonlyMap<TileLayer, readonly (readonly ScopeRegion[])[]>;

/** What is drawn of one layer in one tile. */
export interface Shown {
  /** Tier of every feature; 0 = it is not there. */
  tier: number;
  /** Regions in which features reach a higher one: `raising[n]` that of n + 1. Empty = nowhere in this tile. */
  raising: readonly (readonly ScopeRegion[])[];
  /** Equal names, equal bytes. */
  name: string;
}
