import type { PlacedFault } from "../../data/checks/findings.ts";
import { type CoverageCheck, startCoverageCheck } from "../../data/coverage/recheck.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import type { DraftTree } from "./draft_tree.ts";

/** What covers what in a draft, parent by parent, checked again after each step only where the step reached. */
export interface DraftCovers {
  /** When the tree has changed. */
  update: (changed: readonly DraftArea[], removed: readonly string[]) => void;
  /** By falling surface. */
  faults: () => PlacedFault[];
}

/** @param isOver - whether an area lies over others instead of beside them */
export function coverDraft(tree: DraftTree, top_id: string | null, isOver: (area: DraftArea) => boolean): DraftCovers {
  const covers = new Map<string | null, { pieces: CoverageCheck; over: CoverageCheck } | null>();

  /** Null: nothing divides the area. */
  function begin(parent_id: string | null): { pieces: CoverageCheck; over: CoverageCheck } | null {
    const children = tree.childrenOf(parent_id).map((id) => tree.get(id)!);
    const pieces = children.filter((child) => !isOver(child));
    const over = children.filter(isOver);
    if (children.length === 0) return null;
    const container = parent_id === null || pieces.length === 0 ? undefined : tree.get(parent_id)?.polygons;
    return { pieces: startCoverageCheck(pieces, container), over: startCoverageCheck(over) };
  }

  /** The parent whose children the area is one of; undefined for the plan's own area, which stands alone. */
  const parentOf = (area: DraftArea) => (area.id === top_id ? undefined : area.parent_id);

  function beginAll(): void {
    if (top_id === null) covers.set(null, begin(null));
    for (const { id } of tree.all()) {
      const cover = begin(id);
      if (cover) covers.set(id, cover);
    }
  }

  /** Remembered, because a change of parent or kind takes an area from one cover to another. */
  const places = new Map<string, { parent_id: string | null | undefined; over: boolean }>();
  const placeOf = (area: DraftArea) => ({ parent_id: parentOf(area), over: isOver(area) });
  beginAll();
  for (const area of tree.all()) places.set(area.id, placeOf(area));

  function update(changed: readonly DraftArea[], removed: readonly string[]): void {
    const anew = new Set<string | null>(changed.map(({ id }) => id)); // as containers
    const moves = new Map<string | null, { pieces: DraftArea[]; over: DraftArea[]; gone: string[] }>();
    const movesIn = (parent_id: string | null) => {
      const known = moves.get(parent_id) ?? { pieces: [], over: [], gone: [] };
      moves.set(parent_id, known);
      return known;
    };
    for (const id of removed) {
      const before = places.get(id);
      places.delete(id);
      covers.delete(id);
      if (before?.parent_id !== undefined) movesIn(before.parent_id).gone.push(id);
    }
    for (const area of changed) {
      const [before, now] = [places.get(area.id), placeOf(area)];
      places.set(area.id, now);
      if (before && before.parent_id !== undefined && before.parent_id !== now.parent_id) {
        movesIn(before.parent_id).gone.push(area.id);
      }
      if (now.parent_id === undefined) continue;
      if (before && before.over !== now.over) anew.add(now.parent_id);
      movesIn(now.parent_id)[now.over ? "over" : "pieces"].push(area);
    }
    for (const [parent_id, { pieces, over, gone }] of moves) {
      const cover = covers.get(parent_id);
      if (!cover || anew.has(parent_id)) {
        anew.add(parent_id);
        continue;
      }
      cover.pieces.update(pieces, gone);
      cover.over.update(over, gone);
    }
    for (const parent_id of anew) {
      if (parent_id !== null && !tree.get(parent_id)) continue;
      const cover = begin(parent_id);
      if (cover) covers.set(parent_id, cover);
      else covers.delete(parent_id);
    }
  }

  function faults(): PlacedFault[] {
    const placed: PlacedFault[] = [];
    for (const [parent_id, cover] of covers) {
      for (const fault of cover?.pieces.faults() ?? []) placed.push({ fault, parent_id });
      for (const fault of cover?.over.faults() ?? []) {
        if (fault.kind === "overlap" || fault.kind === "invalid_geometry") placed.push({ fault, parent_id });
      }
    }
    return placed.sort((a, b) => b.fault.area_m2 - a.fault.area_m2);
  }

  return { update, faults };
}
