import type { FacilityKind } from "../../schema/city_rows.ts";
import { type BuildingFrame, pointInside } from "./building_frame.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { ringArea } from "./flat_geometry.ts";
import type { KeyUnitCategory } from "../../vocabulary/key_unit_categories.ts";
import type { Unit } from "./legal_entities.ts";
import type { Scene } from "./scene.ts";

export interface KeyUnitCandidate {
  key: string;
  name: string;
  short_name: string;
  category: KeyUnitCategory;
  address: string;
  building: number | null;
  x: number;
  y: number;
  /** How much it matters; only its order counts. */
  weight: number;
}

const facilityCategories: Partial<Record<FacilityKind, [KeyUnitCategory, number]>> = {
  hospital: ["hospital", 90],
  elderly_care: ["hospital", 35],
  mall: ["mall", 85],
  market: ["mall", 60],
  railway_station: ["station", 95],
  bus_station: ["station", 55],
  school: ["school", 58],
  kindergarten: ["school", 40],
  government: ["government", 62],
  library: ["culture", 50],
  culture: ["culture", 44],
  sports: ["culture", 52],
};

/** Everything that could be a fire key unit, with its weight. */
export function listCandidates(
  scene: Scene,
  parts: {
    units: readonly Unit[];
    facilities: readonly FacilityDraft[];
    frames: readonly BuildingFrame[];
    addressOf: (draft: FacilityDraft) => string;
  },
): KeyUnitCandidate[] {
  return [
    ...parts.facilities.flatMap((draft, index) => fromFacility(scene, draft, index, parts.addressOf)),
    ...parts.units.flatMap((unit) => fromUnit(scene, unit, parts.frames)),
    ...fromTowers(scene, parts.frames),
  ];
}

function fromFacility(
  scene: Scene,
  draft: FacilityDraft,
  index: number,
  addressOf: (draft: FacilityDraft) => string,
): KeyUnitCandidate[] {
  const key = `facility/${index}`;
  const jitter = scene.random(`${key}/weight`)() * 12;
  const { name, building, x, y } = draft;
  const at = { key, name, short_name: name, building, x, y };
  const address = addressOf(draft);
  if (draft.kind === "other") {
    const hazardous = /气/.test(name);
    return [{ ...at, address, category: hazardous ? "hazardous" : "utility", weight: (hazardous ? 92 : 70) + jitter }];
  }
  const known = facilityCategories[draft.kind];
  // Rooms of a community are small: they are watched as small places are.
  const isRoom = draft.area !== null && draft.kind !== "government";
  if (!known || isRoom || name === "" || (draft.kind === "bus_station" && building === null)) return [];
  return [{ ...at, address, category: known[0], weight: known[1] + jitter }];
}

/** Larger hotels, places of entertainment and works. */
function fromUnit(scene: Scene, { row, building, trade }: Unit, frames: readonly BuildingFrame[]): KeyUnitCandidate[] {
  const works = scene.plan.buildings[building]!.use === "works";
  const category: KeyUnitCategory | null = works
    ? "works"
    : trade?.place === "hotel"
      ? "hotel"
      : trade?.place === "entertainment" || trade?.place === "internet"
        ? "entertainment"
        : null;
  if (category === null || row.staff_count < (works ? 120 : 7)) return [];
  const [x, y] = pointInside(scene.plan.buildings[building]!, frames[building]!, 0.5);
  const weight = (works ? 20 : 30) + Math.min(30, row.staff_count / (works ? 12 : 1));
  const { name, short_name, address } = row;
  return [{ key: `unit/${row.id}`, name, short_name, category, address, building, x, y, weight }];
}

/** Estates with towers: the highest building stands for its estate. */
function fromTowers(scene: Scene, frames: readonly BuildingFrame[]): KeyUnitCandidate[] {
  const highest = new Map<number, number>();
  scene.plan.buildings.forEach((building, index) => {
    if (building.floors < 18 || building.estate < 0) return;
    const best = highest.get(building.estate);
    if (best === undefined || building.floors > scene.plan.buildings[best]!.floors) highest.set(building.estate, index);
  });
  return [...highest].map(([estate, index]) => {
    const building = scene.plan.buildings[index]!;
    const [x, y] = pointInside(building, frames[index]!, 0.5);
    const { name } = scene.plan.estates[estate]!;
    return {
      key: `tower/${estate}`,
      name: `${name}高层住宅`,
      short_name: `${name}高层`,
      category: "high_rise" as const,
      address: name,
      building: index,
      x,
      y,
      weight: 25 + building.floors + Math.min(15, ringArea(building.ring) / 100),
    };
  });
}
