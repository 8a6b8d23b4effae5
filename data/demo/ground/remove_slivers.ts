import type { EdgeClass } from "../ground_plan.ts";
import { facePoints } from "./cut_blocks.ts";
import { ringArea, ringPerimeter } from "./polygon.ts";
import type { Subdivision } from "./subdivision.ts";

const leastArea = 9_000; // m²
const leastRoundness = 0.012; // area / perimeter²

/** Streets that go first when two faces are joined; classes that are absent never go. */
const removable: readonly EdgeClass[] = ["field_way", "estate_way", "lane", "side", "secondary", "main", "ring"];

/**
 * Joins faces of the skeleton that are too small or too thin with a neighbour, by deleting the border of lowest rank
 * (among equals the longest) that they share.
 * @param mayJoin - false keeps two faces apart, by their indexes
 */
export function removeSlivers(subdivision: Subdivision, mayJoin: (a: number, b: number) => boolean): void {
  for (let face = 0; face < subdivision.faceStart.length; face++) {
    while (subdivision.faceStart[face]! >= 0) {
      const points = facePoints(subdivision, face);
      const area = ringArea(points);
      if (area >= leastArea && area / ringPerimeter(points) ** 2 >= leastRoundness) break;
      const shared = findWeakestBorder(subdivision, face, mayJoin);
      if (!shared) break;
      subdivision.removeEdges(shared);
    }
  }
}

function findWeakestBorder(
  subdivision: Subdivision,
  face: number,
  mayJoin: (a: number, b: number) => boolean,
): number[] | null {
  const runs = new Map<number, number[]>();
  for (const half of subdivision.ring(face)) {
    const other = subdivision.face[half ^ 1]!;
    if (other < 0 || other === face || !mayJoin(face, other)) continue;
    runs.set(other, [...(runs.get(other) ?? []), half]);
  }
  let best: number[] | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const halves of runs.values()) {
    const ranks = halves.map((half) => removable.indexOf(subdivision.edgeClass[half >> 1]!));
    if (ranks.includes(-1) || !isOneRun(subdivision, halves)) continue;
    const rank = Math.max(...ranks) - Math.min(0.9, halves.length / 100);
    if (rank >= bestRank) continue;
    bestRank = rank;
    best = halves;
  }
  return best;
}

/** Two faces that meet along several stretches would enclose a hole. */
function isOneRun(subdivision: Subdivision, halves: readonly number[]): boolean {
  const set = new Set(halves);
  return halves.filter((half) => !set.has(subdivision.next[half]!)).length === 1;
}
