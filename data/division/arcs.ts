import type { Line, MultiPolygon, Ring } from "../schema/geometry.ts";
import { collectEdges, type EdgeTable } from "./edge_table.ts";
import { splitAtForeignVertices } from "./t_nodes.ts";
import { createVertexTable, type VertexTable } from "./vertex_table.ts";

/** A face of a coverage; `id` is a positive integer. */
export interface Face {
  id: number;
  polygons: MultiPolygon;
}

/** A stretch of boundary between two nodes (or a closed loop). Faces as seen along the line; 0 = nothing there. */
export interface Arc {
  left: number;
  right: number;
  line: Line;
}

/**
 * Finds every border of a coverage once.
 *
 *     ┌───a───┬───b───┐      faces 1 and 2: three arcs, a (0 | 1), b (0 | 2), c (1 | 2)
 *     │   1   c   2   │
 *     └───────┴───────┘
 *
 * Edges are paired by hashing their ends as integers of 1e-9°, in linear time; then chained between nodes, that is
 * vertices where more than two edges meet or the faces change. An edge that no neighbour matches is split where a
 * vertex of another face lies on it (T-nodes of real coverages) and paired again; what still has one face only
 * comes as an arc with 0 on the other side. A border between two pieces of one face is no border.
 *
 * @param faces - closed rings in degrees, exterior first, any winding; ids > 0
 * @returns arcs in the order in which the faces name them
 */
export function buildArcs(faces: readonly Face[]): Arc[] {
  const vertices = createVertexTable(countPositions(faces));
  const edges = splitAtForeignVertices(pairEdges(faces, vertices), vertices);
  return chainEdges(edges, vertices);
}

function countPositions(faces: readonly Face[]): number {
  let count = 0;
  for (const face of faces) for (const polygon of face.polygons) for (const ring of polygon) count += ring.length >> 1;
  return count;
}

function pairEdges(faces: readonly Face[], vertices: VertexTable): EdgeTable {
  const collector = collectEdges(countPositions(faces));
  for (const face of faces) {
    for (const polygon of face.polygons) {
      for (let i = 0; i < polygon.length; i++) addRing(polygon[i]!, i > 0, face.id, vertices, collector.add);
    }
  }
  return collector.edges;
}

/** Walks the ring so that the face is on the left: exteriors counter-clockwise, holes clockwise. */
function addRing(
  ring: Ring,
  isHole: boolean,
  face: number,
  vertices: VertexTable,
  add: (from: number, to: number, face: number) => void,
): void {
  if (ring.length < 8) return;
  const forward = isCounterClockwise(ring) !== isHole;
  let before = vertices.add(ring[0]!, ring[1]!);
  for (let i = 2; i < ring.length; i += 2) {
    const here = vertices.add(ring[i]!, ring[i + 1]!);
    if (here !== before) {
      if (forward) add(before, here, face);
      else add(here, before, face);
    }
    before = here;
  }
}

function isCounterClockwise(ring: Ring): boolean {
  const [x0, y0] = [ring[0]!, ring[1]!];
  let twice = 0;
  for (let i = 2; i < ring.length; i += 2) {
    twice += (ring[i - 2]! - x0) * (ring[i + 1]! - y0) - (ring[i]! - x0) * (ring[i - 1]! - y0);
  }
  return twice > 0;
}

/** For each vertex the edges that end there: `edgesAt[starts[v] … starts[v + 1]]`. Inner edges of a face are left out. */
interface Incidence {
  starts: Int32Array;
  edgesAt: Int32Array;
}

function findIncidence(edges: EdgeTable, vertexCount: number): Incidence {
  const starts = new Int32Array(vertexCount + 1);
  for (let edge = 0; edge < edges.size; edge++) {
    if (edges.left[edge] === edges.right[edge]) continue;
    starts[edges.from[edge]! + 1]!++;
    starts[edges.to[edge]! + 1]!++;
  }
  for (let vertex = 0; vertex < vertexCount; vertex++) starts[vertex + 1]! += starts[vertex]!;
  const edgesAt = new Int32Array(starts[vertexCount]!);
  const next = starts.slice();
  for (let edge = 0; edge < edges.size; edge++) {
    if (edges.left[edge] === edges.right[edge]) continue;
    edgesAt[next[edges.from[edge]!]!++] = edge;
    edgesAt[next[edges.to[edge]!]!++] = edge;
  }
  return { starts, edgesAt };
}

function chainEdges(edges: EdgeTable, vertices: VertexTable): Arc[] {
  const incidence = findIncidence(edges, vertices.size);
  const used = new Uint8Array(edges.size);
  const arcs: Arc[] = [];
  for (let edge = 0; edge < edges.size; edge++) {
    if (used[edge] || edges.left[edge] === edges.right[edge]) continue;
    used[edge] = 1;
    const ahead = follow(edge, edges.to[edge]!, edges, incidence, used);
    const behind = follow(edge, edges.from[edge]!, edges, incidence, used);
    const chain = [...behind.reverse(), edges.from[edge]!, edges.to[edge]!, ...ahead];
    const line: Line = [];
    for (const vertex of chain) line.push(vertices.lonOf(vertex), vertices.latOf(vertex));
    arcs.push({ left: edges.left[edge]!, right: edges.right[edge]!, line });
  }
  return arcs;
}

/** Vertices beyond `vertex`, up to the next node or round to where an edge is used already. */
function follow(edge: number, vertex: number, edges: EdgeTable, incidence: Incidence, used: Uint8Array): number[] {
  const { starts, edgesAt } = incidence;
  const beyond: number[] = [];
  for (;;) {
    const start = starts[vertex]!;
    if (starts[vertex + 1]! - start !== 2) return beyond;
    const next = edgesAt[start] === edge ? edgesAt[start + 1]! : edgesAt[start]!;
    if (used[next]) return beyond;
    // Going on straight, both edges run the same way through the vertex, or one of them is turned and so are its sides.
    const turned = (edges.to[edge] === vertex) === (edges.to[next] === vertex);
    const same = turned
      ? edges.left[next] === edges.right[edge] && edges.right[next] === edges.left[edge]
      : edges.left[next] === edges.left[edge] && edges.right[next] === edges.right[edge];
    if (!same) return beyond;
    used[next] = 1;
    vertex = edges.from[next] === vertex ? edges.to[next]! : edges.from[next]!;
    beyond.push(vertex);
    edge = next;
  }
}
