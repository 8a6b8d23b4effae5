import type { AreaRow } from "../../schema/city_rows.ts";
import type { LevelRole } from "../../schema/network.ts";
import type { Division } from "../division/division.ts";

/** An area with what lies in it. */
export interface IndexedArea {
  row: AreaRow;
  network: string;
  role: LevelRole;
  /** Ids of the areas right below, in order of their codes. */
  children: number[];
  /** Parcels of the area and of all below it; none in networks whose leaves the division does not tell (cells). */
  parcels: number[];
  households: number;
}

export interface AreaIndex {
  all: IndexedArea[];
  get(id: number): IndexedArea;
  /** Areas of one network without any below. */
  leaves(network: string): IndexedArea[];
  /** Areas of one network and role. */
  of(network: string, role: LevelRole): IndexedArea[];
}

export function indexAreas(division: Division, householdsOfParcel: readonly number[]): AreaIndex {
  const first = division.first_id.area;
  const networks = new Map(division.network.map((network) => [network.id, network.code]));
  const levels = new Map(division.level.map((level) => [level.id, level.role]));
  const all = division.area.map(
    (row): IndexedArea => ({
      row,
      network: networks.get(row.network_id)!,
      role: levels.get(row.level_id)!,
      children: [],
      parcels: [],
      households: 0,
    }),
  );
  const get = (id: number) => all[id - first]!;
  for (const { row } of all) if (row.parent_id !== null) get(row.parent_id).children.push(row.id);
  for (const leaves of Object.values(division.leaf)) {
    leaves.forEach((leaf, parcel) => {
      for (let id: number | null = leaf; id !== null && get(id); id = get(id).row.parent_id) {
        get(id).parcels.push(parcel);
        get(id).households += householdsOfParcel[parcel]!;
      }
    });
  }
  return {
    all,
    get,
    leaves: (network) => all.filter((area) => area.network === network && area.children.length === 0),
    of: (network, role) => all.filter((area) => area.network === network && area.role === role),
  };
}
