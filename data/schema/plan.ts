import { z } from "zod";
import { AreaRef, editionQuery } from "./area.ts";
import { CheckFault, CheckMeasures, CheckWarning, GeoJsonGeometry } from "./check.ts";
import { Bbox, Position } from "./geometry.ts";
import { LevelRole } from "./network.ts";
import { Day, Id, Words } from "./parameters.ts";
import { PlanOperation } from "./plan_operation.ts";

const planStatuses = ["draft", "submitted", "approved", "published", "discarded"] as const;
export const PlanStatus = z.enum(planStatuses);
export type PlanStatus = z.infer<typeof PlanStatus>;

const Person = z.object({ id: z.string(), display_name: z.string() });

export const PlanSummary = z.object({
  id: z.string(),
  name: z.string(),
  network: z.string(),
  network_name: z.string(),
  /** What is divided anew; null: the whole network. */
  area: AreaRef.nullable(),
  base_edition: z.int().nullable(),
  /** The edition in force now; another one than `base_edition` asks for a rebase. */
  current_edition: z.int().nullable(),
  status: PlanStatus,
  /** Rises with each write; what `If-Match` says, in quotes: "12". */
  revision: z.int(),
  author: Person,
  submitted_by: Person.nullable(),
  approved_by: Person.nullable(),
  /** Why it was last rejected. */
  reason: z.string().nullable(),
  from_day: z.iso.date().nullable(),
  edition: z.int().nullable(),
  made_at: z.iso.datetime({ offset: true }),
  changed_at: z.iso.datetime({ offset: true }),
  can_undo: z.int().describe("operations"),
  can_redo: z.int(),
  /** What this reader may do with it now. */
  may: z.array(z.enum(["edit", "submit", "withdraw", "approve", "reject", "publish", "discard", "rebase", "comment"])),
  bbox: Bbox.nullable(),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

export const PlanList = z.object({ plans: z.array(PlanSummary), next: z.string().nullable() });
export type PlanList = z.infer<typeof PlanList>;
export const PlanListQuery = z.object({
  network: Words.optional(),
  status: PlanStatus.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: Id.optional(),
});
export type PlanListQuery = z.infer<typeof PlanListQuery>;

/** A network that does not exist yet: its first edition is made by the plan. */
export const NewNetwork = z.object({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/),
  prefix: z.string().regex(/^[A-Z][A-Z0-9]{0,15}$/),
  name: Words.trim().min(1).max(60),
  name_en: Words.trim().min(1).max(60),
  mark: z.string().length(1),
  levels: z
    .array(z.object({ role: LevelRole, name: Words.trim().min(1).max(30), name_en: Words.trim().min(1).max(30) }))
    .min(1)
    .max(6)
    .describe("from the top down"),
});
export type NewNetwork = z.infer<typeof NewNetwork>;

/** POST /api/plans */
export const NewPlan = z.object({
  name: Words.trim().min(1).max(80),
  network: z.union([Words.min(1).max(31), NewNetwork]).describe("code of a network, or a new one"),
  /** Code of the area that is divided anew; null: the whole network. */
  area: Words.min(1).max(64).nullable(),
  from: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("edition") }).describe("the edition in force"),
    z.object({
      kind: z.literal("file"),
      /** GeoJSON FeatureCollection of polygons. */
      json: z.unknown(),
      /** EPSG:4490 or EPSG:4326 in degrees; projected ones as configured. Must be declared. */
      crs: z.enum(["EPSG:4490", "EPSG:4326", "EPSG:4549"]),
      name_field: Words.min(1).max(100),
      code_field: Words.min(1).max(100).nullable(),
      /** Ordinal of the level that the polygons are of; by default that of grids, else the lowest. */
      level: z.int().min(1).max(100).optional(),
    }),
    z.object({ kind: z.literal("nothing") }),
  ]),
});
export type NewPlan = z.infer<typeof NewPlan>;

/** An area of the draft as the editor needs it. */
export const PlanArea = z.object({
  /** Of the published area, or `new-1` … */
  id: z.string(),
  parent_id: z.string().nullable(),
  level: z.int(),
  code: z.string().nullable(),
  name: z.string(),
  short_name: z.string(),
  kind: z.enum(["basic", "special"]),
  profile_id: z.string().nullable(),
  child_profile_id: z.string().nullable(),
  geometry: GeoJsonGeometry,
  households: z.int(),
  people: z.int(),
  buildings: z.int(),
  area_m2: z.number(),
  /** As its base edition shows it; null for areas that are new. */
  hue: z.int().min(1).max(6).nullable(),
  leader: z.string().nullable(),
});
export type PlanArea = z.infer<typeof PlanArea>;

/** Where the ids of new areas begin in tiles, which know numbers only; ids of rows stay far below. */
const newAreasFrom = 2 ** 50;

