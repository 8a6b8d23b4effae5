import type { ContactKind } from "./contact.ts";
import type { Line, MultiLine, MultiPolygon, Polygon, Position, Shape } from "./geometry.ts";
import type { LevelRole } from "./network.ts";

/**
 * A whole city as rows, one array a table: what the demo generator and the town layer produce and what
 * the loader writes. Ids are local (1…n in each array, in array order); references use them. The loader
 * moves them behind the ids that the database already holds.
 *
 * Field names are the column names of the tables of the same name.
 */
export interface CityRows {
  /** Where the rows came from, in words: «演示城市 district», an ODbL notice, … Goes to `source` columns. */
  source: string;
  profile: ProfileRow[];
  network: NetworkRow[];
  level: LevelRow[];
  area: AreaRow[];
  block: BlockRow[];
  building: BuildingRow[];
  entrance: EntranceRow[];
  address: AddressRow[];
  road: RoadRow[];
  ground: GroundRow[];
  estate: EstateRow[];
  organisation: OrganisationRow[];
  facility: FacilityRow[];
  legal_entity: LegalEntityRow[];
  pipe_node: PipeNodeRow[];
  pipe: PipeRow[];
  component: ComponentRow[];
  water_source: WaterSourceRow[];
  fire_access: FireAccessRow[];
  key_unit: KeyUnitRow[];
  small_place: SmallPlaceRow[];
  staff: StaffRow[];
  contact: ContactRow[];
  duty: DutyRow[];
  assignment: AssignmentRow[];
}

/** Limits for areas; null means no limit. `joined` says how households and people combine. */
export interface ProfileRow {
  id: number;
  name: string;
  /** The rule it comes from, in words. */
  source: string;
  joined: "and" | "or";
  households_min: number | null;
  households_max: number | null;
  people_min: number | null;
  people_max: number | null;
  area_m2_min: number | null;
  area_m2_max: number | null;
  /** Duty code → least and most holders for one area; most null = any number. */
  staffing: Record<string, { min: number; max: number | null }>;
}

export interface NetworkRow {
  id: number;
  /** Lower-case word used in addresses: `governance`, `fire`, `police`, `cells`. */
  code: string;
  /** Makes codes of this network unique overall: `SQ`, `XF`, `JW`, `CG`. */
  prefix: string;
  name: string;
  name_en: string;
  /** One Han character on the map: 社 消 警 城. */
  mark: string;
  /** The default network has ordinal 1. */
  ordinal: number;
}

export interface LevelRow {
  id: number;
  network_id: number;
  /** 1 = top. A branch may skip levels or end early. */
  ordinal: number;
  role: LevelRole;
  name: string;
  name_en: string;
  /** Limits for areas of this level that have none of their own and whose parents have none for it. */
  profile_id: number | null;
}

export interface AreaRow {
  id: number;
  network_id: number;
  level_id: number;
  parent_id: number | null;
  /** Unique in its network, never used again. */
  code: string;
  /** 慧泽社区第3网格 or 慧泽社区: for panels and lists. */
  name: string;
  /** 慧泽03, 慧泽社区: for the map. */
  short_name: string;
  kind: "basic" | "special";
  profile_id: number | null;
  /** Limits for the areas below this one (a community's own profile for its grids). */
  child_profile_id: number | null;
  geom: MultiPolygon;
}

export type BlockUse =
  | "housing"
  | "village"
  | "shop"
  | "office"
  | "public"
  | "school"
  | "hospital"
  | "market"
  | "works"
  | "park"
  | "field"
  | "water"
  | "rail"
  | "open";

/** The smallest piece of ground between streets and ways; grids are unions of blocks. */
export interface BlockRow {
  id: number;
  use: BlockUse;
  geom: Polygon;
}

export type BuildingUse = "home" | "shop" | "market" | "office" | "public" | "school" | "hospital" | "works" | "other";

export interface BuildingRow {
  id: number;
  estate_id: number | null;
  /** 7幢, or the name of a single building. */
  name: string;
  number: string;
  use: BuildingUse;
  floors: number;
  /** 砖混 钢混 框架 砖木 钢结构 as codes: brick_concrete, reinforced_concrete, frame, brick_wood, steel. */
  structure: BuildingStructure;
  year_built: number | null;
  households: number;
  people: number;
  registered: number;
  floating: number;
  let_homes: number;
  /** True where floors, households or people were guessed from the footprint. */
  estimated: boolean;
  geom: MultiPolygon;
  /** A point inside: decides to which area the building belongs. */
  at: Position;
}
export type BuildingStructure = "brick_concrete" | "reinforced_concrete" | "frame" | "brick_wood" | "steel" | "unknown";

export interface EntranceRow {
  id: number;
  building_id: number;
  /** 1单元 */
  name: string;
  households: number;
  at: Position;
}

/** A standard address: road + number, or estate + building. */
export interface AddressRow {
  id: number;
  text: string;
  road_id: number | null;
  building_id: number | null;
  at: Position;
}

export type RoadClass = "ring" | "main" | "secondary" | "side" | "lane" | "estate_way" | "field_way";

/** One street as it is named: from west to east. Estate and field ways have no name. */
export interface RoadRow {
  id: number;
  name: string | null;
  class: RoadClass;
  geom: MultiLine;
}

export type GroundKind =
  | "water"
  | "river"
  | "park"
  | "green"
  | "field"
  | "orchard"
  | "forest"
  | "pitch"
  | "track"
  | "railway"
  | "wall";

