import type { GroundPlan } from "../ground_plan.ts";
import { apportion, apportionWithin } from "./apportion.ts";
import { type FacePlaces, sortWestToEast } from "./area_tree.ts";
import { sumOver } from "./communities.ts";
import { type CommunityTotals, shareHouseholds } from "./counts.ts";
import type { BuildingCounts } from "./division.ts";
import type { FaceGraph } from "./face_graph.ts";
import type { NamedCommunity } from "./name_communities.ts";
import { partition } from "./partition.ts";
import { groupBy, loadedGraph } from "./plan_graph.ts";
import type { GridRule } from "./profiles.ts";

/** What grids are made from. */
export interface GridGround {
  plan: GroundPlan;
  /** Graph of all parcels; homes are households once they are shared out. */
  graph: FaceGraph;
  places: FacePlaces;
  counts: BuildingCounts;
  /** Buildings with homes, by parcel. */
  homes: number[][];
  /** Begins every random key. */
  key: string;
}

/** 慧泽 has 27 grids of 90–150 households; the limits below keep a little off that rule. */
const huizeGrids = { parts: 27, needed: { least: 92, most: 148, buildings: 4 }, wanted: { least: 100, most: 140 } };

/**
 * Cuts a community into grids of parcels: connected where the community is, inside the rule if that can be.
 *
 * @param parts - how many; 慧泽 always has 27, of its own rule
 * @returns parcels of each grid, west → east
 */
export function cutCommunity(
  community: NamedCommunity,
  totals: CommunityTotals,
  { parts, rule }: { parts: number; rule: GridRule },
  ground: GridGround,
): number[][] {
  const key = `${ground.key}/${community.code}/grids`;
  if (community.place === "huize") return cutHuize(community, totals, { ...ground, key });
  const graph = loadedGraph(ground.graph, community.parcels, { areaShare: 0.12, area: ground.places.area });
  const part = partition(graph, {
    parts: Math.min(parts, mostParts(graph)),
    key,
    wanted: { least: 1.1 * rule.households_min, most: 0.94 * rule.households_max },
    needed: { least: rule.households_min, most: rule.households_max, buildings: 1 },
    restarts: 3,
  });
  return sorted(groupBy(part, parts, community.parcels), ground.places);
}

function cutHuize(community: NamedCommunity, totals: CommunityTotals, ground: GridGround): number[][] {
  const graph = loadedGraph(ground.graph, community.parcels, { areaShare: 0.12, area: ground.places.area });
  const { parts, needed, wanted } = huizeGrids;
  const part = partition(graph, { parts, key: ground.key, needed, wanted, restarts: 60, rounds: 6 });
  const grids = sorted(groupBy(part, parts, community.parcels), ground.places);
  const homesOf = (grid: number[]) =>
    sumOver(grid, (parcel) => sumOver(ground.homes[parcel]!, (building) => ground.counts.households[building]!));
  if (grids.every((grid) => homesOf(grid) >= needed.least && homesOf(grid) <= needed.most)) return grids;
  // A plan whose parcels are too coarse: fill the grids first, then the buildings inside each.
  const shares = apportionWithin(totals.households, grids.map(homesOf), needed);
  for (const [at, grid] of grids.entries()) {
    const buildings = grid.flatMap((parcel) => ground.homes[parcel]!);
    shareHouseholds(ground.plan, { buildings, total: shares[at]!, key: `${ground.key}/${at}` }, ground.counts);
  }
  return grids;
}

/** A part needs a parcel with homes of its own. */
function mostParts(graph: FaceGraph): number {
  return Math.max(1, graph.homes.filter((homes) => homes > 0).length);
}

/** Cuts the town's villages into large grids: three each, but two in the smallest when there are six. */
export function villageGridCounts(villages: readonly number[]): number[] {
  const smallest = villages.indexOf(Math.min(...villages));
  return villages.map((_, at) => (at === smallest ? 2 : 3));
}

/** How many sub-grids each large grid gets: two, the rest by number of parcels with homes. */
export function subGridCounts(total: number, parcels: readonly number[]): number[] {
  const room = parcels.map((count) => Math.max(0, count - 2));
  const rest = Math.max(0, total - sumOver(parcels, (count) => Math.min(2, count)));
  const extra = apportion(rest, room);
  return parcels.map((count, at) => Math.max(1, Math.min(2, count)) + Math.min(room[at]!, extra[at]!));
}

/** Cuts a large grid into sub-grids, each with somebody in it. */
export function cutSubGrids(
  parcels: number[],
  parts: number,
  { ground, key }: { ground: GridGround; key: string },
): number[][] {
  const graph = loadedGraph(ground.graph, parcels, { areaShare: 0.15, area: ground.places.area });
  return sorted(groupBy(partition(graph, { parts, key }), parts, parcels), ground.places);
}

/**
 * Deals the zone's parcels into special grids along one direction, about equal in area. No connection is asked:
 * streets and other parcels lie between the pieces.
 */
export function dealZone(parcels: readonly number[], parts: number, { x, y, area }: FacePlaces): number[][] {
  const along = (parcel: number) => 0.8 * x[parcel]! + 0.6 * y[parcel]!;
  const order = [...parcels].sort((a, b) => along(a) - along(b) || a - b);
  const whole = sumOver(order, (parcel) => area[parcel]!);
  const grids: number[][] = Array.from({ length: parts }, () => []);
  let dealt = 0;
  order.forEach((parcel, at) => {
    const middle = (dealt + area[parcel]! / 2) / whole;
    const leftFor = order.length - at; // keep one for each grid still empty
    const grid = Math.max(Math.min(parts - 1, Math.floor(middle * parts)), parts - leftFor);
    grids[grid]!.push(parcel);
    dealt += area[parcel]!;
  });
  return grids.filter((grid) => grid.length > 0);
}

function sorted(grids: number[][], places: FacePlaces): number[][] {
  return sortWestToEast(
    grids.filter((grid) => grid.length > 0),
    (grid) => grid,
    places,
  );
}
