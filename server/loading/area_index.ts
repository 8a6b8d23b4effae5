import Flatbush from "flatbush";
import { boxOf } from "../../data/measure/box.ts";
import type { MultiPolygon, Position, Ring } from "../../data/schema/geometry.ts";

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
  if (areas.length === 0) return { deepestAt: () => 0 };
  const boxes = new Flatbush(areas.length);
  for (const { polygons } of areas) boxes.add(...boxOf(polygons));
  boxes.finish();
  const before = (a: number, b: number) => areas[b]!.level - areas[a]!.level || areas[a]!.id - areas[b]!.id;
  return {
    deepestAt(at) {
      const [lon, lat] = at;
      const near = boxes.search(lon, lat, lon, lat).sort(before);
      for (const i of near) if (holds(areas[i]!.polygons, at)) return areas[i]!.id;
      return 0;
    },
  };
}

/** Whether the polygons hold the point: it is inside of an odd number of their rings. */
function holds(polygons: MultiPolygon, at: Position): boolean {
  let crossings = 0;
  for (const polygon of polygons) for (const ring of polygon) crossings += crossingsOf(ring, at);
  return crossings % 2 === 1;
}

/** Edges of the ring that a ray from the point to the east crosses. */
function crossingsOf(ring: Ring, [lon, lat]: Position): number {
  let crossings = 0;
  for (let i = 2; i < ring.length; i += 2) {
    const y0 = ring[i - 1]!;
    const y1 = ring[i + 1]!;
    if (y0 > lat === y1 > lat) continue;
    const x0 = ring[i - 2]!;
    if (lon < x0 + ((lat - y0) / (y1 - y0)) * (ring[i]! - x0)) crossings++;
  }
  return crossings;
}
