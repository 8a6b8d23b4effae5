import type { Fault } from "../coverage/fault.ts";
import { findFaults } from "../coverage/find_faults.ts";
import { areaOf } from "../measure/area.ts";
import { poleOf } from "../measure/pole.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import { addArea } from "./add_area.ts";
import { addVertex } from "./add_vertex.ts";
import { bordersIn } from "./borders_in.ts";
import { createSpecial } from "./create_special.ts";
import { deleteVertex } from "./delete_vertex.ts";
import type { Applied, Draft, DraftArea, Refusal, Uncovered } from "./draft.ts";
import {
  type CodeQuestion,
  createState,
  type DraftState,
  type Key,
  orderOf,
  parentOf,
  parentOfUncovered,
  restore,
  uncoveredKey,
} from "./draft_state.ts";
import { give } from "./give.ts";
import { group } from "./group.ts";
import { keepBorders } from "./kept_borders.ts";
import { merge } from "./merge.ts";
import { moveVertex } from "./move_vertex.ts";
import { removeSpecial } from "./remove_special.ts";
import { reshape } from "./reshape.ts";
import { setAttributes } from "./set_attributes.ts";
import { split } from "./split.ts";
import { takeUncovered } from "./take_uncovered.ts";

export interface DraftOptions {
  /** The plan's own area, one of the areas; null: the whole network. */
  top_id: string | null;
  /** How many `new-…` ids were given out before. */
  given?: number;
  /** Codes of the network at all times, and whose they are or were; those of the draft's own areas need not be said. */
  codes?: ReadonlyMap<string, string>;
  /** The same as a question. */
  isCodeFree?: CodeQuestion;
  /** Ordinals of the network's levels; new areas lie on one of them. */
  levels?: readonly number[];
}

/**
 * Opens a division for redrawing. Areas keep their polygons as they are until an operation touches them.
 *
 * Gaps are uncovered ground and no hindrance. What overlaps, lies outside its parent or has no valid geometry cannot be
 * drawn with borders that exist once: those faults are given back instead.
 *
 * @param areas - the plan's own area (unless the whole network) and all below it; snapped to 1e-9°
 * @throws RangeError if two areas have one id or `top_id` is none of them
 */
export function openDraft(areas: readonly DraftArea[], options: DraftOptions): Draft | { faults: Fault[] } {
  const { top_id, given = 0, codes, levels = null } = options;
  const isCodeFree = options.isCodeFree ?? ((code, area) => (codes?.get(code) ?? area) === area);
  const byId = new Map(areas.map((area) => [area.id, area]));
  if (byId.size !== areas.length) throw new RangeError("two areas have one id");
  if (top_id !== null && !byId.has(top_id)) throw new RangeError("the plan's own area is not among the areas");
  const { faults, uncovered } = findGround(areas, byId, top_id);
  if (faults.length > 0) return { faults };
  return draftOf(createState(areas, uncovered, { top: top_id, given, isCodeFree, levels }));
}

/** Judges the areas of each parent in it, and those without a parent among themselves. */
function findGround(areas: readonly DraftArea[], byId: ReadonlyMap<string, DraftArea>, top: string | null) {
  const below = new Map<string | null, DraftArea[]>();
  if (top !== null) below.set(top, []);
  for (const area of areas) {
    const parent = area.parent_id !== null && byId.has(area.parent_id) ? area.parent_id : null;
    const list = below.get(parent);
    if (list) list.push(area);
    else below.set(parent, [area]);
  }
  const uncovered = new Map<Key, MultiPolygon>();
  const faults: Fault[] = [];
  for (const [parent, children] of below) {
    const container = parent === null ? undefined : byId.get(parent)!.polygons;
    const found = findFaults(children, container);
    faults.push(...found.filter(({ kind }) => kind !== "gap"));
    const gaps = found.filter(({ kind }) => kind === "gap");
    if (gaps.length > 0)
      uncovered.set(
        uncoveredKey(parent),
        gaps.flatMap(({ polygons }) => polygons),
      );
  }
  return { faults, uncovered };
}

function draftOf(state: DraftState): Draft {
  let inOrder: DraftArea[] | null = null;
  let gaps: Uncovered[] | null = null;
  const borders = keepBorders(state);
  const done = <T extends Applied | Refusal>(outcome: T): T => {
    if (outcome.ok) {
      inOrder = null;
      gaps = null;
      borders.note(outcome);
    }
    return outcome;
  };
  return {
    area: (id) => state.areas.get(id),
    areas() {
      inOrder ??= parentsFirst(state);
      return inOrder;
    },
    uncovered() {
      gaps ??= listUncovered(state);
      return gaps;
    },
    apply: (operation) => done(applyTo(state, operation)),
    restore: (inverse) => done(restore(state, inverse)),
    arcsIn: (west, south, east, north) => bordersIn(state, [[west, south, east, north]]),
    bordersSince: (version) => borders.since(version),
  };
}

function applyTo(state: DraftState, operation: PlanOperation): Applied | Refusal {
  switch (operation.op) {
    case "move_vertex":
      return moveVertex(state, operation);
    case "add_vertex":
      return addVertex(state, operation);
    case "delete_vertex":
      return deleteVertex(state, operation);
    case "reshape":
      return reshape(state, operation);
    case "split":
      return split(state, operation);
    case "merge":
      return merge(state, operation);
    case "give":
      return give(state, operation);
    case "take_uncovered":
      return takeUncovered(state, operation);
    case "add_area":
      return addArea(state, operation);
    case "create_special":
      return createSpecial(state, operation);
    case "remove_special":
      return removeSpecial(state, operation);
    case "group":
      return group(state, operation);
    case "set_attributes":
      return setAttributes(state, operation);
  }
}

function parentsFirst(state: DraftState): DraftArea[] {
  const list: DraftArea[] = [];
  const seen = new Set<string>();
  const visit = (area: DraftArea): void => {
    if (seen.has(area.id)) return;
    seen.add(area.id);
    const parent = parentOf(state, area.id);
    if (parent !== null) visit(state.areas.get(parent)!);
    list.push(area);
  };
  for (const area of [...state.areas.values()].sort((a, b) => orderOf(state, a.id) - orderOf(state, b.id))) visit(area);
  return list;
}

function listUncovered(state: DraftState): Uncovered[] {
  const keys = [...state.uncovered.keys()].sort((a, b) => orderOf(state, a) - orderOf(state, b));
  return keys.flatMap((key) =>
    state.uncovered.get(key)!.map((polygon) => ({
      parent_id: parentOfUncovered(key),
      polygons: [polygon],
      at: poleOf([polygon]),
      area_m2: areaOf([polygon]),
    })),
  );
}
