import { z } from "zod";
import { AreaRef } from "./area.ts";
import { Contact } from "./contact.ts";
import { Position } from "./geometry.ts";

/** Registers of which one record can be read: the tile layers that carry things a person can click. */
export const registers = [
  "buildings",
  "roads",
  "estates",
  "facilities",
  "legal_entities",
  "pipes",
  "components",
  "key_units",
  "small_places",
  "addresses",
] as const;
export const Register = z.enum(registers);
export type Register = z.infer<typeof Register>;

/**
 * GET /api/registers/{register}/{id} — one thing on the map with its facts.
 * Fact keys are column names; the web words them (`vocabulary`), values are plain.
 */
export const RecordDetail = z.object({
  register: Register,
  id: z.string(),
  title: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Names of facts that this reader is not shown. */
  hidden: z.array(z.string()),
  /** Phones of who answers for it, as far as this reader may see them. */
  contacts: z.array(Contact),
  at: Position,
  source: z.string(),
  /** Deepest area of each network that holds its point. */
  areas: z.array(AreaRef),
  updated_at: z.iso.datetime({ offset: true }),
});
export type RecordDetail = z.infer<typeof RecordDetail>;
