import { z } from "zod";
import { Bbox } from "./geometry.ts";

export const levelRoles = ["city", "district", "subdistrict", "zone", "community", "grid", "sub"] as const;
export const LevelRole = z.enum(levelRoles);
export type LevelRole = z.infer<typeof LevelRole>;

export const Level = z.object({
  ordinal: z.int().positive(),
  role: LevelRole,
  name: z.string(),
  name_en: z.string(),
});
export type Level = z.infer<typeof Level>;

export const Edition = z.object({
  number: z.int().positive(),
  /** First day in force, YYYY-MM-DD in the server's time zone. */
  from_day: z.iso.date(),
  /** First day no longer in force; null while it is. */
  to_day: z.iso.date().nullable(),
  note: z.string(),
});
export type Edition = z.infer<typeof Edition>;

export const Network = z.object({
  code: z.string(),
  prefix: z.string(),
  name: z.string(),
  name_en: z.string(),
  /** One Han character that marks the network on the map. */
  mark: z.string(),
  ordinal: z.int(),
  /** Where its data come from, in words; some licences ask that it be shown. */
  source: z.string(),
  levels: z.array(Level),
  /** The edition in force; null while nothing is published. */
  edition: Edition.nullable(),
  area_count: z.int(),
  bbox: Bbox.nullable(),
});
export type Network = z.infer<typeof Network>;

/** GET /api/networks, by ordinal. */
export const NetworkList = z.object({ networks: z.array(Network) });
export type NetworkList = z.infer<typeof NetworkList>;

/** GET /api/editions?network=, newest first. */
export const EditionList = z.object({ network: z.string(), editions: z.array(Edition) });
export type EditionList = z.infer<typeof EditionList>;