/** The id of an area of a draft in the draft's tiles. */
export function planTileId(id: string): number {
  return id.startsWith("new-") ? newAreasFrom + Number(id.slice(4)) : Number(id);
}

export const PlanProfile = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  joined: z.enum(["and", "or"]),
  households: z.tuple([z.int().nullable(), z.int().nullable()]),
  people: z.tuple([z.int().nullable(), z.int().nullable()]),
  area_m2: z.tuple([z.number().nullable(), z.number().nullable()]),
  /** Ordinals of levels of the network whose limits these are, where neither an area nor one above it says others. */
  levels: z.array(z.int()),
  /** Set by an area above the plan's own for those below it. */
  inherited: z.boolean(),
});
export type PlanProfile = z.infer<typeof PlanProfile>;

/** GET /api/plans/{id} */
export const PlanDetail = z.object({
  plan: PlanSummary,
  /** The plan's own area first, then parents before children. */
  areas: z.array(PlanArea),
  /** Those that an area of the plan may be given. */
  profiles: z.array(PlanProfile),
  /** How many `new-…` ids the draft has given out. */
  given: z.int(),
  /** The network's rule; left out means beside. Over the others they have borders among themselves. */
  special_areas: z.enum(["beside", "over"]).optional(),
  comments: z.array(
    z.object({
      id: z.string(),
      by: Person,
      text: z.string(),
      at: Position.nullable(),
      made_at: z.iso.datetime({ offset: true }),
      settled_at: z.iso.datetime({ offset: true }).nullable(),
    }),
  ),
});
export type PlanDetail = z.infer<typeof PlanDetail>;

/** GET /api/plans/{id}/buildings: what figures of areas are counted from while they are being redrawn; in columns. */
export const PlanBuildings = z.object({
  /** lon, lat, lon, lat, … */
  at: z.array(z.number()),
  households: z.array(z.int()),
  people: z.array(z.int()),
});
export type PlanBuildings = z.infer<typeof PlanBuildings>;

/**
 * GET /api/plans/{id}/former: areas that the plan changed or took away, as its base edition has them. What it left alone
 * is the same in both.
 */
export const PlanFormer = z.object({
  revision: z.int(),
  /** Null: the network has none yet. */
  edition: z.int().nullable(),
  areas: z.array(
    PlanArea.omit({ households: true, people: true, buildings: true, area_m2: true, hue: true, leader: true }),
  ),
});
export type PlanFormer = z.infer<typeof PlanFormer>;

