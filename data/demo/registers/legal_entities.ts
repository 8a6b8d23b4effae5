import type { FacilityKind, LegalEntityRow } from "../../schema/city_rows.ts";
import { drawItem, drawWeighted, drawWhole, type Random } from "../random.ts";
import { type BuildingFrame, pointInside } from "./building_frame.ts";
import { makeCreditCode } from "./credit_code.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { drawSurname } from "./person_names.ts";
import { type Scene, townName } from "./scene.ts";
import { shareShops } from "./shop_counts.ts";
import { companyWords, keyTrades, officeTrades, ordinaryTrades, shopWords, type Trade, worksTrades } from "./trades.ts";

/** A unit of the register, with what the registers made from it need to know. */
export interface Unit {
  row: LegalEntityRow;
  building: number;
  /** What a shop trades in, null for other units. */
  trade: Trade | null;
  /** The facility that the unit runs, null for others. */
  facility: FacilityKind | null;
}

/** Golden figures of 东街 (domain.md §7). */
const dongjieUnits = { shops: 224, units: 18, key_trades: 16 } as const;

/** Share of shops of key trades elsewhere. */
const keyTradeShare = 0.05;

/**
 * The register of legal entities: units that run facilities, companies in offices and works, shops in shop buildings
 * and markets. 东街 gets exactly its golden figures.
 */
export function registerUnits(
  scene: Scene,
  frames: readonly BuildingFrame[],
  facilities: readonly FacilityDraft[],
  addressOf: readonly string[],
): Unit[] {
  const dongjie = scene.division.places.dongjie;
  const isDongjie = (building: number) =>
    dongjie !== null && scene.division.community[scene.plan.buildings[building]!.parcel] === dongjie;
  const drafts = [...draftInstitutions(facilities), ...draftCompanies(scene)];
  const golden = takeGolden(
    scene,
    drafts.filter((draft) => isDongjie(draft.building)),
    isDongjie,
  );
  const units = dongjie === null ? drafts : [...drafts.filter((draft) => !isDongjie(draft.building)), ...golden];
  const shops = draftShops(scene, isDongjie);
  return [...units, ...shops].map((draft, index) => finishUnit(scene, draft, index, frames, addressOf));
}

interface UnitDraft {
  key: string;
  building: number;
  name: string;
  kind: LegalEntityRow["kind"];
  sector: string;
  staff: [number, number];
  trade: Trade | null;
  facility: FacilityKind | null;
  /** Share of the building's length at which its door is. */
  share: number;
}

const institutions: Partial<Record<FacilityKind, [LegalEntityRow["kind"], string, [number, number]]>> = {
  school: ["institution", "教育业", [40, 180]],
  kindergarten: ["institution", "教育业", [14, 40]],
  hospital: ["institution", "卫生业", [120, 900]],
  library: ["institution", "文化业", [10, 40]],
  culture: ["institution", "文化业", [4, 30]],
  sports: ["institution", "体育业", [6, 30]],
  elderly_care: ["institution", "社会工作", [5, 40]],
  government: ["government", "公共管理", [20, 160]],
  police_station: ["government", "公共管理", [18, 60]],
  fire_station: ["government", "公共管理", [25, 50]],
  community_station: ["institution", "公共管理", [8, 18]],
  market: ["company", "批发和零售业", [8, 40]],
  mall: ["company", "批发和零售业", [60, 300]],
  bus_station: ["company", "交通运输业", [10, 40]],
  railway_station: ["company", "交通运输业", [60, 200]],
};

function draftInstitutions(facilities: readonly FacilityDraft[]): UnitDraft[] {
  return facilities.flatMap((facility): UnitDraft[] => {
    const known = institutions[facility.kind];
    if (!known || facility.building === null || facility.name === "") return [];
    const [kind, sector, staff] = known;
    const key = `unit/${facility.kind}/${facility.building}`;
    return [
      {
        key,
        building: facility.building,
        name: facility.name,
        kind,
        sector,
        staff,
        trade: null,
        facility: facility.kind,
        share: 0.5,
      },
    ];
  });
}

/** Companies: some in each office building, one in each works hall, a few in public buildings. */
function draftCompanies(scene: Scene): UnitDraft[] {
  const drafts: UnitDraft[] = [];
  scene.plan.buildings.forEach((building, index) => {
    if (building.use !== "office" && building.use !== "works") return;
    const random = scene.random(`companies/${index}`);
    const wanted =
      building.use === "office"
        ? Math.min(5, 1 + Math.floor(building.floors * 0.35 * random()))
        : random() < 0.75
          ? 1
          : 0;
    for (let i = 0; i < wanted; i++) drafts.push(draftCompany(scene, index, i, wanted));
  });
  return drafts;
}

