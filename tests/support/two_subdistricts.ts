import { emptyRows } from "../../data/exchange/empty_rows.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import type { Position } from "../../data/schema/geometry.ts";
import { aBuilding, anArea, square } from "./small_city.ts";

export type Side = "west" | "east";
export const sides = ["west", "east"] as const satisfies Side[];

/**
 * Things that not everybody may see, one of each planted in each subdistrict. Each value appears nowhere else in the
 * city, so that finding it in an answer is finding the thing.
 */
export interface Canaries {
  mobile: string;
  responsible: string;
  manager: string;
  duty: string;
  keyUnit: string;
  keyUnitCode: string;
  /** Day of a filing, which stands for all that needs clearance of a key unit. */
  filed: string;
  camera: string;
  hydrant: string;
  valve: string;
  /** A node that no tile shows. */
  pipeEnd: string;
  pipe: string;
  registered: number;
  /** Sum over the subdistrict. */
  registeredSum: number;
  creditCode: string;
  /** Name of a division plan. */
  plan: string;
}

export const canaries: Record<Side, Canaries> = {
  west: {
    mobile: "13900000011",
    responsible: "13900000021",
    manager: "13900000031",
    duty: "0515-8800001",
    keyUnit: "金丝雀西仓库",
    keyUnitCode: "KU-W-7391",
    filed: "1987-06-05",
    camera: "CAM-W-7391",
    hydrant: "HYD-W-7391",
    valve: "VAL-W-7391",
    pipeEnd: "END-W-7391",
    pipe: "PIPE-W-7391",
    registered: 7411,
    registeredSum: 7417,
    creditCode: "91WESTCANARY00001W",
    plan: "PLAN-W-7391",
  },
  east: {
    mobile: "13900000012",
    responsible: "13900000022",
    manager: "13900000032",
    duty: "0515-8800002",
    keyUnit: "金丝雀东仓库",
    keyUnitCode: "KU-E-8462",
    filed: "1986-05-04",
    camera: "CAM-E-8462",
    hydrant: "HYD-E-8462",
    valve: "VAL-E-8462",
    pipeEnd: "END-E-8462",
    pipe: "PIPE-E-8462",
    registered: 8521,
    registeredSum: 8527,
    creditCode: "91EASTCANARY00002E",
    plan: "PLAN-E-8462",
  },
};

/** Codes of the subdistricts; their communities and grids have 1, 11 and 12 behind them. */
export const codes: Record<Side, string> = { west: "01", east: "02" };

/** Squares east of the left border at which a subdistrict begins. */
const columns: Record<Side, number> = { west: 0, east: 4 };

/** A place in a subdistrict, in squares from its lower left corner. */
export function placeIn(side: Side, column: number, row: number): Position {
  return [121.4 + (columns[side] + column) / 1000, 33.6 + row / 1000];
}

/**
 * A district of two subdistricts side by side, each with one community of two grids, 4 × 4 squares:
 *
 *     ┌───────┬───────┐
 *     │  01   │  02   │    grids 01111 | 01112 | 02111 | 02112, from the left
 *     └───────┴───────┘
 */
export function twoSubdistricts(): CityRows {
  const city: CityRows = {
    ...emptyRows("测试"),
    network: [
      { id: 1, code: "governance", prefix: "SQ", name: "社区治理网格", name_en: "Governance", mark: "社", ordinal: 1 },
    ],
    level: (["district", "subdistrict", "community", "grid"] as const).map((role, i) => ({
      id: i + 1,
      network_id: 1,
      ordinal: i + 1,
      role,
      name: role,
      name_en: role,
      profile_id: null,
    })),
    area: [anArea({ id: 1, code: "0", name: "双街区", short_name: "双街区", geom: square(0, 0, 8) })],
    duty: [{ id: 1, code: "leader", name: "网格长", name_en: "Leader", ordinal: 1 }],
    organisation: [
      { id: 1, parent_id: null, code: "ROOT", name: "消防救援大队", kind: "fire_brigade", area_id: null, at: null },
    ],
  };
  // squares are as high as they are wide: the district is taller than its subdistricts would need
  city.area[0]!.geom = [[[121.4, 33.6, 121.408, 33.6, 121.408, 33.604, 121.4, 33.604, 121.4, 33.6]]];
  for (const side of sides) plant(city, side);
  return city;
}

