import type { EntranceRow, EstateRow } from "../../schema/city_rows.ts";
import type { AreaIndex, IndexedArea } from "./area_index.ts";
import type { BuildingFrame } from "./building_frame.ts";
import { listRoots } from "./offices.ts";
import type { Organisations } from "./organisations.ts";
import type { Roster } from "./roster.ts";
import type { Scene } from "./scene.ts";

/** All that staffing looks at. */
export interface Employers {
  scene: Scene;
  areas: AreaIndex;
  organisations: Organisations;
  roster: Roster;
  frames: readonly BuildingFrame[];
  entrances: readonly EntranceRow[];
  /** Share of grids that have a worker. */
  worker_share: number;
  /** Per estate. */
  managed: readonly EstateRow["managed"][];
}

/** Leader of each grid that has one, by area id: other networks and the golden communities build on them. */
export type Leaders = Map<number, number>;

const vacantLeaders = 0.015;
const vacantWorkers = 0.04;
const doubleLeaders = 0.03;
/** Leaders and workers together for each grid of a city: nearly 20,000 for 12,000 grids (domain.md §7). */
const staffPerGridOfCity = 1.63;

/**
 * Share of grids that have a worker. A city's profile wants none or one: there the people left after leaders and
 * workers of sub-grids are shared out, so that no district has more than its part.
 */
export function shareOfWorkers(scene: Scene, areas: AreaIndex): number {
  if (scene.options.size !== "city") return 1 - vacantWorkers;
  const grids = areas.of("governance", "grid").length;
  const subs = areas.of("governance", "sub").length;
  const leaders = grids * (1 - vacantLeaders) * (1 - doubleLeaders);
  const left = staffPerGridOfCity * grids - leaders - subs * (1 - vacantWorkers);
  return Math.max(0, Math.min(1 - vacantWorkers, left / Math.max(1, grids)));
}

/** People of the governance network: leaders, workers, informants, supervisors, police, doctors, volunteers. */
export function staffGovernance(employers: Employers): Leaders {
  const leaders: Leaders = new Map();
  const { areas, roster, organisations } = employers;
  for (const district of areas.of("governance", "district")) {
    const head = roster.hire(`district/${district.row.code}`, { ...official, organisation: organisations.government });
    roster.assign(head, "leader", { area_id: district.row.id });
  }
  for (const root of listRoots(areas)) {
    const office = organisations.of_area.get(root.row.id) ?? null;
    const head = roster.hire(`root/${root.row.code}`, { ...official, organisation: office });
    roster.assign(head, "leader", { area_id: root.row.id });
    leaders.set(root.row.id, head);
    superviseGrids(employers, root, office);
    if (root.children.every((id) => areas.get(id).role === "grid")) staffGrids(employers, root, office, leaders);
  }
  for (const community of areas.of("governance", "community")) {
    const committee = organisations.of_area.get(community.row.id) ?? null;
    const head = roster.hire(`community/${community.row.code}`, { ...official, organisation: committee });
    roster.assign(head, "leader", { area_id: community.row.id });
    leaders.set(community.row.id, head);
    staffGrids(employers, community, committee, leaders);
    staffCommunity(employers, community, committee);
  }
  return leaders;
}

const official = { dress: "suit", women: 0.35, elder: 0.2, middle: 0.65, duty_phone: true } as const;
const communityWorker = { dress: "jacket", women: 0.62, elder: 0.08, middle: 0.55, duty_phone: true } as const;
const gridWorker = { dress: "vest", women: 0.6, elder: 0.1, middle: 0.45, duty_phone: true } as const;
const neighbour = { dress: null, women: 0.6, elder: 0.6, middle: 0.3 } as const;

function staffGrids(employers: Employers, parent: IndexedArea, office: number | null, leaders: Leaders): void {
  const { scene, areas, roster } = employers;
  let before: number | null = null;
  for (const grid of parent.children.map((id) => areas.get(id))) {
    const random = scene.random(`grid/${grid.row.code}`);
    const vacant = random() < vacantLeaders && !isGolden(scene, grid);
    const shared: boolean = before !== null && random() < doubleLeaders;
    if (!vacant) {
      const leader: number = shared
        ? before!
        : roster.hire(`leader/${grid.row.code}`, { ...communityWorker, organisation: office });
      roster.assign(leader, "leader", { area_id: grid.row.id });
      leaders.set(grid.row.id, leader);
      before = shared ? null : leader;
    }
    staffOneGrid(employers, grid, office, leaders);
  }
}

