import type { GroundPlan } from "../ground_plan.ts";
import type { Place } from "./division.ts";
import { type FaceGraph, mergeFaces, subgraph } from "./face_graph.ts";
import { partition } from "./partition.ts";
import { groupBy, loadedGraph } from "./plan_graph.ts";
import type { PartitionOptions } from "./settle_parts.ts";

/** A community (or village, or the enterprise zone) as a set of parcels: whole blocks, but for very large ones. */
export interface CommunityDraft {
  place: Place | null;
  /** Units of {@link findUnits}. */
  units: number[];
  parcels: number[];
  /** Homes that its buildings could hold. */
  capacity: number;
  /** m² */
  area: number;
}

/** A subdistrict, town or zone and its communities; the zone holds itself as its only one. */
export interface RootDraft {
  kind: "subdistrict" | "town" | "enterprise_zone";
  communities: CommunityDraft[];
}

/** A district has 57 communities: 6 of the town, the two with golden figures, 49 others; and 8 subdistricts. */
export const wholeDistrict = { communities: 57, villages: 6, subdistricts: 8 } as const;

/** Homes of a community that is no village. */
const ordinaryCommunity = { least: 700, most: 3200, buildings: 1 };

/** A block with more homes than this may be shared by communities. */
const mostHomesOfUnit = 2400;

/** What communities are made of: blocks; where one alone would fill a community, its parcels. */
function findUnits(plan: GroundPlan): { unitOf: number[]; parcelsOf: number[][] } {
  const unitOf = new Array<number>(plan.parcels.length).fill(-1);
  const parcelsOf: number[][] = [];
  for (const { parcels } of plan.blocks) {
    const homes = sumOver(parcels, (parcel) => plan.parcels[parcel]!.capacity);
    const units = homes > mostHomesOfUnit ? parcels.map((parcel) => [parcel]) : parcels.length > 0 ? [parcels] : [];
    for (const unit of units) {
      for (const parcel of unit) unitOf[parcel] = parcelsOf.length;
      parcelsOf.push(unit);
    }
  }
  return { unitOf, parcelsOf };
}

/**
 * Gathers blocks into communities and communities into subdistricts. The blocks of places with golden figures stay
 * as the plan claims them; the town is cut into villages; the rest is partitioned by homes and by area.
 */
export function draftCommunities(plan: GroundPlan, graph: FaceGraph, key: string): RootDraft[] {
  const { unitOf, parcelsOf } = findUnits(plan);
  const unitGraph = mergeFaces(graph, unitOf, parcelsOf.length);
  const area = parcelsOf.map((parcels) => sumOver(parcels, (parcel) => plan.parcels[parcel]!.area));
  const claimed = (place: Place | null) =>
    parcelsOf.flatMap(([parcel], unit) => (plan.blocks[plan.parcels[parcel!]!.block]!.place === place ? [unit] : []));
  const draft = (place: Place | null, units: number[]): CommunityDraft => {
    const parcels = units.flatMap((unit) => parcelsOf[unit]!).sort((a, b) => a - b);
    const capacity = sumOver(parcels, (parcel) => plan.parcels[parcel]!.capacity);
    return { place, units, parcels, capacity, area: sumOver(units, (unit) => area[unit]!) };
  };
  const cut = (units: number[], parts: number, options: { areaShare: number; needed?: PartitionOptions["needed"] }) => {
    const loaded = loadedGraph(unitGraph, units, { areaShare: options.areaShare, area });
    const part = partition(loaded, { parts, key: `${key}/${units[0]}`, rounds: 10, needed: options.needed });
    return groupBy(part, parts, units);
  };
  const golden = (["huize", "dongjie"] as const).flatMap((place) => {
    const own = claimed(place);
    return own.length > 0 ? [draft(place, own)] : [];
  });
  const rest = claimed(null);
  const others = wholeDistrict.communities - wholeDistrict.villages - golden.length;
  const parts = Math.min(rest.length, others);
  const urban = [
    ...golden,
    ...(parts > 0
      ? cut(rest, parts, { areaShare: 0.8, needed: ordinaryCommunity }).map((own) => draft(null, own))
      : []),
  ];
  const roots = draftSubdistricts(urban, { graph: unitGraph, key });
  const town = claimed("town");
  if (town.length > 0) {
    const villages = cut(town, Math.min(wholeDistrict.villages, town.length), { areaShare: 0.6 });
    roots.push({ kind: "town", communities: villages.map((own) => draft("town", own)) });
  }
  const zone = claimed("enterprise_zone");
  if (zone.length > 0) roots.push({ kind: "enterprise_zone", communities: [draft("enterprise_zone", zone)] });
  return roots;
}

function draftSubdistricts(
  communities: CommunityDraft[],
  { graph: units, key }: { graph: FaceGraph; key: string },
): RootDraft[] {
  if (communities.length === 0) return [];
  const part = new Int32Array(units.load.length).fill(-1);
  // The golden communities come first and share a subdistrict: they are one node of the graph.
  const node = communities.map((_, at) => Math.max(0, at - (communities[1]?.place ? 1 : 0)));
  communities.forEach((community, at) => {
    for (const unit of community.units) part[unit] = node[at]!;
  });
  const nodes = node.at(-1)! + 1;
  const inside = [...part.keys()].filter((unit) => part[unit] !== -1);
  const area = new Float64Array(nodes);
  communities.forEach((community, at) => {
    area[node[at]!]! += community.area;
  });
  const all = subgraph(units, inside);
  const merged = mergeFaces(
    all,
    inside.map((unit) => part[unit]!),
    nodes,
  );
  const parts = Math.min(wholeDistrict.subdistricts, nodes);
  const graph = loadedGraph(merged, [...area.keys()], { areaShare: 0.5, area });
  const root = partition(graph, { parts, key: `${key}/subdistricts`, restarts: 4, rounds: 10 });
  return groupBy(root, parts).map((own) => ({
    kind: "subdistrict" as const,
    communities: communities.filter((_, at) => own.includes(node[at]!)),
  }));
}

export function sumOver<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
