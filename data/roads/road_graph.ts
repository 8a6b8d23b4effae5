import Flatbush from "flatbush";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import { chainStretches } from "./chain_stretches.ts";
import { joinLooseEnds } from "./join_loose_ends.ts";
import { nodeStretches } from "./node_stretches.ts";
import type { Road } from "./road.ts";
import { indexRuns } from "./run_index.ts";
import { type RoadPoints, readStretches, type Stretches, unitsPerDegree } from "./stretches.ts";

/** Metres within which a loose end is led to the road that it misses. */
const usualSnapping = 0.5;

/**
 * Centre lines as a graph. Nodes are where roads cross, meet, end, or another road goes on; an edge is what lies between
 * two of them, of one road. Positions of edge e are those from edgeStart[e] to edgeStart[e + 1] − 1, both nodes among
 * them; `along` tells how far (m) each is from the first.
 */
export interface RoadGraph {
  roads: readonly Pick<Road, "id" | "class" | "name">[];
  nodeCount: number;
  edgeCount: number;
  /** Index in `roads`. */
  edgeRoad: Int32Array;
  edgeFrom: Int32Array;
  edgeTo: Int32Array;
  /** Geodesic, m. */
  edgeLength: Float64Array;
  edgeStart: Int32Array;
  /** [lon, lat, …] in degrees, on the 1e-9° grid. */
  positions: Float64Array;
  along: Float64Array;
  nodePositions: Float64Array;
  /**
   * Edges at node n stand from nodeStart[n] to nodeStart[n + 1], each as 2 · edge when it is left along its positions
   * and 2 · edge + 1 when against them; a loop stands twice.
   */
  nodeStart: Int32Array;
  nodeEdges: Int32Array;
  /** Boxes of straight stretches in degrees; null when there is none. */
  index: Flatbush | null;
  /** Of each stretch in the index: its edge, and its first position. */
  stretchEdge: Int32Array;
  stretchPosition: Int32Array;
}

/**
 * Makes one noded graph of roads: a node wherever centre lines cross, touch, or run together, exact on the 1e-9° grid.
 * Whether a crossing is a bridge cannot be known from centre lines: each is taken as a junction.
 * Loose ends are led to a road that they miss by less than `snapping` metres (see `joinLooseEnds`); where two roads
 * run on the same stretch, it belongs to the one that comes first.
 *
 * @throws RangeError if a coordinate is no finite number
 */
export function buildRoadGraph(roads: readonly Road[], snapping: number = usualSnapping): RoadGraph {
  const { stretches, points } = readStretches(roads);
  if (stretches.from.length > 0) nodeRoads(stretches, points, snapping);
  const chains = chainStretches(stretches, points);
  const edgeCount = chains.edgeRoad.length;
  const nodeCount = chains.nodePositions.length / 2;
  return {
    roads: roads.map(({ id, class: rank, name }) => ({ id, class: rank, name })),
    nodeCount,
    edgeCount,
    edgeLength: Float64Array.from({ length: edgeCount }, (_, edge) => chains.along[chains.edgeStart[edge + 1]! - 1]!),
    ...chains,
    ...listEdgesOfNodes(chains.edgeFrom, chains.edgeTo, nodeCount),
    ...indexStretches(chains.edgeStart, chains.positions),
  };
}

function nodeRoads(stretches: Stretches, points: RoadPoints, snapping: number): void {
  const index = indexRuns(stretches, points);
  const cuts = joinLooseEnds(stretches, points, index, snapping);
  const [, south, , north] = index.bounds;
  const furthest = Math.max(Math.abs(south), Math.abs(north)) / unitsPerDegree;
  const [perLon, perLat] = metresPerDegree(Math.min(furthest, 89));
  const moved = 2 * snapping * unitsPerDegree;
  nodeStretches(stretches, points, index, [moved / perLon, moved / perLat], cuts);
}

function listEdgesOfNodes(
  edgeFrom: Int32Array,
  edgeTo: Int32Array,
  nodeCount: number,
): Pick<RoadGraph, "nodeStart" | "nodeEdges"> {
  const nodeStart = new Int32Array(nodeCount + 1);
  for (const node of edgeFrom) nodeStart[node + 1]!++;
  for (const node of edgeTo) nodeStart[node + 1]!++;
  for (let node = 0; node < nodeCount; node++) nodeStart[node + 1]! += nodeStart[node]!;
  const filled = nodeStart.slice();
  const nodeEdges = new Int32Array(2 * edgeFrom.length);
  for (let edge = 0; edge < edgeFrom.length; edge++) {
    nodeEdges[filled[edgeFrom[edge]!]!++] = 2 * edge;
    nodeEdges[filled[edgeTo[edge]!]!++] = 2 * edge + 1;
  }
  return { nodeStart, nodeEdges };
}

function indexStretches(
  edgeStart: Int32Array,
  positions: Float64Array,
): Pick<RoadGraph, "index" | "stretchEdge" | "stretchPosition"> {
  const edgeCount = edgeStart.length - 1;
  const count = positions.length / 2 - edgeCount;
  const stretchEdge = new Int32Array(count);
  const stretchPosition = new Int32Array(count);
  if (count === 0) return { index: null, stretchEdge, stretchPosition };
  const index = new Flatbush(count);
  for (let edge = 0; edge < edgeCount; edge++) {
    for (let at = edgeStart[edge]!; at < edgeStart[edge + 1]! - 1; at++) {
      const [ax, ay] = [positions[2 * at]!, positions[2 * at + 1]!];
      const [bx, by] = [positions[2 * at + 2]!, positions[2 * at + 3]!];
      const stretch = index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
      stretchEdge[stretch] = edge;
      stretchPosition[stretch] = at;
    }
  }
  index.finish();
  return { index, stretchEdge, stretchPosition };
}
