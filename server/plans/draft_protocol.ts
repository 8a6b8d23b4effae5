import type { Inverse, Refusal } from "../../data/division/draft.ts";
import type { Unsettled } from "../../data/division/handover.ts";
import type { Bbox, Position } from "../../data/schema/geometry.ts";
import type { PlanArea } from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import type { AreaFacts, Columns } from "../checks/check_protocol.ts";
import type { PackedShapes } from "../checks/packed_shapes.ts";
import type { DraftSeed } from "./draft_seed.ts";
import type { FormerAreas } from "./former_areas.ts";
import type { Judged, Step } from "./held_draft.ts";
import type { FileAsked, FileRead } from "./read_division_file.ts";

/** What a thread that holds drafts can be asked, and what it answers. */
export interface DraftCalls {
  open: { asks: { seed: DraftSeed }; answers: Opened };
  close: { asks: { plan_id: string }; answers: null };
  apply: { asks: { plan_id: string; operation: PlanOperation }; answers: Step | Refusal };
  restore: { asks: { plan_id: string; inverse: Inverse }; answers: Step };
  /** JSON of a list of PlanArea, as bytes: thousands of outlines are not made into objects on the event loop. */
  areas: { asks: { plan_id: string }; answers: Uint8Array<ArrayBuffer> };
  some: { asks: { plan_id: string; ids: string[] }; answers: { areas: PlanArea[]; removed: string[] } };
  /** All faults, and the warnings of the areas and of those round them. */
  judge: { asks: { plan_id: string; ids: string[] }; answers: Judged };
  /** Reads a file of polygons and checks it; holds nothing of it. */
  read_file: { asks: FileAsked; answers: FileRead };
  tile: {
    asks: { plan_id: string; z: number; x: number; y: number };
    answers: { bytes: Uint8Array; step: number };
  };
  /** What becomes of those who answer for areas that were changed. */
  unsettled: { asks: { plan_id: string; former: FormerAreas }; answers: Unsettled[] };
  division: { asks: { plan_id: string }; answers: { facts: Columns<AreaFacts>; shapes: PackedShapes } };
}

/** Or what keeps the draft from being opened. */
export type Opened = { ok: true; box: Bbox | null } | { ok: false; places: { what: string; at: Position | null }[] };
export type DraftCall = keyof DraftCalls;

export type DraftRequest = {
  [Call in DraftCall]: { id: number; call: Call; asks: DraftCalls[Call]["asks"] };
}[DraftCall];
export type DraftReply = { id: number; answer: unknown } | { id: number; failure: string };
