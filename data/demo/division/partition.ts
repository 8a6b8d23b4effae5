import { apportion } from "./apportion.ts";
import { randomFor } from "../random.ts";
import { type FaceGraph, findPieces, linkSmallPieces, subgraph } from "./face_graph.ts";
import { growParts } from "./grow_parts.ts";
import { meetsNeeds, type PartitionOptions, partEnergy, settleParts } from "./settle_parts.ts";

/**
 * Cuts a graph of faces into connected parts of about equal load whose borders like big streets.
 *
 * Far-apart seeds; the lightest part always takes a neighbour that is near and shares much border; then single moves
 * while the energy falls; then the same from the new centres. Pieces of the graph that are too light for a part of
 * their own count as touching the nearest other piece.
 *
 * @returns part of each face, 0 … parts − 1; every part has at least one face
 * @throws RangeError if there are fewer faces than parts
 */
export function partition(graph: FaceGraph, options: PartitionOptions): Int32Array {
  const faces = graph.load.length;
  if (options.parts > faces || options.parts < 1) {
    throw new RangeError(`partition: ${options.parts} parts of ${faces} faces`);
  }
  if (options.parts === 1) return new Int32Array(faces);
  const total = graph.load.reduce((sum, load) => sum + load, 0);
  const linked = linkPieces(graph, options.parts, total);
  const { piece, pieces } = findPieces(linked);
  if (pieces === 1) return partitionPiece(linked, options);
  return partitionPieces(linked, { piece, pieces }, options);
}

const fewestRestarts = 10; // more only while some part is outside what is needed

/** Links pieces until each is worth a part of its own and can hold its share of them. */
function linkPieces(graph: FaceGraph, parts: number, total: number): FaceGraph {
  for (let share = 0.55; ; share *= 1.5) {
    const linked = linkSmallPieces(graph, (share * total) / parts);
    const { piece, pieces } = findPieces(linked);
    if (pieces === 1) return linked;
    const shares = sharesOfPieces(linked, { piece, pieces }, parts);
    const sizes = new Int32Array(pieces);
    for (const own of piece) sizes[own]! += 1;
    if (pieces <= parts && shares.every((wanted, own) => wanted >= 1 && wanted <= sizes[own]!)) return linked;
  }
}

interface Pieces {
  piece: Int32Array;
  pieces: number;
}

function sharesOfPieces(graph: FaceGraph, { piece, pieces }: Pieces, parts: number): number[] {
  const loads = new Array<number>(pieces).fill(0);
  for (let face = 0; face < piece.length; face++) loads[piece[face]!]! += graph.load[face]!;
  return apportion(parts, loads);
}

function partitionPieces(graph: FaceGraph, found: Pieces, options: PartitionOptions): Int32Array {
  const result = new Int32Array(graph.load.length);
  const shares = sharesOfPieces(graph, found, options.parts);
  let offset = 0;
  for (let own = 0; own < found.pieces; own++) {
    const faces: number[] = [];
    found.piece.forEach((at, face) => {
      if (at === own) faces.push(face);
    });
    const parts = shares[own]!;
    const inside = partition(subgraph(graph, faces), { ...options, parts, key: `${options.key}/${own}` });
    faces.forEach((face, at) => {
      result[face] = offset + inside[at]!;
    });
    offset += parts;
  }
  return result;
}

function partitionPiece(graph: FaceGraph, options: PartitionOptions): Int32Array {
  const { restarts = 2, rounds = 7 } = options;
  let best: Int32Array | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < restarts; run++) {
    let seeds = farSeeds(graph, options.parts, `${options.key}/${run}`);
    for (let round = 0; round < rounds; round++) {
      const part = growParts(graph, seeds);
      settleParts(graph, part, options);
      const energy = partEnergy(graph, part, options);
      if (energy < least - 1e-9) {
        least = energy;
        best = part;
      }
      const centres = centreSeeds(graph, part, options.parts);
      if (centres.every((seed, at) => seed === seeds[at])) break;
      seeds = centres;
    }
    if (run >= fewestRestarts && meetsNeeds(graph, best!, options)) break;
  }
  return best!;
}

/** Seeds as far apart as they come: the first by chance, each next one farthest from all before (with some jitter). */
function farSeeds(graph: FaceGraph, parts: number, key: string): number[] {
  const next = randomFor(key);
  const candidates = facesWithLoad(graph, parts);
  const seeds = [candidates[Math.floor(next() * candidates.length)]!];
  const nearest = candidates.map(() => Number.POSITIVE_INFINITY);
  while (seeds.length < parts) {
    const last = seeds.at(-1)!;
    let farthest = -1;
    let distance = -1;
    candidates.forEach((face, at) => {
      const d = (graph.x[face]! - graph.x[last]!) ** 2 + (graph.y[face]! - graph.y[last]!) ** 2;
      nearest[at] = Math.min(nearest[at]!, d);
      const jittered = nearest[at]! * (0.7 + 0.6 * next());
      if (nearest[at]! > 0 && jittered > distance) {
        distance = jittered;
        farthest = face;
      }
    });
    // Faces with the very same centre: take any that is no seed yet.
    seeds.push(farthest >= 0 ? farthest : candidates.find((face) => !seeds.includes(face))!);
  }
  return seeds;
}

function facesWithLoad(graph: FaceGraph, parts: number): number[] {
  const all = Array.from(graph.load.keys());
  const loaded = all.filter((face) => graph.homes[face]! > 0);
  return loaded.length >= parts ? loaded : all;
}

/** The face nearest to each part's centre of load. */
function centreSeeds(graph: FaceGraph, part: Int32Array, parts: number): number[] {
  const x = new Float64Array(parts);
  const y = new Float64Array(parts);
  const weight = new Float64Array(parts);
  for (let face = 0; face < part.length; face++) {
    const own = part[face]!;
    const load = graph.load[face]! + 1e-6;
    x[own]! += load * graph.x[face]!;
    y[own]! += load * graph.y[face]!;
    weight[own]! += load;
  }
  const seeds = new Array<number>(parts).fill(-1);
  const nearest = new Float64Array(parts).fill(Number.POSITIVE_INFINITY);
  for (let face = 0; face < part.length; face++) {
    const own = part[face]!;
    const distance = (graph.x[face]! - x[own]! / weight[own]!) ** 2 + (graph.y[face]! - y[own]! / weight[own]!) ** 2;
    if (distance >= nearest[own]!) continue;
    nearest[own] = distance;
    seeds[own] = face;
  }
  return seeds;
}
