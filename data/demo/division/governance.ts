import { apportion } from "./apportion.ts";
import { type AreaDraft, draftArea, sortWestToEast } from "./area_tree.ts";
import {
  cutCommunity,
  cutSubGrids,
  dealZone,
  type GridGround,
  subGridCounts,
  villageGridCounts,
} from "./community_grids.ts";
import { sumOver } from "./communities.ts";
import type { CommunityTotals } from "./counts.ts";
import { levelId } from "./levels.ts";
import type { NamedCommunity, NamedRoot } from "./name_communities.ts";
import { type GridRule, huizeGrid, ordinaryGrid, type ProfileBook, smallGrid, villageGrid } from "./profiles.ts";

/** How many grids a number of households gets. */
export type GridsFor = (households: number) => number;

/** About 400 households a grid, in each community. */
export const byHouseholds: GridsFor = (households) => Math.round(households / 400);

const zoneGrids = 8;
const townSubGrids = 86;

interface Making {
  ground: GridGround;
  totals: Map<string, CommunityTotals>;
  book: ProfileBook;
}

/**
 * The governance network: subdistrict → community → grid (→ sub-grid in the town). The enterprise zone skips the
 * level of communities: its special grids hang on it directly.
 *
 * @param totals - by code of community
 * @param gridsFor - how many grids a number of households gets, outside town and zone
 */
export function draftGovernance(
  roots: readonly NamedRoot[],
  { making, gridsFor }: { making: Making; gridsFor: GridsFor },
): AreaDraft[] {
  const counts = gridCounts(roots, making, gridsFor);
  const rule = gridsFor === byHouseholds ? ordinaryGrid : smallGrid;
  return roots.map((root) => {
    const draft = named(levelId.subdistrict, root);
    if (root.kind === "enterprise_zone") return fillZone(draft, root, making);
    draft.children =
      root.kind === "town"
        ? draftVillages(root, making)
        : root.communities.map((community) =>
            draftCommunity(community, root, { making, rule, parts: counts.get(community.code) ?? 0 }),
          );
    draft.faces = draft.children.flatMap((child) => child.faces);
    return draft;
  });
}

function named(level: number, { code, name }: { code: string; name: string }): AreaDraft {
  return { ...draftArea(level, []), code, name, short_name: name };
}

/** Grids of each community outside town and zone, by code; their sum is what the district wants if parcels allow. */
function gridCounts(roots: readonly NamedRoot[], { totals, ground }: Making, gridsFor: GridsFor): Map<string, number> {
  const communities = roots
    .filter((root) => root.kind === "subdistrict")
    .flatMap((root) => root.communities)
    .filter(({ place }) => place !== "huize");
  if (communities.length === 0) return new Map();
  const households = communities.map(({ code }) => totals.get(code)!.households);
  // A grid needs a parcel where somebody lives.
  const room = communities.map(({ parcels }) =>
    Math.max(1, parcels.filter((parcel) => ground.graph.homes[parcel]! > 0).length),
  );
  const all = households.reduce((sum, count) => sum + count, 0);
  const counts =
    gridsFor === byHouseholds
      ? households.map((count, at) => Math.min(room[at]!, Math.max(1, byHouseholds(count))))
      : apportionBetween(gridsFor(all), households, room);
  return new Map(communities.map(({ code }, at) => [code, counts[at]!]));
}

/** Apportions so that each gets one at least and no more than it has room for; the sum is kept if there is room. */
function apportionBetween(total: number, weights: readonly number[], room: readonly number[]): number[] {
  const counts = apportion(total, weights).map((count, at) => Math.min(room[at]!, Math.max(1, count)));
  for (let off = total - sumOver(counts, (count) => count); off !== 0; off -= Math.sign(off)) {
    // The one whose grids are fullest gets one more, the one whose grids are emptiest loses one.
    let best = -1;
    for (const [at, count] of counts.entries()) {
      if (off > 0 ? count >= room[at]! : count <= 1) continue;
      const load = weights[at]! / count;
      if (best === -1 || (load - weights[best]! / counts[best]!) * off > 0) best = at;
    }
    if (best === -1) return counts;
    counts[best]! += Math.sign(off);
  }
  return counts;
}

