import { groundDistance } from "./ground_distance.ts";
import { pushStretch, type RoadPoints, type Stretches, unitsPerDegree } from "./stretches.ts";

/** Edges between nodes; see `RoadGraph`. */
export interface Chains {
  edgeRoad: Int32Array;
  edgeFrom: Int32Array;
  edgeTo: Int32Array;
  edgeStart: Int32Array;
  positions: Float64Array;
  along: Float64Array;
  nodePositions: Float64Array;
}

/** Stretches at each point: those of point p stand from start[p] to start[p + 1]. */
interface Incidence {
  start: Int32Array;
  stretches: Int32Array;
}

/**
 * Chains noded stretches to edges between nodes: points where not exactly two stretches of one road meet, and one point
 * of every loop that has none.
 *
 * @param given - meet at their ends only; those without ends (−1) do not count
 */
export function chainStretches(given: Stretches, points: RoadPoints): Chains {
  const stretches = withoutTwins(given, points.size);
  const incidence = findIncidence(stretches, points.size);
  const builder = startChains(stretches, points, incidence);
  for (let point = 0; point < points.size; point++) {
    if (isNode(stretches.road, incidence, point)) builder.leave(point);
  }
  for (const point of stretches.from) builder.leave(point);
  return builder.finish();
}

/** Those that have ends; of stretches between the same two points the one of the first road. */
function withoutTwins({ from, to, road }: Stretches, size: number): Stretches {
  const start = new Int32Array(size + 1);
  for (const point of from) if (point >= 0) start[point + 1]!++;
  for (let point = 0; point < size; point++) start[point + 1]! += start[point]!;
  const filled = start.slice();
  const kept: Stretches = { from: [], to: [], road: [] };
  // by start: where those that were kept stand
  const ordered = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const point = from[i]!;
    if (point < 0) continue;
    const twin = findTwin(start[point]!, filled[point]!, to[i]!);
    if (twin >= 0) {
      kept.road[twin] = Math.min(kept.road[twin]!, road[i]!);
      continue;
    }
    ordered[filled[point]!++] = kept.from.length;
    pushStretch(kept, point, to[i]!, road[i]!);
  }
  function findTwin(first: number, end: number, toPoint: number): number {
    for (let at = first; at < end; at++) if (kept.to[ordered[at]!] === toPoint) return ordered[at]!;
    return -1;
  }
  return kept;
}

function findIncidence({ from, to }: Stretches, size: number): Incidence {
  const start = new Int32Array(size + 1);
  for (let i = 0; i < from.length; i++) {
    start[from[i]! + 1]!++;
    start[to[i]! + 1]!++;
  }
  for (let point = 0; point < size; point++) start[point + 1]! += start[point]!;
  const filled = start.slice();
  const stretches = new Int32Array(2 * from.length);
  for (let i = 0; i < from.length; i++) {
    stretches[filled[from[i]!]!++] = i;
    stretches[filled[to[i]!]!++] = i;
  }
  return { start, stretches };
}

function isNode(road: readonly number[], { start, stretches }: Incidence, point: number): boolean {
  const first = start[point]!;
  const count = start[point + 1]! - first;
  if (count !== 2) return count > 0;
  return road[stretches[first]!] !== road[stretches[first + 1]!];
}

interface ChainBuilder {
  /** Makes edges of all unused stretches that leave the point. */
  leave(point: number): void;
  finish(): Chains;
}

function startChains({ from, to, road }: Stretches, points: RoadPoints, incidence: Incidence): ChainBuilder {
  const { start, stretches } = incidence;
  const used = new Uint8Array(from.length);
  const nodeOf = new Int32Array(points.size).fill(-1);
  const [edgeRoad, edgeFrom, edgeTo, edgeStart]: [number[], number[], number[], number[]] = [[], [], [], []];
  const nodePositions: number[] = [];
  // at most as many edges as stretches, each with one position more than stretches
  const positions = new Float64Array(4 * from.length);
  const along = new Float64Array(2 * from.length);
  let size = 0;

  const lonOf = (point: number): number => points.lonOf(point) / unitsPerDegree;
  const latOf = (point: number): number => points.latOf(point) / unitsPerDegree;
  const nodeAt = (point: number): number => {
    if (nodeOf[point]! < 0) nodeOf[point] = nodePositions.push(lonOf(point), latOf(point)) / 2 - 1;
    return nodeOf[point]!;
  };
  const put = (point: number, isFirst: boolean): void => {
    const [lon, lat] = [lonOf(point), latOf(point)];
    if (!isFirst) {
      const before = 2 * size - 2;
      along[size] = along[size - 1]! + groundDistance(positions[before]!, positions[before + 1]!, lon, lat);
    }
    positions[2 * size] = lon;
    positions[2 * size + 1] = lat;
    size++;
  };
  const follow = (point: number, first: number): void => {
    edgeStart.push(size);
    edgeRoad.push(road[first]!);
    edgeFrom.push(nodeAt(point));
    put(point, true);
    let [at, stretch] = [point, first];
    for (;;) {
      used[stretch] = 1;
      at = from[stretch] === at ? to[stretch]! : from[stretch]!;
      put(at, false);
      if (at === point || isNode(road, incidence, at)) break;
      const one = start[at]!;
      stretch = stretches[one] === stretch ? stretches[one + 1]! : stretches[one]!;
    }
    edgeTo.push(nodeAt(at));
  };

  return {
    leave(point) {
      for (let i = start[point]!; i < start[point + 1]!; i++) {
        if (used[stretches[i]!] === 0) follow(point, stretches[i]!);
      }
    },
    finish: () => ({
      edgeRoad: Int32Array.from(edgeRoad),
      edgeFrom: Int32Array.from(edgeFrom),
      edgeTo: Int32Array.from(edgeTo),
      edgeStart: Int32Array.from(edgeStart.concat(size)),
      positions: positions.slice(0, 2 * size),
      along: along.slice(0, size),
      nodePositions: Float64Array.from(nodePositions),
    }),
  };
}
