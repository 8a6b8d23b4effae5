import type { MultiPolygon } from "../schema/geometry.ts";
import type { Invalidity } from "./invalidity.ts";
import { orient } from "./orientation.ts";
import { createSweepLine, type SweepLine } from "./sweep_line.ts";

/** Edges of a multipolygon; edge k runs from point k to the next of its ring, `low` before `high` by x, then y. */
interface RingEdges {
  xs: number[];
  ys: number[];
  low: number[];
  high: number[];
  ring: number[];
  /** By ring: the polygon it belongs to, whether it is a hole, and whether it runs counter-clockwise (once known). */
  part: number[];
  isHole: boolean[];
  isCounterClockwise: (boolean | undefined)[];
}

/**
 * One sweep from west to east over all edges (Shamos and Hoey 1976): neighbours on the line of the sweep must not
 * cross, no ring may come to a point twice, and, walking up from the edge below, each edge must lead into a polygon
 * from the open or out of that same polygon. Rings that touch are joined; joined twice, they cut the inside in two.
 */
export function sweepRings(polygons: MultiPolygon): Invalidity | null {
  const edges = layEdges(polygons);
  const { xs, ys } = edges;
  const order = Array.from(xs, (_, i) => i).sort((a, b) => xs[a]! - xs[b]! || ys[a]! - ys[b]!);
  const touching = createTouching(edges.part.length);
  const active = createSweepLine();
  const ends = endsByPoint(edges);
  for (let i = 0; i < order.length; ) {
    const [x, y] = [xs[order[i]!]!, ys[order[i]!]!];
    const leaving: number[] = [];
    let arriving = 0;
    for (; i < order.length && xs[order[i]!] === x && ys[order[i]!] === y; i++) {
      for (const edge of ends[order[i]!]!) {
        if (edges.low[edge] === order[i]) leaving.push(edge);
        else arriving++;
      }
    }
    const reason = passPoint(edges, active, x, y, leaving, arriving, touching);
    if (reason) return { reason, at: [x, y] };
  }
  return null;
}

function layEdges(polygons: MultiPolygon): RingEdges {
  const edges: RingEdges = {
    xs: [],
    ys: [],
    low: [],
    high: [],
    ring: [],
    part: [],
    isHole: [],
    isCounterClockwise: [],
  };
  const { xs, ys } = edges;
  polygons.forEach((polygon, part) => {
    polygon.forEach((ring, place) => {
      const first = xs.length;
      for (let i = 2; i < ring.length; i += 2) {
        if (ring[i] === ring[i - 2] && ring[i + 1] === ring[i - 1]) continue;
        xs.push(ring[i]!);
        ys.push(ring[i + 1]!);
      }
      for (let point = first; point < xs.length; point++) {
        const after = point + 1 < xs.length ? point + 1 : first;
        const isForward = xs[point]! < xs[after]! || (xs[point] === xs[after] && ys[point]! < ys[after]!);
        edges.low.push(isForward ? point : after);
        edges.high.push(isForward ? after : point);
        edges.ring.push(edges.part.length);
      }
      edges.part.push(part);
      edges.isHole.push(place > 0);
      edges.isCounterClockwise.push(undefined);
    });
  });
  return edges;
}

/** The two edges that end at each point. */
function endsByPoint({ low, high, xs }: RingEdges): number[][] {
  const ends: number[][] = Array.from(xs, () => []);
  for (const [edge, point] of low.entries()) ends[point]!.push(edge);
  for (const [edge, point] of high.entries()) ends[point]!.push(edge);
  return ends;
}

/** One position of the sweep: `leaving` edges begin there, `arriving` many end. Updates `active`. */
function passPoint(
  edges: RingEdges,
  active: SweepLine,
  x: number,
  y: number,
  leaving: number[],
  arriving: number,
  touching: Touching,
): Invalidity["reason"] | null {
  const at = countBelow(edges, active, x, y);
  let passed = 0; // edges of the line that come to the point, whether they end or go on
  let ended = 0;
  for (; at + passed < active.length; passed++) {
    const edge = active.at(at + passed);
    const { xs, ys, low, high } = edges;
    if (xs[high[edge]!] === x && ys[high[edge]!] === y) ended++;
    else if (orient(xs[low[edge]!]!, ys[low[edge]!]!, xs[high[edge]!]!, ys[high[edge]!]!, x, y) === 0)
      leaving.push(edge);
    else break;
  }
  if (ended !== arriving) return "crosses_itself";
  const rings = countRings(edges, [...active.slice(at, at + passed), ...leaving]);
  // two edges a ring; one that goes on through the point stands in both lists
  for (const times of rings.values()) if (times > 2) return "touches_itself";
  if (sortBySlope(edges, leaving, x, y)) return "touches_itself";
  learnWinding(edges, leaving);
  const below = at > 0 ? active.at(at - 1) : -1;
  const above = at + passed < active.length ? active.at(at + passed) : -1;
  active.replace(at, passed, leaving);
  if (below >= 0 && crossesAny(edges, below, leaving[0] ?? above)) return "crosses_itself";
  if (leaving.length > 0 && above >= 0 && crossesAny(edges, leaving.at(-1)!, above)) return "crosses_itself";
  if (!leadsRight(edges, below, leaving, above)) return "nested";
  return rings.size > 1 && touching.closesCircle(rings.keys(), edges.part) ? "disconnected" : null;
}

