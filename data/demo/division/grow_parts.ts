import type { FaceGraph } from "./face_graph.ts";

/**
 * Grows parts from seeds until every face is taken: the lightest part that still can always takes the free neighbour
 * that is near its seed and shares much border with it. The graph must be connected.
 *
 * @returns part of each face; part p holds `seeds[p]`
 */
export function growParts(graph: FaceGraph, seeds: readonly number[]): Int32Array {
  const part = new Int32Array(graph.load.length).fill(-1);
  const load = new Float64Array(seeds.length);
  const frontier: number[][] = seeds.map(() => []);
  const listed = new Uint8Array(seeds.length * part.length); // per part and face: whether the frontier has it
  const take = (face: number, own: number) => {
    part[face] = own;
    load[own]! += graph.load[face]!;
    for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) {
      const other = graph.to[link]!;
      if (part[other] !== -1 || listed[own * part.length + other] === 1) continue;
      listed[own * part.length + other] = 1;
      frontier[own]!.push(other);
    }
  };
  seeds.forEach(take);
  for (let left = part.length - seeds.length; left > 0; left--) {
    const own = lightestOpen(frontier, part, load);
    if (own === -1) throw new RangeError("growParts: the graph is not connected");
    take(pickNeighbour(graph, { part, own, seed: seeds[own]! }, frontier[own]!), own);
  }
  return part;
}

/** The lightest part with a free neighbour; forgets neighbours that were taken meanwhile. */
function lightestOpen(frontier: number[][], part: Int32Array, load: Float64Array): number {
  let best = -1;
  for (let own = 0; own < frontier.length; own++) {
    if (best !== -1 && load[own]! >= load[best]!) continue;
    const faces = frontier[own]!;
    let free = 0;
    for (const face of faces) if (part[face] === -1) faces[free++] = face;
    faces.length = free;
    if (free > 0) best = own;
  }
  return best;
}

function pickNeighbour(
  graph: FaceGraph,
  { part, own, seed }: { part: Int32Array; own: number; seed: number },
  frontier: readonly number[],
): number {
  let best = frontier[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const face of frontier) {
    let shared = 0;
    let all = 1;
    for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) {
      all += graph.cost[link]!;
      if (part[graph.to[link]!] === own) shared += graph.cost[link]!;
    }
    const distance = Math.sqrt((graph.x[face]! - graph.x[seed]!) ** 2 + (graph.y[face]! - graph.y[seed]!) ** 2);
    const score = distance * (1.3 - shared / all);
    if (score < least || (score === least && face < best)) {
      least = score;
      best = face;
    }
  }
  return best;
}
