import type { Fault } from "../coverage/fault.ts";
import { areaOf } from "../measure/area.ts";
import { poleOf } from "../measure/pole.ts";
import { applyOperation, restoreLayers } from "./apply_operation.ts";
import { bordersIn } from "./borders_in.ts";
import type { Applied, Draft, DraftArea, Refusal, Uncovered } from "./draft.ts";
import { type CodeQuestion, type DraftState, orderOf, parentOfUncovered } from "./draft_state.ts";
import { keepBorders } from "./kept_borders.ts";
import { findArea, type Layers, openLayers, parentIn, type SpecialAreas } from "./layers.ts";

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
  /** The network's rule: special areas are pieces of the division, which is usual, or lie over the basic ones. */
  special_areas?: SpecialAreas;
}

/**
 * Opens a division for redrawing. Areas keep their polygons as they are until an operation touches them.
 *
 * Gaps are uncovered ground and no hindrance. What overlaps, lies outside its parent or has no valid geometry cannot be
 * drawn with borders that exist once: those faults are given back instead. Special areas that lie over the others must
 * not overlap one another; they may reach out of their parent.
 *
 * @param areas - the plan's own area (unless the whole network) and all below it; snapped to 1e-9°
 * @throws RangeError if two areas have one id or `top_id` is none of them
 */
export function openDraft(areas: readonly DraftArea[], options: DraftOptions): Draft | { faults: Fault[] } {
  const { top_id, given = 0, codes, levels = null, special_areas = "beside" } = options;
  const isCodeFree = options.isCodeFree ?? ((code, area) => (codes?.get(code) ?? area) === area);
  const ids = new Set(areas.map(({ id }) => id));
  if (ids.size !== areas.length) throw new RangeError("two areas have one id");
  if (top_id !== null && !ids.has(top_id)) throw new RangeError("the plan's own area is not among the areas");
  const layers = openLayers(areas, { top_id, special: special_areas, given, isCodeFree, levels });
  return "faults" in layers ? layers : draftOf(layers);
}

function draftOf(layers: Layers): Draft {
  let inOrder: DraftArea[] | null = null;
  let gaps: Uncovered[] | null = null;
  const borders = keepBorders(layers);
  const done = <T extends Applied | Refusal>(outcome: T): T => {
    if (outcome.ok) {
      inOrder = null;
      gaps = null;
      borders.note(outcome);
    }
    return outcome;
  };
  return {
    area: (id) => findArea(layers, id),
    areas() {
      inOrder ??= parentsFirst(layers);
      return inOrder;
    },
    uncovered() {
      gaps ??= layers.states.flatMap(listUncovered);
      return gaps;
    },
    apply: (operation) => done(applyOperation(layers, operation)),
    restore: (inverse) => done(restoreLayers(layers, inverse)),
    arcsIn: (west, south, east, north) => bordersIn(layers, [[west, south, east, north]]),
    bordersSince: (version) => borders.since(version),
  };
}

function parentsFirst(layers: Layers): DraftArea[] {
  const list: DraftArea[] = [];
  const seen = new Set<string>();
  const visit = (area: DraftArea): void => {
    if (seen.has(area.id)) return;
    seen.add(area.id);
    const parent = parentIn(layers, area);
    if (parent) visit(parent);
    list.push(area);
  };
  const all = layers.states.flatMap((state) =>
    [...state.areas.values()].map((area) => ({ area, order: orderOf(state, area.id) })),
  );
  for (const { area } of all.sort((a, b) => a.order - b.order)) visit(area);
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
