import type { BlockUse } from "../../schema/city_rows.ts";
import type { DraftBlock, DraftBuilding, DraftFace } from "./draft.ts";
import type { HouseStyle } from "./house_styles.ts";
import type { Packing } from "./place_buildings.ts";

/** What a place with golden figures must have (domain.md: 慧泽社区, 东街社区). */
interface GoldenPlace {
  place: "huize" | "dongjie";
  /** Exactly so many buildings with homes, in so many estates. */
  buildings: number;
  estates: number;
  /** Households that will live in them. */
  homes: number;
  /** Uses of the blocks without homes, in turn. */
  otherUses: readonly BlockUse[];
  packing: Omit<Packing, "spread">;
}

export const goldenPlaces: readonly GoldenPlace[] = [
  {
    place: "huize",
    buildings: 131,
    estates: 2,
    homes: 3189,
    otherUses: [
      "park",
      "school",
      "public",
      "office",
      "market",
      "park",
      "school",
      "public",
      "shop",
      "hospital",
      "park",
      "office",
    ],
    packing: { entrances: [2, 3], floors: [6, 7] },
  },
  {
    place: "dongjie",
    buildings: 115,
    estates: 8,
    homes: 5226,
    otherUses: [
      "office",
      "school",
      "public",
      "park",
      "office",
      "shop",
      "public",
      "office",
      "hospital",
      "office",
      "market",
      "park",
    ],
    packing: {},
  },
];

/** Styles of the eight estates of 东街, from the largest block down. */
const eightStyles: readonly HouseStyle[] = [
  "slab_11",
  "walk_up",
  "slab_18",
  "slab_11",
  "tower_18",
  "walk_up",
  "slab_11",
  "tower_33",
];

/** Homes take this share of the blocks' area. */
const shareOfHomes = 0.48;

/**
 * Says which blocks of a golden place have homes, and gives them estates 0 … n − 1 from `firstEstate` on; the others
 * get schools, parks, offices. Returns the number of estates used.
 */
export function chooseGoldenBlocks(blocks: readonly DraftBlock[], golden: GoldenPlace, firstEstate: number): number {
  const land = blocks.filter((block) => block.place === golden.place && block.zone !== "river");
  if (land.length === 0) return 0;
  const homes = golden.place === "huize" ? chooseTwoEstates(land) : chooseLargest(land, golden.estates);
  for (const [block, estate] of homes) {
    block.use = "housing";
    block.estate = firstEstate + estate;
    block.style = golden.place === "huize" ? "walk_up" : eightStyles[estate]!;
  }
  const others = land.filter((block) => !homes.has(block)).sort((a, b) => b.area - a.area);
  others.forEach((block, i) => {
    block.use = golden.otherUses[i % golden.otherUses.length]!;
    block.style = null;
    // A yard without room for a school or ward becomes an office.
    if (block.area < 16_000 && (block.use === "school" || block.use === "hospital")) block.use = "office";
  });
  return golden.estates;
}

/** The blocks nearest two centres, in turn, until the area suffices. */
function chooseTwoEstates(land: readonly DraftBlock[]): Map<DraftBlock, number> {
  const west = Math.min(...land.map((block) => block.x));
  const east = Math.max(...land.map((block) => block.x));
  const north = Math.max(...land.map((block) => block.y));
  const south = Math.min(...land.map((block) => block.y));
  const y = south + 0.68 * (north - south);
  const centres = [west + 0.22 * (east - west), west + 0.78 * (east - west)];
  const wanted = shareOfHomes * land.reduce((sum, block) => sum + block.area, 0);
  const chosen = new Map<DraftBlock, number>();
  let area = 0;
  for (let turn = 0; area < wanted; turn = 1 - turn) {
    const free = land.filter((block) => !chosen.has(block));
    const distance = (block: DraftBlock): number => Math.hypot(block.x - centres[turn]!, block.y - y);
    const nearest = free.reduce((best, block) => (distance(block) < distance(best) ? block : best));
    chosen.set(nearest, turn);
    area += nearest.area;
  }
  return chosen;
}

