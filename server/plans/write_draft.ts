import type { Counts } from "../../data/division/building_counts.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import { areaOf } from "../../data/measure/area.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { GeoJsonGeometry } from "../../data/schema/check.ts";
import type { MultiPolygon, Ring } from "../../data/schema/geometry.ts";
import type { PlanArea } from "../../data/schema/plan.ts";
import { multiPolygonHex } from "../loading/ewkb.ts";
import type { DraftFacts, DraftSeed } from "./draft_seed.ts";

/** A row of plan_area. */
export interface SavedArea extends DraftFacts {
  removed: boolean;
  /** EWKB in hex. */
  geom: string;
}

/** @param look - of the base edition; undefined for areas that it does not have */
export function planArea(
  area: DraftArea,
  { households, people, buildings }: Counts,
  look: DraftSeed["published"][number] | undefined,
): PlanArea {
  return {
    ...factsOf(area),
    geometry: geometryOf(area.polygons),
    ...{ households, people, buildings },
    area_m2: areaOf(area.polygons),
    hue: look?.hue ?? null,
    leader: look?.leader ?? null,
  };
}

export function savedArea(area: DraftArea, removed: boolean): SavedArea {
  return { ...factsOf(area), removed, geom: multiPolygonHex(area.polygons) };
}

function factsOf(area: DraftArea): DraftFacts {
  const { id, parent_id, level, code, name, short_name, kind, profile_id, child_profile_id } = area;
  return { id, parent_id, level, code, name, short_name, kind, profile_id, child_profile_id };
}

export function refOf(area: DraftArea, { network, levels }: Pick<DraftSeed, "network" | "levels">): AreaRef {
  const { id, code, name, short_name, level } = area;
  const role = levels.find(({ ordinal }) => ordinal === level)!.role;
  return { ...{ id, network, name, short_name, level, role }, code: code ?? "" };
}

function geometryOf(polygons: MultiPolygon): GeoJsonGeometry {
  return { type: "MultiPolygon", coordinates: polygons.map((polygon) => polygon.map(positionsOf)) };
}

function positionsOf(ring: Ring): [number, number][] {
  const positions: [number, number][] = [];
  for (let i = 0; i < ring.length; i += 2) positions.push([ring[i]!, ring[i + 1]!]);
  return positions;
}
