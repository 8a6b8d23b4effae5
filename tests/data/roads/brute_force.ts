import { distanceBetween } from "../../../data/measure/distance.ts";
import type { RoadPlace } from "../../../data/roads/nearest_on_roads.ts";
import type { RoadGraph } from "../../../data/roads/road_graph.ts";
import type { ClassCosts } from "../../../data/roads/search_roads.ts";
import { positionAt } from "./road_sets.ts";

/**
 * What it costs from each place to each other, the slow obvious way (Floyd–Warshall) on every single position of the
 * graph and the places between them; Infinity where no road leads.
 */
export function allCosts(graph: RoadGraph, places: readonly RoadPlace[], costs: ClassCosts = {}): number[][] {
  const names = new Map<string, number>();
  const nameOf = (key: string): number => {
    if (!names.has(key)) names.set(key, names.size);
    return names.get(key)!;
  };
  const ofPlaces = places.map((_, i) => nameOf(`place ${i}`));
  const links: [number, number, number][] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const perMetre = costs[graph.roads[graph.edgeRoad[edge]!]!.class] ?? 1;
    const [first, end] = [graph.edgeStart[edge]!, graph.edgeStart[edge + 1]!];
    const stations = places.flatMap((place, i) =>
      place.edge === edge ? [{ at: place.offset, name: ofPlaces[i]! }] : [],
    );
    let along = 0;
    for (let at = first; at < end; at++) {
      const position = positionAt(graph.positions, at);
      if (at > first) along += distanceBetween(positionAt(graph.positions, at - 1), position);
      stations.push({ at: along, name: nameOf(position.join()) });
    }
    stations.sort((a, b) => a.at - b.at);
    stations.slice(1).forEach(({ at, name }, i) => {
      const metres = at - stations[i]!.at;
      // what no way may use can still be stood on
      links.push([stations[i]!.name, name, metres < 1e-6 ? 0 : metres * perMetre]);
    });
  }
  const table = floyd(names.size, links);
  return ofPlaces.map((from) => ofPlaces.map((to) => table[from]![to]!));
}

function floyd(size: number, links: readonly (readonly [number, number, number])[]): number[][] {
  const table = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)),
  );
  for (const [a, b, cost] of links) {
    table[a]![b] = Math.min(table[a]![b]!, cost);
    table[b]![a] = table[a]![b]!;
  }
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) table[i]![j] = Math.min(table[i]![j]!, table[i]![k]! + table[k]![j]!);
    }
  }
  return table;
}