function draftCommunity(
  community: NamedCommunity,
  root: NamedRoot,
  { making, parts, rule }: { making: Making; parts: number; rule: GridRule },
): AreaDraft {
  const draft = { ...named(levelId.community, community), faces: community.parcels };
  const { book } = making;
  if (community.place === "huize") {
    draft.child_profile_id = book.add(
      "慧泽社区网格",
      "《慧泽社区网格划分方案》：按楼栋设格，每格90–150户，设网格长1名，网格员可兼管多格",
      { ...huizeGrid, staffing: { leader: { min: 1, max: 1 }, worker: { min: 0, max: null } } },
    );
    draft.profile_id = book.add("慧泽社区", "《慧泽社区规模核定意见》：3000户左右，上浮不超过10%", {
      households_max: 3300,
    });
  } else {
    const { households_min, households_max } = rule;
    draft.child_profile_id = book.add(
      `${community.name}网格`,
      `《${root.name}社区网格化管理实施办法》：${community.name}每格${households_min}–${households_max}户，以街巷为界，不拆分楼栋`,
      { ...rule, staffing: book.gridStaff },
    );
  }
  const grids = cutCommunity(community, making.totals.get(community.code)!, { parts, rule }, making.ground);
  draft.children = grids.map((parcels, at) => draftGrid(community, parcels, at + 1));
  return draft;
}

function draftGrid({ code, name, word }: NamedCommunity, parcels: number[], number: number): AreaDraft {
  return {
    ...draftArea(levelId.grid, parcels),
    code: code + String(number).padStart(3, "0"),
    name: `${name}第${number}网格`,
    short_name: word + String(number).padStart(2, "0"),
  };
}

function draftVillages(root: NamedRoot, making: Making): AreaDraft[] {
  const { book, ground, totals } = making;
  const free = book.add("子网格", `《${root.name}网格划分方案》：子网格不设规模限值，随大网格管理`, {});
  const counts = villageGridCounts(root.communities.map(({ code }) => totals.get(code)!.households));
  const villages = root.communities.map((village, at) => {
    const draft = { ...named(levelId.community, village), faces: village.parcels };
    draft.child_profile_id = book.add(
      `${village.name}大网格`,
      `《${root.name}网格划分方案》：${village.name}以自然村为基础设大网格，每格60–400户，其下设子网格`,
      { ...villageGrid, staffing: book.gridStaff },
    );
    const grids = cutCommunity(village, totals.get(village.code)!, { parts: counts[at]!, rule: villageGrid }, ground);
    draft.children = grids.map((parcels, index) => ({
      ...draftGrid(village, parcels, index + 1),
      child_profile_id: free,
    }));
    return draft;
  });
  const large = villages.flatMap((village) => village.children);
  const withHomes = large.map((grid) => grid.faces.filter((parcel) => ground.graph.homes[parcel]! > 0).length);
  const subs = subGridCounts(townSubGrids, withHomes);
  large.forEach((grid, at) => {
    const parts = cutSubGrids(grid.faces, subs[at]!, { ground, key: `${ground.key}/${grid.code}/subs` });
    grid.children = parts.map((parcels, index) => ({
      ...draftArea(levelId.sub, parcels),
      code: grid.code + String(index + 1).padStart(2, "0"),
      name: `${grid.name}第${index + 1}子网格`,
      short_name: `${grid.short_name}-${index + 1}`,
    }));
  });
  return villages;
}

function fillZone(draft: AreaDraft, root: NamedRoot, { book, ground }: Making): AreaDraft {
  const [zone] = root.communities;
  draft.kind = "special";
  draft.faces = zone!.parcels;
  draft.child_profile_id = book.add(
    `${root.name}专属网格`,
    `《${root.name}专属网格设置方案》：以企业地块为单元，可由分散地块组成，不设户数限值`,
    { staffing: { leader: { min: 1, max: 1 } } },
  );
  const grids = sortWestToEast(dealZone(zone!.parcels, zoneGrids, ground.places), (grid) => grid, ground.places);
  draft.children = grids.map((parcels, at) => ({
    ...draftArea(levelId.grid, parcels),
    kind: "special" as const,
    code: zone!.code + String(at + 1).padStart(3, "0"),
    name: `${root.name}第${at + 1}专属网格`,
    short_name: root.word + String(at + 1).padStart(2, "0"),
  }));
  return draft;
}