function draftCompany(scene: Scene, building: number, order: number, of: number): UnitDraft {
  const key = `company/${building}/${order}`;
  const random = scene.random(key);
  const works = scene.plan.buildings[building]!.use === "works";
  const [suffix, sector] = drawItem(random, works ? worksTrades : officeTrades);
  return {
    key,
    building,
    name: townName(scene) + drawItem(random, companyWords) + suffix,
    kind: "company",
    sector,
    staff: works ? [30, 400] : [4, 90],
    trade: null,
    facility: null,
    share: (order + 0.5) / of,
  };
}

/** Exactly the golden number of units: government and institutions first, then companies; missing ones are founded. */
function takeGolden(scene: Scene, drafts: UnitDraft[], isDongjie: (building: number) => boolean): UnitDraft[] {
  const rank = { government: 0, institution: 1, company: 2, shop: 3 };
  const taken = drafts
    .sort((a, b) => rank[a.kind] - rank[b.kind] || a.building - b.building)
    .slice(0, dongjieUnits.units);
  const houses = scene.plan.buildings.map((_, index) => index).filter(isDongjie);
  const byUse = (use: string) => houses.filter((building) => scene.plan.buildings[building]!.use === use);
  const homes = [...byUse("office"), ...byUse("public"), ...byUse("shop"), ...byUse("home")];
  for (let i = 0; taken.length < dongjieUnits.units && homes.length > 0; i++) {
    taken.push(draftCompany(scene, homes[i % homes.length]!, 10 + i, dongjieUnits.units + 10));
  }
  return taken;
}

function draftShops(scene: Scene, isDongjie: (building: number) => boolean): UnitDraft[] {
  const golden = shareShops(scene, isDongjie, dongjieUnits.shops);
  const drafts: UnitDraft[] = [];
  const goldenAt: number[] = [];
  scene.plan.buildings.forEach((_, building) => {
    const wanted = isDongjie(building) ? (golden.get(building) ?? 0) : countShops(scene, building);
    for (let i = 0; i < wanted; i++) {
      if (isDongjie(building)) goldenAt.push(drafts.length);
      drafts.push(draftShop(scene, building, i, wanted, isDongjie(building) ? 0 : keyTradeShare));
    }
  });
  // Key trades of 东街: evenly among its shops.
  for (let i = 0; i < Math.min(dongjieUnits.key_trades, goldenAt.length); i++) {
    const at = goldenAt[Math.floor(((i + 0.5) * goldenAt.length) / dongjieUnits.key_trades)]!;
    const { building, share, key } = drafts[at]!;
    drafts[at] = {
      ...nameShop(scene.random(`${key}/key`), drawKey(scene.random(`${key}/trade`))),
      building,
      share,
      key,
    };
  }
  return drafts;
}

/** Elsewhere: by the size of the building. */
function countShops(scene: Scene, building: number): number {
  const { use, form } = scene.plan.buildings[building]!;
  const random = scene.random(`shops/${building}`);
  if (form === "mall") return drawWhole(random, 6, 14);
  if (use === "market") return drawWhole(random, 5, 10);
  return use === "shop" ? (random() < 0.65 ? 1 : 2) : 0;
}

function draftShop(scene: Scene, building: number, order: number, of: number, keyShare: number): UnitDraft {
  const key = `shop/${building}/${order}`;
  const random = scene.random(key);
  const kind = random() < keyShare ? drawKey(random) : drawWeighted(random, weightedTrades);
  return { ...nameShop(random, kind), key, building, share: (order + 0.5) / of };
}

const weightedTrades = ordinaryTrades.map((trade) => [trade, trade.weight] as const);
const weightedKeyTrades = keyTrades.map((trade) => [trade, trade.weight] as const);
const drawKey = (random: Random) => drawWeighted(random, weightedKeyTrades);

function nameShop(random: Random, trade: Trade): Omit<UnitDraft, "key" | "building" | "share"> {
  const word = random() < 0.22 ? `${random() < 0.6 ? "老" : "小"}${drawSurname(random)}` : drawItem(random, shopWords);
  return { name: word + trade.suffix, kind: "shop", sector: trade.sector, staff: trade.staff, trade, facility: null };
}

function finishUnit(
  scene: Scene,
  draft: UnitDraft,
  index: number,
  frames: readonly BuildingFrame[],
  addressOf: readonly string[],
): Unit {
  const { building, name } = draft;
  const [x, y] = pointInside(scene.plan.buildings[building]!, frames[building]!, draft.share);
  const row: LegalEntityRow = {
    id: index + 1,
    name,
    short_name: shorten(scene, name),
    credit_code: makeCreditCode(scene.options.county, index + 1),
    kind: draft.kind,
    sector: draft.sector,
    key_trade: draft.trade?.key ?? false,
    staff_count: drawWhole(scene.random(`${draft.key}/staff`), draft.staff[0], draft.staff[1]),
    address: addressOf[building]!,
    building_id: building + 1,
    at: scene.place(x, y),
  };
  return { row, building, trade: draft.trade, facility: draft.facility };
}

function shorten(scene: Scene, name: string): string {
  return name.replace(townName(scene), "").replace(/(股份)?有限公司$/, "");
}
