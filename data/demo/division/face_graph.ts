/**
 * Faces and the borders between them, as flat lists: the neighbours of face f are `to[start[f]] … to[start[f + 1] − 1]`,
 * and `cost` runs beside them. Symmetric.
 */
export interface FaceGraph {
  start: Int32Array;
  to: Int32Array;
  /** What cutting here costs: metres of border times (1 + class cost). 0 for a link across a gap. */
  cost: Float64Array;
  /** What parts are balanced by. */
  load: Float64Array;
  homes: Float64Array;
  buildings: Float64Array;
  /** Local metres. */
  x: Float64Array;
  y: Float64Array;
}

export interface Border {
  a: number;
  b: number;
  cost: number;
}

export type Faces = Pick<FaceGraph, "load" | "homes" | "buildings" | "x" | "y">;

/** Makes the graph of faces from their borders; several borders between the same two faces add up. */
export function faceGraph(faces: Faces, borders: readonly Border[]): FaceGraph {
  const count = faces.load.length;
  const summed = new Map<number, number>();
  for (const { a, b, cost } of borders) {
    if (a === b) continue;
    const key = Math.min(a, b) * count + Math.max(a, b);
    summed.set(key, (summed.get(key) ?? 0) + cost);
  }
  const pairs = [...summed].sort((left, right) => left[0] - right[0]);
  const start = new Int32Array(count + 1);
  for (const [key] of pairs) {
    start[Math.floor(key / count) + 1]! += 1;
    start[(key % count) + 1]! += 1;
  }
  for (let face = 0; face < count; face++) start[face + 1]! += start[face]!;
  const next = start.slice();
  const to = new Int32Array(pairs.length * 2);
  const cost = new Float64Array(pairs.length * 2);
  for (const [key, sum] of pairs) {
    const a = Math.floor(key / count);
    const b = key % count;
    to[next[a]!] = b;
    cost[next[a]!++] = sum;
    to[next[b]!] = a;
    cost[next[b]!++] = sum;
  }
  return { ...faces, start, to, cost };
}

/** The part of a graph that the given faces make; face i of it is `faces[i]` of the whole. */
export function subgraph(graph: FaceGraph, faces: readonly number[]): FaceGraph {
  const local = new Map(faces.map((face, at) => [face, at]));
  const borders: Border[] = [];
  for (const [at, face] of faces.entries()) {
    for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) {
      const other = local.get(graph.to[link]!);
      if (other !== undefined && other > at) borders.push({ a: at, b: other, cost: graph.cost[link]! });
    }
  }
  const pick = (values: Float64Array) => Float64Array.from(faces, (face) => values[face]!);
  return faceGraph(
    {
      load: pick(graph.load),
      homes: pick(graph.homes),
      buildings: pick(graph.buildings),
      x: pick(graph.x),
      y: pick(graph.y),
    },
    borders,
  );
}

/** The graph in which all faces of one part are one face; `part` holds 0 … parts − 1. Borders inside parts vanish. */
export function mergeFaces(graph: FaceGraph, part: ArrayLike<number>, parts: number): FaceGraph {
  const merged: Faces = {
    load: new Float64Array(parts),
    homes: new Float64Array(parts),
    buildings: new Float64Array(parts),
    x: new Float64Array(parts),
    y: new Float64Array(parts),
  };
  const faces = new Float64Array(parts);
  const borders: Border[] = [];
  for (let face = 0; face < graph.load.length; face++) {
    const into = part[face]!;
    merged.load[into]! += graph.load[face]!;
    merged.homes[into]! += graph.homes[face]!;
    merged.buildings[into]! += graph.buildings[face]!;
    merged.x[into]! += graph.x[face]!;
    merged.y[into]! += graph.y[face]!;
    faces[into]! += 1;
    for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) {
      const other = graph.to[link]!;
      if (other > face && part[other] !== into) borders.push({ a: into, b: part[other]!, cost: graph.cost[link]! });
    }
  }
  for (let into = 0; into < parts; into++) {
    merged.x[into]! /= Math.max(1, faces[into]!);
    merged.y[into]! /= Math.max(1, faces[into]!);
  }
  return faceGraph(merged, borders);
}

/** Connected pieces, numbered by their first face. */
export function findPieces(graph: FaceGraph): { piece: Int32Array; pieces: number } {
  const piece = new Int32Array(graph.load.length).fill(-1);
  let pieces = 0;
  const queue: number[] = [];
  for (let seed = 0; seed < piece.length; seed++) {
    if (piece[seed] !== -1) continue;
    piece[seed] = pieces;
    queue.push(seed);
    while (queue.length > 0) {
      const face = queue.pop()!;
      for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) {
        const other = graph.to[link]!;
        if (piece[other] !== -1) continue;
        piece[other] = pieces;
        queue.push(other);
      }
    }
    pieces += 1;
  }
  return { piece, pieces };
}

/**
 * Links each piece whose load is below `least` to the nearest face of another piece, at no cost, until none is left
 * alone or one piece remains: what lies apart then counts as touching its nearest neighbour.
 */
export function linkSmallPieces(graph: FaceGraph, least: number): FaceGraph {
  let linked = graph;
  for (;;) {
    const { piece, pieces } = findPieces(linked);
    if (pieces === 1) return linked;
    const loads = new Float64Array(pieces);
    for (let face = 0; face < piece.length; face++) loads[piece[face]!]! += linked.load[face]!;
    const small = loads.indexOf(Math.min(...loads));
    if (loads[small]! >= least) return linked;
    linked = withLink(linked, nearestPair(linked, piece, small));
  }
}

function nearestPair(graph: FaceGraph, piece: Int32Array, own: number): Border {
  let best: Border = { a: -1, b: -1, cost: 0 };
  let nearest = Number.POSITIVE_INFINITY;
  for (let a = 0; a < piece.length; a++) {
    if (piece[a] !== own) continue;
    for (let b = 0; b < piece.length; b++) {
      if (piece[b] === own) continue;
      const distance = (graph.x[a]! - graph.x[b]!) ** 2 + (graph.y[a]! - graph.y[b]!) ** 2;
      if (distance >= nearest) continue;
      nearest = distance;
      best = { a, b, cost: 0 };
    }
  }
  return best;
}

function withLink(graph: FaceGraph, link: Border): FaceGraph {
  const borders: Border[] = [link];
  for (let face = 0; face < graph.load.length; face++) {
    for (let at = graph.start[face]!; at < graph.start[face + 1]!; at++) {
      if (graph.to[at]! > face) borders.push({ a: face, b: graph.to[at]!, cost: graph.cost[at]! });
    }
  }
  return faceGraph(graph, borders);
}