/** 慧泽 has no warning under its own profile and so no vacancy. */
function isGolden({ plan }: Scene, { parcels: [parcel] }: IndexedArea): boolean {
  return parcel !== undefined && plan.blocks[plan.parcels[parcel]!.block]!.place === "huize";
}

function staffOneGrid(employers: Employers, grid: IndexedArea, office: number | null, leaders: Leaders): void {
  const { scene, areas, roster } = employers;
  const random = scene.random(`grid/${grid.row.code}/workers`);
  const city = scene.options.size === "city";
  if (random() < employers.worker_share) {
    const worker = roster.hire(`worker/${grid.row.code}`, { ...gridWorker, organisation: office });
    roster.assign(worker, "worker", { area_id: grid.row.id });
  }
  for (const sub of grid.children.map((id) => areas.get(id))) {
    if (random() < vacantWorkers) continue;
    const worker = roster.hire(`sub/${sub.row.code}`, { ...gridWorker, organisation: office });
    roster.assign(worker, "worker", { area_id: sub.row.id });
    const leader = leaders.get(grid.row.id);
    if (leader !== undefined) roster.assign(leader, "leader", { area_id: sub.row.id });
  }
  if (city) return;
  const informants = Math.min(8, Math.round(grid.households / 65));
  for (let i = 0; i < informants; i++) {
    const informant = roster.hire(`informant/${grid.row.code}/${i}`, { ...neighbour, organisation: null });
    roster.assign(informant, "informant", { area_id: grid.row.id });
  }
}

/** Staff of the office go round: each has about six grids. */
function superviseGrids(employers: Employers, root: IndexedArea, office: number | null): void {
  const { areas, roster } = employers;
  const grids = areas.of("governance", "grid").filter((grid) => isBelow(areas, grid, root.row.id));
  let supervisor = 0;
  grids.forEach((grid, at) => {
    if (at % 6 === 0) supervisor = roster.hire(`supervisor/${grid.row.code}`, { ...official, organisation: office });
    roster.assign(supervisor, "supervisor", { area_id: grid.row.id });
  });
}

function isBelow(areas: AreaIndex, area: IndexedArea, ancestor: number): boolean {
  for (let id = area.row.parent_id; id !== null; id = areas.get(id).row.parent_id) if (id === ancestor) return true;
  return false;
}

/** Police officer, family doctor and volunteers of a community. */
function staffCommunity({ scene, roster, organisations }: Employers, community: IndexedArea, committee: number | null) {
  const target = { area_id: community.row.id };
  const key = community.row.code;
  const station = policeStationOf(scene, organisations, community);
  const officer = roster.hire(`police/${key}`, {
    organisation: station,
    dress: "police",
    women: 0.2,
    elder: 0.05,
    middle: 0.6,
    duty_phone: true,
  });
  roster.assign(officer, "police", target);
  const doctor = roster.hire(`doctor/${key}`, {
    organisation: organisations.departments.health,
    dress: "doctor",
    women: 0.65,
    elder: 0.2,
    duty_phone: true,
  });
  roster.assign(doctor, "doctor", target);
  const volunteers = scene.options.size === "city" ? 1 : 3;
  for (let i = 0; i < volunteers; i++) {
    const volunteer = roster.hire(`volunteer/${key}/${i}`, { ...neighbour, dress: "polo", organisation: committee });
    roster.assign(volunteer, "volunteer", target);
  }
}

/** The police station in whose area the community's first parcel lies. */
function policeStationOf(scene: Scene, organisations: Organisations, community: IndexedArea): number | null {
  const { division } = scene;
  const parcel = community.parcels[0];
  if (parcel === undefined) return null;
  const first = division.first_id.area;
  for (let id: number | null = division.leaf.police[parcel]!; id !== null; id = division.area[id - first]!.parent_id) {
    const station = organisations.police.get(id);
    if (station !== undefined) return station;
    if (!division.area[id - first]) break;
  }
  return null;
}
