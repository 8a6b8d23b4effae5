import type { RoadClass } from "../schema/city_rows.ts";
import type { Line } from "../schema/geometry.ts";
import { createCostQueue } from "./cost_queue.ts";
import { lowerBound } from "./lower_bound.ts";
import type { RoadPlace } from "./nearest_on_roads.ts";
import type { RoadGraph } from "./road_graph.ts";

/** What a metre of each class costs; 1 where a class is not named, Infinity where no way may lead. */
export type ClassCosts = Partial<Record<RoadClass, number>>;

/** A place to begin or end at, and what it costs to get there from outside the graph. */
export interface Door extends RoadPlace {
  cost: number;
}

/** Part of an edge as it is walked: offsets in metres from its first position, `to` < `from` when against it. */
export interface RoadStep {
  edge: number;
  from: number;
  to: number;
}

export interface RoadPath {
  /** Doors that it begins and ends at, by index. */
  start: number;
  goal: number;
  /** With the doors' own. */
  cost: number;
  /** Metres on roads. */
  length: number;
  steps: RoadStep[];
}

/** What a metre of the edge costs, > 0. */
export type EdgeCost = (edge: number) => number;

/** How far every node is from the starts, as far as was looked. */
export interface RoadTree {
  /** By node; Infinity where it was not reached. */
  costs: Float64Array;
  /** 2 · edge + side by which each node was reached; −1 − (2 · start + end) when directly from a start. */
  via: Int32Array;
}

/** @throws RangeError if a cost is not above 0 */
export function edgeCostOf({ roads, edgeRoad }: RoadGraph, costs: ClassCosts): { of: EdgeCost; lowest: number } {
  const named = Object.values(costs);
  const wrong = named.find((cost) => !(cost > 0));
  if (wrong !== undefined) throw new RangeError(`a metre of road must cost more than 0, not ${wrong}`);
  if (named.length === 0) return { of: () => 1, lowest: 1 };
  return { of: (edge) => costs[roads[edgeRoad[edge]!]!.class] ?? 1, lowest: Math.min(1, ...named) };
}

/**
 * The cheapest path from any start to any goal: A* (Hart, Nilsson & Raphael 1968) under a lower bound of the distance.
 *
 * @param lowest - no metre of any edge costs less
 * @returns null when no goal can be reached
 */
export function searchRoads(
  graph: RoadGraph,
  starts: readonly Door[],
  goals: readonly Door[],
  { of, lowest }: { of: EdgeCost; lowest: number },
): RoadPath | null {
  const best: Best = { cost: Number.POSITIVE_INFINITY, start: -1, goal: -1, node: -1, end: 0 };
  tryDirect(starts, goals, of, best);
  const exits = exitsOf(graph, goals, of);
  const bound = lowerBound(graph, goals, lowest);
  const tree = growTree(graph, starts, of, {
    bound,
    visit(node, cost, estimate) {
      if (estimate >= best.cost) return false;
      for (const exit of exits.get(node) ?? []) {
        if (cost + exit.cost < best.cost) Object.assign(best, { ...exit, cost: cost + exit.cost, node });
      }
      return true;
    },
  });
  if (best.cost === Number.POSITIVE_INFINITY) return null;
  return best.node < 0 ? directPath(starts, goals, best) : readPath(graph, tree, starts, goals, best);
}

interface Best {
  cost: number;
  start: number;
  goal: number;
  /** Node from which the goal's edge is entered, −1 when start and goal lie on one edge and nothing else is used. */
  node: number;
  /** 0: the goal's edge is entered at its first position; 1: at its last. */
  end: number;
}

interface Growth {
  /** Lower bound of what is still to come from a node. */
  bound(node: number): number;
  /** A node is settled; false ends the search. */
  visit(node: number, cost: number, estimate: number): boolean;
}

/** Settles nodes by rising estimate from the starts. */
export function growTree(graph: RoadGraph, starts: readonly Door[], of: EdgeCost, { bound, visit }: Growth): RoadTree {
  const { nodeStart, nodeEdges, edgeFrom, edgeTo, edgeLength } = graph;
  const costs = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  const via = new Int32Array(graph.nodeCount);
  const isSettled = new Uint8Array(graph.nodeCount);
  const queue = createCostQueue();
  const reach = (node: number, cost: number, by: number): void => {
    if (!(cost < costs[node]!)) return;
    costs[node] = cost;
    via[node] = by;
    queue.push(node, cost + bound(node));
  };
  starts.forEach(({ edge, offset, cost }, i) => {
    reach(edgeFrom[edge]!, cost + priceOf(offset, of(edge)), -1 - 2 * i);
    reach(edgeTo[edge]!, cost + priceOf(edgeLength[edge]! - offset, of(edge)), -2 - 2 * i);
  });
  for (let node = queue.pop(); node >= 0; node = queue.pop()) {
    if (isSettled[node] === 1) continue;
    isSettled[node] = 1;
    if (!visit(node, costs[node]!, queue.lastCost())) break;
    for (let i = nodeStart[node]!; i < nodeStart[node + 1]!; i++) {
      const half = nodeEdges[i]!;
      const edge = half >> 1;
      const to = (half & 1) === 0 ? edgeTo[edge]! : edgeFrom[edge]!;
      if (isSettled[to] === 0) reach(to, costs[node]! + edgeLength[edge]! * of(edge), half);
    }
  }
  return { costs, via };
}

