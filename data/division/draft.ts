import type { MultiPolygon, Position } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";

/** An area of a draft. Flat rings as in data/schema/geometry.ts. */
export interface DraftArea {
  /** Of the published area, or `new-1`, `new-2` … */
  id: string;
  parent_id: string | null;
  /** Ordinal; 1 is the top. */
  level: number;
  /** Null: given at publishing. */
  code: string | null;
  name: string;
  short_name: string;
  kind: "basic" | "special";
  profile_id: string | null;
  child_profile_id: string | null;
  /** Of an area with others below: what those cover, and what is uncovered among them. */
  polygons: MultiPolygon;
}

/**
 * A division that is being redrawn: every border exists once, so neighbours cannot drift apart. Lowest areas carry the
 * borders; those above follow. Special areas that lie over the others (a rule of the network) have borders among
 * themselves. The same operations on the same draft give the same result, in the browser and on the server.
 */
export interface Draft {
  area(id: string): DraftArea | undefined;
  /** Parents before children, else in the order in which they came. */
  areas(): readonly DraftArea[];
  /** Ground inside the parent (or enclosed) that no area covers. */
  uncovered(): readonly Uncovered[];
  /** Does it, or says why not and where; then nothing has changed. */
  apply(operation: PlanOperation): Applied | Refusal;
  /** Puts back what was before, bit for bit; what it gives back in turn undoes that (redo). */
  restore(inverse: Inverse): Applied;
  /** Borders near a position, for handles and snapping: each arc once, with the areas beside it (null: uncovered or outside). */
  arcsIn(west: number, south: number, east: number, north: number): readonly BorderArc[];
  /**
   * What borders came and went since an answer before, for who shows or colours all of them: the first answer costs as
   * much as `arcsIn` of everything, each next one only what was changed in between.
   * @param version - that of the last answer of this draft; null for all borders
   */
  bordersSince(version: number | null): BordersSince;
}

/** An arc that has not changed is the same object in all answers, so arcs may stand as keys of maps. */
export interface BordersSince {
  /** To ask with the next time. */
  version: number;
  /** Forget what was known: `come` are all borders. So it is for null, and after a long time without asking. */
  anew: boolean;
  come: readonly BorderArc[];
  /** Arcs that came before. */
  gone: readonly BorderArc[];
}

export interface Uncovered {
  /** Whose ground it is; null where the areas have no parent. */
  parent_id: string | null;
  polygons: MultiPolygon;
  at: Position;
  area_m2: number;
}

/** The line runs from its western end to the eastern one, so that the same border always comes with the same line. */
export interface BorderArc {
  left: string | null;
  right: string | null;
  line: number[];
  /** May be moved in this draft: not the border of the plan's own area. */
  movable: boolean;
  /** Of special areas that lie over the others; null beside it is what none of them covers. */
  over?: true;
}

export interface Applied {
  ok: true;
  /** As they are now, new ones among them, areas above whose outline followed too. */
  changed: DraftArea[];
  /** Ids of areas that are no more. */
  removed: string[];
  inverse: Inverse;
}

/** JSON: what `restore` takes. */
export interface Inverse {
  /** As they were. */
  before: DraftArea[];
  /** Ids of areas that were not there. */
  made: string[];
  /** Uncovered ground as it was, of the parents where it changed; null: of the network as a whole. */
  uncovered: { parent_id: string | null; polygons: MultiPolygon }[];
  /** How many `new-…` ids the draft had given out. */
  given: number;
}

export type RefusalReason =
  | "unknown_area"
  | "not_lowest"
  | "no_vertex"
  | "borders_meet"
  | "no_border"
  | "border_of_parent"
  | "crosses_itself"
  | "crosses_border"
  | "misses"
  | "touches_only"
  | "crosses_many_times"
  | "sliver"
  | "too_few_vertices"
  | "not_adjacent"
  | "falls_apart"
  | "would_vanish"
  | "not_uncovered"
  | "overlaps"
  | "outside"
  | "invalid_place"
  | "not_special"
  | "different_levels"
  | "different_parents"
  | "wrong_level"
  | "code_taken"
  | "lies_over"
  | "nothing_changes";

export interface Refusal {
  ok: false;
  reason: RefusalReason;
  /** Where it would break; null for what has no place. */
  at: Position | null;
  /** Ids of the areas that it is about. */
  areas: string[];
}
