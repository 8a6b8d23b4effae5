import { z } from "zod";
import { Position } from "./geometry.ts";
import { Words } from "./parameters.ts";

/**
 * What a planner can do to a draft. Places are named by their exact positions (1e-9°): in a draft each border exists
 * once, so a position names one vertex, whatever areas meet there. Areas are named by id: that of the published area, or
 * `new-1`, `new-2` … in the order in which the draft made them.
 */
const AreaId = z.string().regex(/^(\d{1,18}|new-\d{1,9})$/, "must be the id of an area");
const Path = z.array(Position).min(2).max(10_000);
/** Closed ring: the last position repeats the first. */
const ClosedRing = z.array(Position).min(4).max(10_000);
/** Exterior first, then holes; several polygons are several places. */
const Place = z.array(z.array(ClosedRing).min(1)).min(1).max(1_000);
const Name = Words.trim().min(1).max(60);
/** Never used before in the network; null: given at publishing by the network's pattern. */
const Code = z
  .string()
  .regex(/^[^\s:/?#\0]{1,64}$/, "must be a code")
  .nullable();
const ProfileId = z
  .string()
  .regex(/^\d{1,18}$/)
  .nullable();

/**
 * Where a network has its special areas over the others, both have borders of their own, maybe at the same position. What
 * is left out means those of the ground, or the others where the ground has none.
 */
const Over = z.boolean().optional().describe("of special areas that lie over the others");

/** Moves a vertex of a border; where borders meet, all of them follow. */
const MoveVertex = z.object({ op: z.literal("move_vertex"), from: Position, to: Position, over: Over });
/** Puts a vertex on the stretch of border between two neighbouring vertices. */
const AddVertex = z.object({
  op: z.literal("add_vertex"),
  between: z.tuple([Position, Position]),
  at: Position,
  over: Over,
});
const DeleteVertex = z.object({ op: z.literal("delete_vertex"), at: Position, over: Over });
/**
 * Lays the border anew from one of its vertices to another: along a road, or wherever the hand drew it. `path` begins and
 * ends at vertices of the border between the same two areas (or an area and uncovered ground).
 */
const Reshape = z.object({ op: z.literal("reshape"), path: Path, over: Over });
/** Cuts one lowest area in two: by a line from border to border, or by a polygon whose inside becomes the new area. */
const Split = z.object({
  op: z.literal("split"),
  area: AreaId,
  by: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("line"),
      line: Path,
      /** Which side the new area gets, seen along the line. */ new_side: z.enum(["left", "right"]),
    }),
    z.object({ kind: z.literal("polygon"), place: Place }),
  ]),
  name: Name,
  short_name: Name,
  code: Code.default(null),
});
/** Areas of one level become one; `keep` stays. Of areas that have others below, those go to the one that stays. */
const Merge = z.object({ op: z.literal("merge"), keep: AreaId, areas: z.array(AreaId).min(1).max(200) });
/** What of `from` (all areas, if it is left out) lies in the place goes to `to`: a block, an estate, a group of buildings. */
const Give = z.object({
  op: z.literal("give"),
  to: AreaId,
  place: Place,
  from: z.array(AreaId).min(1).max(200).optional(),
  /** Whether an area may fall into pieces by it; else that is refused. */
  pieces: z.boolean().default(false),
});
/** The uncovered piece around the position goes to the area. */
const TakeUncovered = z.object({ op: z.literal("take_uncovered"), at: Position, to: AreaId });
/** Puts an area on uncovered ground, or, in a network that has none yet, anywhere. */
const AddArea = z.object({
  op: z.literal("add_area"),
  place: Place,
  level: z.int().min(1).max(100).describe("ordinal"),
  parent: AreaId.nullable(),
  kind: z.enum(["basic", "special"]).default("basic"),
  name: Name,
  short_name: Name,
  code: Code.default(null),
});
/** Cuts a special area (专属网格) out of those that lie there; or lays it over them, where the network has it so. */
const CreateSpecial = z.object({
  op: z.literal("create_special"),
  place: Place,
  parent: AreaId,
  name: Name,
  short_name: Name,
  code: Code.default(null),
});
/** Takes a special area away; its ground goes to `to`, else to the neighbour with the longest border. */
const RemoveSpecial = z.object({ op: z.literal("remove_special"), area: AreaId, to: AreaId.optional() });
/** Makes an area that holds those named, which had one parent. */
const Group = z.object({
  op: z.literal("group"),
  areas: z.array(AreaId).min(1).max(1_000),
  level: z.int().min(1).max(100),
  name: Name,
  short_name: Name,
  code: Code.default(null),
});
/** Name, code, kind, limits and parent; what is left out stays. */
const SetAttributes = z.object({
  op: z.literal("set_attributes"),
  area: AreaId,
  set: z
    .object({
      name: Name,
      short_name: Name,
      code: Code,
      kind: z.enum(["basic", "special"]),
      profile_id: ProfileId.describe("limits of the area itself"),
      child_profile_id: ProfileId.describe("limits of the areas below"),
      parent_id: AreaId,
    })
    .partial()
    .refine((set) => Object.keys(set).length > 0, "names nothing"),
});

export const PlanOperation = z.discriminatedUnion("op", [
  MoveVertex,
  AddVertex,
  DeleteVertex,
  Reshape,
  Split,
  Merge,
  Give,
  TakeUncovered,
  AddArea,
  CreateSpecial,
  RemoveSpecial,
  Group,
  SetAttributes,
]);
export type PlanOperation = z.infer<typeof PlanOperation>;
