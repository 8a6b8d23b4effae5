import { orient } from "../coverage/orientation.ts";
import type { Line, Position } from "../schema/geometry.ts";
import { findAlternatives } from "./alternative_paths.ts";
import { groundDistance } from "./ground_distance.ts";
import { nearestOnRoads } from "./nearest_on_roads.ts";
import type { RoadGraph } from "./road_graph.ts";
import { type ClassCosts, type Door, edgeCostOf, lineOfSteps, type RoadPath } from "./search_roads.ts";

export interface TraceOptions {
  /** Metres: how far a vertex may lie from the road that is followed. */
  reach?: number;
  /** How many other ways are wanted besides the best. */
  more?: number;
  /** What a metre of each class costs; see `ClassCosts`. */
  costs?: ClassCosts;
}

/** A border along roads, as the operation `reshape` wants its path. */
export interface BorderTrace {
  /** From vertex to vertex of the border; inner positions are those of roads, but the feet of the links. */
  path: Position[];
  /** Metres in all, and of those on roads. */
  length: number;
  on_roads: number;
  /** Index in the graph's `roads`, in the order in which they are followed. */
  roads: number[];
}

export type TraceRefusalReason =
  /** Both ends are one position. */
  | "same_place"
  /** No road within reach of the end at `at`. */
  | "no_road_near"
  /** Roads are near both ends, but none leads from one to the other. */
  | "not_joined"
  /** Both ends are nearest to one place: there is no road to follow between them. */
  | "nothing_to_follow"
  /** Every way is crossed by the link that leads to it. */
  | "crosses_itself"
  /** More positions than an operation may have. */
  | "too_long";

export interface TraceRefusal {
  ok: false;
  reason: TraceRefusalReason;
  at: Position | null;
  /** Metres from `at` to the nearest road, where that was the reason; null where there is no road at all. */
  nearest: number | null;
}

const usualReach = 30;
/** How many roads are tried at each end. */
const mostDoors = 8;
/** Metres: a vertex this near to a centre line stands on it and needs no foot. */
const onRoad = 0.1;
/** Off the road a metre counts as much as this many on it: the border leaves the road where it is nearest. */
const linkCost = 5;
/** Roads further off than twice the nearest and this many metres are not what the hand meant. */
const doorSlack = 5;
/** `Path` of data/schema/plan_operation.ts. */
const mostPositions = 10_000;

/**
 * Lays a border along roads from one of its vertices to another: from the vertex by a short straight link to a centre
 * line, along centre lines, and by a link to the other vertex. Where several roads are near an end, the one that makes
 * links (times 5) and way cheapest is taken. A vertex within 0.1 m of a centre line needs no link.
 *
 *     from ○                     ○ to
 *          │ link ≤ reach        │
 *     ═════╧═════════╗     ╔═════╧════
 *                    ╚═════╝
 *
 * @returns the best first, then others that really differ, by rising cost; or why there is none
 */
export function traceBorder(
  graph: RoadGraph,
  from: Position,
  to: Position,
  { reach = usualReach, more = 0, costs = {} }: TraceOptions = {},
): { ok: true; traces: [BorderTrace, ...BorderTrace[]] } | TraceRefusal {
  if (from[0] === to[0] && from[1] === to[1]) return refused("same_place", from);
  const starts = doorsNear(graph, from, reach, costs);
  if (starts.length === 0) return refusedFar(graph, from, costs);
  const goals = doorsNear(graph, to, reach, costs);
  if (goals.length === 0) return refusedFar(graph, to, costs);
  // one more than wanted, since the best may not be a border
  const paths = findAlternatives(graph, starts, goals, more + 1, edgeCostOf(graph, costs));
  if (paths.length === 0) return refused("not_joined", null);
  const onRoads = paths.filter(({ length }) => length > 0);
  if (onRoads.length === 0) return refused("nothing_to_follow", from);
  const lines = onRoads.map((path) => ({ path, line: borderLine(graph, from, to, starts, goals, path) }));
  const simple = lines.filter(({ line }) => !crossesItself(line));
  if (simple.length === 0) return refused("crosses_itself", from);
  const [best, ...others] = simple
    .filter(({ line }) => line.length <= 2 * mostPositions)
    .map(({ path, line }) => asTrace(graph, path, line));
  return best ? { ok: true, traces: [best, ...others.slice(0, more)] } : refused("too_long", null);
}

