import type { Line } from "../schema/geometry.ts";
import { findAlternatives } from "./alternative_paths.ts";
import type { RoadPlace } from "./nearest_on_roads.ts";
import type { RoadGraph } from "./road_graph.ts";
import { type ClassCosts, edgeCostOf, lineOfSteps, type RoadPath, type RoadStep, searchRoads } from "./search_roads.ts";

export interface RoadWay {
  /** Begins and ends exactly at the places; between them only positions of the graph. */
  line: Line;
  /** Metres. */
  length: number;
  cost: number;
  steps: RoadStep[];
}

/**
 * The cheapest way between two places on the graph; by default the shortest.
 *
 * @returns null when no road leads there
 */
export function shortestPath(graph: RoadGraph, from: RoadPlace, to: RoadPlace, costs: ClassCosts = {}): RoadWay | null {
  const path = searchRoads(graph, [{ ...from, cost: 0 }], [{ ...to, cost: 0 }], edgeCostOf(graph, costs));
  return path ? asWay(graph, from, path, to) : null;
}

/**
 * The cheapest way and up to `more` that really differ from it and from each other, by rising cost (see
 * `findAlternatives`). Empty when no road leads there.
 */
export function alternatives(
  graph: RoadGraph,
  from: RoadPlace,
  to: RoadPlace,
  more: number,
  costs: ClassCosts = {},
): RoadWay[] {
  const paths = findAlternatives(graph, [{ ...from, cost: 0 }], [{ ...to, cost: 0 }], more, edgeCostOf(graph, costs));
  return paths.map((path) => asWay(graph, from, path, to));
}

function asWay(graph: RoadGraph, from: RoadPlace, { steps, length, cost }: RoadPath, to: RoadPlace): RoadWay {
  return { line: lineOfSteps(graph, from, steps, to), length, cost, steps };
}
