import type { FacilityKind } from "../../schema/city_rows.ts";
import type { GroundPlan } from "../ground_plan.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { ringBox } from "./flat_geometry.ts";

export interface BuildingNumber {
  /** 7, unique within its estate; empty for a building of no estate. */
  number: string;
  /** 7幢, or what a building that is all one facility is called; empty for others. */
  name: string;
}

/**
 * Numbers the buildings of each estate row by row, as one walks through it: parcels from north to south and west to
 * east, in each the houses by rows of 25 m, from the west.
 * @returns parallel to the plan's buildings
 */
export function numberBuildings(plan: GroundPlan): BuildingNumber[] {
  const rowDepth = 25;
  const boxes = plan.buildings.map((building) => ringBox(building.ring));
  const places = boxes.map(([west, south, east, north]) => [(west + east) / 2, (south + north) / 2] as const);
  const parcelTops = new Map<number, [number, number]>();
  plan.buildings.forEach((building, index) => {
    const [x, y] = places[index]!;
    const [west, north] = parcelTops.get(building.parcel) ?? [x, y];
    parcelTops.set(building.parcel, [Math.min(west, x), Math.max(north, y)]);
  });
  const order = plan.buildings.map((_, index) => index);
  const rowOf = (y: number, depth: number) => -Math.floor(y / depth);
  order.sort((a, b) => {
    const [parcelA, parcelB] = [plan.buildings[a]!.parcel, plan.buildings[b]!.parcel];
    if (parcelA !== parcelB) {
      const [topA, topB] = [parcelTops.get(parcelA)!, parcelTops.get(parcelB)!];
      return rowOf(topA[1], 150) - rowOf(topB[1], 150) || topA[0] - topB[0] || parcelA - parcelB;
    }
    const [placeA, placeB] = [places[a]!, places[b]!];
    return rowOf(placeA[1], rowDepth) - rowOf(placeB[1], rowDepth) || placeA[0] - placeB[0] || a - b;
  });
  const taken = plan.estates.map(() => 0);
  const numbers: BuildingNumber[] = plan.buildings.map(() => ({ number: "", name: "" }));
  for (const index of order) {
    const { estate, use } = plan.buildings[index]!;
    if (estate < 0 || use !== "home") continue;
    taken[estate]!++;
    numbers[index] = { number: String(taken[estate]!), name: `${taken[estate]!}幢` };
  }
  return numbers;
}

/** Facilities that fill a building, so that it is called after them. */
const wholeBuildings: readonly FacilityKind[] = [
  "school",
  "kindergarten",
  "hospital",
  "market",
  "mall",
  "government",
  "library",
  "sports",
  "fire_station",
  "police_station",
  "railway_station",
];

/** Names buildings after the facility that fills them. */
export function nameBuildings(
  numbers: readonly BuildingNumber[],
  facilities: readonly Pick<FacilityDraft, "kind" | "name" | "building">[],
): BuildingNumber[] {
  const named = numbers.slice();
  for (const { kind, name, building } of facilities) {
    if (building === null || !wholeBuildings.includes(kind) || numbers[building]!.number !== "") continue;
    named[building] = { number: "", name };
  }
  return named;
}