function refused(reason: TraceRefusalReason, at: Position | null, nearest: number | null = null): TraceRefusal {
  return { ok: false, reason, at, nearest };
}

function refusedFar(graph: RoadGraph, at: Position, costs: ClassCosts): TraceRefusal {
  const [nearest] = nearestOnRoads(graph, at, { accept: mayBeUsed(graph, costs) });
  return refused("no_road_near", at, nearest?.distance ?? null);
}

function mayBeUsed({ roads }: RoadGraph, costs: ClassCosts): (road: number) => boolean {
  return (road) => costs[roads[road]!.class] !== Number.POSITIVE_INFINITY;
}

function doorsNear(graph: RoadGraph, at: Position, reach: number, costs: ClassCosts): Door[] {
  const near = nearestOnRoads(graph, at, { most: mostDoors, within: reach, accept: mayBeUsed(graph, costs) });
  const nearest = near[0]?.distance ?? 0;
  const furthest = nearest <= onRoad ? onRoad : 2 * nearest + doorSlack;
  return near
    .filter(({ distance }) => distance <= furthest)
    .map(({ distance, ...place }) => ({ ...place, cost: distance * linkCost }));
}

function borderLine(
  graph: RoadGraph,
  from: Position,
  to: Position,
  starts: readonly Door[],
  goals: readonly Door[],
  { start, goal, steps }: RoadPath,
): Line {
  const way = lineOfSteps(graph, starts[start]!, steps, goals[goal]!);
  if (starts[start]!.cost <= onRoad * linkCost) way.splice(0, 2);
  if (goals[goal]!.cost <= onRoad * linkCost) way.splice(-2, 2);
  return [...from, ...way, ...to];
}

/** Ways on the graph never cross themselves, but a link can cross the way, the other link, or touch them. */
function crossesItself(line: Line): boolean {
  const last = line.length / 2 - 2;
  for (let i = 2; i <= last; i++) if (meets(line, 0, i)) return true;
  for (let i = 0; i <= last - 2; i++) if (meets(line, i, last)) return true;
  return false;
}

/** Whether two stretches of a line that do not follow each other have a position in common. */
function meets(line: Line, i: number, j: number): boolean {
  const [ax, ay, bx, by] = [line[2 * i]!, line[2 * i + 1]!, line[2 * i + 2]!, line[2 * i + 3]!];
  const [cx, cy, dx, dy] = [line[2 * j]!, line[2 * j + 1]!, line[2 * j + 2]!, line[2 * j + 3]!];
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const [c, d] = [orient(ax, ay, bx, by, cx, cy), orient(ax, ay, bx, by, dx, dy)];
  const [a, b] = [orient(cx, cy, dx, dy, ax, ay), orient(cx, cy, dx, dy, bx, by)];
  return Math.sign(c) * Math.sign(d) <= 0 && Math.sign(a) * Math.sign(b) <= 0;
}

function asTrace(graph: RoadGraph, { steps, length }: RoadPath, line: Line): BorderTrace {
  const path: Position[] = [];
  let whole = 0;
  for (let i = 0; i < line.length; i += 2) {
    path.push([line[i]!, line[i + 1]!]);
    if (i > 0) whole += groundDistance(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!);
  }
  const roads: number[] = [];
  for (const { edge } of steps) if (graph.edgeRoad[edge] !== roads.at(-1)) roads.push(graph.edgeRoad[edge]!);
  return { path, length: whole, on_roads: length, roads };
}
