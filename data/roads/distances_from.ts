import type { RoadPlace } from "./nearest_on_roads.ts";
import type { RoadGraph } from "./road_graph.ts";
import { type ClassCosts, edgeCostOf, growTree, priceOf } from "./search_roads.ts";

export interface RoadDistances {
  /** By node, metres (times cost); Infinity beyond the limit or where no road leads. */
  nodes: Float64Array;
  /** The same to any place. */
  to(place: RoadPlace): number;
}

/**
 * How far it is on roads from one place to all others (Dijkstra 1959), as far as the limit.
 *
 * @param limit - metres, or cost where classes cost otherwise
 */
export function distancesFrom(
  graph: RoadGraph,
  from: RoadPlace,
  { limit = Number.POSITIVE_INFINITY, costs = {} }: { limit?: number; costs?: ClassCosts } = {},
): RoadDistances {
  const { of } = edgeCostOf(graph, costs);
  const { edgeFrom, edgeTo, edgeLength } = graph;
  const tree = growTree(graph, [{ ...from, cost: 0 }], of, { bound: () => 0, visit: (_, cost) => cost <= limit });
  const nodes = tree.costs.map((cost) => (cost <= limit ? cost : Number.POSITIVE_INFINITY));
  return {
    nodes,
    to({ edge, offset }) {
      const perMetre = of(edge);
      const found = Math.min(
        edge === from.edge ? priceOf(Math.abs(offset - from.offset), perMetre) : Number.POSITIVE_INFINITY,
        nodes[edgeFrom[edge]!]! + priceOf(offset, perMetre),
        nodes[edgeTo[edge]!]! + priceOf(edgeLength[edge]! - offset, perMetre),
      );
      return found <= limit ? found : Number.POSITIVE_INFINITY;
    },
  };
}
