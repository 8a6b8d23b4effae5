import type { PlanEstate } from "../ground_plan.ts";
import type { DraftBlock, DraftFace } from "./draft.ts";
import { goldenEstateNames, makeEstateNamer } from "./estate_names.ts";
import { chooseGoldenBlocks, goldenPlaces } from "./golden.ts";
import { halfStreet } from "./house_styles.ts";
import { insetRing, outlineOf } from "./rings.ts";
import type { Subdivision } from "./subdivision.ts";

/** From kerb to wall; metres. */
const wallDistance = 1.2;

/**
 * Names an estate for every block of slabs and towers, and the golden ones of several blocks; old courtyards and
 * villages have none. Blocks get the index of their estate; their parcels follow when the plan is written.
 */
export function foundEstates(blocks: DraftBlock[], seed: string): PlanEstate[] {
  const estates: PlanEstate[] = [];
  for (const golden of goldenPlaces) {
    const count = chooseGoldenBlocks(blocks, golden, estates.length);
    for (const name of goldenEstateNames[golden.place].slice(0, count)) estates.push({ name, parcels: [] });
  }
  const nameEstate = makeEstateNamer(seed);
  for (const block of blocks) {
    if (block.use !== "housing" || block.estate >= 0 || !block.style || block.style === "courtyard") continue;
    block.estate = estates.push({ name: nameEstate(block.style, block.key), parcels: [] }) - 1;
  }
  return estates;
}

/** Draws a wall round every block of an estate, just inside the streets; it belongs to the block's first parcel. */
export function buildWalls(subdivision: Subdivision, blocks: readonly DraftBlock[], faces: readonly DraftFace[]): void {
  const facesOf = new Map<number, number[]>();
  faces.forEach((parcel, face) => {
    if (blocks[parcel.block]!.estate < 0) return;
    facesOf.set(parcel.block, [...(facesOf.get(parcel.block) ?? []), face]);
  });
  for (const members of facesOf.values()) {
    const outline = outlineOf(subdivision, members);
    const ring = outline.flatMap((half) => {
      const vertex = subdivision.origin[half]!;
      return [subdivision.x[vertex]!, subdivision.y[vertex]!];
    });
    const distances = outline.map((half) => halfStreet[subdivision.edgeClass[half >> 1]!] + wallDistance);
    const wall = insetRing(ring, distances);
    if (!wall) continue;
    faces[members[0]!]!.features.push({ kind: "wall", facility: null, name: null, parts: [wall], closed: true });
  }
}
