import type { MultiPolygon, Position, Shape } from "../schema/geometry.ts";
import type { LevelRole } from "../schema/network.ts";

/** What the checks need to know of a division: an area and all below it, and what lies in it. Ids are bigint as text. */
export interface Division {
  /** What is judged; its parents come before their children. The first is the top, unless the whole network is judged. */
  areas: readonly CheckedArea[];
  /** Null: the areas without a parent need not fill anything (a whole network). */
  top_id: string | null;
  rules: NetworkRules;
  things: readonly CheckedThing[];
  /** Working hydrants, also those a little beyond the border. Null: not shown to the reader, so nothing is said of them. */
  hydrants: readonly Position[] | null;
}

export interface CheckedArea {
  id: string;
  code: string;
  name: string;
  short_name: string;
  parent_id: string | null;
  role: LevelRole;
  kind: "basic" | "special";
  polygons: MultiPolygon;
  /** Resolved: its own, else what a parent sets for the areas below it (nearest first), else its level's. */
  profile: Profile | null;
  households: number;
  people: number;
  /** Duty code → persons who hold it for this area on the day. */
  staff: Readonly<Record<string, number>>;
}

/** Limits of an area; null is no limit. [least, most], both inside. */
export interface Profile {
  id: string;
  name: string;
  /** The rule it comes from, in words. */
  source: string;
  /** How households and people combine: one of both is enough (or), or both must fit (and). */
  joined: "and" | "or";
  households: Limits;
  people: Limits;
  area_m2: Limits;
  /** Duty code → persons. */
  staffing: Readonly<Record<string, { min: number; max: number | null }>>;
  /** Pieces that a basic area may have; a special one may have any number. */
  pieces_max: number | null;
  /** 4π × surface / perimeter², 0…1 (Polsby–Popper): of the largest piece. */
  compactness_min: number | null;
  /** Share of its border with areas of the same parent that runs on a road, 0…1. */
  border_on_roads_min: number | null;
  /** Of the children of one parent: households of the largest / of the smallest with homes. Of the parent's profile for its children. */
  balance_max: number | null;
}
export type Limits = readonly [number | null, number | null];

/** What a network counts as part of its division. */
export interface NetworkRules {
  /** `beside`: special areas are pieces of the division. `over`: they lie over the basic ones, which cover all by themselves. */
  special_areas: "beside" | "over";
  /** `covered`: water belongs to some area. `free`: a gap that is all water is no fault. */
  water: "covered" | "free";
  /** Metres that a hydrant reaches (domain.md §4: 150). */
  hydrant_radius_m: number;
}

/** A thing that must lie in some area. Lines and surfaces in the flat arrays of data/schema/geometry.ts. */
export interface CheckedThing {
  kind: ThingKind;
  id: string;
  /** Empty where it has none. */
  name: string;
  shape: Shape;
  /** Of buildings and estates: decides where the counts belong. */
  at: Position;
  households: number;
  people: number;
  /** Of legal entities and key units: the building that they are in. */
  building_id: string | null;
  /** Of roads. */
  road_class: string | null;
  /** Of buildings: a residential one. Of ground: null. */
  use: string | null;
}
/** `water` is no thing that must be covered by itself: it tells which gaps are water. */
export type ThingKind = "road" | "building" | "estate" | "facility" | "legal_entity" | "key_unit" | "water";
