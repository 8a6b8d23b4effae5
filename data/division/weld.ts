import type { Bbox, Ring } from "../schema/geometry.ts";
import { type DraftState, type Key, keysNear, kindOf, polygonsOf } from "./draft_state.ts";
import { unitsPerDegree, visitEdgesNear } from "./ring_facts.ts";
import type { VertexTable } from "./vertex_table.ts";

/** An edge of a ring, the ground of its key on the left. */
export interface PatchEdge {
  key: Key;
  ring: Ring;
  edge: number;
  from: number;
  to: number;
  /** Whether `from` comes first in the ring. */
  forward: boolean;
}

/** Units (0.5 mm). */
const reach = 5;

export interface Welds {
  nodeOf(point: number): number;
  through(ring: Ring, edge: number): readonly number[];
}

/**
 * Finds what belongs together although it does not match: edges that no neighbour has (T-vertices, jitter) are looked
 * at, all others are proved by their reverse. A vertex of another area within 0.5 mm of such an edge lies on it; within
 * 0.5 mm of its end it is the same node. Two vertices of one area are never one node.
 */
export function weldLoose(state: DraftState, points: VertexTable, edges: readonly PatchEdge[]): Welds {
  const loose = looseEdges(state, edges);
  if (loose.length === 0) return { nodeOf: (point) => point, through: () => none };
  const weld = createWeld(state, points);
  for (const edge of loose) {
    weld.verticesNear(edge);
    for (const end of [edge.from, edge.to]) weld.edgesNear(edge.key, end);
  }
  return weld.finish();
}

const none: readonly number[] = [];

/** Edges whose reverse no ground has; of an outline, that no ground has. An outer border that an outline has, too, is none. */
function looseEdges(state: DraftState, edges: readonly PatchEdge[]): PatchEdge[] {
  const ground = new Set<number>();
  const outlines = new Set<number>();
  const key = (from: number, to: number) => from * 2 ** 26 + to;
  const isGround = (edge: PatchEdge) => {
    const kind = kindOf(state, edge.key);
    return kind === "lowest" || kind === "uncovered";
  };
  for (const edge of edges) (isGround(edge) ? ground : outlines).add(key(edge.from, edge.to));
  return edges.filter((edge) => {
    const same = key(edge.from, edge.to);
    if (!isGround(edge)) return !ground.has(same);
    return !ground.has(key(edge.to, edge.from)) && !outlines.has(same);
  });
}

interface Found {
  point: number;
  along: number;
}

function createWeld(state: DraftState, points: VertexTable) {
  const heads = new Map<number, number>();
  const between = new Map<Ring, Map<number, Found[]>>();
  const [x, y] = [points.lonOf, points.latOf];
  const find = (point: number): number => {
    let head = point;
    for (let next = heads.get(head); next !== undefined && next !== head; next = heads.get(head)) head = next;
    return head;
  };
  const unite = (a: number, b: number): void => {
    const [p, q] = [find(a), find(b)];
    if (p === q) return;
    const first = x(p) < x(q) || (x(p) === x(q) && y(p) < y(q)) ? p : q;
    heads.set(first === p ? q : p, first);
  };
  const near = (a: number, b: number) => Math.hypot(x(a) - x(b), y(a) - y(b)) <= reach;
  const boxAround = (...ends: number[]): Bbox => {
    const xs = ends.map(x);
    const ys = ends.map(y);
    const [w, s, e, n] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return [w - reach, s - reach, e + reach, n + reach].map((value) => value / unitsPerDegree) as Bbox;
  };
  const pointAt = (ring: Ring, i: number) =>
    points.add(Math.round(ring[2 * i]! * unitsPerDegree), Math.round(ring[2 * i + 1]! * unitsPerDegree));
  const hasVertex = (key: Key, point: number): boolean => {
    let has = false;
    const box = boxAround(point);
    for (const polygon of polygonsOf(state, key)) {
      for (const ring of polygon) {
        visitEdgesNear(ring, box, (edge) => {
          has ||= pointAt(ring, edge) === point || pointAt(ring, edge + 1) === point;
        });
      }
    }
    return has;
  };
  /** A vertex of one key and an edge of another. */
  const compare = (vertexKey: Key, vertex: number, edgeKey: Key, ring: Ring, edge: number): void => {
    const [a, b] = [pointAt(ring, edge), pointAt(ring, edge + 1)];
    if (vertex === a || vertex === b) return;
    const end = near(vertex, a) ? a : near(vertex, b) ? b : -1;
    if (end >= 0) {
      if (!hasVertex(edgeKey, vertex) && !hasVertex(vertexKey, end)) unite(vertex, end);
      return;
    }
    const [dx, dy, px, py] = [x(b) - x(a), y(b) - y(a), x(vertex) - x(a), y(vertex) - y(a)];
    const length = Math.hypot(dx, dy);
    const along = (px * dx + py * dy) / length;
    if (along <= 0 || along >= length || Math.abs(px * dy - py * dx) > reach * length) return;
    if (hasVertex(edgeKey, vertex)) return;
    const byEdge = between.get(ring) ?? new Map<number, Found[]>();
    between.set(ring, byEdge);
    const found = byEdge.get(edge) ?? [];
    byEdge.set(edge, found);
    if (!found.some(({ point }) => point === vertex)) found.push({ point: vertex, along });
  };
  const visitNear = (without: Key, box: Bbox, visit: (key: Key, ring: Ring, edge: number) => void): void => {
    for (const key of keysNear(state, box)) {
      if (key === without) continue;
      for (const polygon of polygonsOf(state, key)) {
        for (const ring of polygon) visitEdgesNear(ring, box, (edge) => visit(key, ring, edge));
      }
    }
  };
  return {
    verticesNear({ key, ring, edge, from, to }: PatchEdge): void {
      visitNear(key, boxAround(from, to), (other, otherRing, otherEdge) => {
        compare(other, pointAt(otherRing, otherEdge), key, ring, edge);
        compare(other, pointAt(otherRing, otherEdge + 1), key, ring, edge);
      });
    },
    edgesNear(key: Key, point: number): void {
      visitNear(key, boxAround(point), (other, ring, edge) => compare(key, point, other, ring, edge));
    },
    finish(): Welds {
      const chains = new Map<Ring, Map<number, number[]>>();
      for (const [ring, byEdge] of between) {
        const ofRing = new Map<number, number[]>();
        chains.set(ring, ofRing);
        for (const [edge, found] of byEdge) {
          const ends = [find(pointAt(ring, edge)), find(pointAt(ring, edge + 1))];
          const nodes = found.sort((p, q) => p.along - q.along).map(({ point }) => find(point));
          ofRing.set(
            edge,
            [...new Set(nodes)].filter((node) => !ends.includes(node)),
          );
        }
      }
      return { nodeOf: find, through: (ring, edge) => chains.get(ring)?.get(edge) ?? none };
    },
  };
}
