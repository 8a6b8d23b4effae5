import type { GroundPlan, Zone } from "../ground_plan.ts";
import { drawBetween, randomFor } from "../random.ts";
import { apportion } from "./apportion.ts";
import type { CommunityDraft } from "./communities.ts";
import type { BuildingCounts } from "./division.ts";

/** Sums of a community that its buildings must add up to. */
export interface CommunityTotals {
  households: number;
  people: number;
  let_homes: number;
}

/** Golden figures (domain.md §7). */
const goldenTotals = {
  huize: { households: 3189, people: 9470, let_homes: 61 },
  dongjie: { households: 5226, people: 15930, let_homes: 84 },
} as const satisfies Record<string, CommunityTotals>;

/** Share of people who are not registered where they live. */
const floatingShare: Record<Zone, number> = {
  old: 0.17,
  core: 0.22,
  older: 0.15,
  mixed: 0.2,
  new: 0.24,
  enterprise: 0.6,
  rural: 0.06,
  river: 0.15,
};

/** Golden places have fixed sums; others fill 80–92 % of their homes with 2.65–3.05 people each. */
export function totalsOf(community: CommunityDraft, key: string): CommunityTotals {
  if (community.place === "huize" || community.place === "dongjie") return goldenTotals[community.place];
  const random = randomFor(`${key}/totals`);
  const households = Math.round(community.capacity * drawBetween(random, 0.8, 0.92));
  const people = Math.round(households * drawBetween(random, 2.65, 3.05));
  return { households, people, let_homes: Math.round(households * drawBetween(random, 0.012, 0.055)) };
}

export function emptyCounts(plan: GroundPlan): BuildingCounts {
  const zeros = () => new Array<number>(plan.buildings.length).fill(0);
  return { households: zeros(), people: zeros(), registered: zeros(), floating: zeros(), let_homes: zeros() };
}

/** Buildings with homes, by parcel. */
export function homesByParcel(plan: GroundPlan): number[][] {
  const lists: number[][] = plan.parcels.map(() => []);
  plan.buildings.forEach((building, at) => {
    if (building.capacity > 0) lists[building.parcel]!.push(at);
  });
  return lists;
}

/** Shares a community's households out to its buildings by capacity, each taken at 93–107 %. */
export function shareHouseholds(
  plan: GroundPlan,
  { buildings, total, key }: { buildings: readonly number[]; total: number; key: string },
  counts: BuildingCounts,
): void {
  const random = randomFor(`${key}/households`);
  const weights = buildings.map((at) => plan.buildings[at]!.capacity * drawBetween(random, 0.93, 1.07));
  const shares = apportion(buildings.length > 0 ? total : 0, weights);
  for (const [at, building] of buildings.entries()) counts.households[building] = shares[at]!;
}

/** Shares people and let homes out by households, and tells the registered from the floating. */
export function sharePeople(
  plan: GroundPlan,
  { buildings, totals, key }: { buildings: readonly number[]; totals: CommunityTotals; key: string },
  counts: BuildingCounts,
): void {
  if (buildings.length === 0) return;
  const random = randomFor(`${key}/people`);
  const jittered = (low: number, high: number) =>
    buildings.map((at) => counts.households[at]! * drawBetween(random, low, high));
  const people = apportion(totals.people, jittered(0.9, 1.1));
  const letHomes = apportion(totals.let_homes, jittered(0.4, 1.6));
  for (const [at, building] of buildings.entries()) {
    const zone = plan.blocks[plan.parcels[plan.buildings[building]!.parcel]!.block]!.zone;
    const floating = Math.round(people[at]! * Math.min(0.95, floatingShare[zone] * drawBetween(random, 0.5, 1.5)));
    counts.people[building] = people[at]!;
    counts.floating[building] = floating;
    counts.registered[building] = people[at]! - floating;
    counts.let_homes[building] = Math.min(letHomes[at]!, counts.households[building]!);
  }
}
