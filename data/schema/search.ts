import { z } from "zod";
import { Bbox, Position } from "./geometry.ts";
import { Words } from "./parameters.ts";

const searchKinds = [
  "area",
  "address",
  "building",
  "estate",
  "road",
  "facility",
  "key_unit",
  "legal_entity",
  "small_place",
] as const;
export const SearchKind = z.enum(searchKinds);
export type SearchKind = z.infer<typeof SearchKind>;

export const SearchQuery = z.object({
  q: Words.trim().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});

export const SearchHit = z.object({
  kind: SearchKind,
  /** What `sel=` takes after the kind: `governance:900102001003` for areas, the id for others. */
  key: z.string(),
  title: z.string(),
  /** Where it is, in words: 幸福街道 › 慧泽社区. */
  subtitle: z.string(),
  at: Position,
  bbox: Bbox.nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** GET /api/search, best first: equal, then beginning, then containing; areas before the rest. */
export const SearchResult = z.object({ q: z.string(), hits: z.array(SearchHit) });
export type SearchResult = z.infer<typeof SearchResult>;