function plant(city: CityRows, side: Side): void {
  const column = columns[side];
  const planted = canaries[side];
  const word = side === "west" ? "西" : "东";
  const first = city.area.length + 1;
  const area = (id: number, code: string, level_id: number, parent_id: number, from: number, size: number) =>
    anArea({
      id,
      code,
      name: `${word}区${code}`,
      short_name: `${word}${code}`,
      level_id,
      parent_id,
      geom: strip(from, size),
    });
  const code = codes[side];
  city.area.push(
    area(first, code, 2, 1, column, 4),
    area(first + 1, `${code}1`, 3, first, column, 4),
    area(first + 2, `${code}11`, 4, first + 1, column, 2),
    area(first + 3, `${code}12`, 4, first + 1, column + 2, 2),
  );
  const id = city.building.length + 1;
  city.building.push(
    aBuilding({ id, name: `${word}甲楼`, registered: planted.registered, households: planted.registered - 4000 }, [
      column,
      0,
    ]),
    aBuilding({ id: id + 1, name: `${word}乙楼` }, [column + 2, 0]),
  );
  const org = city.organisation.length + 1;
  city.organisation.push({
    id: org,
    parent_id: 1,
    code: `ORG-${word}`,
    name: `${word}区救援站`,
    kind: "fire_brigade",
    area_id: null,
    at: placeIn(side, 1, 1),
  });
  const unit = city.key_unit.length + 1;
  city.key_unit.push({
    id: unit,
    code: planted.keyUnitCode,
    name: planted.keyUnit,
    short_name: planted.keyUnit,
    level: 2,
    category: "warehouse",
    address: `${word}路1号`,
    building_id: id,
    organisation_id: org,
    filed_managers: planted.filed,
    filed_maintenance: null,
    filed_assessment: null,
    at: placeIn(side, 1.2, 1.2),
  });
  plantNetwork(city, side, org);
  city.facility.push({
    id: city.facility.length + 1,
    kind: "fire_station",
    name: `${word}区消防站`,
    address: null,
    organisation_id: org,
    at: placeIn(side, 1, 1),
  });
  city.legal_entity.push({
    id: city.legal_entity.length + 1,
    name: `${word}风商店`,
    short_name: `${word}风`,
    credit_code: planted.creditCode,
    kind: "shop",
    sector: "retail",
    key_trade: true,
    staff_count: 3,
    address: `${word}路2号`,
    building_id: null,
    at: placeIn(side, 2.5, 1),
  });
  city.small_place.push({
    id: city.small_place.length + 1,
    name: `${word}味小馆`,
    kind: "restaurant",
    three_in_one: true,
    address: `${word}路3号`,
    building_id: null,
    at: placeIn(side, 2.7, 1),
  });
  plantPeople(city, side, { org, unit, grid: first + 2 });
}

/** `size` squares wide and 4 high. */
function strip(column: number, size: number) {
  const [west, east] = [121.4 + column / 1000, 121.4 + (column + size) / 1000];
  return [[[west, 33.6, east, 33.6, east, 33.604, west, 33.604, west, 33.6]]];
}

function plantNetwork(city: CityRows, side: Side, org: number): void {
  const planted = canaries[side];
  const node = city.pipe_node.length + 1;
  const ends: [Position, Position] = [placeIn(side, 1.4, 2), placeIn(side, 1.9, 2)];
  const common = { pipe_kind: "JS", status: "in_use" } as const;
  city.pipe_node.push(
    { id: node, code: planted.valve, kind: "valve", at: ends[0], ...common },
    { id: node + 1, code: planted.pipeEnd, kind: "end", at: ends[1], ...common },
  );
  const pipe = city.pipe.length + 1;
  city.pipe.push({
    id: pipe,
    code: planted.pipe,
    kind: "JS",
    from_node_id: node,
    to_node_id: node + 1,
    diameter_mm: 200,
    section: null,
    material: "PE",
    depth_m: 1.2,
    pressure: null,
    year: 2001,
    status: "in_use",
    owner_id: org,
    geom: ends.flat(),
  });
  const first = city.component.length + 1;
  const thing = { status: "in_use", diameter_mm: null, road_id: null } as const;
  city.component.push(
    { id: first, code: planted.camera, kind: "camera", pipe_id: null, at: placeIn(side, 1.5, 2.5), ...thing },
    { id: first + 1, code: planted.hydrant, kind: "hydrant", pipe_id: pipe, at: ends[0], ...thing },
  );
}

function plantPeople(city: CityRows, side: Side, at: { org: number; unit: number; grid: number }): void {
  const planted = canaries[side];
  const staff = city.staff.length + 1;
  city.staff.push({
    id: staff,
    number: `N${staff}`,
    name: side === "west" ? "张西" : "李东",
    organisation_id: at.org,
    portrait: null,
    photo_public: false,
  });
  city.assignment.push({
    id: city.assignment.length + 1,
    staff_id: staff,
    duty_id: 1,
    area_id: at.grid,
    building_id: null,
    entrance_id: null,
    road_id: null,
    key_unit_id: null,
    from_day: "2020-01-01",
    to_day: null,
  });
  const contact = (of: Partial<CityRows["contact"][number]>, phone: string) =>
    city.contact.push({
      id: city.contact.length + 1,
      staff_id: null,
      key_unit_id: null,
      organisation_id: null,
      kind: "duty",
      name: null,
      phone,
      ...of,
    });
  contact({ staff_id: staff, kind: "mobile" }, planted.mobile);
  contact({ key_unit_id: at.unit, kind: "responsible" }, planted.responsible);
  contact({ key_unit_id: at.unit, kind: "manager" }, planted.manager);
  contact({ organisation_id: at.org, kind: "duty" }, planted.duty);
}
