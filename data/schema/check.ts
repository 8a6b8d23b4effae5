import { z } from "zod";
import { AreaRef, editionQuery } from "./area.ts";
import { Position } from "./geometry.ts";
import { Edition } from "./network.ts";
import { Id, Words } from "./parameters.ts";

/** GeoJSON, degrees, CGCS2000, longitude first. */
export const GeoJsonGeometry = z.object({
  type: z.enum(["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]),
  coordinates: z.array(z.unknown()),
});
export type GeoJsonGeometry = z.infer<typeof GeoJsonGeometry>;

export const faultKinds = ["gap", "overlap", "outside", "invalid_geometry", "uncovered", "duplicate_code"] as const;
export const warningKinds = [
  "population",
  "surface",
  "staffing",
  "pieces",
  "compactness",
  "border_on_roads",
  "balance",
  "cut_building",
  "cut_estate",
] as const;
export const WarningKind = z.enum(warningKinds);
export type WarningKind = z.infer<typeof WarningKind>;

const Figures = z.object({ area_m2: z.number(), households: z.int(), people: z.int() });
const Limits = z.tuple([z.number().nullable(), z.number().nullable()]);
const ThingRef = z.object({ kind: z.string(), id: z.string(), name: z.string() });

export const Mend = z.object({
  act: z.enum(["give", "keep", "cut_off"]),
  /** Who gets or keeps the place; of `cut_off` who loses it. */
  area: AreaRef,
  border_m: z.number(),
  changes: z.array(z.object({ area: AreaRef, before: Figures, after: Figures, fits: z.boolean().nullable() })),
});
export type Mend = z.infer<typeof Mend>;

/** What blocks publishing. */
export const CheckFault = z.object({
  /** The same for the same fault of the same state: what a link names. */
  key: z.string(),
  kind: z.enum(faultKinds),
  /** m², authalic. */
  area_m2: z.number(),
  length_m: z.number().nullable(),
  areas: z.array(AreaRef),
  /** Whose children are wrong here. */
  parent: AreaRef.nullable(),
  at: Position.nullable(),
  geometry: GeoJsonGeometry.nullable(),
  reason: z
    .enum(["empty", "collapsed", "crosses_itself", "touches_itself", "nested", "disconnected"])
    .nullable()
    .describe("of invalid geometries"),
  thing: ThingRef.nullable().describe("what lies in no area"),
  inside: z.object({ buildings: z.int(), households: z.int(), people: z.int() }).nullable(),
  mends: z.array(Mend),
});
export type CheckFault = z.infer<typeof CheckFault>;

export const WarningReason = z.object({
  id: z.string(),
  text: z.string(),
  by: z.string(),
  at: z.iso.datetime({ offset: true }),
});
export type WarningReason = z.infer<typeof WarningReason>;

/** A figure outside its limit or a thing cut by a border: needs a reason. */
export const CheckWarning = z.object({
  key: z.string(),
  kind: WarningKind,
  area: AreaRef,
  figures: z.array(z.object({ what: z.string(), value: z.number(), limits: Limits, fits: z.boolean() })),
  duty: z.object({ code: z.string(), name: z.string(), name_en: z.string() }).nullable(),
  cut: z
    .object({
      thing: ThingRef,
      shares: z.array(z.object({ area: AreaRef.nullable(), share: z.number(), households: z.int().nullable() })),
      units: z.array(ThingRef),
    })
    .nullable(),
  profile: z.object({ name: z.string(), source: z.string() }).nullable(),
  at: Position.nullable(),
  reason: WarningReason.nullable(),
});
export type CheckWarning = z.infer<typeof CheckWarning>;

export const CheckMeasures = z.object({
  lowest_areas: z.int(),
  households: z.object({ least: z.number(), mean: z.number(), most: z.number(), deviation: z.number() }).nullable(),
  compactness: z.object({ least: z.number(), mean: z.number() }).nullable(),
  border_on_roads: z.number().nullable(),
  by_area: z.array(
    z.object({
      area: AreaRef,
      compactness: z.number(),
      border_on_roads: z.number().nullable(),
      pieces: z.int(),
    }),
  ),
});
export type CheckMeasures = z.infer<typeof CheckMeasures>;

export const HydrantReach = z.object({
  radius_m: z.number(),
  hydrants: z.int(),
  buildings: z.int(),
  far_count: z.int(),
  /** By area, farthest first. */
  far: z.array(
    z.object({
      area: AreaRef.nullable(),
      building_id: z.string(),
      name: z.string(),
      at: Position,
      distance_m: z.number().nullable(),
    }),
  ),
});
export type HydrantReach = z.infer<typeof HydrantReach>;

export const NetworkRules = z.object({
  special_areas: z.enum(["beside", "over"]).describe("pieces of the division, or lying over the basic areas"),
  water: z.enum(["covered", "free"]).describe("whether a gap that is all water is a fault"),
  hydrant_radius_m: z.number().min(1).max(5000),
});
export type NetworkRules = z.infer<typeof NetworkRules>;

/** What was judged and how it came out; the certificate is this and nothing else. */
export const CheckSummary = z.object({
  network: z.string(),
  network_name: z.string(),
  /** Null: the whole network. */
  area: AreaRef.nullable(),
  edition: Edition,
  checked_at: z.iso.datetime({ offset: true }),
  /** Of Grid Atlas. */
  version: z.string(),
  rules: NetworkRules,
  inputs: z.object({
    areas: z.int(),
    vertices: z.int(),
    things: z.int(),
    /** SHA-256 of codes and coordinates, as `data/checks/canonical_lines.ts` writes them: the same state gives the same. */
    sha256: z.string(),
  }),
  /** m², of the container and of the sum of its lowest areas: equal where nothing is wrong. */
  container_m2: z.number(),
  covered_m2: z.number(),
  /** No fault. */
  valid: z.boolean(),
  /** All of them, also those that a list leaves out. */
  counts: z.object({
    faults: z.record(z.string(), z.int()),
    warnings: z.record(z.string(), z.int()),
    without_reason: z.int().describe("warnings nobody gave a reason for"),
  }),
});
export type CheckSummary = z.infer<typeof CheckSummary>;

/** GET /api/areas/{id}/check and /api/networks/{network}/check. Lists hold at most 2,000 entries; `counts` are true. */
export const CheckReport = z.object({
  summary: CheckSummary,
  faults: z.array(CheckFault),
  warnings: z.array(CheckWarning),
  /** Gaps that are all water where the rules leave water free. */
  free_water: z.array(CheckFault),
  measures: CheckMeasures,
  /** Null: hydrants are not for this reader. */
  hydrants: HydrantReach.nullable(),
});
export type CheckReport = z.infer<typeof CheckReport>;

export const CheckQuery = z.object(editionQuery);

/** POST /api/areas/{id}/check/reasons: one reason for the warnings of a kind. */
export const NewWarningReason = z.object({
  kind: WarningKind,
  /** Keys of warnings; null: every one of the kind in the area, also those to come in this edition. */
  keys: z.array(Words.min(1).max(200)).min(1).max(2000).nullable(),
  text: Words.trim().min(2).max(500),
});
export type NewWarningReason = z.infer<typeof NewWarningReason>;
export const ReasonParams = z.object({ id: z.string(), reason: Id });

/** GET /api/crosswalk: how the areas of one network lie in those of another (多网合一). */
export const CrosswalkQuery = z.object({
  /** Network whose areas are asked about. */
  from: Words,
  to: Words,
  /** Code of an area of `from`: those below it. */
  area: Words.min(1).max(64),
  on: editionQuery.on,
});
export type CrosswalkQuery = z.infer<typeof CrosswalkQuery>;

const Totals = z.object({ area_m2: z.number(), households: z.int(), legal_entities: z.int() });
export const Crosswalk = z.object({
  from: z.string(),
  to: z.string(),
  area: AreaRef,
  /** Lowest areas of `from` below the area, by code. */
  rows: z.array(
    z.object({
      area: AreaRef,
      total: Totals,
      /** Lowest areas of `to` that it meets, largest share of surface first. */
      parts: z.array(
        Totals.extend({
          area: AreaRef,
          /** Shares of `total`, 0…1; null where the total is 0. */
          share: z.number(),
          households_share: z.number().nullable(),
          legal_entities_share: z.number().nullable(),
        }),
      ),
      /** In no area of `to`. */
      rest: Totals,
    }),
  ),
  /** Areas of `from` that lie whole in one area of `to` (all but 0.1 % of the surface). */
  nested: z.int(),
});
export type Crosswalk = z.infer<typeof Crosswalk>;
