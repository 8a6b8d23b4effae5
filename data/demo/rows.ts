import type { BlockRow, BuildingRow, EstateRow, GroundRow, RoadRow } from "../schema/city_rows.ts";
import type { Line, MultiPolygon, Ring } from "../schema/geometry.ts";
import type { Division } from "./division/division.ts";
import { outlineGroups } from "./division/outline_groups.ts";
import type { GroundPlan, PlanFeature } from "./ground_plan.ts";
import { type LocalPlane, localPlane } from "./local_plane.ts";
import { frameBuilding, pointInside } from "./registers/building_frame.ts";
import type { Furnishing } from "./registers/furnish.ts";

/** Rows of what lies on the ground; ids are index in the plan + 1. */
export interface GroundRows {
  block: BlockRow[];
  building: BuildingRow[];
  road: RoadRow[];
  ground: GroundRow[];
  estate: EstateRow[];
}

/**
 * Turns the plan into rows: parcels become blocks (grids are unions of them), streets roads, features ground.
 * Vertices of the plan keep the one coordinate that the areas have too.
 */
export function groundRows(
  plan: GroundPlan,
  division: Division,
  furnishing: Pick<Furnishing, "building_numbers" | "estate_managed">,
): GroundRows {
  const plane = localPlane(plan.origin);
  return {
    block: blockRows(plan, division),
    building: buildingRows(plan, division, { plane, numbers: furnishing.building_numbers }),
    road: roadRows(plan, division),
    ground: featureRows(plan.features, plane),
    estate: estateRows(plan, division, furnishing.estate_managed),
  };
}

function blockRows(plan: GroundPlan, { outlines }: Division): BlockRow[] {
  return plan.parcels.map(({ use }, parcel) => {
    const ring: Ring = [];
    for (const vertex of outlines.rings[parcel]!) ring.push(outlines.lon[vertex]!, outlines.lat[vertex]!);
    ring.push(ring[0]!, ring[1]!);
    return { id: parcel + 1, use, geom: [ring] };
  });
}

function buildingRows(
  plan: GroundPlan,
  { counts }: Division,
  { plane, numbers }: { plane: LocalPlane; numbers: Furnishing["building_numbers"] },
): BuildingRow[] {
  return plan.buildings.map((building, at) => {
    const [x, y] = pointInside(building, frameBuilding(building), 0.5);
    return {
      id: at + 1,
      estate_id: building.estate < 0 ? null : building.estate + 1,
      name: numbers[at]!.name,
      number: numbers[at]!.number,
      use: building.use,
      floors: building.floors,
      structure: building.structure,
      year_built: building.year_built,
      households: counts.households[at]!,
      people: counts.people[at]!,
      registered: counts.registered[at]!,
      floating: counts.floating[at]!,
      let_homes: counts.let_homes[at]!,
      estimated: false,
      geom: [[closedRing(building.ring, plane)]],
      at: [plane.lon(x), plane.lat(y)],
    };
  });
}

function roadRows(plan: GroundPlan, { outlines }: Division): RoadRow[] {
  return plan.streets.map((street, at) => {
    const line: Line = [];
    for (const vertex of street.vertices) line.push(outlines.lon[vertex]!, outlines.lat[vertex]!);
    return { id: at + 1, name: street.name, class: street.class, geom: [line] };
  });
}

function featureRows(features: readonly PlanFeature[], plane: LocalPlane): GroundRow[] {
  const rows: GroundRow[] = [];
  for (const { kind, name, parts, closed } of features) {
    if (kind === "site") continue;
    const shape: GroundRow["shape"] = closed
      ? { type: "MultiPolygon", polygons: polygonsOf(parts, plane) }
      : { type: "MultiLineString", lines: parts.map((part) => toDegrees(part, plane)) };
    rows.push({ id: rows.length + 1, kind, name, shape });
  }
  return rows;
}

/** Counter-clockwise parts begin a polygon, clockwise ones are holes of the one before. */
function polygonsOf(parts: readonly number[][], plane: LocalPlane): MultiPolygon {
  const polygons: MultiPolygon = [];
  for (const part of parts) {
    const ring = closedRing(part, plane);
    if (polygons.length > 0 && doubleArea(part) < 0) polygons.at(-1)!.push(ring);
    else polygons.push([ring]);
  }
  return polygons;
}

function doubleArea(part: readonly number[]): number {
  let sum = 0;
  for (let at = 0, before = part.length - 2; at < part.length; before = at, at += 2) {
    sum += part[before]! * part[at + 1]! - part[at]! * part[before + 1]!;
  }
  return sum;
}

function estateRows(plan: GroundPlan, division: Division, managed: readonly EstateRow["managed"][]): EstateRow[] {
  const estateOf = plan.parcels.map((parcel) => parcel.estate);
  const geoms = outlineGroups(division.outlines, estateOf, plan.estates.length);
  return plan.estates.map(({ name }, at) => ({ id: at + 1, name, managed: managed[at]!, geom: geoms[at]! }));
}

function closedRing(part: readonly number[], plane: LocalPlane): Ring {
  const ring = toDegrees(part, plane);
  ring.push(ring[0]!, ring[1]!);
  return ring;
}

function toDegrees(part: readonly number[], plane: LocalPlane): Line {
  const line: Line = [];
  for (let at = 0; at < part.length; at += 2) line.push(plane.lon(part[at]!), plane.lat(part[at + 1]!));
  return line;
}
