import { apportion } from "./apportion.ts";
import { type AreaDraft, centreOf, draftArea, type FacePlaces, sortWestToEast } from "./area_tree.ts";
import { sumOver, wholeDistrict } from "./communities.ts";
import { type FaceGraph, mergeFaces } from "./face_graph.ts";
import { levelId } from "./levels.ts";
import type { NamedCommunity, NamedRoot } from "./name_communities.ts";
import { partition } from "./partition.ts";
import { groupBy, loadedGraph } from "./plan_graph.ts";

/** What the other networks are made from: graph of all parcels with households as homes. */
export interface NetworkGround {
  graph: FaceGraph;
  places: FacePlaces;
  key: string;
}

/** A district of 57 communities has 310 small fire grids. */
const fireGridsPerCommunity = 310 / wholeDistrict.communities;
const householdsPerPoliceGrid = 900;
const householdsPerPoliceDistrict = 10_500;

/**
 * The fire network: large (street, town, zone) → middle (community, village) → small, 310 in a district of 57.
 * Small grids lie in one community but weigh surface as much as homes, so they do not nest in its grids.
 * The zone's branch ends at its large grid.
 *
 * @param firstNumber - of the short names XF-01 …, which run through all small grids
 */
export function draftFire(roots: readonly NamedRoot[], ground: NetworkGround, firstNumber: number): AreaDraft[] {
  const communities = roots.filter((root) => root.kind !== "enterprise_zone").flatMap((root) => root.communities);
  const parts = fireGridCounts(communities, ground);
  let number = firstNumber;
  return roots.map((root) => {
    const isZone = root.kind === "enterprise_zone";
    const middles = isZone
      ? []
      : root.communities.map((community) => {
          const smalls = cutForFire(community, parts.get(community.code)!, ground);
          return {
            ...draftArea(levelId.fire_middle, community.parcels),
            code: community.code,
            name: `${community.name}消防中网格`,
            short_name: community.name,
            children: smalls.map((parcels, at) => ({
              ...draftArea(levelId.fire_small, parcels),
              code: community.code + String(at + 1).padStart(3, "0"),
              name: `${community.name}第${at + 1}消防网格`,
              short_name: `XF-${String(number++).padStart(2, "0")}`,
            })),
          };
        });
    return {
      ...draftArea(
        levelId.fire_large,
        root.communities.flatMap((community) => community.parcels),
        middles,
      ),
      kind: isZone ? ("special" as const) : ("basic" as const),
      code: root.code,
      name: `${root.name}消防大网格`,
      short_name: root.name,
    };
  });
}

/** At least one a community, the rest by homes and surface, never more than it has parcels. */
function fireGridCounts(communities: readonly NamedCommunity[], { graph }: NetworkGround): Map<string, number> {
  const total = Math.round(communities.length * fireGridsPerCommunity);
  const homes = communities.map(({ parcels }) => sumOver(parcels, (parcel) => graph.homes[parcel]!));
  const homesInAll = Math.max(
    1,
    homes.reduce((sum, count) => sum + count, 0),
  );
  const areaOfAll = sumOver(communities, ({ area }) => area);
  const weights = communities.map(({ area }, at) => (0.8 * homes[at]!) / homesInAll + (0.2 * area) / areaOfAll);
  const room = communities.map(({ parcels }) => parcels.length - 1);
  const extra = apportion(Math.max(0, total - communities.length), weights);
  // What a community of few parcels cannot hold goes to the others with the most room.
  let over = 0;
  for (const [at, count] of extra.entries()) {
    over += Math.max(0, count - room[at]!);
    extra[at] = Math.min(count, room[at]!);
  }
  for (; over > 0; over--) {
    const spare = extra.map((count, at) => room[at]! - count);
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest]! <= 0) break;
    extra[widest]! += 1;
  }
  return new Map(communities.map(({ code }, at) => [code, 1 + extra[at]!]));
}

function cutForFire(community: NamedCommunity, parts: number, { graph, places, key }: NetworkGround): number[][] {
  const loaded = loadedGraph(graph, community.parcels, { areaShare: 0.9, area: places.area });
  const part = partition(loaded, { parts, key: `${key}/${community.code}/fire` });
  return sortWestToEast(groupBy(part, parts, community.parcels), (parcels) => parcels, places);
}

/**
 * The police network: districts of police stations → police grids. Districts are unions of blocks that follow no
 * community; town and zone have no station of their own.
 */
export function draftPolice(
  roots: readonly NamedRoot[],
  ground: NetworkGround,
  { blockOf, blocks, county, firstNumber }: { blockOf: number[]; blocks: number; county: string; firstNumber: number },
): AreaDraft[] {
  const { graph, places, key } = ground;
  const households = graph.homes.reduce((sum, homes) => sum + homes, 0);
  const merged = mergeFaces(graph, blockOf, blocks);
  const area = new Float64Array(blocks);
  for (const [parcel, block] of blockOf.entries()) area[block]! += places.area[parcel]!;
  const used = [...area.keys()].filter((block) => area[block]! > 0);
  const stations = Math.max(1, Math.min(used.length, Math.round(households / householdsPerPoliceDistrict)));
  const loaded = loadedGraph(merged, used, { areaShare: 0.7, area });
  const part = partition(loaded, { parts: stations, key: `${key}/police`, restarts: 3, rounds: 10 });
  const stationOf = new Int32Array(blocks).fill(-1);
  used.forEach((block, at) => {
    stationOf[block] = part[at]!;
  });
  const parcels = groupBy(
    blockOf.map((block) => stationOf[block]!),
    stations,
  );
  const districts = sortWestToEast(parcels, (own) => own, places);
  const words = stationWords(roots, districts, places);
  let number = firstNumber;
  return districts.map((own, at) => {
    const code = `${county}${String(501 + at)}000`;
    const homes = sumOver(own, (parcel) => graph.homes[parcel]!);
    const withHomes = own.filter((parcel) => graph.homes[parcel]! > 0).length;
    const parts = Math.max(1, Math.min(withHomes, Math.round(homes / householdsPerPoliceGrid)));
    const grids = partition(loadedGraph(graph, own, { areaShare: 0.4, area: places.area }), {
      parts,
      key: `${key}/${code}/police`,
    });
    const sorted = sortWestToEast(groupBy(grids, parts, own), (grid) => grid, places);
    return {
      ...draftArea(levelId.police_district, own),
      code,
      name: `${words[at]}派出所辖区`,
      short_name: `${words[at]}所`,
      children: sorted.map((grid, index) => ({
        ...draftArea(levelId.police_grid, grid),
        code: code + String(index + 1).padStart(3, "0"),
        name: `${words[at]}派出所第${index + 1}警务网格`,
        short_name: `JW-${String(number++).padStart(2, "0")}`,
      })),
    };
  });
}

/** Each station is called after the community nearest to the middle of its district, each word once. */
function stationWords(roots: readonly NamedRoot[], districts: readonly number[][], places: FacePlaces): string[] {
  const free = roots
    .flatMap((root) => root.communities)
    .map(({ word, parcels }) => ({ word, at: centreOf(parcels, places) }));
  return districts.map((parcels) => {
    const [x, y] = centreOf(parcels, places);
    const distance = ({ at }: { at: [number, number] }) => (at[0] - x) ** 2 + (at[1] - y) ** 2;
    const nearest = free.reduce((best, other) => (distance(other) < distance(best) ? other : best), free[0]!);
    if (free.length > 1) free.splice(free.indexOf(nearest), 1);
    return nearest.word;
  });
}
