import type { FacilityKind, FacilityRow } from "../../schema/city_rows.ts";
import type { AreaIndex, IndexedArea } from "./area_index.ts";
import { type BuildingFrame, pointInside } from "./building_frame.ts";
import type { SourceSite } from "./pipe_sources.ts";
import type { Scene } from "./scene.ts";

/** A facility before organisations exist; `area` is the area it serves, `building` the house it stands in. */
export interface FacilityDraft {
  kind: FacilityKind;
  name: string;
  building: number | null;
  /** Id of the area it serves, null where it serves none in particular. */
  area: number | null;
  parcel: number;
  x: number;
  y: number;
}

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
  const drafts = listSites(scene);
  const taken = new Set<number>();
  const lodge = (kind: FacilityKind, name: string, area: IndexedArea, skip = 0) => {
    const building = findHouse(scene, area, taken, skip);
    if (building === null) return;
    taken.add(building);
    const [x, y] = pointInside(scene.plan.buildings[building]!, frames[building]!, 0.3);
    drafts.push({ kind, name, building, area: area.row.id, parcel: scene.plan.buildings[building]!.parcel, x, y });
  };
  for (const community of areas.of("governance", "community")) {
    const name = community.row.name;
    lodge("community_station", `${name}服务站`, community);
    lodge("micro_station", `${name}微型消防站`, community);
    lodge("clinic", `${name}卫生服务站`, community);
    const random = scene.random(`facilities/${community.row.code}`);
    if (random() < 0.5) lodge("elderly_care", `${name}日间照料中心`, community);
    if (random() < 0.4) lodge("culture", `${name}文化活动室`, community);
  }
  for (const station of policeStationAreas(areas)) lodge("police_station", policeStationName(station), station);
  for (const source of sources) {
    drafts.push({ kind: "other", name: source.name, building: null, area: null, parcel: -1, x: source.x, y: source.y });
  }
  placeToilets(scene, drafts);
  return drafts;
}

/** Police areas that have a station: those above the lowest, else all. */
export function policeStationAreas(areas: AreaIndex): IndexedArea[] {
  const police = areas.all.filter((area) => area.network === "police");
  const above = police.filter((area) => area.children.length > 0 && areas.get(area.children[0]!).children.length === 0);
  return above.length > 0 ? above : police;
}

export function policeStationName(area: IndexedArea): string {
  const bare = area.row.name.replace(/(派出所|辖区|警务区|警务站|街道)/g, "");
  return `${bare}派出所`;
}

export function finishFacilities(
  scene: Scene,
  drafts: readonly FacilityDraft[],
  addressOf: readonly string[],
  organisationOf: (draft: FacilityDraft) => number | null,
): FacilityRow[] {
  return drafts.map((draft, index) => ({
    id: index + 1,
    kind: draft.kind,
    name: draft.name,
    address: draft.building === null ? null : addressOf[draft.building]!,
    organisation_id: organisationOf(draft),
    at: scene.place(draft.x, draft.y),
  }));
}

function listSites(scene: Scene): FacilityDraft[] {
  const drafts: FacilityDraft[] = [];
  for (const feature of scene.plan.features) {
    if (feature.kind !== "site" || feature.facility === null) continue;
    const [x, y] = [feature.parts[0]![0]!, feature.parts[0]![1]!];
    const building = nearestBuilding(scene, feature.parcel, x, y);
    const name = feature.name ?? "";
    drafts.push({ kind: feature.facility, name, building, area: null, parcel: feature.parcel, x, y });
  }
  return drafts;
}

function nearestBuilding(scene: Scene, parcel: number, x: number, y: number): number | null {
  let [best, bestDistance] = [null as number | null, Infinity];
  for (const building of scene.buildingsOf[parcel] ?? []) {
    const { ring, use } = scene.plan.buildings[building]!;
    if (use === "shop" || use === "home") continue;
    const distance = Math.hypot(ring[0]! - x, ring[1]! - y);
    if (distance < bestDistance) [best, bestDistance] = [building, distance];
  }
  return best;
}

/** A public building or a shop front near the middle of the area, else any house. */
function findHouse(scene: Scene, area: IndexedArea, taken: ReadonlySet<number>, skip: number): number | null {
  const candidates: { building: number; rank: number }[] = [];
  const [middleX, middleY] = middleOf(scene, area);
  for (const parcel of area.parcels) {
    for (const building of scene.buildingsOf[parcel]!) {
      if (taken.has(building)) continue;
      const { ring, use } = scene.plan.buildings[building]!;
      const fit = use === "public" || use === "office" ? 0 : use === "shop" ? 150 : 900;
      candidates.push({ building, rank: Math.hypot(ring[0]! - middleX, ring[1]! - middleY) + fit });
    }
  }
  candidates.sort((a, b) => a.rank - b.rank || a.building - b.building);
  return candidates[Math.min(skip, candidates.length - 1)]?.building ?? null;
}

/** The mean of the parcels' first corners, weighted by their surface: near enough to the middle. */
function middleOf(scene: Scene, area: IndexedArea): [number, number] {
  let [x, y, weight] = [0, 0, 0];
  for (const index of area.parcels) {
    const parcel = scene.plan.parcels[index]!;
    x += scene.plan.x[parcel.ring[0]!]! * parcel.area;
    y += scene.plan.y[parcel.ring[0]!]! * parcel.area;
    weight += parcel.area;
  }
  return weight > 0 ? [x / weight, y / weight] : [0, 0];
}

/** Public toilets beside parks and markets. */
function placeToilets(scene: Scene, drafts: FacilityDraft[]): void {
  for (const site of drafts.filter((draft) => draft.kind === "park" || draft.kind === "market")) {
    const parcel = scene.plan.parcels[site.parcel];
    if (!parcel) continue;
    const corner = parcel.ring[0]!;
    const x = scene.plan.x[corner]! * 0.25 + site.x * 0.75;
    const y = scene.plan.y[corner]! * 0.25 + site.y * 0.75;
    drafts.push({ kind: "toilet", name: `${site.name}公厕`, building: null, area: null, parcel: site.parcel, x, y });
  }
}
