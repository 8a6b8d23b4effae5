import type { GroundPlan, Zone } from "../ground_plan.ts";
import type { AreaWords } from "../names/area_words.ts";
import { type FacePlaces, sortWestToEast } from "./area_tree.ts";
import { type CommunityDraft, type RootDraft, sumOver } from "./communities.ts";

/** A community with its word and its place in the codes. */
export interface NamedCommunity extends CommunityDraft {
  /** 慧泽: begins the names of its grids. */
  word: string;
  /** County + root + community, 12 digits. */
  code: string;
  /** 慧泽社区, 柳林村; the zone's own name. */
  name: string;
}

export interface NamedRoot {
  kind: RootDraft["kind"];
  word: string;
  /** 幸福街道, 柳塘镇, 海源经济开发区. */
  name: string;
  /** County + root, 9 digits. */
  code: string;
  communities: NamedCommunity[];
}

const goldenWords: Record<string, string> = { huize: "慧泽", dongjie: "东街" };

/**
 * Names and numbers roots and communities: subdistricts from 001 (the one of 慧泽 first, then west → east), the town
 * 100, the zone 400, communities from 001, villages from 201, as division codes usually run.
 */
export function nameCommunities(
  roots: readonly RootDraft[],
  { plan, places, words, county }: { plan: GroundPlan; places: FacePlaces; words: AreaWords; county: string },
): NamedRoot[] {
  const parcelsOf = (root: RootDraft) => root.communities.flatMap((community) => community.parcels);
  const ofKind = (kind: RootDraft["kind"]) => roots.filter((root) => root.kind === kind);
  const holdsHuize = (root: RootDraft) => root.communities.some((community) => community.place === "huize");
  const subdistricts = sortWestToEast(ofKind("subdistrict"), parcelsOf, places);
  subdistricts.sort((a, b) => Number(holdsHuize(b)) - Number(holdsHuize(a)));
  const wordOf = chooseWords(plan, roots, words);
  const name = (root: RootDraft, number: number, word: string): NamedRoot => {
    const code = county + String(number).padStart(3, "0");
    const suffix = { subdistrict: "街道", town: "镇", enterprise_zone: "经济开发区" }[root.kind];
    const sorted = sortWestToEast(root.communities, (community) => community.parcels, places);
    const communities = sorted.map((community, at): NamedCommunity => {
      const own = community.place === "enterprise_zone" ? word : wordOf.get(community)!;
      const number = community.place === "enterprise_zone" ? 0 : community.place === "town" ? 201 + at : 1 + at;
      const ending = { enterprise_zone: suffix, town: "村" }[community.place as string] ?? "社区";
      return { ...community, word: own, code: code + String(number).padStart(3, "0"), name: own + ending };
    });
    return { kind: root.kind, word, name: word + suffix, code, communities };
  };
  return [
    ...subdistricts.map((root, at) => name(root, 1 + at, words.subdistricts[at]!)),
    ...ofKind("town").map((root) => name(root, 100, words.town)),
    ...ofKind("enterprise_zone").map((root) => name(root, 400, words.zone)),
  ];
}

/** Old words for the old quarter, river words for the banks, the rest in order. */
function chooseWords(plan: GroundPlan, roots: readonly RootDraft[], words: AreaWords): Map<CommunityDraft, string> {
  const chosen = new Map<CommunityDraft, string>();
  const lists = {
    old: [...words.old],
    river: [...words.river],
    any: [...words.communities],
    village: [...words.villages],
  };
  const shareIn = (community: CommunityDraft, zone: Zone) =>
    sumOver(community.parcels, (parcel) => {
      const { block, area } = plan.parcels[parcel]!;
      return plan.blocks[block]!.zone === zone ? area : 0;
    }) / community.area;
  const riverShare = (community: CommunityDraft) => shareIn(community, "river");
  const all = roots.flatMap((root) => root.communities);
  const byRiver = all.filter((community) => community.place === null && riverShare(community) > 0.2);
  byRiver.sort((a, b) => riverShare(b) - riverShare(a));
  for (const community of byRiver.slice(0, lists.river.length)) chosen.set(community, lists.river.shift()!);
  for (const community of all) {
    if (chosen.has(community) || community.place === "enterprise_zone") continue;
    const golden = goldenWords[community.place ?? ""];
    const list = community.place === "town" ? lists.village : shareIn(community, "old") > 0.5 ? lists.old : lists.any;
    chosen.set(community, golden ?? list.shift() ?? lists.any.shift()!);
  }
  return chosen;
}