/** No metre costs nothing, whatever a metre costs. */
export function priceOf(metres: number, perMetre: number): number {
  return metres === 0 ? 0 : metres * perMetre;
}

function tryDirect(starts: readonly Door[], goals: readonly Door[], of: EdgeCost, best: Best): void {
  starts.forEach((from, start) => {
    goals.forEach((to, goal) => {
      if (from.edge !== to.edge) return;
      const cost = from.cost + priceOf(Math.abs(to.offset - from.offset), of(from.edge)) + to.cost;
      if (cost < best.cost) Object.assign(best, { cost, start, goal, node: -1 });
    });
  });
}

function directPath(starts: readonly Door[], goals: readonly Door[], { start, goal, cost }: Best): RoadPath {
  const [from, to] = [starts[start]!, goals[goal]!];
  const step = { edge: from.edge, from: from.offset, to: to.offset };
  const steps = from.offset === to.offset ? [] : [step];
  return { start, goal, cost, length: lengthOfSteps(steps), steps };
}

type Exit = Pick<Best, "cost" | "goal" | "end">;

/** Nodes from which a goal's edge is entered, with what it costs from there. */
function exitsOf(
  { edgeFrom, edgeTo, edgeLength }: RoadGraph,
  goals: readonly Door[],
  of: EdgeCost,
): Map<number, Exit[]> {
  const exits = new Map<number, Exit[]>();
  const add = (node: number, exit: Exit): void => {
    exits.set(node, [...(exits.get(node) ?? []), exit]);
  };
  goals.forEach(({ edge, offset, cost }, goal) => {
    add(edgeFrom[edge]!, { cost: cost + priceOf(offset, of(edge)), goal, end: 0 });
    add(edgeTo[edge]!, { cost: cost + priceOf(edgeLength[edge]! - offset, of(edge)), goal, end: 1 });
  });
  return exits;
}

function readPath(
  graph: RoadGraph,
  { via }: RoadTree,
  starts: readonly Door[],
  goals: readonly Door[],
  best: Best,
): RoadPath {
  const { edgeFrom, edgeTo, edgeLength } = graph;
  const last = goals[best.goal]!;
  const steps: RoadStep[] = [{ edge: last.edge, from: best.end === 0 ? 0 : edgeLength[last.edge]!, to: last.offset }];
  let node = best.node;
  while (via[node]! >= 0) {
    const edge = via[node]! >> 1;
    const isForward = (via[node]! & 1) === 0;
    steps.push({ edge, from: isForward ? 0 : edgeLength[edge]!, to: isForward ? edgeLength[edge]! : 0 });
    node = isForward ? edgeFrom[edge]! : edgeTo[edge]!;
  }
  const seed = -1 - via[node]!;
  const start = seed >> 1;
  const first = starts[start]!;
  steps.push({ edge: first.edge, from: first.offset, to: (seed & 1) === 0 ? 0 : edgeLength[first.edge]! });
  const walked = steps.reverse().filter(({ from, to }) => from !== to);
  return { start, goal: best.goal, cost: best.cost, length: lengthOfSteps(walked), steps: walked };
}

function lengthOfSteps(steps: readonly RoadStep[]): number {
  return steps.reduce((sum, { from, to }) => sum + Math.abs(to - from), 0);
}

/** The positions of a path, from its first place to its last; between them positions of the graph, none twice in a row. */
export function lineOfSteps(graph: RoadGraph, start: RoadPlace, steps: readonly RoadStep[], goal: RoadPlace): Line {
  const { edgeStart, along, positions } = graph;
  const line: Line = [];
  const put = (lon: number, lat: number): void => {
    if (line.at(-2) !== lon || line.at(-1) !== lat) line.push(lon, lat);
  };
  put(...start.at);
  for (const { edge, from, to } of steps) {
    const [first, end] = [edgeStart[edge]!, edgeStart[edge + 1]!];
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    for (let i = first; i < end; i++) {
      const at = from < to ? i : first + end - 1 - i;
      if (along[at]! >= low && along[at]! <= high) put(positions[2 * at]!, positions[2 * at + 1]!);
    }
  }
  put(...goal.at);
  return line;
}
