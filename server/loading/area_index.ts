import { areaLocator } from "../../data/checks/area_locator.ts";
import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";

export interface IndexedArea {
  id: number;
  /** Ordinal of its level: 1 = top. */
  level: number;
  polygons: MultiPolygon;
}

/** Answers which area of one network holds a point. */
export interface AreaIndex {
  /** Id of the deepest area at the point, the lowest id among equals; 0 where there is none. */
  deepestAt: (at: Position) => number;
}

/** Areas of one network, in any order. Points on a border belong to one side or the other, always the same. */
export function indexAreas(areas: readonly IndexedArea[]): AreaIndex {
  const byDepth = areas.toSorted((a, b) => b.level - a.level || a.id - b.id);
  const locate = areaLocator(byDepth);
  return { deepestAt: (at) => byDepth[locate(at)]?.id ?? 0 };
}
