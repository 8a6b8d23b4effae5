import type {
  BuildingStructure,
  BuildingUse,
  ComponentRow,
  EstateRow,
  FacilityKind,
  GroundKind,
  LegalEntityRow,
  PipeKind,
  PipeNodeRow,
  PipeRow,
  RoadClass,
  SmallPlaceRow,
} from "../schema/city_rows.ts";
import type { LevelRole } from "../schema/network.ts";
import type { Register } from "../schema/record.ts";
import type { SearchKind } from "../schema/search.ts";
import { keyUnitCategories } from "./key_unit_categories.ts";
import type { Wording, Words } from "./language.ts";

type Dictionary<Code extends string> = Readonly<Record<Code, Wording>>;

/** What a level is called where its own name is not at hand. */
export const levelRoleNames: Dictionary<LevelRole> = {
  city: ["市", "City"],
  district: ["区", "District"],
  subdistrict: ["街道", "Subdistrict"],
  zone: ["片区", "Zone"],
  community: ["社区", "Community"],
  grid: ["网格", "Grid"],
  sub: ["子网格", "Sub-grid"],
};

export const areaKinds: Dictionary<"basic" | "special"> = {
  basic: ["基础网格", "Basic grid"],
  special: ["专属网格", "Special grid"],
};

export const buildingUses: Dictionary<BuildingUse> = {
  home: ["住宅", "Homes"],
  shop: ["商铺", "Shop"],
  market: ["市场", "Market"],
  office: ["办公", "Office"],
  public: ["公共建筑", "Public"],
  school: ["学校", "School"],
  hospital: ["医院", "Hospital"],
  works: ["厂房", "Works"],
  other: ["其他", "Other"],
};

export const buildingStructures: Dictionary<BuildingStructure> = {
  brick_concrete: ["砖混", "Brick and concrete"],
  reinforced_concrete: ["钢混", "Reinforced concrete"],
  frame: ["框架", "Frame"],
  brick_wood: ["砖木", "Brick and wood"],
  steel: ["钢结构", "Steel"],
  unknown: ["不明", "Unknown"],
};

export const roadClasses: Dictionary<RoadClass> = {
  ring: ["环路", "Ring road"],
  main: ["主干道", "Main road"],
  secondary: ["次干道", "Secondary road"],
  side: ["支路", "Side street"],
  lane: ["背街小巷", "Back lane"],
  estate_way: ["小区道路", "Estate way"],
  field_way: ["田间道路", "Field way"],
};

export const groundKinds: Dictionary<GroundKind> = {
  water: ["水面", "Water"],
  river: ["河流", "River"],
  park: ["公园", "Park"],
  green: ["绿地", "Green"],
  field: ["农田", "Field"],
  orchard: ["果园", "Orchard"],
  forest: ["林地", "Forest"],
  pitch: ["球场", "Pitch"],
  track: ["跑道", "Running track"],
  railway: ["铁路", "Railway"],
  wall: ["围墙", "Wall"],
};

export const estateManagements: Dictionary<EstateRow["managed"]> = {
  self: ["居民自管", "Run by residents"],
  property: ["物业管理", "Property company"],
  unit: ["单位自管", "Run by its owner"],
};

export const facilityKinds: Dictionary<FacilityKind> = {
  school: ["学校", "School"],
  kindergarten: ["幼儿园", "Kindergarten"],
  hospital: ["医院", "Hospital"],
  clinic: ["卫生服务站", "Clinic"],
  market: ["市场", "Market"],
  park: ["公园", "Park"],
  government: ["政府机关", "Government"],
  community_station: ["社区服务站", "Community station"],
  police_station: ["派出所", "Police station"],
  fire_station: ["消防站", "Fire station"],
  micro_station: ["微型消防站", "Micro fire station"],
  library: ["图书馆", "Library"],
  culture: ["文化活动中心", "Culture centre"],
  sports: ["体育场馆", "Sports"],
  elderly_care: ["养老服务", "Care for the elderly"],
  bus_station: ["公交站", "Bus station"],
  railway_station: ["火车站", "Railway station"],
  toilet: ["公共厕所", "Public toilet"],
  mall: ["商场", "Mall"],
  worship: ["宗教场所", "Place of worship"],
  other: ["其他设施", "Other facility"],
};