export const PlanLogEntry = z.object({
  seq: z.int(),
  revision: z.int(),
  state: z.enum(["done", "undone", "dropped"]),
  operation: z.union([PlanOperation, z.object({ op: z.enum(["begin", "rebase"]) }).loose()]),
  /** Ids of areas that it changed. */
  changed: z.array(z.string()),
  by: Person,
  at: z.iso.datetime({ offset: true }),
  /** Since when it is in its state, and who brought it there: somebody may undo what another one did. */
  state_since: z.object({ revision: z.int(), by: Person, at: z.iso.datetime({ offset: true }) }),
});
export type PlanLogEntry = z.infer<typeof PlanLogEntry>;
export const PlanLogQuery = z.object({
  /** What came after this revision, oldest first, with the areas as they are now. */
  after_revision: z.coerce.number().int().min(0).optional(),
  /** Entries before this `seq`. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type PlanLogQuery = z.infer<typeof PlanLogQuery>;
/** GET /api/plans/{id}/operations, newest first; `?after_revision=` gives what came since, oldest first. */
export const PlanLog = z.object({
  revision: z.int(),
  entries: z.array(PlanLogEntry),
  next: z.int().nullable(),
  /** With `after_revision`: the areas that were changed since as they are now, and those that are no more. */
  areas: z.array(PlanArea).optional(),
  removed: z.array(z.string()).optional(),
});
export type PlanLog = z.infer<typeof PlanLog>;

/** Answer to an operation, an undo or a redo: the draft afterwards. */
export const PlanChange = z.object({
  revision: z.int(),
  changed: z.array(PlanArea),
  removed: z.array(z.string()),
  can_undo: z.int(),
  can_redo: z.int(),
  /** All faults of the draft now; ways to heal them, and what lies in them, of the largest alone. */
  faults: z.array(CheckFault),
  /** All warnings of the areas in `judged`: those of other areas stay what they were. */
  warnings: z.array(CheckWarning),
  judged: z.array(z.string()).describe("ids of the areas that changed, of those near them and of those above them"),
  /** What only the full check tells: things beyond the tops of a whole network, key units where the reader sees them. */
  pending: z.array(z.enum(["beyond", "key_units"])),
});
export type PlanChange = z.infer<typeof PlanChange>;

/** GET /api/plans/{id}/check */
export const PlanCheck = z.object({
  revision: z.int(),
  faults: z.array(CheckFault),
  warnings: z.array(CheckWarning),
  /** Nobody gave a reason for these yet; while there are any, the plan cannot be submitted. */
  without_reason: z.int(),
  measures: CheckMeasures,
  /** Of the published edition in the same area; null where there is none. */
  published: CheckMeasures.nullable(),
  /** Assignments to areas that are split, merged or retired, by duty. */
  staff: z.array(
    z.object({
      area: AreaRef,
      duty: z.string(),
      duty_name: z.string(),
      person: z.string(),
      why: z.enum(["split", "merged", "retired"]),
    }),
  ),
});
export type PlanCheck = z.infer<typeof PlanCheck>;

export const PlanComment = PlanDetail.shape.comments.element;
export type PlanComment = z.infer<typeof PlanComment>;
export const NewComment = z.object({ text: Words.trim().min(1).max(1000), at: Position.nullable() });
export const Submission = z.object({ from_day: Day.nullable().describe("null: as soon as it is published") });
export const Rejection = z.object({ reason: Words.trim().min(2).max(500) });
/** The plan's own name, typed by hand: nobody publishes by mistake. */
export const Publication = z.object({ name: Words });

const lineageKinds = ["kept", "reshaped", "split", "merged", "new", "retired"] as const;
export const LineageEntry = z.object({
  kind: z.enum(lineageKinds),
  /** Of the newer edition; null: retired. */
  area: AreaRef.nullable(),
  /** Of the older one; null: new ground. */
  from: AreaRef.nullable(),
  share_of_from: z.number().nullable(),
  share_of_area: z.number().nullable(),
  /** That went along, as counted at publishing; null: not counted, or not for this reader. */
  households: z.int().nullable(),
});
export type LineageEntry = z.infer<typeof LineageEntry>;

/** What publishing did. */
export const Published = z.object({
  network: z.string(),
  edition: z.int(),
  from_day: z.iso.date(),
  lineage: z.array(LineageEntry),
  assignments: z.object({ kept: z.int(), to_confirm: z.int(), ended: z.int() }),
  /** Organisations that answer for another area now. */
  organisations: z.int(),
  /** Rights on areas that are no more: they stay, reach nothing, and somebody has to give others. */
  grants_on_retired: z.int(),
});
export type Published = z.infer<typeof Published>;

/** What a rebase did; `decisions` are places where both the plan and the new edition changed the same area. */
export const Rebased = z.object({
  plan: PlanSummary,
  decisions: z.array(
    z.object({
      area: z.string(),
      name: z.string(),
      at: Position.nullable(),
      /** In Chinese, as problems are. */
      what: z.string(),
      /** What became of it: the operation was left out, or the plan's version was kept. */
      outcome: z.enum(["left_out", "kept"]),
      operation_seq: z.int().nullable(),
    }),
  ),
});
export type Rebased = z.infer<typeof Rebased>;

/** GET /api/editions/{network}/{a}..{b} */
export const EditionDifference = z.object({
  network: z.string(),
  from: z.int(),
  to: z.int(),
  /** How many lowest areas each of the two has. */
  areas: z.object({ from: z.int(), to: z.int() }),
  /** Ground that went from one area to another, or came to or left the network; lowest areas. */
  changes: z.array(
    z.object({
      kind: z.enum(["moved", "gained", "lost"]),
      from: AreaRef.nullable(),
      to: AreaRef.nullable(),
      area_m2: z.number(),
      /** In the buildings that stand there today; null for readers who may not check the division there. */
      households: z.int().nullable(),
      people: z.int().nullable(),
      at: Position,
      geometry: GeoJsonGeometry,
    }),
  ),
  lineage: z.array(LineageEntry),
  /** Areas whose name, code of parent, kind or limits changed while their ground stayed. */
  renamed: z.array(z.object({ area: AreaRef, was: AreaRef })),
});
export type EditionDifference = z.infer<typeof EditionDifference>;

/** GET /api/areas/{id}/lineage?edition=: of the area as it was in that edition; without, as it is, or as it last was. */
export const FamilyTreeQuery = z.object({ edition: editionQuery.edition });

/** The family tree, both ways, and who has its ground today. */
export const FamilyTree = z.object({
  area: AreaRef,
  /** First edition in which it does not hold any more; null while it does. */
  retired_in: z.int().nullable(),
  /** Newest first. */
  editions: z.array(z.object({ edition: z.int(), from_day: z.iso.date(), entries: z.array(LineageEntry) })),
  /** Areas of its level, with their share of its surface, largest first. */
  today: z.array(z.object({ area: AreaRef, share: z.number() })),
});
export type FamilyTree = z.infer<typeof FamilyTree>;
