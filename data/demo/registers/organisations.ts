import type { OrganisationRow, PipeKind } from "../../schema/city_rows.ts";
import type { Position } from "../../schema/geometry.ts";
import type { AreaIndex, IndexedArea } from "./area_index.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import type { FireStation } from "./key_units.ts";
import { listRoots, nameOffice, nameStation, policeStationAreas } from "./offices.ts";
import { type Scene, townName } from "./scene.ts";

export interface Organisations {
  organisation: OrganisationRow[];
  /** The district's government. */
  government: number;
  /** Office of each root area, committee of each community, by area id. */
  of_area: Map<number, number>;
  /** Police station by area id. */
  police: Map<number, number>;
  fire_brigade: number;
  /** Fire stations below the brigade, by the name of the facility. */
  fire_stations: Map<string, FireStation>;
  departments: Record<DepartmentCode, number>;
  owners: Partial<Record<PipeKind, number>>;
  property: number[];
}

const departments = {
  emergency: "应急管理局",
  housing: "住房和城乡建设局",
  city_management: "城市管理局",
  health: "卫生健康局",
  market: "市场监督管理局",
  education: "教育局",
  civil: "民政局",
  police: "公安分局",
  data: "社会治理指挥中心",
} as const;
type DepartmentCode = keyof typeof departments;

const utilities: Record<Exclude<PipeKind, "BM">, string> = {
  JS: "自来水有限公司",
  PS: "排水有限公司",
  RQ: "燃气有限公司",
  RL: "热力有限公司",
  DL: "供电公司",
  TX: "通信建设有限公司",
  GY: "工业气体有限公司",
};
const propertyWords = ["安居", "祥和", "金盾", "万家", "绿城春", "华庭", "诚信", "佳园", "恒基", "鑫苑"];

/** The tree of organisations: district government at the top, offices, committees, stations, brigades, companies. */
export function foundOrganisations(
  scene: Scene,
  areas: AreaIndex,
  facilities: readonly FacilityDraft[],
): Organisations {
  const rows: OrganisationRow[] = [];
  const { county, county_name } = scene.options;
  const add = (
    kind: OrganisationRow["kind"],
    name: string,
    parent: number | null,
    area: number | null = null,
    at: Position | null = null,
  ) => {
    const id = rows.length + 1;
    rows.push({
      id,
      parent_id: parent,
      code: `ZZ${county}${String(id).padStart(4, "0")}`,
      name,
      kind,
      area_id: area,
      at,
    });
    return id;
  };
  const seat = (test: (draft: FacilityDraft) => boolean): Position | null => {
    const found = facilities.find(test);
    return found ? scene.place(found.x, found.y) : null;
  };
  const government = add(
    "government",
    `${county_name}人民政府`,
    null,
    null,
    seat((draft) => draft.kind === "government" && draft.area === null),
  );
  const bureaus = {} as Record<DepartmentCode, number>;
  for (const code of Object.keys(departments) as DepartmentCode[]) {
    bureaus[code] = add(code === "data" ? "service_centre" : "department", county_name + departments[code], government);
  }
  const of_area = new Map<number, number>();
  for (const root of listRoots(areas)) {
    const at = seat((draft) => draft.kind === "government" && draft.area === root.row.id);
    const office = add(officeKind(root), nameOffice(root), government, root.row.id, at);
    of_area.set(root.row.id, office);
    for (const station of stationsBelow(root)) add(station.kind, root.row.name + station.name, office, root.row.id);
  }
  for (const community of areas.of("governance", "community")) {
    const parent = of_area.get(community.row.parent_id ?? -1) ?? government;
    const at = seat((draft) => draft.kind === "community_station" && draft.area === community.row.id);
    of_area.set(community.row.id, add("community_committee", committeeName(community), parent, community.row.id, at));
  }
  const police = new Map<number, number>();
  for (const area of policeStationAreas(areas)) {
    const at = seat((draft) => draft.kind === "police_station" && draft.area === area.row.id);
    police.set(area.row.id, add("police_station", nameStation(area), bureaus.police, area.row.id, at));
  }
  const fire_brigade = add("fire_brigade", `${county_name}消防救援大队`, government);
  const fire_stations = new Map<string, FireStation>();
  for (const { kind, name, x, y } of facilities) {
    if (kind !== "fire_station") continue;
    fire_stations.set(name, { organisation: add("fire_brigade", name, fire_brigade, null, scene.place(x, y)), x, y });
  }
  const owners: Partial<Record<PipeKind, number>> = {};
  for (const kind of Object.keys(utilities) as (keyof typeof utilities)[]) {
    owners[kind] = add("company", townName(scene) + utilities[kind], null);
  }
  const property = propertyWords.map((word) => add("company", `${word}物业服务有限公司`, null));
  return {
    organisation: rows,
    government,
    of_area,
    police,
    fire_brigade,
    fire_stations,
    departments: bureaus,
    owners,
    property,
  };
}

function officeKind(root: IndexedArea): OrganisationRow["kind"] {
  return root.row.name.endsWith("街道") ? "subdistrict_office" : "government";
}

function stationsBelow(root: IndexedArea): { kind: OrganisationRow["kind"]; name: string }[] {
  if (root.role === "zone") return [{ kind: "station", name: "综合服务站" }];
  return [
    { kind: "service_centre", name: "网格化服务管理中心" },
    { kind: "service_centre", name: "党群服务中心" },
    { kind: "station", name: "综合行政执法队" },
    { kind: "station", name: "应急管理和消防工作站" },
    { kind: "department", name: "平安建设办公室" },
  ];
}

function committeeName(community: IndexedArea): string {
  return community.row.name.endsWith("村") ? `${community.row.name}民委员会` : `${community.row.name}居民委员会`;
}
