import type { BuildingPoints } from "../../data/division/building_counts.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import type { MultiPolygon } from "../../data/schema/geometry.ts";
import type { PlanArea, PlanBuildings } from "../../data/schema/plan.ts";
import type { DraftFigures } from "./planner_types.ts";

/** An area as the server tells it, with its rings as the kernel takes them. */
export function draftArea(area: Omit<PlanArea, keyof DraftFigures | "hue" | "leader">): DraftArea {
  const { id, parent_id, level, code, name, short_name, kind, profile_id, child_profile_id } = area;
  const polygons = polygonsOf(area.geometry.coordinates);
  return { id, parent_id, level, code, name, short_name, kind, profile_id, child_profile_id, polygons };
}

function polygonsOf(coordinates: readonly unknown[]): MultiPolygon {
  return (coordinates as [number, number][][][]).map((polygon) => polygon.map((ring) => ring.flat()));
}

export function buildingPoints({ at, households, people }: PlanBuildings): BuildingPoints {
  return {
    at: Float64Array.from(at),
    households: Int32Array.from(households),
    people: Int32Array.from(people),
  };
}

/** Whether two areas are one and the same, bit for bit. */
export function sameArea(a: DraftArea, b: DraftArea): boolean {
  return (
    a.name === b.name &&
    a.short_name === b.short_name &&
    a.code === b.code &&
    a.parent_id === b.parent_id &&
    a.kind === b.kind &&
    samePolygons(a.polygons, b.polygons)
  );
}

export function samePolygons(a: MultiPolygon, b: MultiPolygon): boolean {
  if (a.length !== b.length) return false;
  return a.every((polygon, i) => {
    const other = b[i]!;
    if (polygon.length !== other.length) return false;
    return polygon.every((ring, j) => {
      const facing = other[j]!;
      return ring.length === facing.length && ring.every((value, k) => value === facing[k]);
    });
  });
}
