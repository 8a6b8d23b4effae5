import Flatbush from "flatbush";
import { collectEdges, type EdgeTable } from "./edge_table.ts";
import type { VertexTable } from "./vertex_table.ts";

/** Degrees (0.2 mm): what rounding to 1e-9° may move a vertex off the straight edge that it was put on. */
const onEdge = 2e-9;

/**
 * T-nodes: where one face has a vertex in the middle of its neighbour's edge, the edge is split there, so that the
 * pieces pair up.
 *
 *     ────────────          ─────┬──────
 *        one edge     →       two edges
 *     ─────┬──────          ─────┼──────
 *
 * Only edges with one face, and vertices of such edges, are looked at.
 */
export function splitAtForeignVertices(edges: EdgeTable, vertices: VertexTable): EdgeTable {
  const lonely = lonelyEdges(edges);
  if (lonely.length < 2) return edges;
  const ends = [...new Set(lonely.flatMap((edge) => [edges.from[edge]!, edges.to[edge]!]))];
  const index = new Flatbush(ends.length);
  for (const vertex of ends) index.add(vertices.lonOf(vertex), vertices.latOf(vertex));
  index.finish();

  const cuts = new Map<number, number[]>();
  for (const edge of lonely) {
    const on = verticesOn(edges.from[edge]!, edges.to[edge]!, ends, index, vertices);
    if (on.length > 0) cuts.set(edge, on);
  }
  return cuts.size === 0 ? edges : pairAgain(edges, lonely, cuts);
}

function lonelyEdges(edges: EdgeTable): number[] {
  const lonely: number[] = [];
  for (let edge = 0; edge < edges.size; edge++) {
    if (edges.left[edge] !== edges.right[edge] && (edges.left[edge] === 0 || edges.right[edge] === 0))
      lonely.push(edge);
  }
  return lonely;
}

/** Vertices strictly between the two ends, in order from the first. */
function verticesOn(from: number, to: number, ends: number[], index: Flatbush, vertices: VertexTable): number[] {
  const [ax, ay, bx, by] = [vertices.lonOf(from), vertices.latOf(from), vertices.lonOf(to), vertices.latOf(to)];
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.hypot(dx, dy);
  const found: { vertex: number; along: number }[] = [];
  const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const;
  index.search(box[0] - onEdge, box[1] - onEdge, box[2] + onEdge, box[3] + onEdge, (i) => {
    const vertex = ends[i]!;
    if (vertex === from || vertex === to) return false;
    const [px, py] = [vertices.lonOf(vertex) - ax, vertices.latOf(vertex) - ay];
    const along = (px * dx + py * dy) / length;
    const off = Math.abs(px * dy - py * dx) / length;
    if (off <= onEdge && along > 0 && along < length) found.push({ vertex, along });
    return false;
  });
  return found.sort((a, b) => a.along - b.along).map(({ vertex }) => vertex);
}

/** Paired edges stay as they are; the lonely ones, cut, are paired anew. */
function pairAgain(edges: EdgeTable, lonely: number[], cuts: Map<number, number[]>): EdgeTable {
  let pieces = lonely.length;
  for (const cut of cuts.values()) pieces += cut.length;
  const collector = collectEdges(pieces);
  for (const edge of lonely) {
    const chain = [edges.from[edge]!, ...(cuts.get(edge) ?? []), edges.to[edge]!];
    for (let i = 1; i < chain.length; i++) {
      if (edges.left[edge] !== 0) collector.add(chain[i - 1]!, chain[i]!, edges.left[edge]!);
      else collector.add(chain[i]!, chain[i - 1]!, edges.right[edge]!);
    }
  }
  return joinTables(edges, new Set(lonely), collector.edges);
}

function joinTables(edges: EdgeTable, without: Set<number>, more: EdgeTable): EdgeTable {
  const size = edges.size - without.size + more.size;
  const joined: EdgeTable = {
    size,
    from: new Int32Array(size),
    to: new Int32Array(size),
    left: new Float64Array(size),
    right: new Float64Array(size),
  };
  let at = 0;
  const copy = (table: EdgeTable, edge: number) => {
    joined.from[at] = table.from[edge]!;
    joined.to[at] = table.to[edge]!;
    joined.left[at] = table.left[edge]!;
    joined.right[at] = table.right[edge]!;
    at++;
  };
  for (let edge = 0; edge < edges.size; edge++) if (!without.has(edge)) copy(edges, edge);
  for (let edge = 0; edge < more.size; edge++) copy(more, edge);
  return joined;
}
