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

/** Units (0.5 mm): as far as vertices that were meant to be one may lie apart. */
export const reach = 5;

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

/** A vertex that lies on an edge of another area, so many units from its beginning. */
interface Found {
  point: number;
  along: number;
}

/** Vertices found on edges, by ring and edge. */
type Between = Map<Ring, Map<number, Found[]>>;

/** Points that are one node; the westernmost of them, the southernmost among those, stands for all. */
interface Union {
  find(point: number): number;
  unite(a: number, b: number): void;
}

function createUnion({ lonOf, latOf }: VertexTable): Union {
  const heads = new Map<number, number>();
  const find = (point: number): number => {
    let head = point;
    for (let next = heads.get(head); next !== undefined && next !== head; next = heads.get(head)) head = next;
    return head;
  };
  return {
    find,
    unite(a, b) {
      const [p, q] = [find(a), find(b)];
      if (p === q) return;
      const first = lonOf(p) < lonOf(q) || (lonOf(p) === lonOf(q) && latOf(p) < latOf(q)) ? p : q;
      heads.set(first === p ? q : p, first);
    },
  };
}

function pointAt(points: VertexTable, ring: Ring, i: number): number {
  return points.add(Math.round(ring[2 * i]! * unitsPerDegree), Math.round(ring[2 * i + 1]! * unitsPerDegree));
}

/** Degrees: as far around some points as others may be welded to them. */
function boxAround({ lonOf, latOf }: VertexTable, ...ends: number[]): Bbox {
  const [xs, ys] = [ends.map(lonOf), ends.map(latOf)];
  const [w, s, e, n] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return [w - reach, s - reach, e + reach, n + reach].map((value) => value / unitsPerDegree) as Bbox;
}

function visitNear(state: DraftState, key: Key, box: Bbox, visit: (ring: Ring, edge: number) => void): void {
  for (const polygon of polygonsOf(state, key)) {
    for (const ring of polygon) visitEdgesNear(ring, box, (edge) => visit(ring, edge));
  }
}

function createWeld(state: DraftState, points: VertexTable) {
  const union = createUnion(points);
  const between: Between = new Map();
  const [x, y] = [points.lonOf, points.latOf];
  const near = (a: number, b: number) => Math.hypot(x(a) - x(b), y(a) - y(b)) <= reach;
  const hasVertex = (key: Key, point: number): boolean => {
    let has = false;
    visitNear(state, key, boxAround(points, point), (ring, edge) => {
      has ||= pointAt(points, ring, edge) === point || pointAt(points, ring, edge + 1) === point;
    });
    return has;
  };
  /** A vertex of one key and an edge of another. */
  const compare = (vertexKey: Key, vertex: number, edgeKey: Key, ring: Ring, edge: number): void => {
    const [a, b] = [pointAt(points, ring, edge), pointAt(points, ring, edge + 1)];
    if (vertex === a || vertex === b) return;
    const end = near(vertex, a) ? a : near(vertex, b) ? b : -1;
    if (end >= 0) {
      if (!hasVertex(edgeKey, vertex) && !hasVertex(vertexKey, end)) union.unite(vertex, end);
      return;
    }
    const [dx, dy, px, py] = [x(b) - x(a), y(b) - y(a), x(vertex) - x(a), y(vertex) - y(a)];
    const length = Math.hypot(dx, dy);
    const along = (px * dx + py * dy) / length;
    if (along <= 0 || along >= length || Math.abs(px * dy - py * dx) > reach * length) return;
    if (!hasVertex(edgeKey, vertex)) putBetween(between, ring, edge, { point: vertex, along });
  };
  return {
    verticesNear({ key, ring, edge, from, to }: PatchEdge): void {
      const box = boxAround(points, from, to);
      for (const other of keysNear(state, box)) {
        if (other === key) continue;
        visitNear(state, other, box, (otherRing, otherEdge) => {
          compare(other, pointAt(points, otherRing, otherEdge), key, ring, edge);
          compare(other, pointAt(points, otherRing, otherEdge + 1), key, ring, edge);
        });
      }
    },
    edgesNear(key: Key, point: number): void {
      const box = boxAround(points, point);
      for (const other of keysNear(state, box)) {
        if (other !== key) visitNear(state, other, box, (ring, edge) => compare(key, point, other, ring, edge));
      }
    },
    finish: (): Welds => chain(points, between, union),
  };
}

function putBetween(between: Between, ring: Ring, edge: number, found: Found): void {
  const byEdge = between.get(ring) ?? new Map<number, Found[]>();
  between.set(ring, byEdge);
  const known = byEdge.get(edge) ?? [];
  byEdge.set(edge, known);
  if (!known.some(({ point }) => point === found.point)) known.push(found);
}

/** The nodes on each edge in its order, when all is known of which points are one. */
function chain(points: VertexTable, between: Between, { find }: Union): Welds {
  const chains = new Map<Ring, Map<number, number[]>>();
  for (const [ring, byEdge] of between) {
    const ofRing = new Map<number, number[]>();
    chains.set(ring, ofRing);
    for (const [edge, found] of byEdge) {
      const ends = [find(pointAt(points, ring, edge)), find(pointAt(points, ring, edge + 1))];
      const nodes = found.sort((p, q) => p.along - q.along).map(({ point }) => find(point));
      ofRing.set(
        edge,
        [...new Set(nodes)].filter((node) => !ends.includes(node)),
      );
    }
  }
  return { nodeOf: find, through: (ring, edge) => chains.get(ring)?.get(edge) ?? none };
}