function countBelow({ xs, ys, low, high }: RingEdges, active: SweepLine, x: number, y: number): number {
  return active.countBelow((edge) => {
    const [a, b] = [low[edge]!, high[edge]!];
    return orient(xs[a]!, ys[a]!, xs[b]!, ys[b]!, x, y) > 0;
  });
}

/** How many edge ends each ring has among these. */
function countRings({ ring }: RingEdges, list: number[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const edge of list) times.set(ring[edge]!, (times.get(ring[edge]!) ?? 0) + 1);
  return times;
}

/** From south to north. @returns true if two run the same way */
function sortBySlope({ xs, ys, high }: RingEdges, leaving: number[], x: number, y: number): boolean {
  if (leaving.length < 2) return false;
  const turn = (a: number, b: number) => orient(x, y, xs[high[a]!]!, ys[high[a]!]!, xs[high[b]!]!, ys[high[b]!]!);
  leaving.sort((a, b) => -turn(a, b));
  return leaving.some((edge, i) => i > 0 && turn(leaving[i - 1]!, edge) === 0);
}

/** At its westmost point a ring has its inside between its two edges: so the lower one tells how it runs. */
function learnWinding(edges: RingEdges, leaving: number[]): void {
  for (const edge of leaving) {
    const ring = edges.ring[edge]!;
    // edge k starts at point k: it runs forward when that is its low end
    edges.isCounterClockwise[ring] ??= edges.low[edge] === edge;
  }
}

/** Is the inside of the polygon above the edge? */
function isInsideAbove(edges: RingEdges, edge: number): boolean {
  const ring = edges.ring[edge]!;
  const isForward = edges.low[edge] === edge;
  return (isForward === edges.isCounterClockwise[ring]) !== edges.isHole[ring];
}

/** Walks up over the edges: open → in one polygon → open … */
function leadsRight(edges: RingEdges, below: number, leaving: number[], above: number): boolean {
  const partOf = (edge: number) => edges.part[edges.ring[edge]!]!;
  let inside = below >= 0 && isInsideAbove(edges, below) ? partOf(below) : -1;
  for (const edge of leaving) {
    const isEntry = isInsideAbove(edges, edge);
    if (inside !== (isEntry ? -1 : partOf(edge))) return false;
    inside = isEntry ? partOf(edge) : -1;
  }
  return inside === (above >= 0 && !isInsideAbove(edges, above) ? partOf(above) : -1);
}

function crossesAny({ xs, ys, low, high }: RingEdges, one: number, other: number): boolean {
  if (other < 0) return false;
  const [a, b, c, d] = [low[one]!, high[one]!, low[other]!, high[other]!];
  const side = (p: number, q: number, r: number) => Math.sign(orient(xs[p]!, ys[p]!, xs[q]!, ys[q]!, xs[r]!, ys[r]!));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

interface Touching {
  /** Joins rings that meet at a point; true if two of one polygon were joined already. */
  closesCircle(rings: Iterable<number>, part: number[]): boolean;
}

function createTouching(rings: number): Touching {
  const parents = Array.from({ length: rings }, (_, i) => i);
  const find = (ring: number): number => {
    let root = ring;
    while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
    return root;
  };
  return {
    closesCircle(met, part) {
      const firstOfPart = new Map<number, number>();
      for (const ring of met) {
        const first = firstOfPart.get(part[ring]!);
        if (first === undefined) {
          firstOfPart.set(part[ring]!, ring);
          continue;
        }
        if (find(first) === find(ring)) return true;
        parents[find(ring)] = find(first);
      }
      return false;
    },
  };
}
