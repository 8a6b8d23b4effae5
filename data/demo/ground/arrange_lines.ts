import type { EdgeClass } from "../ground_plan.ts";
import { crossSegments, ringHolds } from "./polygon.ts";
import { buildSubdivision, type RawEdge, type Subdivision } from "./subdivision.ts";

/** A line of the skeleton in the parameter plane. */
export interface SkeletonLine {
  name: string | null;
  class: EdgeClass;
  /** x,y,x,y,… */
  points: number[];
  /** Its points are shared with a neighbouring district: others may end at them, never between them. */
  frozen: boolean;
}

/** Vertices of crossings nearer than this become one; metres. */
const mergeDistance = 22;

interface Crossing {
  /** Segment index + share along it. */
  at: number;
  vertex: number;
}

/** Vertices made so far, found again by place. */
class VertexPool {
  x: number[] = [];
  y: number[] = [];
  private cells = new Map<string, number[]>();

  add(x: number, y: number): number {
    const index = this.x.push(x) - 1;
    this.y.push(y);
    const key = `${Math.floor(x / 50)},${Math.floor(y / 50)}`;
    const cell = this.cells.get(key);
    if (cell) cell.push(index);
    else this.cells.set(key, [index]);
    return index;
  }

  /** The nearest vertex within `reach` (≤ 50 m), or −1. */
  nearest(x: number, y: number, reach: number): number {
    let best = -1;
    let bestDistance = reach;
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        const cell = this.cells.get(`${Math.floor(x / 50) + i},${Math.floor(y / 50) + j}`);
        for (const vertex of cell ?? []) {
          const distance = Math.hypot(this.x[vertex]! - x, this.y[vertex]! - y);
          if (distance < bestDistance) {
            bestDistance = distance;
            best = vertex;
          }
        }
      }
    }
    return best;
  }
}

/**
 * Turns crossing lines into one planar subdivision: every pair of segments is intersected, crossings within 22 m are
 * joined, what lies outside the outline or hangs loose is dropped.
 * @param outline - closed by its first point, x,y,…
 */
export function arrangeLines(lines: readonly SkeletonLine[], outline: readonly number[]): Subdivision {
  const pool = new VertexPool();
  const stations: Crossing[][] = lines.map(() => []);
  placeFrozenVertices(lines, pool, stations);
  placeCrossings(lines, pool, stations);
  let edges = chainLines(lines, pool, stations).filter((edge) => {
    if (lines[edge.line]!.class === "border" || lines[edge.line]!.frozen) return true;
    return ringHolds(outline, (pool.x[edge.a]! + pool.x[edge.b]!) / 2, (pool.y[edge.a]! + pool.y[edge.b]!) / 2);
  });
  edges = splitAtCrossings(edges, pool);
  edges = keepLargestPart(dropLooseEnds(edges, pool.x.length), pool.x.length);
  return buildUsed(edges, pool);
}

function placeFrozenVertices(lines: readonly SkeletonLine[], pool: VertexPool, stations: Crossing[][]): void {
  lines.forEach((line, index) => {
    if (!line.frozen) return;
    for (let i = 0; i < line.points.length; i += 2) {
      const x = line.points[i]!;
      const y = line.points[i + 1]!;
      const found = pool.nearest(x, y, 0.01);
      stations[index]!.push({ at: i / 2, vertex: found < 0 ? pool.add(x, y) : found });
    }
  });
}

function placeCrossings(lines: readonly SkeletonLine[], pool: VertexPool, stations: Crossing[][]): void {
  for (const [a, i, b, j, x, y, t, u] of findCrossings(lines)) {
    const near = pool.nearest(x, y, mergeDistance);
    const vertex = near < 0 ? pool.add(x, y) : near;
    if (!lines[a]!.frozen) stations[a]!.push({ at: i + t, vertex });
    if (!lines[b]!.frozen) stations[b]!.push({ at: j + u, vertex });
  }
  lines.forEach((line, index) => {
    if (line.frozen) return;
    for (const i of [0, line.points.length / 2 - 1]) {
      const x = line.points[2 * i]!;
      const y = line.points[2 * i + 1]!;
      const near = pool.nearest(x, y, mergeDistance);
      stations[index]!.push({ at: i, vertex: near < 0 ? pool.add(x, y) : near });
    }
  });
}

type FoundCrossing = [number, number, number, number, number, number, number, number];

function findCrossings(lines: readonly SkeletonLine[]): FoundCrossing[] {
  const found: FoundCrossing[] = [];
  const cells = new Map<string, [number, number][]>();
  const seen = new Set<string>();
  lines.forEach((line, a) => {
    const p = line.points;
    for (let i = 0; i + 3 < p.length; i += 2) {
      for (const key of cellsOfSegment(p[i]!, p[i + 1]!, p[i + 2]!, p[i + 3]!)) {
        const cell = cells.get(key) ?? [];
        for (const [b, j] of cell) {
          const pair = `${a},${i},${b},${j}`;
          if (b === a || seen.has(pair)) continue;
          seen.add(pair);
          const q = lines[b]!.points;
          const cross = crossSegments(p[i]!, p[i + 1]!, p[i + 2]!, p[i + 3]!, q[j]!, q[j + 1]!, q[j + 2]!, q[j + 3]!);
          if (!cross) continue;
          const x = p[i]! + cross[0] * (p[i + 2]! - p[i]!);
          const y = p[i + 1]! + cross[0] * (p[i + 3]! - p[i + 1]!);
          found.push([a, i / 2, b, j / 2, x, y, cross[0], cross[1]]);
        }
        cell.push([a, i]);
        cells.set(key, cell);
      }
    }
  });
  return found;
}