/** The largest blocks, one an estate; then each time the block nearest to one of them, until the area suffices. */
function chooseLargest(land: readonly DraftBlock[], count: number): Map<DraftBlock, number> {
  const sorted = land.slice().sort((a, b) => b.area - a.area);
  const seeds = sorted.slice(0, count);
  const chosen = new Map(seeds.map((block, estate) => [block, estate]));
  const distance = (block: DraftBlock): number =>
    Math.min(...seeds.map((seed) => Math.hypot(block.x - seed.x, block.y - seed.y)));
  const others = sorted.slice(count).sort((a, b) => distance(a) - distance(b));
  const wanted = shareOfHomes * land.reduce((sum, block) => sum + block.area, 0);
  let area = seeds.reduce((sum, block) => sum + block.area, 0);
  for (const block of others) {
    if (area >= wanted) break;
    const nearest = seeds.findIndex((seed) => Math.hypot(block.x - seed.x, block.y - seed.y) === distance(block));
    chosen.set(block, nearest);
    area += block.area;
  }
  return chosen;
}

/**
 * Finds the spacing of rows at which slightly more homes buildings arise than wanted, and drops the smallest.
 * @param place - the buildings of one parcel at a packing
 */
export function fillGolden(
  golden: GoldenPlace,
  parcels: readonly DraftFace[],
  place: (parcel: DraftFace, index: number, packing: Packing) => DraftBuilding[],
): void {
  const fillAt = (spread: number): DraftBuilding[][] =>
    parcels.map((parcel, index) => place(parcel, index, { ...golden.packing, spread }));
  const count = (filled: readonly DraftBuilding[][]): number => filled.reduce((sum, list) => sum + list.length, 0);
  // The widest spacing that still gives enough, from very loose to very dense: first in long steps, then in short.
  const spreads: number[] = [];
  for (let spread = 2.2; spread > 0.5; spread -= 0.05) spreads.push(spread);
  const tryFrom = (from: number, to: number, step: number): DraftBuilding[][] | null => {
    for (let next = from; next < to + step - 1; next += step) {
      const i = Math.min(next, to - 1);
      const filled = fillAt(spreads[i]!);
      if (count(filled) < golden.buildings) continue;
      return (step > 1 ? tryFrom(Math.max(0, i - step + 1), i, 1) : null) ?? filled;
    }
    return null;
  };
  const best = tryFrom(0, spreads.length, 5);
  if (!best) throw new Error(`${golden.place} has no room for ${golden.buildings} buildings`);
  const smallest = best
    .flat()
    .map((building, index) => ({ building, index }))
    .sort((a, b) => a.building.capacity - b.building.capacity || a.index - b.index)
    .slice(0, count(best) - golden.buildings);
  const dropped = new Set(smallest.map((item) => item.building));
  parcels.forEach((parcel, i) => {
    parcel.buildings = best[i]!.filter((building) => !dropped.has(building));
  });
  fitFloors(
    parcels.flatMap((parcel) => parcel.buildings),
    golden.homes,
  );
}

/** Homes are 80–92 % of what the buildings could hold. */
const leastRoom = 1.09;
const mostRoom = 1.24;

/** Adds or takes a floor, house after house, until the homes fit. */
function fitFloors(buildings: readonly DraftBuilding[], homes: number): void {
  let capacity = buildings.reduce((sum, building) => sum + building.capacity, 0);
  for (let round = 0; round < 8; round++) {
    for (const building of buildings) {
      const step = capacity < leastRoom * homes ? 1 : capacity > mostRoom * homes ? -1 : 0;
      if (step === 0) return;
      const perFloor = building.capacity / building.floors;
      building.floors += step;
      building.capacity += step * perFloor;
      capacity += step * perFloor;
    }
  }
}
