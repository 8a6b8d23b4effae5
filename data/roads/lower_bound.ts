import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { RoadPlace } from "./nearest_on_roads.ts";
import type { RoadGraph } from "./road_graph.ts";

/** Metres in a degree of latitude at the equator, where there are fewest. */
const [, fewestPerLat] = metresPerDegree(0);
/** So that rounding never makes the bound too high. */
const safety = 1 - 1e-9;

/**
 * What it costs at least from each node to the box round the goals: its degrees, taken as short as they are anywhere on
 * the graph. Falls by no more than an edge costs along it, so A* settles every node once.
 *
 * @param lowest - cost of the cheapest metre
 */
export function lowerBound(
  { nodePositions, index }: RoadGraph,
  goals: readonly (RoadPlace & { cost: number })[],
  lowest: number,
): (node: number) => number {
  if (!index || goals.length === 0 || !Number.isFinite(lowest)) return () => 0;
  const furthest = Math.min(90, Math.max(Math.abs(index.minY), Math.abs(index.maxY)));
  const perLon = metresPerDegree(furthest)[0] * lowest * safety;
  const perLat = fewestPerLat * lowest * safety;
  const lons = goals.map(({ at }) => at[0]);
  const lats = goals.map(({ at }) => at[1]);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const entry = Math.min(...goals.map(({ cost }) => cost));
  return (node) => {
    const lon = nodePositions[2 * node]!;
    const lat = nodePositions[2 * node + 1]!;
    const dx = lon < west ? west - lon : lon > east ? lon - east : 0;
    const dy = lat < south ? south - lat : lat > north ? lat - north : 0;
    return entry + Math.hypot(dx * perLon, dy * perLat);
  };
}
