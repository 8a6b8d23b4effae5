import type { GroundPlan } from "../ground_plan.ts";
import type { Place } from "./division.ts";
import { type FaceGraph, mergeFaces } from "./face_graph.ts";
import { partition } from "./partition.ts";
import { groupBy, loadedGraph } from "./plan_graph.ts";

/** A community (or village, or the enterprise zone) as a set of blocks. */
export interface CommunityDraft {
  place: Place | null;
  blocks: number[];
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

/**
 * Gathers blocks into communities and communities into subdistricts. The blocks of places with golden figures stay
 * as the plan claims them; the town is cut into villages; the rest is partitioned by homes and by area.
 */
export function draftCommunities(plan: GroundPlan, graph: FaceGraph, key: string): RootDraft[] {
  const blockOf = plan.parcels.map((parcel) => parcel.block);
  const blocks = mergeFaces(graph, blockOf, plan.blocks.length);
  const area = plan.blocks.map((block) => sumOver(block.parcels, (parcel) => plan.parcels[parcel]!.area));
  const claimed = (place: Place | null) =>
    plan.blocks.flatMap((block, at) => (block.place === place && block.parcels.length > 0 ? [at] : []));
  const draft = (place: Place | null, own: number[]): CommunityDraft => {
    const parcels = own.flatMap((block) => plan.blocks[block]!.parcels).sort((a, b) => a - b);
    const capacity = sumOver(parcels, (parcel) => plan.parcels[parcel]!.capacity);
    return { place, blocks: own, parcels, capacity, area: sumOver(own, (block) => area[block]!) };
  };
  const cut = (own: number[], parts: number, areaShare: number): number[][] => {
    const part = partition(loadedGraph(blocks, own, { areaShare, area }), {
      parts,
      key: `${key}/${own[0]}`,
      rounds: 10,
    });
    return groupBy(part, parts, own);
  };
  const golden = (["huize", "dongjie"] as const).flatMap((place) => {
    const own = claimed(place);
    return own.length > 0 ? [draft(place, own)] : [];
  });
  const rest = claimed(null);
  const others = wholeDistrict.communities - wholeDistrict.villages - golden.length;
  const parts = Math.min(rest.length, others);
  const urban = [...golden, ...(parts > 0 ? cut(rest, parts, 0.8).map((own) => draft(null, own)) : [])];
  const roots = draftSubdistricts(urban, { blocks, blockCount: plan.blocks.length, key });
  const town = claimed("town");
  if (town.length > 0) {
    const villages = cut(town, Math.min(wholeDistrict.villages, town.length), 0.6);
    roots.push({ kind: "town", communities: villages.map((own) => draft("town", own)) });
  }
  const zone = claimed("enterprise_zone");
  if (zone.length > 0) roots.push({ kind: "enterprise_zone", communities: [draft("enterprise_zone", zone)] });
  return roots;
}

function draftSubdistricts(
  communities: CommunityDraft[],
  { blocks, blockCount, key }: { blocks: FaceGraph; blockCount: number; key: string },
): RootDraft[] {
  if (communities.length === 0) return [];
  const part = new Int32Array(blockCount).fill(-1);
  // The golden communities come first and share a subdistrict: they are one node of the graph.
  const node = communities.map((_, at) => Math.max(0, at - (communities[1]?.place ? 1 : 0)));
  communities.forEach((community, at) => {
    for (const block of community.blocks) part[block] = node[at]!;
  });
  const nodes = node.at(-1)! + 1;
  const inside = [...part.keys()].filter((block) => part[block] !== -1);
  const area = new Float64Array(nodes);
  communities.forEach((community, at) => {
    area[node[at]!]! += community.area;
  });
  const all = loadedGraph(blocks, inside, { areaShare: 0, area: new Float64Array(blockCount) });
  const merged = mergeFaces(
    all,
    inside.map((block) => part[block]!),
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
