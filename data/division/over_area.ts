import { findFaults } from "../coverage/find_faults.ts";
import { boxOf } from "../measure/box.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import { carveGround } from "./carve_ground.ts";
import type { Applied, DraftArea, Refusal } from "./draft.ts";
import { commit, type DraftState, noChange } from "./draft_state.ts";
import { finish, hasLevel, isTaken, newArea, nextId } from "./finish.ts";
import { boxesOf, groundNear } from "./ground_near.ts";
import { findArea, isOverRoot, type Layers, layerOver, parentIn, stateOf } from "./layers.ts";
import { openPatch } from "./patch.ts";
import { readPlace } from "./place.ts";
import { refuse, shiftGround } from "./shift_ground.ts";

type Made = Extract<PlanOperation, { op: "add_area" | "create_special" }>;

/** Lays a special area over the others of its parent; it takes nothing from them. */
export function layOver(layers: Layers, operation: Made): Applied | Refusal {
  const { parent } = operation;
  const above = parent === null ? undefined : findArea(layers, parent);
  if (parent !== null && !above) return refuse("unknown_area", null, [parent]);
  if (parent === null && layers.top !== null) return refuse("outside", null, [layers.top]);
  const state = layerOver(layers, parent);
  const level = operation.op === "add_area" ? operation.level : levelBelow(layers, above!);
  if (level <= (above?.level ?? 0) || !hasLevel(state, level))
    return refuse("wrong_level", null, parent ? [parent] : []);
  if (isTaken(state, operation.code)) return refuse("code_taken");
  const place = readPlace(operation.place);
  if (!Array.isArray(place)) return place;
  const keys = groundNear(state, boxOf(place));
  const patch = openPatch(state, [...boxesOf(state, keys), boxOf(place)]);
  const change = noChange(state);
  const id = nextId(change);
  const carved = carveGround(patch, {
    ...{ keys, place, to: id, pieces: true },
    mayTake: (key) => key === null,
    otherwise: (key, at) => refuse("overlaps", at, key === null ? [] : [key]),
  });
  if (!carved.ok) return carved;
  const like = { parent_id: parent, level, kind: "special", profile_id: null, child_profile_id: null } as const;
  change.put.set(id, newArea(id, operation, like));
  const shifts = carved.taken.map(({ stretches }) => ({ stretches, lost: [], gained: [id] }));
  return finish(state, change, shiftGround(patch, shifts, carved.splits));
}

/** The highest level of what the parent has already, in any layer; else the one below it. */
function levelBelow({ states }: Layers, parent: DraftArea): number {
  const levels = states.flatMap(({ areas }) =>
    [...areas.values()].filter(({ parent_id }) => parent_id === parent.id).map(({ level }) => level),
  );
  return levels.length > 0 ? Math.min(...levels) : parent.level + 1;
}

/** Takes away what lies over others; below it everything is as it was. */
export function liftOver(state: DraftState, id: string): Applied {
  const change = noChange(state);
  change.removed.add(id);
  return commit(state, change);
}

/** Where an area that lies over others reaches out of its parent although it did not before; null: nowhere. */
export function findBeyond(layers: Layers, { changed, inverse }: Applied): Refusal | null {
  const former = new Map(inverse.before.map((area) => [area.id, area]));
  for (const area of changed) {
    const parent = parentIn(layers, area);
    const before = former.get(area.id);
    const isSame = before?.polygons === area.polygons && before.parent_id === area.parent_id;
    if (!parent || isSame || !isOverRoot(layers, area)) continue;
    const at = reachesOut(area, parent.polygons);
    if (!at) continue;
    const home = before && parentIn(layers, before);
    if (!home || !reachesOut(before, home.polygons)) return refuse("outside", at.at, [area.id, parent.id]);
  }
  return null;
}

function reachesOut({ id, polygons }: Pick<DraftArea, "id" | "polygons">, within: MultiPolygon) {
  return findFaults([{ id, polygons }], within).find(({ kind }) => kind === "outside") ?? null;
}

/** Areas over one that was merged lie over the one that it became part of. */
export function adoptOver(layers: Layers, gone: ReadonlySet<string>, keep: string): Applied[] {
  const below = layers.states.indexOf(stateOf(layers, keep));
  const state = layers.states[below + 1];
  const orphans = [...(state?.areas.values() ?? [])].filter(({ parent_id }) => gone.has(parent_id ?? ""));
  if (!state || orphans.length === 0) return [];
  const change = noChange(state);
  for (const area of orphans) change.put.set(area.id, { ...area, parent_id: keep });
  return [commit(state, change)];
}