function cellsOfSegment(ax: number, ay: number, bx: number, by: number): string[] {
  const size = 100;
  const keys: string[] = [];
  for (let i = Math.floor(Math.min(ax, bx) / size); i <= Math.floor(Math.max(ax, bx) / size); i++) {
    for (let j = Math.floor(Math.min(ay, by) / size); j <= Math.floor(Math.max(ay, by) / size); j++)
      keys.push(`${i},${j}`);
  }
  return keys;
}

/** Runs along each line from vertex to vertex; its own bends stay unless a crossing is near. */
function chainLines(lines: readonly SkeletonLine[], pool: VertexPool, stations: readonly Crossing[][]): RawEdge[] {
  const edges = new Map<string, RawEdge>();
  lines.forEach((line, index) => {
    const sorted = stations[index]!.slice().sort((p, q) => p.at - q.at);
    const chain: number[] = [];
    for (let k = 0; k < sorted.length; k++) {
      const station = sorted[k]!;
      const before = sorted[k - 1];
      if (before && !line.frozen) addBends(line, before, station, pool, chain);
      if (chain[chain.length - 1] !== station.vertex) chain.push(station.vertex);
    }
    for (let k = 1; k < chain.length; k++) {
      const a = chain[k - 1]!;
      const b = chain[k]!;
      const key = a < b ? `${a},${b}` : `${b},${a}`;
      if (!edges.has(key)) edges.set(key, { a, b, class: line.class, line: index });
    }
  });
  return [...edges.values()];
}

function addBends(line: SkeletonLine, from: Crossing, to: Crossing, pool: VertexPool, chain: number[]): void {
  for (let i = Math.floor(from.at) + 1; i < to.at; i++) {
    const x = line.points[2 * i]!;
    const y = line.points[2 * i + 1]!;
    const clear = [from.vertex, to.vertex].every((v) => Math.hypot(pool.x[v]! - x, pool.y[v]! - y) > mergeDistance);
    if (clear) chain.push(pool.add(x, y));
  }
}

/** Joining vertices can make an edge cross another: put a vertex there, until none is left. */
function splitAtCrossings(edges: readonly RawEdge[], pool: VertexPool): RawEdge[] {
  let current = edges.slice();
  for (let round = 0; round < 4; round++) {
    const lines = current.map((edge) => ({
      name: null,
      class: edge.class,
      frozen: false,
      points: [pool.x[edge.a]!, pool.y[edge.a]!, pool.x[edge.b]!, pool.y[edge.b]!],
    }));
    const cuts = new Map<number, [number, number][]>();
    for (const [a, , b, , x, y, t, u] of findCrossings(lines)) {
      const p = current[a]!;
      const q = current[b]!;
      if (p.a === q.a || p.a === q.b || p.b === q.a || p.b === q.b) continue;
      const vertex = pool.add(x, y);
      cuts.set(a, [...(cuts.get(a) ?? []), [t, vertex]]);
      cuts.set(b, [...(cuts.get(b) ?? []), [u, vertex]]);
    }
    if (cuts.size === 0) return current;
    current = current.flatMap((edge, index) => {
      const stops = (cuts.get(index) ?? []).sort((p, q) => p[0] - q[0]).map((cut) => cut[1]);
      const chain = [edge.a, ...stops, edge.b];
      return chain.slice(1).map((b, k) => ({ ...edge, a: chain[k]!, b }));
    });
  }
  return current;
}

function dropLooseEnds(edges: readonly RawEdge[], vertices: number): RawEdge[] {
  let current = edges.slice();
  for (;;) {
    const degree = new Uint16Array(vertices);
    for (const edge of current) {
      degree[edge.a]!++;
      degree[edge.b]!++;
    }
    const kept = current.filter((edge) => degree[edge.a]! > 1 && degree[edge.b]! > 1);
    if (kept.length === current.length) return kept;
    current = kept;
  }
}

function keepLargestPart(edges: readonly RawEdge[], vertices: number): RawEdge[] {
  const root = Int32Array.from({ length: vertices }, (_, i) => i);
  const find = (v: number): number => {
    while (root[v] !== v) {
      root[v] = root[root[v]!]!;
      v = root[v]!;
    }
    return v;
  };
  for (const edge of edges) root[find(edge.a)] = find(edge.b);
  const sizes = new Map<number, number>();
  for (const edge of edges) sizes.set(find(edge.a), (sizes.get(find(edge.a)) ?? 0) + 1);
  const largest = [...sizes].sort((p, q) => q[1] - p[1])[0]?.[0];
  return edges.filter((edge) => find(edge.a) === largest);
}

function buildUsed(edges: readonly RawEdge[], pool: VertexPool): Subdivision {
  const index = new Map<number, number>();
  const x: number[] = [];
  const y: number[] = [];
  const renumber = (vertex: number): number => {
    let found = index.get(vertex);
    if (found === undefined) {
      found = x.push(pool.x[vertex]!) - 1;
      y.push(pool.y[vertex]!);
      index.set(vertex, found);
    }
    return found;
  };
  const renumbered = edges.map((edge) => ({ ...edge, a: renumber(edge.a), b: renumber(edge.b) }));
  return buildSubdivision(x, y, renumbered);
}
