import { isInRing } from "../../measure/in_ring.ts";
import type { FacilityKind, FacilityRow } from "../../schema/city_rows.ts";
import { facilityKinds } from "../../vocabulary/dictionaries.ts";
import type { AreaIndex, IndexedArea } from "./area_index.ts";
import { placeBusStops } from "./bus_stops.ts";
import { type BuildingFrame, pointInside } from "./building_frame.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { listRoots, nameOffice, nameStation, policeStationAreas } from "./offices.ts";
import type { SourceSite } from "./pipe_sources.ts";
import { type Scene, townName } from "./scene.ts";

/** Rooms of one community lie apart: from its middle in these directions. */
const aims: Partial<Record<FacilityKind, [number, number]>> = {
  micro_station: [0.8, 0.3],
  clinic: [-0.7, 0.5],
  elderly_care: [-0.4, -0.8],
  culture: [0.5, -0.7],
  police_station: [0.1, 0.9],
};

/**
 * Facilities: the plan's sites, the stations that each community and police area has, micro fire stations, and the
 * works that feed the pipes.
 */
export function placeFacilities(
  scene: Scene,
  areas: AreaIndex,
  frames: readonly BuildingFrame[],
  sources: readonly SourceSite[],
): FacilityDraft[] {
  const drafts = listSites(scene, areas);
  const taken = new Set<number>();
  const lodge = (kind: FacilityKind, name: string, area: IndexedArea) => {
    const building = findHouse(scene, area, taken, aims[kind] ?? [0, 0]);
    if (building === null) return;
    taken.add(building);
    const [x, y] = pointInside(scene.plan.buildings[building]!, frames[building]!, 0.3);
    drafts.push({ kind, name, building, area: area.row.id, parcel: scene.plan.buildings[building]!.parcel, x, y });
  };
  for (const community of areas.of("governance", "community")) {
    const { name, code } = community.row;
    const parcels = new Set(community.parcels);
    const has = (kind: FacilityKind) => drafts.some((draft) => draft.kind === kind && parcels.has(draft.parcel));
    const random = scene.random(`facilities/${code}`);
    lodge("community_station", `${name}服务站`, community);
    lodge("micro_station", `${name}微型消防站`, community);
    if (!has("clinic")) lodge("clinic", `${name}卫生服务站`, community);
    if (!has("elderly_care") && random() < 0.5) lodge("elderly_care", `${name}日间照料中心`, community);
    if (!has("culture") && random() < 0.4) lodge("culture", `${name}文化活动室`, community);
  }
  for (const root of listRoots(areas)) lodge("government", nameOffice(root), root);
  for (const station of policeStationAreas(areas)) {
    if (!nameFirstStation(drafts, station)) lodge("police_station", nameStation(station), station);
  }
  for (const source of sources) {
    const name = townName(scene) + source.name;
    drafts.push({ kind: "other", name, building: null, area: null, parcel: -1, x: source.x, y: source.y });
  }
  drafts.push(...placeBusStops(scene));
  return drafts;
}

export function finishFacilities(
  scene: Scene,
  drafts: readonly FacilityDraft[],
  addressOf: (draft: FacilityDraft) => string,
  organisationOf: (draft: FacilityDraft) => number | null,
): FacilityRow[] {
  return drafts.map((draft, index) => ({
    id: index + 1,
    kind: draft.kind,
    name: draft.name,
    address: addressOf(draft) || null,
    organisation_id: organisationOf(draft),
    at: scene.place(draft.x, draft.y),
  }));
}

function listSites(scene: Scene, areas: AreaIndex): FacilityDraft[] {
  const drafts: FacilityDraft[] = [];
  for (const feature of scene.plan.features) {
    if (feature.kind !== "site" || feature.facility === null) continue;
    const [x, y] = [feature.parts[0]![0]!, feature.parts[0]![1]!];
    const building = houseAt(scene, feature.parcel, x, y);
    const name = feature.name ?? nameSite(scene, areas, feature.parcel, facilityKinds[feature.facility][0]);
    drafts.push({ kind: feature.facility, name, building, area: null, parcel: feature.parcel, x, y });
  }
  return drafts;
}

/** The plan's first police station in an area becomes its station; others there are rooms of the beat. */
function nameFirstStation(drafts: FacilityDraft[], area: IndexedArea): boolean {
  const parcels = new Set(area.parcels);
  const found = drafts.filter((draft) => draft.kind === "police_station" && parcels.has(draft.parcel));
  found.forEach((draft, order) => {
    draft.name = order === 0 ? nameStation(area) : draft.name.replace("派出所", "警务室");
    draft.area = order === 0 ? area.row.id : null;
  });
  return found.length > 0;
}

/** 慧泽社区图书馆: a site that the plan left without a name. */
function nameSite(scene: Scene, areas: AreaIndex, parcel: number, word: string): string {
  const community = scene.division.community[parcel];
  return (community === undefined ? townName(scene) : areas.get(community).row.name) + word;
}

/** The house that a point lies in. */
function houseAt(scene: Scene, parcel: number, x: number, y: number): number | null {
  const { buildings } = scene.plan;
  return scene.buildingsOf[parcel]?.find((building) => isInRing(buildings[building]!.ring, x, y)) ?? null;
}

/** A public building or a shop front near the middle of the area, moved by `aim`; else any house. */
function findHouse(
  scene: Scene,
  area: IndexedArea,
  taken: ReadonlySet<number>,
  aim: readonly [number, number],
): number | null {
  let [best, least] = [null as number | null, Infinity];
  const [middleX, middleY, reach] = middleOf(scene, area);
  const [aimX, aimY] = [middleX + aim[0] * reach, middleY + aim[1] * reach];
  for (const parcel of area.parcels) {
    for (const building of scene.buildingsOf[parcel]!) {
      if (taken.has(building)) continue;
      const { ring, use } = scene.plan.buildings[building]!;
      const fit = use === "public" || use === "office" ? 0 : use === "shop" ? 150 : 900;
      const rank = Math.hypot(ring[0]! - aimX, ring[1]! - aimY) + fit;
      if (rank < least) [best, least] = [building, rank];
    }
  }
  return best;
}

/** The mean of the parcels' first corners, weighted by their surface: near enough to the middle. With a third of the width. */
function middleOf(scene: Scene, area: IndexedArea): [number, number, number] {
  let [x, y, weight] = [0, 0, 0];
  for (const index of area.parcels) {
    const parcel = scene.plan.parcels[index]!;
    x += scene.plan.x[parcel.ring[0]!]! * parcel.area;
    y += scene.plan.y[parcel.ring[0]!]! * parcel.area;
    weight += parcel.area;
  }
  return weight > 0 ? [x / weight, y / weight, Math.sqrt(weight) / 3] : [0, 0, 0];
}
