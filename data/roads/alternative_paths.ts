import type { RoadGraph } from "./road_graph.ts";
import { type Door, type EdgeCost, priceOf, type RoadPath, type RoadStep, searchRoads } from "./search_roads.ts";

/** By how much an edge costs more each time a path has used it. */
const penalty = 1.5;
/** Searches for each alternative that is wanted. */
const rounds = 8;
/**
 * How much of the shorter of two paths may be shared: at first little; where too few are found so (a long way in and
 * out that all have in common), more.
 */
const mostShared = [0.7, 0.9, 0.97];

/**
 * The cheapest path and up to `more` that really differ, by the penalty method (de la Barra, Pérez & Anez 1993): search,
 * make what was used dearer, search again; then, by rising true cost, those are taken that share at most 70 % (90 %,
 * 97 % where too few are left) with each one taken before. Good and quick, but no proof that nothing lies between.
 *
 * @returns by rising cost, the cheapest first; empty when no goal can be reached
 */
export function findAlternatives(
  graph: RoadGraph,
  starts: readonly Door[],
  goals: readonly Door[],
  more: number,
  { of, lowest }: { of: EdgeCost; lowest: number },
): RoadPath[] {
  const best = searchRoads(graph, starts, goals, { of, lowest });
  if (!best || more < 1) return best ? [best] : [];
  const penalties = new Map<number, number>();
  const dearer: EdgeCost = (edge) => of(edge) * (penalties.get(edge) ?? 1);
  const pool = [best];
  const seen = new Set([signature(best)]);
  let last: RoadPath | null = best;
  for (let round = 0; round < rounds * more && last; round++) {
    for (const { edge } of last.steps) penalties.set(edge, (penalties.get(edge) ?? 1) * penalty);
    last = searchRoads(graph, starts, goals, { of: dearer, lowest });
    if (!last || seen.has(signature(last))) continue;
    seen.add(signature(last));
    pool.push({ ...last, cost: trueCost(last, starts, goals, of) });
    if (choose(pool, more + 1, mostShared.slice(0, 1)).length > more) break;
  }
  return choose(pool, more + 1, mostShared);
}

function choose(pool: readonly RoadPath[], most: number, shares: readonly number[]): RoadPath[] {
  const byCost = [...pool].sort((a, b) => a.cost - b.cost);
  const chosen = new Set(byCost.slice(0, 1));
  for (const share of shares) {
    for (const path of byCost) {
      if (chosen.size >= most) break;
      if (!chosen.has(path) && [...chosen].every((other) => sharedShare(path, other) <= share)) chosen.add(path);
    }
  }
  return byCost.filter((path) => chosen.has(path));
}

/** How much of the shorter of two paths runs on the other. */
export function sharedShare(a: Pick<RoadPath, "steps" | "length">, b: Pick<RoadPath, "steps" | "length">): number {
  const shorter = Math.min(a.length, b.length);
  if (shorter === 0) return 1;
  const stepsOf = new Map<number, RoadStep[]>();
  for (const step of a.steps) stepsOf.set(step.edge, [...(stepsOf.get(step.edge) ?? []), step]);
  let shared = 0;
  for (const step of b.steps) for (const other of stepsOf.get(step.edge) ?? []) shared += overlap(step, other);
  return Math.min(1, shared / shorter);
}

function overlap(a: RoadStep, b: RoadStep): number {
  const from = Math.max(Math.min(a.from, a.to), Math.min(b.from, b.to));
  const to = Math.min(Math.max(a.from, a.to), Math.max(b.from, b.to));
  return Math.max(0, to - from);
}

function trueCost({ start, goal, steps }: RoadPath, starts: readonly Door[], goals: readonly Door[], of: EdgeCost) {
  const onRoads = steps.reduce((sum, { edge, from, to }) => sum + priceOf(Math.abs(to - from), of(edge)), 0);
  return starts[start]!.cost + onRoads + goals[goal]!.cost;
}

function signature({ start, goal, steps }: RoadPath): string {
  return `${start} ${goal} ${steps.map(({ edge, from, to }) => (from < to ? edge : -1 - edge)).join(" ")}`;
}