/** What lies on the ground and is no building. `river` is a centre line (for the name), `railway` and `wall` lines. */
export interface GroundRow {
  id: number;
  kind: GroundKind;
  name: string | null;
  shape: Shape;
}

export interface EstateRow {
  id: number;
  name: string;
  managed: "self" | "property" | "unit";
  geom: MultiPolygon;
}

export interface OrganisationRow {
  id: number;
  parent_id: number | null;
  code: string;
  name: string;
  kind:
    | "government"
    | "subdistrict_office"
    | "station"
    | "department"
    | "service_centre"
    | "community_committee"
    | "police_station"
    | "fire_brigade"
    | "company";
  /** The area it answers for, if it has one. */
  area_id: number | null;
  at: Position | null;
}

export type FacilityKind =
  | "school"
  | "kindergarten"
  | "hospital"
  | "clinic"
  | "market"
  | "park"
  | "government"
  | "community_station"
  | "police_station"
  | "fire_station"
  | "micro_station"
  | "library"
  | "culture"
  | "sports"
  | "elderly_care"
  | "bus_station"
  | "railway_station"
  | "toilet"
  | "mall"
  | "worship"
  | "other";

export interface FacilityRow {
  id: number;
  kind: FacilityKind;
  name: string;
  address: string | null;
  organisation_id: number | null;
  at: Position;
}

/** Shops and key trades are kinds of legal entity (重点行业 as `key_trade`). */
export interface LegalEntityRow {
  id: number;
  name: string;
  short_name: string;
  /** 18 characters, check digit valid; the demo's start with a prefix no registry gives out. */
  credit_code: string;
  kind: "government" | "institution" | "company" | "shop";
  sector: string;
  key_trade: boolean;
  staff_count: number;
  address: string;
  building_id: number | null;
  at: Position;
}

/** CJJ 61 codes. */
export type PipeKind = "JS" | "PS" | "RQ" | "RL" | "DL" | "TX" | "GY" | "BM";

export interface PipeNodeRow {
  id: number;
  code: string;
  pipe_kind: PipeKind;
  kind: "valve" | "manhole" | "tee" | "source" | "end";
  status: "in_use" | "closed" | "failed" | "abandoned";
  at: Position;
}

export interface PipeRow {
  id: number;
  code: string;
  kind: PipeKind;
  from_node_id: number;
  to_node_id: number;
  diameter_mm: number | null;
  /** For ducts and boxes: 12孔, 600×400. */
  section: string | null;
  material: string;
  depth_m: number;
  pressure: string | null;
  year: number;
  status: "in_use" | "abandoned";
  owner_id: number | null;
  geom: Line;
}

/** City components that are no pipe nodes: hydrants, lamps, cameras … */
export interface ComponentRow {
  id: number;
  code: string;
  kind: "hydrant" | "lamp" | "camera" | "bin" | "box" | "sign";
  status: "in_use" | "out_of_order";
  diameter_mm: number | null;
  /** The pipe that feeds it (hydrants). */
  pipe_id: number | null;
  road_id: number | null;
  at: Position;
}

export interface WaterSourceRow {
  id: number;
  kind: "crane" | "pond" | "river_intake" | "tank";
  name: string;
  capacity_m3: number | null;
  at: Position;
}

export interface FireAccessRow {
  id: number;
  kind: "lane" | "climbing_area";
  building_id: number | null;
  shape: Shape;
}

export interface KeyUnitRow {
  id: number;
  code: string;
  name: string;
  short_name: string;
  /** 1 一级, 2 二级, 3 三级. */
  level: 1 | 2 | 3;
  /** Code of the dictionary `key_unit_category`. */
  category: string;
  address: string;
  building_id: number | null;
  organisation_id: number | null;
  /** Dates (YYYY-MM-DD) of the three filings: managers, facility maintenance, self-assessment. */
  filed_managers: string | null;
  filed_maintenance: string | null;
  filed_assessment: string | null;
  at: Position;
}

export interface SmallPlaceRow {
  id: number;
  name: string;
  kind: "shop" | "school" | "clinic" | "restaurant" | "hotel" | "entertainment" | "internet" | "bath" | "workshop";
  three_in_one: boolean;
  address: string;
  building_id: number | null;
  at: Position;
}

export interface StaffRow {
  id: number;
  /** 一员一号, unique. */
  number: string;
  name: string;
  organisation_id: number | null;
  /** Drawn portrait as SVG text, viewBox 0 0 96 96; null where there is none. */
  portrait: string | null;
  /** The person agreed that name and photo are shown to the public. */
  photo_public: boolean;
}

/** Phones live apart from people. Owner is a staff member, a key unit (responsible person) or an organisation. */
export interface ContactRow {
  id: number;
  staff_id: number | null;
  key_unit_id: number | null;
  organisation_id: number | null;
  kind: ContactKind;
  /** The person's name where the owner is a unit. */
  name: string | null;
  phone: string;
}

export interface DutyRow {
  id: number;
  code: string;
  name: string;
  name_en: string;
  ordinal: number;
}

/** One person, one duty, one target, for a time. Exactly one target is set. */
export interface AssignmentRow {
  id: number;
  staff_id: number;
  duty_id: number;
  area_id: number | null;
  building_id: number | null;
  entrance_id: number | null;
  road_id: number | null;
  key_unit_id: number | null;
  from_day: string;
  to_day: string | null;
}
