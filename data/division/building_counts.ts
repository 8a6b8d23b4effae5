import Flatbush from "flatbush";
import { type BoxIndex, createBoxIndex } from "../coverage/box_index.ts";
import { boxOf } from "../measure/box.ts";
import { isInRing } from "../measure/in_ring.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import type { DraftArea } from "./draft.ts";

/** Points that decide where buildings belong, in columns. */
export interface BuildingPoints {
  /** lon, lat, lon, lat, … */
  at: Float64Array<ArrayBuffer>;
  households: Int32Array<ArrayBuffer>;
  people: Int32Array<ArrayBuffer>;
}

export interface Counts {
  households: number;
  people: number;
  buildings: number;
}

/**
 * Which area of a draft each building belongs to: the deepest at its point, the first by id among equals, as it is with
 * published areas. An edit looks again only at buildings of the areas that it changed and at those that they reach now.
 */
export interface BuildingCounts {
  /** Buildings that belong to the area itself, not those of areas below it. */
  own: (id: string) => Counts;
  update: (changed: readonly DraftArea[], removed: readonly string[]) => void;
}

const noCounts: Counts = { households: 0, people: 0, buildings: 0 };

export function countBuildings(points: BuildingPoints, areas: readonly DraftArea[]): BuildingCounts {
  const total = points.households.length;
  const index = total > 0 ? new Flatbush(total) : null;
  for (let i = 0; i < total; i++) index?.add(points.at[2 * i]!, points.at[2 * i + 1]!);
  index?.finish();
  const known = new Map(areas.map((area) => [area.id, area]));
  const boxes: BoxIndex = createBoxIndex(areas.map(({ id, polygons }) => [id, boxOf(polygons)] as const));
  const owners: (string | null)[] = Array.from({ length: total }, () => null);
  const members = new Map<string, Set<number>>();
  const sums = new Map<string, Counts>();

  function belong(building: number, id: string | null): void {
    const before = owners[building]!;
    if (before === id) return;
    if (before !== null) {
      members.get(before)?.delete(building);
      addTo(before, building, -1);
    }
    owners[building] = id;
    if (id === null) return;
    const own = members.get(id);
    if (own) own.add(building);
    else members.set(id, new Set([building]));
    addTo(id, building, 1);
  }

  function addTo(id: string, building: number, times: 1 | -1): void {
    const { households, people, buildings } = sums.get(id) ?? noCounts;
    sums.set(id, {
      households: households + times * points.households[building]!,
      people: people + times * points.people[building]!,
      buildings: buildings + times,
    });
  }

  function deepestAt(lon: number, lat: number): string | null {
    let found: DraftArea | null = null;
    for (const id of boxes.near([lon, lat, lon, lat])) {
      const area = known.get(id)!;
      if (found && !comesBefore(area, found)) continue;
      if (holds(area.polygons, lon, lat)) found = area;
    }
    return found?.id ?? null;
  }

  function update(changed: readonly DraftArea[], removed: readonly string[]): void {
    const affected = new Set<number>();
    for (const id of [...removed, ...changed.map((area) => area.id)]) {
      for (const building of members.get(id) ?? []) affected.add(building);
    }
    for (const id of removed) {
      known.delete(id);
      boxes.set(id, null);
    }
    for (const area of changed) {
      const box = boxOf(area.polygons);
      if (known.get(area.id) !== area) boxes.set(area.id, box);
      known.set(area.id, area);
      for (const building of index?.search(...box) ?? []) {
        if (!affected.has(building) && mayMove(building, area)) affected.add(building);
      }
    }
    for (const building of affected) {
      belong(building, deepestAt(points.at[2 * building]!, points.at[2 * building + 1]!));
    }
    for (const id of removed) if (!known.has(id)) forget(id);
  }

  /** A building of a deeper area stays there, whatever becomes of those above. */
  function mayMove(building: number, area: DraftArea): boolean {
    const owner = owners[building]!;
    const now = owner === null ? undefined : known.get(owner);
    return !now || comesBefore(area, now);
  }

  function forget(id: string): void {
    members.delete(id);
    sums.delete(id);
  }

  update(areas, []);
  return { own: (id) => sums.get(id) ?? noCounts, update };
}

/** Whether a building that lies in both belongs to the first. */
function comesBefore(a: DraftArea, b: DraftArea): boolean {
  if (a.level !== b.level) return a.level > b.level;
  return numberOf(a.id) < numberOf(b.id);
}

/** New areas come after published ones, whose ids they will be above. */
function numberOf(id: string): number {
  return id.startsWith("new-") ? 1e18 + Number(id.slice(4)) * 1024 : Number(id);
}

function holds(polygons: MultiPolygon, lon: number, lat: number): boolean {
  let inside = false;
  for (const polygon of polygons) for (const ring of polygon) if (isInRing(ring, lon, lat)) inside = !inside;
  return inside;
}
