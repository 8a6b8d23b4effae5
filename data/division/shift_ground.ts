import { findRoom } from "../coverage/find_room.ts";
import { findInvalidity } from "../coverage/validity.ts";
import { areaOf } from "../measure/area.ts";
import type { MultiPolygon, Polygon, Position, Ring } from "../schema/geometry.ts";
import type { Refusal, RefusalReason } from "./draft.ts";
import { type Change, type DraftState, isUncovered, type Key, kindOf, polygonsOf } from "./draft_state.ts";
import { type Patch, visitStretches } from "./patch.ts";
import { isCounterClockwise } from "./ring_facts.ts";
import { addToChain, type Chain, rework } from "./rework.ts";
import { type Splits, splitKey, weaveRing } from "./weave.ts";

/** Ground that goes from some keys to others (an area and those above it). */
export interface Shift {
  /** Its border, the ground on the left: from, to, from, to … */
  stretches: number[];
  lost: readonly Key[];
  gained: readonly Key[];
}

export function refuse(reason: RefusalReason, at: Position | null = null, areas: readonly string[] = []): Refusal {
  return { ok: false, reason, at, areas: areas.filter((key) => !isUncovered(key)) };
}

/** The whole border of some ground. */
export function borderOf(patch: Patch, polygons: MultiPolygon): number[] {
  const stretches: number[] = [];
  for (const polygon of polygons) {
    polygon.forEach((ring, i) => {
      const { knots } = weaveRing(patch, ring, i > 0);
      knots.forEach(({ node }, at) => {
        stretches.push(node, knots[(at + 1) % knots.length]!.node);
      });
    });
  }
  return stretches;
}

/** Keys that lose or gain on balance: what one shift takes and gives alike is none of it. */
function chainsOf(shifts: readonly Shift[]): Map<Key, Chain> {
  const chains = new Map<Key, Chain>();
  const chainOf = (key: Key): Chain => {
    const chain = chains.get(key) ?? new Map();
    chains.set(key, chain);
    return chain;
  };
  for (const { stretches, lost, gained } of shifts) {
    for (const key of lost) {
      if (gained.includes(key)) continue;
      const chain = chainOf(key);
      for (let i = 0; i < stretches.length; i += 2) addToChain(chain, stretches[i + 1]!, stretches[i]!);
    }
    for (const key of gained) {
      if (lost.includes(key)) continue;
      const chain = chainOf(key);
      for (let i = 0; i < stretches.length; i += 2) addToChain(chain, stretches[i]!, stretches[i + 1]!);
    }
  }
  return chains;
}

/**
 * Moves ground. Neighbours of a border on which a node was put get it, too; the plan's own outline stays as it is.
 * @param as - polygons of keys that are not those of the draft
 * @returns the new polygons of all that change; none for what has no ground any more
 */
export function shiftGround(
  patch: Patch,
  shifts: readonly Shift[],
  splits: Splits,
  as: ReadonlyMap<Key, MultiPolygon> = new Map(),
): Map<Key, MultiPolygon> {
  const { state } = patch;
  const chains = chainsOf(shifts);
  const besides = new Set<Key>();
  if (splits.size > 0) {
    for (const edge of patch.edges) {
      if (chains.has(edge.key) || besides.has(edge.key)) continue;
      visitStretches(patch, edge, (from, to) => {
        if (splits.has(splitKey(from, to))) besides.add(edge.key);
      });
    }
  }
  const changed = new Map<Key, MultiPolygon>();
  for (const key of [...chains.keys(), ...besides]) {
    if (key === state.top) continue;
    const before = as.get(key) ?? polygonsOf(state, key);
    const after = rework(patch, before, chains.get(key) ?? new Map(), splits);
    if (after !== before || as.has(key)) changed.set(key, after);
  }
  return changed;
}

/** Writes new polygons into a change; areas that the operation made or renamed stand in it already. */
export function putPolygons(state: DraftState, change: Change, polygons: ReadonlyMap<Key, MultiPolygon>): void {
  for (const [key, now] of polygons) {
    if (isUncovered(key)) change.uncovered.set(key, now.filter(hasRoom));
    else if (!change.removed.has(key)) {
      const area = change.put.get(key) ?? state.areas.get(key);
      if (area) change.put.set(key, { ...area, polygons: now });
    }
  }
}

/** What is too narrow to be a fault is no ground: a crack between neighbours, which are then one border again. */
function hasRoom(polygon: Polygon): boolean {
  const right = polygon.map((ring, i) => (isCounterClockwise(ring) === (i === 0) ? ring : reversed(ring)));
  return findRoom([right]) !== null;
}

function reversed(ring: Ring): Ring {
  const back: Ring = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) back.push(ring[i]!, ring[i + 1]!);
  return back;
}

/** m²: what vertices that lay up to 0.5 mm apart may add up to when they become one. */
const mostRounding = 0.5;

/**
 * In a plan over one area no ground comes or goes: what changes adds up to what it was. Where a border was so loose that
 * its two sides could not be told to be one, an operation is refused rather than that they come apart.
 */
export function keepsGround(
  state: DraftState,
  polygons: ReadonlyMap<Key, MultiPolygon>,
  removed: Iterable<string> = [],
): boolean {
  if (state.top === null) return true;
  let sum = 0;
  const add = (key: Key, now: MultiPolygon) => {
    if (state.areas.has(key) && kindOf(state, key) !== "lowest") return;
    sum += areaOf(now) - areaOf(polygonsOf(state, key));
  };
  for (const [key, now] of polygons) add(key, now);
  for (const id of removed) if (!polygons.has(id)) add(id, []);
  return Math.abs(sum) < mostRounding;
}

/**
 * The last proof: what covers ground must be valid by itself. Together with borders that exist once, so that what one
 * area gets another one loses, this says that no place is covered twice or not at all.
 * Outlines of areas above may be skipped where they have just the vertices of what lies below: they can be very long.
 */
export function findBroken(
  state: DraftState,
  polygons: ReadonlyMap<Key, MultiPolygon>,
  { skipOutlines } = { skipOutlines: false },
): { key: Key; at: Position | null } | null {
  for (const [key, now] of polygons) {
    if (now.length === 0 || (skipOutlines && kindOf(state, key) === "above")) continue;
    const invalidity = findInvalidity(now);
    if (invalidity) return { key, at: invalidity.at };
  }
  return null;
}
