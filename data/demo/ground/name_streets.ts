import type { GroundPlan, PlanStreet, Zone } from "../ground_plan.ts";
import { drawItem, type Random, randomFor } from "../random.ts";
import { chainStreets, type StreetChain } from "./chain_streets.ts";
import { newWords, oldWords, ruralWords, suffixes } from "./street_words.ts";

/**
 * Makes the streets of a plan: chains of edges, named so that no name repeats. Skeleton lines bring their names, the
 * rest get a word of their neighbourhood; estate and field ways have none.
 *
 * @param lineOf - skeleton line of each edge, −1 for none
 * @param lineNames - name of each skeleton line
 */
export function nameStreets(
  plan: GroundPlan,
  lineOf: readonly number[],
  lineNames: readonly (string | null)[],
  seed: string,
): void {
  const chains = chainStreets(plan, lineOf);
  const taken = new Set<string>(lineNames.filter((name) => name !== null));
  const names = nameSkeleton(plan, chains, lineNames, taken);
  chains.forEach((chain, index) => {
    if (chain.class === "estate_way" || chain.class === "field_way") names[index] = null;
    names[index] ??= isUnnamed(chain) ? null : nameByWord(plan, chain, randomFor(`${seed}/street/${index}`), taken);
    for (const edge of chain.edges) plan.edges[edge]!.street = plan.streets.length;
    const street: PlanStreet = { class: chain.class, name: names[index] ?? null, vertices: chain.vertices };
    plan.streets.push(street);
  });
}

function isUnnamed(chain: StreetChain): boolean {
  return chain.class === "estate_way" || chain.class === "field_way";
}

/** The longest piece of a skeleton line keeps its name; the next two are called 东段, 西段 and the like. */
function nameSkeleton(
  plan: GroundPlan,
  chains: readonly StreetChain[],
  lineNames: readonly (string | null)[],
  taken: Set<string>,
): (string | null | undefined)[] {
  const names: (string | null | undefined)[] = [];
  const longest = new Map<string, number>();
  const byLength = chains.map((_, index) => index).sort((a, b) => chains[b]!.length - chains[a]!.length || a - b);
  for (const index of byLength) {
    const chain = chains[index]!;
    const name = chain.line >= 0 ? lineNames[chain.line] : null;
    if (!name) continue;
    const main = longest.get(name);
    if (main === undefined) {
      longest.set(name, index);
      names[index] = name;
      continue;
    }
    const part = `${name}${sideOf(plan, chains[main]!, chain)}段`;
    if (taken.has(part)) continue;
    taken.add(part);
    names[index] = part;
  }
  return names;
}

function sideOf(plan: GroundPlan, main: StreetChain, part: StreetChain): string {
  const middle = (chain: StreetChain): [number, number] => {
    const vertex = chain.vertices[chain.vertices.length >> 1]!;
    return [plan.x[vertex]!, plan.y[vertex]!];
  };
  const [ax, ay] = middle(main);
  const [bx, by] = middle(part);
  if (Math.abs(bx - ax) > Math.abs(by - ay)) return bx > ax ? "东" : "西";
  return by > ay ? "北" : "南";
}

function nameByWord(plan: GroundPlan, chain: StreetChain, random: Random, taken: Set<string>): string {
  const zone = zoneOf(plan, chain);
  const words = zone === "old" ? oldWords : zone === "rural" ? ruralWords : newWords;
  const endings = endingsFor(chain, zone);
  for (let attempt = 0; attempt < 60; attempt++) {
    // Endings that come first are the more common.
    const ending = endings[Math.floor(random() * random() * endings.length)]!;
    const name = `${drawItem(random, words)}${ending}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
  return nameByOrdinal(words, endings, taken);
}

function endingsFor(chain: StreetChain, zone: Zone): readonly string[] {
  if (chain.class === "lane") return suffixes.lane;
  if (zone === "rural") return suffixes.country;
  return chain.class === "side" ? suffixes.side : suffixes.secondary;
}

const ordinals = ["", "东", "西", "南", "北", "上", "下", "前", "后", "中"];

/** When drawing finds nothing free: the first free of all combinations. */
function nameByOrdinal(words: readonly string[], endings: readonly string[], taken: Set<string>): string {
  for (const ordinal of ordinals) {
    for (const ending of endings) {
      for (const word of words) {
        const name = `${word}${ordinal}${ending}`;
        if (taken.has(name)) continue;
        taken.add(name);
        return name;
      }
    }
  }
  throw new Error(`no street name is left among ${taken.size}`);
}

/** Zone of the block beside the chain's middle. */
function zoneOf(plan: GroundPlan, chain: StreetChain): Zone {
  const edge = plan.edges[chain.edges[chain.edges.length >> 1]!]!;
  const parcel = edge.left >= 0 ? edge.left : edge.right;
  return plan.blocks[plan.parcels[parcel]!.block]!.zone;
}
