import type { FacilityKind } from "../../schema/city_rows.ts";
import type { GroundPlan, PlanBuilding } from "../ground_plan.ts";
import { drawItem, type Random, randomFor } from "../random.ts";
import { distanceToRing } from "./open_spaces.ts";
import { ringArea, ringCentre, ringHolds } from "./polygon.ts";
import { newWords, oldWords, ruralWords } from "./street_words.ts";

/** Gives facilities names that do not repeat. */
type Namer = (random: Random, words: readonly string[], endings: readonly string[]) => string;

/**
 * Puts a site wherever a facility belongs: schools, hospitals, markets, parks, malls and public buildings by the use
 * of their block, then kindergartens, clinics, toilets, stops, fire stations among homes and along streets.
 */
export function placeSites(plan: GroundPlan, seed: string): void {
  const taken = new Set<string>();
  const name: Namer = (random, words, endings) => {
    for (let attempt = 0; ; attempt++) {
      const part = attempt < 40 ? "" : drawItem(random, ["第一", "第二", "第三", "第四", "东", "西", "南", "北"]);
      const full = `${drawItem(random, words)}${part}${drawItem(random, endings)}`;
      if (taken.has(full)) continue;
      taken.add(full);
      return full;
    }
  };
  const byParcel = groupBuildings(plan);
  placeByUse(plan, byParcel, name, seed);
  placePublic(plan, byParcel, name, seed);
  placeInEstates(plan, byParcel, name, seed);
  placeStops(plan, seed, taken);
}

function groupBuildings(plan: GroundPlan): number[][] {
  const byParcel: number[][] = plan.parcels.map(() => []);
  plan.buildings.forEach((building, index) => {
    byParcel[building.parcel]!.push(index);
  });
  return byParcel;
}

const byUse: Partial<Record<string, { kind: FacilityKind; endings: readonly string[] }>> = {
  school: { kind: "school", endings: ["小学", "中学", "实验小学", "实验学校"] },
  hospital: { kind: "hospital", endings: ["医院", "中医院", "人民医院"] },
  market: { kind: "market", endings: ["农贸市场", "菜市场"] },
  park: { kind: "park", endings: ["公园", "游园"] },
  shop: { kind: "mall", endings: ["广场", "购物中心", "百货"] },
  rail: { kind: "railway_station", endings: ["火车站"] },
};

function placeByUse(plan: GroundPlan, byParcel: readonly number[][], name: Namer, seed: string): void {
  plan.blocks.forEach((block, index) => {
    const rule = byUse[block.use];
    const parcel = block.parcels[0];
    if (!rule || parcel === undefined) return;
    const random = randomFor(`${seed}/site/${index}`);
    const words = wordsOf(block.zone);
    addSite(plan, byParcel, parcel, rule.kind, name(random, words, rule.endings));
    if ((block.use === "park" || block.use === "market") && random() < 0.7) {
      addSite(plan, byParcel, parcel, "toilet", name(random, words, ["公厕"]), random);
    }
  });
}

const publicKinds: readonly (readonly [FacilityKind, readonly string[]])[] = [
  ["government", ["政务中心", "行政服务中心"]],
  ["culture", ["文化馆", "文化宫"]],
  ["police_station", ["派出所"]],
  ["sports", ["体育馆", "体育中心"]],
  ["library", ["图书馆"]],
  ["elderly_care", ["养老院", "颐养中心"]],
  ["government", ["政务大厅", "法庭", "税务所"]],
];

/** Fire stations far from each other, the other public blocks in turn. */
function placePublic(plan: GroundPlan, byParcel: readonly number[][], name: Namer, seed: string): void {
  const blocks = plan.blocks.flatMap((block, index) => (block.use === "public" ? [index] : []));
  const middles = blocks.map((block) => middleOf(plan, plan.blocks[block]!.parcels[0]!));
  const fire = chooseFarApart(middles, Math.min(6, Math.ceil(blocks.length / 3)));
  let turn = 0;
  blocks.forEach((block, i) => {
    const random = randomFor(`${seed}/public/${block}`);
    const words = wordsOf(plan.blocks[block]!.zone);
    const [kind, endings] = fire.has(i)
      ? (["fire_station", ["消防救援站"]] as const)
      : publicKinds[turn++ % publicKinds.length]!;
    addSite(plan, byParcel, plan.blocks[block]!.parcels[0]!, kind, name(random, words, endings));
  });
}

function chooseFarApart(points: readonly (readonly [number, number])[], count: number): Set<number> {
  const chosen = new Set<number>();
  while (chosen.size < count && chosen.size < points.length) {
    let best = -1;
    let bestDistance = -1;
    points.forEach(([x, y], i) => {
      if (chosen.has(i)) return;
      const distance = Math.min(
        1e7 - Math.hypot(x, y),
        ...[...chosen].map((j) => Math.hypot(points[j]![0] - x, points[j]![1] - y)),
      );
      if (distance <= bestDistance) return;
      bestDistance = distance;
      best = i;
    });
    chosen.add(best);
  }
  return chosen;
}

