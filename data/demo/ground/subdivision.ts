import type { EdgeClass } from "../ground_plan.ts";

/** An edge to begin with; `line` is an index in the table of named lines, −1 for none. */
export interface RawEdge {
  a: number;
  b: number;
  class: EdgeClass;
  line: number;
}

/**
 * A planar subdivision as half-edges: 2k and 2k + 1 are the two sides of edge k. The face of a half-edge lies to
 * its left; `outside` is −1. Faces have one ring each: the graph is connected.
 *
 *        next
 *      ↗      face on the left
 *  origin ───► origin of twin
 */
export class Subdivision {
  x: number[] = [];
  y: number[] = [];
  /** Edges meeting at each vertex. */
  degree: number[] = [];
  origin: number[] = [];
  next: number[] = [];
  previous: number[] = [];
  face: number[] = [];
  edgeClass: EdgeClass[] = [];
  edgeLine: number[] = [];
  /** One half-edge of each face, −1 when the face is gone. */
  faceStart: number[] = [];

  addVertex(x: number, y: number): number {
    this.degree.push(0);
    this.y.push(y);
    return this.x.push(x) - 1;
  }

  /** Adds an edge without linking it; returns its first half-edge. */
  addEdge(a: number, b: number, edgeClass: EdgeClass, line: number): number {
    const half = this.origin.length;
    this.origin.push(a, b);
    this.next.push(-1, -1);
    this.previous.push(-1, -1);
    this.face.push(-1, -1);
    this.edgeClass.push(edgeClass);
    this.edgeLine.push(line);
    this.degree[a]!++;
    this.degree[b]!++;
    return half;
  }

  link(before: number, after: number): void {
    this.next[before] = after;
    this.previous[after] = before;
  }

  target(half: number): number {
    return this.origin[half ^ 1]!;
  }

  /** Half-edges of a face, counter-clockwise. */
  ring(face: number): number[] {
    const ring: number[] = [];
    const start = this.faceStart[face]!;
    let half = start;
    do {
      ring.push(half);
      half = this.next[half]!;
    } while (half !== start);
    return ring;
  }

  /** Puts a vertex on an edge; the half-edge keeps its origin and ends at the new vertex, which is returned. */
  splitEdge(half: number, x: number, y: number): number {
    const vertex = this.addVertex(x, y);
    const twin = half ^ 1;
    const end = this.origin[twin]!;
    const edge = half >> 1;
    const added = this.addEdge(vertex, end, this.edgeClass[edge]!, this.edgeLine[edge]!);
    this.origin[twin] = vertex;
    this.degree[vertex]!++;
    this.degree[end]!--;
    this.link(added, this.next[half]!);
    this.link(half, added);
    this.link(this.previous[twin]!, added ^ 1);
    this.link(added ^ 1, twin);
    this.face[added] = this.face[half]!;
    this.face[added ^ 1] = this.face[twin]!;
    return vertex;
  }

  /**
   * Cuts a face from the origin of `from` to the origin of `to` (two of its half-edges) along the given points
   * (x, y, x, y, …). Returns the new face, to the right of the way from → to seen backwards: the ring that begins
   * with `to`; the old face keeps the ring that begins with `from`.
   */
  splitFace(from: number, to: number, between: readonly number[], edgeClass: EdgeClass, line: number): number {
    const old = this.face[from]!;
    const beforeFrom = this.previous[from]!;
    const beforeTo = this.previous[to]!;
    const end = this.origin[to]!;
    let at = this.origin[from]!;
    let forward = beforeFrom;
    let backward = from;
    for (let i = 0; i <= between.length; i += 2) {
      const vertex = i < between.length ? this.addVertex(between[i]!, between[i + 1]!) : end;
      const half = this.addEdge(at, vertex, edgeClass, line);
      this.link(forward, half);
      this.link(half ^ 1, backward);
      forward = half;
      backward = half ^ 1;
      at = vertex;
    }
    this.link(forward, to);
    this.link(beforeTo, backward);
    const added = this.faceStart.push(to) - 1;
    this.faceStart[old] = from;
    for (const half of this.ring(added)) this.face[half] = added;
    for (const half of this.ring(old)) this.face[half] = old;
    return added;
  }

  /** Takes edges away that two faces share, joining them; the face of the first half-edge stays. */
  removeEdges(halves: readonly number[]): void {
    const kept = this.face[halves[0]!]!;
    const gone = this.face[halves[0]! ^ 1]!;
    const removed = new Set(halves.flatMap((half) => [half, half ^ 1]));
    const start = [...this.ring(kept), ...this.ring(gone)].find((half) => !removed.has(half))!;
    for (const half of halves) {
      const twin = half ^ 1;
      this.link(this.previous[half]!, this.next[twin]!);
      this.link(this.previous[twin]!, this.next[half]!);
      this.degree[this.origin[half]!]!--;
      this.degree[this.origin[twin]!]!--;
    }
    for (const half of removed) this.origin[half] = -1;
    this.faceStart[gone] = -1;
    this.faceStart[kept] = start;
    for (const half of this.ring(kept)) this.face[half] = kept;
  }
}

/**
 * Links edges to a subdivision by sorting them round each vertex and tracing the faces.
 * @param edges - meet at vertices only; one connected graph without loose ends
 */
export function buildSubdivision(x: readonly number[], y: readonly number[], edges: readonly RawEdge[]): Subdivision {
  const subdivision = new Subdivision();
  for (let i = 0; i < x.length; i++) subdivision.addVertex(x[i]!, y[i]!);
  const around: number[][] = x.map(() => []);
  for (const edge of edges) {
    const half = subdivision.addEdge(edge.a, edge.b, edge.class, edge.line);
    around[edge.a]!.push(half);
    around[edge.b]!.push(half + 1);
  }
  const angle = (half: number): number => {
    const a = subdivision.origin[half]!;
    const b = subdivision.target(half);
    return Math.atan2(y[b]! - y[a]!, x[b]! - x[a]!);
  };
  for (const halves of around) {
    const sorted = halves.map((half) => ({ half, angle: angle(half) })).sort((p, q) => p.angle - q.angle);
    // Arriving by the twin of one edge, the face on the left goes on by the next edge clockwise.
    for (let i = 0; i < sorted.length; i++) {
      subdivision.link(sorted[(i + 1) % sorted.length]!.half ^ 1, sorted[i]!.half);
    }
  }
  traceFaces(subdivision);
  return subdivision;
}

function traceFaces(subdivision: Subdivision): void {
  const seen = new Uint8Array(subdivision.origin.length);
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    const ring: number[] = [];
    let twiceArea = 0;
    for (let half = start; !seen[half]; half = subdivision.next[half]!) {
      seen[half] = 1;
      ring.push(half);
      const a = subdivision.origin[half]!;
      const b = subdivision.target(half);
      twiceArea += subdivision.x[a]! * subdivision.y[b]! - subdivision.x[b]! * subdivision.y[a]!;
    }
    // The outer ring runs clockwise and belongs to no face.
    if (twiceArea <= 0) continue;
    const face = subdivision.faceStart.push(start) - 1;
    for (const half of ring) subdivision.face[half] = face;
  }
}
