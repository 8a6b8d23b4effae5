import type { KeyUnitRow } from "../../schema/city_rows.ts";
import { drawWhole } from "../random.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { type KeyUnitCandidate, listCandidates } from "./key_unit_candidates.ts";
import type { Unit } from "./legal_entities.ts";
import type { Scene } from "./scene.ts";
import type { BuildingFrame } from "./building_frame.ts";

/** A fire station: its organisation and its place in local metres. */
export interface FireStation {
  organisation: number;
  x: number;
  y: number;
}

/** 48 key units in a district of 30 km²; a community has a few. */
const perSquareKilometre = 48 / 30;
const fewest = 4;
/** Shares of level 1 and 2; the rest is level 3. */
const levelShares = [0.15, 0.35] as const;

/**
 * The fire key units: the weightiest candidates of each category in turn, until there are enough. The first are of
 * level 1, then 2, then 3. The three filings are dated; some of level 2 and 3 are still owed.
 * @param stations - the fire stations; the nearest looks after a unit, without any the brigade does
 */
export function chooseKeyUnits(
  scene: Scene,
  parts: {
    units: readonly Unit[];
    facilities: readonly FacilityDraft[];
    frames: readonly BuildingFrame[];
    addressOf: (draft: FacilityDraft) => string;
  },
  stations: readonly FireStation[],
): KeyUnitRow[] {
  const surface = scene.plan.parcels.reduce((sum, parcel) => sum + parcel.area, 0) / 1e6;
  const wanted = scene.options.key_units ?? Math.max(fewest, Math.round(surface * perSquareKilometre));
  const chosen = takeInTurn(listCandidates(scene, parts), wanted);
  chosen.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  return chosen.map((candidate, order) => {
    const level =
      order < chosen.length * levelShares[0] ? 1 : order < chosen.length * (levelShares[0] + levelShares[1]) ? 2 : 3;
    const random = scene.random(`key_unit/${candidate.key}`);
    const filing = (owed: number) =>
      random() < owed * (level - 1) ? null : `2025-${pad(drawWhole(random, 1, 12))}-${pad(drawWhole(random, 1, 28))}`;
    return {
      id: order + 1,
      code: `XFZD${scene.options.county}${String(order + 1).padStart(4, "0")}`,
      name: candidate.name,
      short_name: candidate.short_name,
      level,
      category: candidate.category,
      address: candidate.address,
      building_id: candidate.building === null ? null : candidate.building + 1,
      organisation_id: nearestStation(stations, candidate),
      filed_managers: filing(0.05),
      filed_maintenance: filing(0.1),
      filed_assessment: filing(0.15),
      at: scene.place(candidate.x, candidate.y),
    };
  });
}

/** Category by category, the weightiest of each; a category that has run out is passed over. */
function takeInTurn(candidates: KeyUnitCandidate[], wanted: number): KeyUnitCandidate[] {
  const lists = new Map<string, KeyUnitCandidate[]>();
  for (const candidate of candidates) {
    const list = lists.get(candidate.category);
    if (list) list.push(candidate);
    else lists.set(candidate.category, [candidate]);
  }
  for (const list of lists.values()) list.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  const chosen: KeyUnitCandidate[] = [];
  for (let round = 0; chosen.length < wanted; round++) {
    const before = chosen.length;
    for (const category of [...lists.keys()].sort()) {
      const candidate = lists.get(category)![round];
      if (candidate && chosen.length < wanted) chosen.push(candidate);
    }
    if (chosen.length === before) break;
  }
  return chosen;
}

function nearestStation(stations: readonly FireStation[], { x, y }: { x: number; y: number }): number | null {
  const distance = (station: FireStation) => Math.hypot(station.x - x, station.y - y);
  return (
    stations.reduce<FireStation | null>(
      (best, station) => (best === null || distance(station) < distance(best) ? station : best),
      null,
    )?.organisation ?? null
  );
}

const pad = (value: number) => String(value).padStart(2, "0");
