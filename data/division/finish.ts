import { poleOf } from "../measure/pole.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";
import type { Applied, DraftArea, Refusal } from "./draft.ts";
import {
  aboveOf,
  type Change,
  commit,
  type DraftState,
  isLowest,
  type Key,
  parentOf,
  uncoveredKey,
} from "./draft_state.ts";
import { findBroken, putPolygons, refuse } from "./shift_ground.ts";

/** The areas above ground of a parent: the parent and those above it. */
export function aboveWithin(state: DraftState, parent: string | null): string[] {
  return parent !== null && state.areas.has(parent) ? [parent, ...aboveOf(state, parent)] : [];
}

/** Id for the next new area; counts it. */
export function nextId(change: Change): string {
  change.given += 1;
  return `new-${change.given}`;
}

export function isTaken(state: DraftState, code: string | null | undefined, except: string | null = null): boolean {
  return code !== null && code !== undefined && !state.isCodeFree(code, except);
}

/** Whether all areas are there; and, with `lowest`, have none below. */
export function refuseUnknown(state: DraftState, ids: readonly string[], lowest = false): Refusal | null {
  const unknown = ids.filter((id) => !state.areas.has(id));
  if (unknown.length > 0) return refuse("unknown_area", null, unknown);
  const above = lowest ? ids.filter((id) => !isLowest(state, id)) : [];
  return above.length > 0 ? refuse("not_lowest", null, above) : null;
}

/**
 * Proves what an operation made and does it, or refuses it. A parent that lost its last child keeps what was uncovered
 * as its own ground; one without any ground would vanish.
 */
export function finish(state: DraftState, change: Change, polygons: ReadonlyMap<Key, MultiPolygon>): Applied | Refusal {
  const broken = findBroken(state, polygons);
  if (broken) return refuse("sliver", broken.at, [broken.key]);
  putPolygons(state, change, polygons);
  for (const parent of parentsLeft(state, change)) {
    if (hasChild(state, change, parent)) continue;
    const key = uncoveredKey(parent);
    const uncovered = change.uncovered.get(key) ?? state.uncovered.get(key) ?? [];
    if (uncovered.length === 0) return refuse("would_vanish", middleOf(state, parent), [parent]);
    if (parent !== state.top) change.uncovered.set(key, []);
  }
  const empty = [...change.put.values()].find((area) => area.polygons.length === 0);
  if (empty) return refuse("would_vanish", middleOf(state, empty.id), [empty.id]);
  return commit(state, change);
}

/** Of the area as it is; null for one that is not yet. */
function middleOf(state: DraftState, id: string): Position | null {
  const polygons = state.areas.get(id)?.polygons ?? [];
  return polygons.length > 0 ? poleOf(polygons) : null;
}

/** Parents of areas that are removed or go to another parent. */
function parentsLeft(state: DraftState, change: Change): Set<string> {
  const left = new Set<string>();
  for (const id of [...change.removed, ...change.put.keys()]) {
    const parent = parentOf(state, id);
    if (parent !== null && !change.removed.has(parent) && change.put.get(id)?.parent_id !== parent) left.add(parent);
  }
  return left;
}

function hasChild(state: DraftState, change: Change, parent: string): boolean {
  for (const { parent_id } of change.put.values()) if (parent_id === parent) return true;
  for (const id of state.children.get(parent) ?? []) if (!change.removed.has(id) && !change.put.has(id)) return true;
  return false;
}

/** What a new area says of itself; its polygons come later. */
export function newArea(
  id: string,
  said: Pick<DraftArea, "name" | "short_name" | "code">,
  like: Pick<DraftArea, "parent_id" | "level" | "kind" | "profile_id" | "child_profile_id">,
): DraftArea {
  const { parent_id, level, kind, profile_id, child_profile_id } = like;
  const { name, short_name, code } = said;
  return {
    id,
    parent_id,
    level,
    code: code ?? null,
    name,
    short_name,
    kind,
    profile_id,
    child_profile_id,
    polygons: [],
  };
}

/** Whether the network has a level; where the levels are not known, any will do. */
export function hasLevel(state: DraftState, level: number): boolean {
  return state.levels === null || state.levels.includes(level);
}
