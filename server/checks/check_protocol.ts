import type { NetworkRules, Profile, ThingKind } from "../../data/checks/division.ts";
import type { TangledCoverage } from "../../data/coverage/tangled.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type {
  CheckFault,
  CheckMeasures,
  CheckReport,
  CheckWarning,
  Crosswalk,
  WarningKind,
} from "../../data/schema/check.ts";
import type { PackedShapes } from "./packed_shapes.ts";

/** Rows as columns: thousands of small objects would cost more to hand over than what is in them. */
export type Columns<T> = { [Name in keyof T]: T[Name][] };

export interface AreaFacts extends AreaRef {
  parent_id: string | null;
  kind: "basic" | "special";
  /** Ids of profiles: its own, that for the areas below it, that of its level. */
  profile_id: string | null;
  child_profile_id: string | null;
  level_profile_id: string | null;
  households: number;
  people: number;
}

export interface ThingFacts {
  id: string;
  name: string;
  lon: number;
  lat: number;
  households: number;
  people: number;
  building_id: string | null;
  road_class: string | null;
  use: string | null;
}

/** What a crosswalk counts at a point: a building with its households, or a legal entity. */
export interface CountedFacts {
  id: string;
  lon: number;
  lat: number;
  households: number;
}

/** What the thread is told, in this order; pages of a kind as many as there are. */
export type CheckMessage =
  | DivisionBegin
  | { kind: "areas"; facts: Columns<AreaFacts>; shapes: PackedShapes }
  | { kind: "things"; of: ThingKind; facts: Columns<ThingFacts>; shapes: PackedShapes }
  | { kind: "staff"; facts: Columns<{ area_id: string; duty: string; holders: number }> }
  | { kind: "hydrants"; positions: Float64Array }
  | CrosswalkBegin
  | { kind: "crosswalk_areas"; side: "from" | "to"; facts: Columns<AreaRef>; shapes: PackedShapes }
  | { kind: "counted"; of: "building" | "legal_entity"; facts: Columns<CountedFacts> }
  | { kind: "finish" };

export interface DivisionBegin {
  kind: "division";
  /** Null: the whole network. */
  top_id: string | null;
  rules: NetworkRules;
  profiles: Profile[];
  /** What an area above the top sets for those below it, if the top has no profile of its own. */
  inherited_profile_id: string | null;
  duties: { code: string; name: string; name_en: string }[];
  knows_hydrants: boolean;
}

export interface CrosswalkBegin {
  kind: "crosswalk";
  from: string;
  to: string;
  area: AreaRef;
}

/** What the thread says of a division; lists are cut, `counts` and `index` are of all. */
export interface CheckedDivision {
  kind: "division";
  /** The top itself; null for a whole network. */
  area: AreaRef | null;
  inputs: { areas: number; vertices: number; things: number; sha256: string };
  container_m2: number;
  covered_m2: number;
  valid: boolean;
  fault_counts: Record<string, number>;
  faults: CheckFault[];
  free_water: CheckFault[];
  /** Without reasons: those are looked up for each answer. */
  warnings: Omit<CheckWarning, "reason">[];
  /** Every warning, also those that are left out of the list. */
  index: { kind: WarningKind; key: string; area_id: string }[];
  /** Area → its parent, of every area that has a warning and those above it, up to the top. */
  parents: Record<string, string | null>;
  measures: CheckMeasures;
  hydrants: CheckReport["hydrants"];
}

export interface CheckedCrosswalk {
  kind: "crosswalk";
  crosswalk: Crosswalk;
}

export type CheckResult = CheckedDivision | CheckedCrosswalk;

/** In place of a result: areas lie over each other too often for an answer. */
export interface CheckRefused {
  kind: "tangled";
  what: TangledCoverage["what"];
}
