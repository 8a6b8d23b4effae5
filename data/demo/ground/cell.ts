import type { Zone } from "../ground_plan.ts";
import type { Swirl } from "../warp.ts";
import type { SkeletonLine } from "./arrange_lines.ts";
import type { River } from "./river.ts";

export type Place = "huize" | "dongjie" | "town" | "enterprise_zone";

/**
 * What is drawn by hand (or by the city) before a district is laid: the skeleton, and which kind of town grows where.
 * Everything lies in the parameter plane, metres.
 */
export interface Cell {
  /** Prefix of every random decision. */
  seed: string;
  /** x,y,… closed by its first point; no ground beyond. */
  outline: number[];
  lines: SkeletonLine[];
  river: River | null;
  riverName: string | null;
  /** The railway station stands near here. */
  station: { x: number; y: number } | null;
  /** Share of street fronts that have shops, 0 … 1, where shops stand at all. */
  shopShare: number;
  swirls: Swirl[];
  /** By the centre of a face. */
  zoneAt(x: number, y: number): Zone;
  placeAt(x: number, y: number): Place | null;
  /** Faces of the skeleton that are laid; the others are outside. */
  isInside(x: number, y: number): boolean;
}
