import { z } from "zod";
import { Contact } from "./contact.ts";
import { Bbox, Position } from "./geometry.ts";
import { LevelRole } from "./network.ts";
import { Day, Words } from "./parameters.ts";

/** Enough to name an area and to go there. */
export const AreaRef = z.object({
  /** bigint as text. */
  id: z.string(),
  network: z.string(),
  code: z.string(),
  name: z.string(),
  short_name: z.string(),
  level: z.int(),
  role: LevelRole,
});
export type AreaRef = z.infer<typeof AreaRef>;

export const AreaCounts = z.object({
  households: z.int(),
  people: z.int(),
  /** Null here and below: not shown to this reader. */
  registered: z.int().nullable(),
  floating: z.int().nullable(),
  let_homes: z.int().nullable(),
  buildings: z.int(),
  homes: z.int().describe("residential buildings"),
});
export type AreaCounts = z.infer<typeof AreaCounts>;

export const AreaSummary = AreaRef.extend({
  parent_id: z.string().nullable(),
  kind: z.enum(["basic", "special"]),
  /** 1…6, see ui/cartography 3.3. */
  hue: z.int().min(1).max(6),
  households: z.int(),
  people: z.int(),
  /** Authalic, m². */
  area_m2: z.number(),
  /** Areas right below. */
  child_count: z.int(),
  /** All areas of the deepest level below (「27格」). */
  leaf_count: z.int(),
  /** Pole of inaccessibility of the largest piece. */
  at: Position,
  bbox: Bbox,
});
export type AreaSummary = z.infer<typeof AreaSummary>;

/** GET /api/areas, by code. `next` is the cursor of the following page, null on the last. */
export const AreaList = z.object({
  network: z.string(),
  edition: z.int(),
  areas: z.array(AreaSummary),
  next: z.string().nullable(),
});
export type AreaList = z.infer<typeof AreaList>;

export const editionQuery = {
  /** Edition number. */
  edition: z.coerce.number().int().positive().optional(),
  /** A day: the edition then in force. */
  on: Day.optional(),
};

export const AreaListQuery = z.object({
  network: z.string().default("governance"),
  /** `none` for the top, else code of the parent. */
  parent: Words.optional(),
  level: z.coerce.number().int().min(1).max(100).optional(),
  /** west,south,east,north */
  bbox: z
    .string()
    .transform((text) => text.split(",").map(Number))
    .pipe(Bbox)
    .optional(),
  /** Part of a name or code. */
  text: Words.min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  after: Words.optional(),
  ...editionQuery,
});
export type AreaListQuery = z.infer<typeof AreaListQuery>;

export const AreaStaff = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  duty: z.object({ code: z.string(), name: z.string(), name_en: z.string() }),
  organisation: z.string().nullable(),
  /** Address of the picture, null where there is none. */
  portrait: z.string().nullable(),
  /** Held for another area above or below rather than this one. */
  area: AreaRef,
  /** Phones, as far as this reader may see them. */
  contacts: z.array(Contact),
});
export type AreaStaff = z.infer<typeof AreaStaff>;

export const ProfileFact = z.object({
  name: z.string(),
  source: z.string(),
  joined: z.enum(["and", "or"]),
  households: z.tuple([z.int().nullable(), z.int().nullable()]),
  people: z.tuple([z.int().nullable(), z.int().nullable()]),
});
export type ProfileFact = z.infer<typeof ProfileFact>;

/** GET /api/areas/{id}; {id} is the id or `network:code`. */
export const AreaDetail = AreaSummary.extend({
  edition: z.int(),
  counts: AreaCounts,
  pieces: z.int(),
  profile: ProfileFact.nullable(),
  /** From the top down to the parent. */
  ancestors: z.array(AreaRef),
  children: z.array(AreaRef.extend({ households: z.int() })),
  /** Share more than 1 m of border, same level; longest border first. */
  neighbours: z.array(AreaRef.extend({ border_m: z.number() })),
  /** Staff of the area itself, duties in order. */
  staff: z.array(AreaStaff),
  /** 多网合一: deepest areas of the other networks that it meets, with their share of this area's surface (0…1). */
  elsewhere: z.array(AreaRef.extend({ share: z.number().min(0).max(1) })),
  updated_at: z.iso.datetime({ offset: true }),
});
export type AreaDetail = z.infer<typeof AreaDetail>;

/** GET /api/areas/at?lon=&lat= — every network, every level, top first. */
export const AreasAtQuery = z.object({
  lon: z.coerce.number().min(-180).max(180),
  lat: z.coerce.number().min(-90).max(90),
  on: Day.optional(),
});
export const AreasAt = z.object({
  at: Position,
  networks: z.array(z.object({ network: z.string(), edition: z.int(), areas: z.array(AreaRef) })),
});
export type AreasAt = z.infer<typeof AreasAt>;
