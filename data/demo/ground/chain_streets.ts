import type { RoadClass } from "../../schema/city_rows.ts";
import type { EdgeClass, GroundPlan, PlanEdge } from "../ground_plan.ts";

/** A run of edges that make one street. */
export interface EdgeChain {
  class: EdgeClass;
  /** Line of the skeleton it belongs to, −1 if none. */
  line: number;
  vertices: number[];
  edges: number[];
  length: number;
}

const roadClasses: ReadonlySet<EdgeClass> = new Set<EdgeClass>([
  "ring",
  "main",
  "secondary",
  "side",
  "lane",
  "estate_way",
  "field_way",
]);

/** A chain whose class is a street's. */
export interface StreetChain extends EdgeChain {
  class: RoadClass;
}

const straightest = (35 * Math.PI) / 180;
/** Pieces of one skeleton line go on round sharper bends. */
const straightestOfLine = (75 * Math.PI) / 180;

/**
 * Joins edges to streets: at every junction edges of one class and one skeleton line are paired, the straightest
 * first. Every road edge gets into exactly one chain; chains run west to east.
 * @param lineOf - per edge of the plan
 */
export function chainStreets(plan: GroundPlan, lineOf: readonly number[]): StreetChain[] {
  return chainEdges(plan, lineOf, roadClasses) as StreetChain[];
}

/** The same for edges of any classes. */
export function chainEdges(plan: GroundPlan, lineOf: readonly number[], classes: ReadonlySet<EdgeClass>): EdgeChain[] {
  const partner = pairAtJunctions(plan, lineOf, classes);
  const seen = new Uint8Array(plan.edges.length);
  const chains: EdgeChain[] = [];
  for (const wantOpen of [true, false]) {
    for (let edge = 0; edge < plan.edges.length; edge++) {
      if (seen[edge] || !classes.has(plan.edges[edge]!.class)) continue;
      const openEnd = partner[2 * edge]! < 0 ? 0 : partner[2 * edge + 1]! < 0 ? 1 : -1;
      if (wantOpen && openEnd < 0) continue;
      chains.push(walk(plan, lineOf, partner, edge, Math.max(0, openEnd), seen));
    }
  }
  return chains;
}

/** Partner of each end of each edge: index 2·edge for `from`, 2·edge + 1 for `to`; −1 for none. */
function pairAtJunctions(plan: GroundPlan, lineOf: readonly number[], classes: ReadonlySet<EdgeClass>): Int32Array {
  const ends: number[][] = plan.x.map(() => []);
  plan.edges.forEach((edge, index) => {
    if (!classes.has(edge.class)) return;
    ends[edge.from]!.push(2 * index);
    ends[edge.to]!.push(2 * index + 1);
  });
  const partner = new Int32Array(2 * plan.edges.length).fill(-1);
  for (const around of ends) {
    const pairs: { a: number; b: number; turn: number }[] = [];
    for (let i = 0; i < around.length; i++) {
      for (let j = i + 1; j < around.length; j++) {
        const a = around[i]!;
        const b = around[j]!;
        const lineA = lineOf[a >> 1]!;
        if (plan.edges[a >> 1]!.class !== plan.edges[b >> 1]!.class || lineA !== lineOf[b >> 1]) continue;
        const turn = turnBetween(plan, a, b);
        if (turn < (lineA >= 0 || around.length === 2 ? straightestOfLine : straightest)) pairs.push({ a, b, turn });
      }
    }
    pairs.sort((p, q) => p.turn - q.turn);
    for (const { a, b } of pairs) {
      if (partner[a]! >= 0 || partner[b]! >= 0) continue;
      partner[a] = b;
      partner[b] = a;
    }
  }
  return partner;
}

function turnBetween(plan: GroundPlan, a: number, b: number): number {
  const away = (end: number): number => {
    const edge = plan.edges[end >> 1]!;
    const [from, to] = end % 2 === 0 ? [edge.from, edge.to] : [edge.to, edge.from];
    return Math.atan2(plan.y[to]! - plan.y[from]!, plan.x[to]! - plan.x[from]!);
  };
  const turn = Math.abs(away(a) - away(b));
  return Math.abs(Math.PI - (turn > Math.PI ? 2 * Math.PI - turn : turn));
}

function walk(
  plan: GroundPlan,
  lineOf: readonly number[],
  partner: Int32Array,
  first: number,
  firstEnd: number,
  seen: Uint8Array,
): EdgeChain {
  const edges: number[] = [];
  const startOf = (edge: PlanEdge, end: number): number => (end === 0 ? edge.from : edge.to);
  const vertices = [startOf(plan.edges[first]!, firstEnd)];
  let length = 0;
  let end = 2 * first + firstEnd;
  for (;;) {
    const index = end >> 1;
    const edge = plan.edges[index]!;
    seen[index] = 1;
    edges.push(index);
    vertices.push(startOf(edge, 1 - (end & 1)));
    length += Math.hypot(plan.x[edge.to]! - plan.x[edge.from]!, plan.y[edge.to]! - plan.y[edge.from]!);
    const next = partner[end ^ 1]!;
    if (next < 0 || seen[next >> 1]) break;
    end = next;
  }
  const isEastward = plan.x[vertices[0]!]! <= plan.x[vertices[vertices.length - 1]!]!;
  if (!isEastward) {
    vertices.reverse();
    edges.reverse();
  }
  return { class: plan.edges[first]!.class, line: lineOf[first]!, vertices, edges, length };
}
