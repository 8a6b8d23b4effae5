import type { Fault as CoverageFault } from "../coverage/fault.ts";
import type { Invalidity } from "../coverage/invalidity.ts";
import type { Position, Shape } from "../schema/geometry.ts";
import type { Limits, ThingKind } from "./division.ts";

/** All that the checks say of a division. Ids of areas are those of the input. */
export interface Findings {
  /** By falling surface; things in no area after them, by kind and name. */
  faults: DivisionFault[];
  /** By kind, then by the code of the area. */
  warnings: Warning[];
  measures: Measures;
  /** Null where hydrants are not known. */
  hydrants: HydrantReach | null;
  /** Gaps of nothing but water where the rules leave water free: worth knowing, no faults. */
  free_water: DivisionFault[];
}

/** What blocks publishing. */
export interface DivisionFault {
  kind: CoverageFault["kind"] | "uncovered" | "duplicate_code";
  /** m², authalic; of a line in no area 0. */
  area_m2: number;
  /** Metres of a road in no area, else null. */
  length_m: number | null;
  /** Areas beside the gap, of the overlap, reaching outside, invalid, or with the same code. */
  area_ids: string[];
  /** Whose children are wrong here: the parent; null among the tops of a network. */
  parent_id: string | null;
  at: Position | null;
  shape: Shape | null;
  reason: Invalidity["reason"] | null;
  /** What lies in no area, or the buildings in the gap (their number and households), whichever applies. */
  thing: { kind: ThingKind; id: string; name: string } | null;
  /** Of gaps, overlaps and places outside: what is counted twice or not at all there. */
  inside: { buildings: number; households: number; people: number } | null;
  mends: Mend[];
}

/** A way to heal a fault; the first is the suggested one. Never applied by itself. */
export interface Mend {
  /** Gap: give it to a neighbour. Overlap: one keeps it, the others lose it. Outside: cut it off. */
  act: "give" | "keep" | "cut_off";
  /** Who gets or keeps the place; of `cut_off` who loses it. */
  area_id: string;
  /** Metres of border that the receiver has with the place. */
  border_m: number;
  /** Every area that changes, with its figures before and after. */
  changes: {
    area_id: string;
    before: AreaFigures;
    after: AreaFigures;
    /** Whether households and people fit the profile then; null without limits. */
    fits: boolean | null;
  }[];
}

export interface AreaFigures {
  area_m2: number;
  households: number;
  people: number;
}

export type WarningKind =
  | "population"
  | "surface"
  | "staffing"
  | "pieces"
  | "compactness"
  | "border_on_roads"
  | "balance"
  | "cut_building"
  | "cut_estate";

/** A figure outside its limit, or a thing cut by a border: needs a reason. */
export interface Warning {
  /** The same for the same finding in every check: kind, area, duty or thing. */
  key: string;
  kind: WarningKind;
  /** Whom it is about; of a cut thing whose share is largest; of `balance` the parent. */
  area_id: string;
  /** What is outside: of `population` each limited figure, of the others one. Empty for cut things. */
  figures: { what: FigureName; value: number; limits: Limits; fits: boolean }[];
  /** Of `staffing`. */
  duty: string | null;
  /** Of cut things: the thing, its share in each area (0…1, falling; null = in none), the units in it by name. */
  cut: {
    thing: { kind: "building" | "estate"; id: string; name: string };
    shares: { area_id: string | null; share: number; households: number | null }[];
    units: { kind: "legal_entity" | "key_unit"; id: string; name: string }[];
  } | null;
  /** Name and source of the profile that sets the limit. */
  profile: { name: string; source: string } | null;
  at: Position | null;
}
export type FigureName =
  | "households"
  | "people"
  | "area_m2"
  | "holders"
  | "pieces"
  | "compactness"
  | "border_on_roads"
  | "balance";

/** Figures of the division itself, of its lowest areas. Shares 0…1; null where there is nothing to measure. */
export interface Measures {
  lowest_areas: number;
  households: { least: number; mean: number; most: number; deviation: number } | null;
  compactness: { least: number; mean: number } | null;
  border_on_roads: number | null;
  /** Of each lowest area, for lists and maps. */
  by_area: { area_id: string; compactness: number; border_on_roads: number | null; pieces: number }[];
}

export interface HydrantReach {
  radius_m: number;
  hydrants: number;
  buildings: number;
  /** Farther than the radius from the nearest working hydrant, by area. `distance_m` null: there is none at all. */
  far: { area_id: string | null; building_id: string; name: string; at: Position; distance_m: number | null }[];
}

/** A fault of the coverage kernel among the children of one parent. */
export interface PlacedFault {
  fault: CoverageFault;
  parent_id: string | null;
}
