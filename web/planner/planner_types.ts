import type { Applied, Draft, DraftArea, Refusal } from "../../data/division/draft.ts";
import type { CheckFault, CheckWarning } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanComment, PlanProfile, PlanSummary } from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";

/** Tools in the order of the palette (ui/planner.md). */
export const tools = ["select", "border", "split", "merge", "give", "trace", "draw", "measure"] as const;
export type Tool = (typeof tools)[number];

/** What lies in an area of the draft. */
export interface DraftFigures {
  households: number;
  people: number;
  buildings: number;
  area_m2: number;
}

/** An operation that waits for Enter: what it would do, counted. */
export interface PendingOperation {
  operation: PlanOperation;
  /** The areas it would change, as they would be; drawn as a ghost. */
  changed: Applied["changed"];
  removed: string[];
  /** Of each area that it touches, before and after; before is null for one that is new. */
  figures: { id: string; before: DraftFigures | null; after: DraftFigures | null }[];
}

/** How far the server knows what is drawn here. */
export type Sync =
  | { state: "saved"; at: number }
  | { state: "saving"; waiting: number }
  | { state: "offline"; waiting: number; since: number }
  /** A colleague changed what waiting operations lean on: both versions are shown, the reader chooses. */
  | {
      state: "conflict";
      refused: PlanOperation;
      why: string;
      at: Position | null;
      areas: string[];
      /** As the reader had drawn them; the colleague's version is what the draft has. */
      mine: readonly DraftArea[];
      /** Whose step came in between; null where that is not known. */
      by: string | null;
      /** When that was (ISO 8601). */
      when: string | null;
    };

/** Where somebody else last changed the draft. */
export interface Presence {
  /** Of the account. */
  id: string;
  name: string;
  at: Position;
}

/** One open plan. The store (web/planner/planner_store.ts) holds one of these; map, tools and panels read it. */
export interface Planner {
  plan: PlanSummary;
  draft: Draft;
  profiles: readonly PlanProfile[];
  /** Rises with each change of the draft. */
  version: number;
  figures: ReadonlyMap<string, DraftFigures>;
  /** Of the published edition, for comparison; areas that are gone among them. */
  published: ReadonlyMap<string, DraftFigures>;
  /** How areas are drawn in the base edition, and who leads them. */
  looks: ReadonlyMap<string, { hue: number | null; leader: string | null }>;
  comments: readonly PlanComment[];
  presence: readonly Presence[];
  faults: readonly CheckFault[];
  warnings: readonly CheckWarning[];
  sync: Sync;
  tool: Tool;
  /** Ids, in the order in which they were chosen. */
  selection: readonly string[];
  pending: PendingOperation | null;
  /** Why the last act was not possible; shown until the next one. */
  refusal: Refusal | null;
  /** Read only: not a draft any more, or the reader may not edit. */
  locked: boolean;
}

export interface PlannerActions {
  /** Works out what an operation would do, without doing it; null with `refusal` set where it cannot be done. */
  propose(operation: PlanOperation): PendingOperation | null;
  /** The same, and nobody is told: for a hand that still moves. */
  preview(operation: PlanOperation): PendingOperation | Refusal;
  /** Tells of what was previewed. */
  show(pending: PendingOperation): void;
  /** Does what waits for Enter. */
  confirm(): void;
  cancel(): void;
  /** At once: operations that need no Enter (a vertex was let go, an attribute was written). */
  perform(operation: PlanOperation): Refusal | null;
  undo(): void;
  redo(): void;
  choose(ids: readonly string[]): void;
  setTool(tool: Tool): void;
}