/** Kindergartens and clinics take over a shop of their estate; lanes of the old quarter and villages get toilets. */
function placeInEstates(plan: GroundPlan, byParcel: readonly number[][], name: Namer, seed: string): void {
  plan.blocks.forEach((block, index) => {
    const random = randomFor(`${seed}/serve/${index}`);
    const words = wordsOf(block.zone);
    const buildings = block.parcels.flatMap((parcel) => byParcel[parcel]!.map((building) => plan.buildings[building]!));
    const shops = buildings.filter((building) => building.form === "shop");
    if (block.use === "housing" && shops.length > 2) {
      if (random() < 0.34) becomeKindergarten(plan, shops, name(random, words, ["幼儿园"]));
      if (random() < 0.3) siteAt(plan, shops[0]!, "clinic", name(random, words, ["诊所", "卫生服务站", "门诊部"]));
    }
    const isDense = block.use === "village" || (block.zone === "old" && block.use === "housing" && shops.length === 0);
    if (isDense && buildings.length > 0 && random() < 0.6) {
      siteAt(plan, drawItem(random, buildings), "toilet", name(random, words, ["公厕"]));
    }
    if (block.use === "village" && buildings.length > 20) {
      const ends = random() < 0.5 ? ["村卫生室"] : ["祠堂"];
      siteAt(plan, drawItem(random, buildings), ends[0] === "祠堂" ? "worship" : "clinic", name(random, words, ends));
    }
  });
}

function becomeKindergarten(plan: GroundPlan, shops: readonly PlanBuilding[], name: string): void {
  const largest = shops.reduce((best, shop) => (ringArea(shop.ring) > ringArea(best.ring) ? shop : best));
  largest.use = "school";
  largest.form = "kindergarten";
  largest.floors = 3;
  siteAt(plan, largest, "kindergarten", name);
}

/** Bus stations where main streets meet, far from each other. */
function placeStops(plan: GroundPlan, seed: string, taken: Set<string>): void {
  const offices = plan.buildings.filter((building) => building.use === "office" || building.form === "mall");
  const chosen = chooseFarApart(
    offices.map((building) => ringCentre(building.ring)),
    Math.min(7, offices.length),
  );
  for (const index of [...chosen].sort((a, b) => a - b)) {
    const building = offices[index]!;
    const street = streetBeside(plan, building.parcel) ?? drawItem(randomFor(`${seed}/stop/${index}`), newWords);
    const name = `${street}公交站`;
    if (taken.has(name)) continue;
    taken.add(name);
    siteAt(plan, building, "bus_station", name);
  }
}

function streetBeside(plan: GroundPlan, parcel: number): string | null {
  for (const edge of plan.edges) {
    if ((edge.left !== parcel && edge.right !== parcel) || edge.street < 0) continue;
    const street = plan.streets[edge.street]!;
    if (street.name && (street.class === "main" || street.class === "secondary" || street.class === "side"))
      return street.name;
  }
  return null;
}

function wordsOf(zone: string): readonly string[] {
  return zone === "old" ? oldWords : zone === "rural" ? ruralWords : newWords;
}

/** At the largest building of the parcel, or at its middle. */
function addSite(
  plan: GroundPlan,
  byParcel: readonly number[][],
  parcel: number,
  kind: FacilityKind,
  name: string,
  random?: Random,
): void {
  const buildings = byParcel[parcel]!.map((index) => plan.buildings[index]!);
  if (buildings.length > 0) {
    const largest = buildings.reduce((best, one) => (ringArea(one.ring) > ringArea(best.ring) ? one : best));
    siteAt(plan, random ? drawItem(random, buildings) : largest, kind, name);
    return;
  }
  // The middle of a park may be its pond: stand between it and a corner.
  const [cx, cy] = middleOf(plan, parcel);
  const ring = plan.parcels[parcel]!.ring;
  const corner = ring[Math.floor((random ? 0.5 : 0) * ring.length)]!;
  const x = cx + 0.55 * (plan.x[corner]! - cx);
  const y = cy + 0.55 * (plan.y[corner]! - cy);
  plan.features.push({
    kind: "site",
    facility: kind,
    name,
    parcel,
    parts: [[round(x), round(y)]],
    closed: false,
  });
}

function siteAt(plan: GroundPlan, building: PlanBuilding, kind: FacilityKind, name: string): void {
  const [x, y] = pointInside(building.ring);
  plan.features.push({ kind: "site", facility: kind, name, parcel: building.parcel, parts: [[x, y]], closed: false });
}

/** The centre, or beside it the place deepest inside (L and U shapes). */
function pointInside(ring: readonly number[]): [number, number] {
  const [cx, cy] = ringCentre(ring);
  if (ringHolds(ring, cx, cy)) return [round(cx), round(cy)];
  let best: [number, number] = [cx, cy];
  let depth = 0;
  for (let i = 0; i < ring.length; i += 2) {
    for (const t of [0.3, 0.6, 0.85]) {
      const x = ring[i]! + t * (cx - ring[i]!);
      const y = ring[i + 1]! + t * (cy - ring[i + 1]!);
      const distance = ringHolds(ring, x, y) ? distanceToRing(ring, x, y) : 0;
      if (distance <= depth) continue;
      depth = distance;
      best = [x, y];
    }
  }
  return [round(best[0]), round(best[1])];
}

function middleOf(plan: GroundPlan, parcel: number): [number, number] {
  const ring = plan.parcels[parcel]!.ring.flatMap((vertex) => [plan.x[vertex]!, plan.y[vertex]!]);
  return pointInside(ring);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