export const legalEntityKinds: Dictionary<LegalEntityRow["kind"]> = {
  government: ["机关", "Government body"],
  institution: ["事业单位", "Public institution"],
  company: ["企业", "Company"],
  shop: ["商铺", "Shop"],
};

/** CJJ 61 codes. */
export const pipeKinds: Dictionary<PipeKind> = {
  JS: ["给水", "Water"],
  PS: ["排水", "Drainage"],
  RQ: ["燃气", "Gas"],
  RL: ["热力", "Heat"],
  DL: ["电力", "Power"],
  TX: ["电信", "Telecom"],
  GY: ["工业", "Industrial"],
  BM: ["不明", "Unknown"],
};

export const componentKinds: Dictionary<ComponentRow["kind"] | PipeNodeRow["kind"]> = {
  hydrant: ["消火栓", "Hydrant"],
  lamp: ["路灯", "Lamp"],
  camera: ["摄像头", "Camera"],
  bin: ["垃圾箱", "Bin"],
  box: ["交接箱", "Box"],
  sign: ["路牌", "Sign"],
  valve: ["阀门", "Valve"],
  manhole: ["检查井", "Manhole"],
  tee: ["三通", "Tee"],
  source: ["源点", "Source"],
  end: ["终点", "End"],
};

export const conditions: Dictionary<ComponentRow["status"] | PipeNodeRow["status"] | PipeRow["status"]> = {
  in_use: ["在用", "In use"],
  out_of_order: ["停用", "Out of order"],
  closed: ["已关闭", "Closed"],
  failed: ["失效", "Failed"],
  abandoned: ["废弃", "Abandoned"],
};

export const keyUnitLevels: Dictionary<"1" | "2" | "3"> = {
  "1": ["一级", "Level 1"],
  "2": ["二级", "Level 2"],
  "3": ["三级", "Level 3"],
};

export const smallPlaceKinds: Dictionary<SmallPlaceRow["kind"]> = {
  shop: ["小商店", "Small shop"],
  school: ["小学校", "Small school"],
  clinic: ["小医院", "Small clinic"],
  restaurant: ["小餐饮", "Small restaurant"],
  hotel: ["小旅馆", "Small hotel"],
  entertainment: ["小歌舞娱乐", "Small entertainment"],
  internet: ["小网吧", "Internet café"],
  bath: ["小美容洗浴", "Small beauty or bath"],
  workshop: ["小生产加工", "Small workshop"],
};

/** What one entry of a register is. */
export const registerNames: Dictionary<Register> = {
  buildings: ["楼栋", "Building"],
  roads: ["道路", "Road"],
  estates: ["小区", "Estate"],
  facilities: ["公共设施", "Public facility"],
  legal_entities: ["法人单位", "Legal entity"],
  pipes: ["管线", "Pipe"],
  components: ["部件", "Component"],
  key_units: ["消防安全重点单位", "Fire key unit"],
  small_places: ["九小场所", "Small place"],
  addresses: ["标准地址", "Address"],
};

/** Headings of the kinds that a search finds. */
export const searchKindNames: Dictionary<SearchKind> = {
  area: ["区域", "Areas"],
  address: ["地址", "Addresses"],
  building: ["楼栋", "Buildings"],
  estate: ["小区", "Estates"],
  road: ["道路", "Roads"],
  facility: ["公共设施", "Public facilities"],
  key_unit: ["重点单位", "Key units"],
  legal_entity: ["法人单位", "Legal entities"],
  small_place: ["九小场所", "Small places"],
};

/** Which dictionary words the value of a fact, by column name; `kind` and `status` depend on the register. */
export const factDictionaries: Readonly<Record<string, Words>> = {
  "buildings.use": buildingUses,
  "buildings.structure": buildingStructures,
  "roads.class": roadClasses,
  "estates.managed": estateManagements,
  "facilities.kind": facilityKinds,
  "legal_entities.kind": legalEntityKinds,
  "pipes.kind": pipeKinds,
  "pipes.pipe_kind": pipeKinds,
  "pipes.status": conditions,
  "components.kind": componentKinds,
  "components.pipe_kind": pipeKinds,
  "components.status": conditions,
  "key_units.key_level": keyUnitLevels,
  "key_units.category": keyUnitCategories,
  "small_places.kind": smallPlaceKinds,
};
