import type { FaceGraph } from "./face_graph.ts";

export interface PartitionOptions {
  parts: number;
  /** Key of all random choices. */
  key: string;
  /** Homes a part should hold; inside, balance hardly matters. */
  wanted?: { least: number; most: number };
  /** Homes a part must hold, buildings it must have; broken only when nothing else was found. */
  needed?: { least: number; most: number; buildings: number };
  /** Runs with seeds of their own; the best is kept. Beyond ten only while what is needed is not met. */
  restarts?: number;
  /** Reseedings within a run. */
  rounds?: number;
}

const metresOfCutPerPoint = 650; // a cut this long costs as much as one point of imbalance
const mostSweeps = 25;

interface Loads {
  load: Float64Array;
  homes: Float64Array;
  buildings: Float64Array;
  faces: Int32Array;
  target: number;
}

/**
 * Moves single faces between neighbouring parts while the energy falls; parts stay connected and never empty.
 * Changes `part`. Energy: 6·Σ(load/target − 1)², ×.15 inside the wanted range, + the cut's cost in metres / 650.
 */
export function settleParts(graph: FaceGraph, part: Int32Array, options: PartitionOptions): void {
  const loads = sumLoads(graph, part, options.parts);
  const parts: Parts = { part, loads, options };
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let moved = false;
    for (let face = 0; face < part.length; face++) {
      const into = bestMove(graph, parts, face);
      if (into === -1) continue;
      shift(loads, graph, { face, from: part[face]!, into });
      part[face] = into;
      moved = true;
    }
    if (!moved) return;
  }
}

/** The energy that {@link settleParts} lowers. */
export function partEnergy(graph: FaceGraph, part: Int32Array, options: PartitionOptions): number {
  const loads = sumLoads(graph, part, options.parts);
  let energy = 0;
  for (let own = 0; own < options.parts; own++) {
    energy += imbalance(loads.load[own]!, loads.homes[own]!, loads.buildings[own]!, loads.target, options);
  }
  for (let face = 0; face < part.length; face++) {
    for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) {
      const other = graph.to[link]!;
      if (other > face && part[other] !== part[face]) energy += graph.cost[link]! / metresOfCutPerPoint;
    }
  }
  return energy;
}

/** Whether every part has the homes and buildings that are needed. */
export function meetsNeeds(graph: FaceGraph, part: Int32Array, { parts, needed }: PartitionOptions): boolean {
  if (!needed) return true;
  const { homes, buildings } = sumLoads(graph, part, parts);
  return homes.every(
    (count, own) => count >= needed.least && count <= needed.most && buildings[own]! >= needed.buildings,
  );
}

function sumLoads(graph: FaceGraph, part: Int32Array, parts: number): Loads {
  const loads: Loads = {
    load: new Float64Array(parts),
    homes: new Float64Array(parts),
    buildings: new Float64Array(parts),
    faces: new Int32Array(parts),
    target: 0,
  };
  let total = 0;
  for (let face = 0; face < part.length; face++) {
    const own = part[face]!;
    loads.load[own]! += graph.load[face]!;
    loads.homes[own]! += graph.homes[face]!;
    loads.buildings[own]! += graph.buildings[face]!;
    loads.faces[own]! += 1;
    total += graph.load[face]!;
  }
  loads.target = Math.max(1, total / parts);
  return loads;
}

function shift(loads: Loads, graph: FaceGraph, { face, from, into }: { face: number; from: number; into: number }) {
  loads.load[from]! -= graph.load[face]!;
  loads.load[into]! += graph.load[face]!;
  loads.homes[from]! -= graph.homes[face]!;
  loads.homes[into]! += graph.homes[face]!;
  loads.buildings[from]! -= graph.buildings[face]!;
  loads.buildings[into]! += graph.buildings[face]!;
  loads.faces[from]! -= 1;
  loads.faces[into]! += 1;
}

function imbalance(
  load: number,
  homes: number,
  buildings: number,
  target: number,
  { wanted, needed }: PartitionOptions,
): number {
  const off = load / target - 1;
  let energy = 6 * off * off;
  if (wanted && homes >= wanted.least && homes <= wanted.most) energy *= 0.15;
  if (homes < 1) energy += 20; // a part where nobody lives
  if (needed) {
    const outside = Math.max(0, needed.least - homes, homes - needed.most);
    energy += outside > 0 ? 2 + (10 * outside) / needed.least : 0;
    energy += 1.5 * Math.max(0, needed.buildings - buildings);
  }
  return energy;
}

interface Parts {
  part: Int32Array;
  loads: Loads;
  options: PartitionOptions;
}

/** The neighbouring part into which moving the face lowers the energy most, or −1. */
function bestMove(graph: FaceGraph, { part, loads, options }: Parts, face: number): number {
  const from = part[face]!;
  if (loads.faces[from] === 1) return -1;
  const first = graph.start[face]!;
  const end = graph.start[face + 1]!;
  let outside = false;
  let kept = 0; // border with its own part, which a move would turn into a cut
  for (let link = first; link < end; link++) {
    if (part[graph.to[link]!] === from) kept += graph.cost[link]!;
    else outside = true;
  }
  if (!outside) return -1;
  const own = { load: graph.load[face]!, homes: graph.homes[face]!, buildings: graph.buildings[face]! };
  const leave = change(loads, from, own, -1, options);
  let best = -1;
  let least = -1e-7;
  for (let link = first; link < end; link++) {
    const into = part[graph.to[link]!]!;
    if (into === from || into === best) continue;
    let joined = 0;
    for (let at = first; at < end; at++) if (part[graph.to[at]!] === into) joined += graph.cost[at]!;
    const delta = leave + change(loads, into, own, 1, options) + (kept - joined) / metresOfCutPerPoint;
    if (delta >= least) continue;
    least = delta;
    best = into;
  }
  return best !== -1 && staysConnected(graph, part, face) ? best : -1;
}

function change(
  loads: Loads,
  part: number,
  face: { load: number; homes: number; buildings: number },
  sign: 1 | -1,
  options: PartitionOptions,
): number {
  const load = loads.load[part]!;
  const homes = loads.homes[part]!;
  const buildings = loads.buildings[part]!;
  return (
    imbalance(
      load + sign * face.load,
      homes + sign * face.homes,
      buildings + sign * face.buildings,
      loads.target,
      options,
    ) - imbalance(load, homes, buildings, loads.target, options)
  );
}

/** Whether the face's part holds together without it. */
function staysConnected(graph: FaceGraph, part: Int32Array, face: number): boolean {
  const own = part[face]!;
  let beside = 0;
  let start = -1;
  for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) {
    if (part[graph.to[link]!] !== own) continue;
    beside += 1;
    start = graph.to[link]!;
  }
  if (beside <= 1) return true;
  // What was seen is marked −1 in `part` and put back at the end.
  const seen = [face, start];
  part[face] = -1;
  part[start] = -1;
  let missing = beside - 1;
  for (let at = 1; at < seen.length && missing > 0; at++) {
    const here = seen[at]!;
    for (let link = graph.start[here]!; link < graph.start[here + 1]!; link++) {
      const other = graph.to[link]!;
      if (part[other] !== own) continue;
      part[other] = -1;
      seen.push(other);
      if (isBeside(graph, face, other)) missing -= 1;
    }
  }
  for (const moved of seen) part[moved] = own;
  return missing === 0;
}

function isBeside(graph: FaceGraph, face: number, other: number): boolean {
  for (let link = graph.start[face]!; link < graph.start[face + 1]!; link++) if (graph.to[link] === other) return true;
  return false;
}
