import type { IndexedArea } from "./area_index.ts";
import { policeStationAreas } from "./offices.ts";
import type { Employers, Leaders } from "./staff_governance.ts";

/** People of the fire and police networks. */
export function staffSafety(employers: Employers, leaders: Leaders): void {
  staffFireGrids(employers, leaders);
  staffPoliceAreas(employers);
}

/** Each fire grid: a leader (mostly the leader of the governance grid it shares most parcels with), an assistant, volunteers. */
function staffFireGrids({ scene, areas, roster, organisations }: Employers, leaders: Leaders): void {
  for (const area of areas.all) {
    if (area.network !== "fire") continue;
    const target = { area_id: area.row.id };
    const key = area.row.code;
    const random = scene.random(`fire/${key}`);
    const grid = mostOf(area.parcels.map((parcel) => scene.division.grid[parcel]!));
    const community = mostOf(area.parcels.map((parcel) => scene.division.community[parcel]!));
    const office = organisations.of_area.get(community) ?? organisations.fire_brigade;
    if (area.children.length > 0) {
      const root = mostOf(area.parcels.map((parcel) => scene.division.root[parcel]!));
      const head = leaders.get(area.role === "community" ? community : root);
      if (head !== undefined) roster.assign(head, "leader", target);
      continue;
    }
    if (random() >= 0.015) {
      const known = random() < 0.65 ? leaders.get(grid) : undefined;
      const leader =
        known ??
        roster.hire(`fire/leader/${key}`, { organisation: office, dress: "jacket", women: 0.4, duty_phone: true });
      roster.assign(leader, "leader", target);
    }
    const assistant = roster.hire(`fire/assistant/${key}`, {
      organisation: office,
      dress: "fire",
      women: 0.2,
      duty_phone: true,
    });
    roster.assign(assistant, "assistant", target);
    const volunteers = scene.options.size === "city" ? 1 : 2;
    for (let i = 0; i < volunteers; i++) {
      const volunteer = roster.hire(`fire/volunteer/${key}/${i}`, { organisation: null, dress: null, women: 0.4 });
      roster.assign(volunteer, "fire_volunteer", target);
    }
  }
}

/** Each police area: an officer as leader; in the lowest ones a second officer. */
function staffPoliceAreas({ areas, roster, organisations }: Employers): void {
  const stationOf = new Map<number, number | null>();
  const find = (area: IndexedArea): number | null => {
    const known = stationOf.get(area.row.id);
    if (known !== undefined) return known;
    const own = organisations.police.get(area.row.id);
    const above = area.row.parent_id === null ? null : find(areas.get(area.row.parent_id));
    const station = own ?? above ?? organisations.departments.police;
    stationOf.set(area.row.id, station);
    return station;
  };
  const stations = new Set(policeStationAreas(areas).map((area) => area.row.id));
  for (const area of areas.all) {
    if (area.network !== "police") continue;
    const officer = {
      organisation: find(area),
      dress: "police",
      women: 0.18,
      elder: 0.06,
      middle: 0.6,
      duty_phone: true,
    } as const;
    const leader = roster.hire(`police/leader/${area.row.code}`, officer);
    roster.assign(leader, "leader", { area_id: area.row.id });
    if (stations.has(area.row.id) || area.children.length > 0) continue;
    const second = roster.hire(`police/officer/${area.row.code}`, { ...officer, duty_phone: false });
    roster.assign(second, "police", { area_id: area.row.id });
  }
}

/** The id that occurs most often; of equals the least. */
function mostOf(ids: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  let [best, most] = [0, 0];
  for (const [id, count] of counts) if (count > most || (count === most && id < best)) [best, most] = [id, count];
  return best;
}
