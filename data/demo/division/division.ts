import type { AreaRow, LevelRow, NetworkRow, ProfileRow } from "../../schema/city_rows.ts";

/**
 * A district divided: who lives where, and which area of each network each parcel belongs to.
 *
 *   layGround ──► GroundPlan ──► divide ──► Division ──► furnish
 *
 * Parcels, blocks and buildings are indexes of the plan; areas, levels, networks and profiles are ids of the rows
 * below. `area[id - first_id.area]` is the row of an area (ids rise by one from `first_id.area`, which is 1
 * everywhere but in the later parts of a city).
 */
export interface Division {
  /** What the ids of this division start at; networks and levels always start at 1. */
  first_id: { area: number; profile: number };
  profile: ProfileRow[];
  network: NetworkRow[];
  level: LevelRow[];
  /** All areas of all networks, a parent before its children, codes rising within each parent. */
  area: AreaRow[];
  counts: BuildingCounts;
  /** Per parcel: id of the lowest area that holds it (governance: the sub-grid where there is one, else the grid). */
  leaf: { governance: number[]; fire: number[]; police: number[] };
  /** Per parcel: id of its governance grid (never a sub-grid). */
  grid: number[];
  /** Per parcel: id of its governance community; in the enterprise zone, which has none, id of the zone. */
  community: number[];
  /** Per block: the same, by its first parcel (a block of thousands of homes may lie in two communities). */
  community_of_block: number[];
  /** Per parcel: id of its governance subdistrict, town or zone. */
  root: number[];
  /** Areas with golden figures, null where this plan has no such place. */
  places: Record<Place, number | null>;
  /** Lines of the plan's edges after the cells were cut: what every outline was traced along. */
  outlines: Outlines;
}

export type Place = "huize" | "dongjie" | "town" | "enterprise_zone";

/** Parallel to the plan's buildings. Zero where nobody lives. `registered + floating = people`. */
export interface BuildingCounts {
  households: number[];
  people: number[];
  registered: number[];
  floating: number[];
  let_homes: number[];
}

/** Output coordinates of the plan and of the vertices that cell borders added, one a vertex. */
export interface Outlines {
  /** Degrees, 7 decimals. Longer than the plan's own list: added vertices come after. */
  lon: number[];
  lat: number[];
  /** Per parcel: its ring with the vertices that cell borders put on its edges; counter-clockwise, not closed. */
  rings: number[][];
}
