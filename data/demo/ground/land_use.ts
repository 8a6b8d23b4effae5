import type { BlockUse } from "../../schema/city_rows.ts";
import type { Zone } from "../ground_plan.ts";
import { drawWeighted, randomFor } from "../random.ts";
import type { DraftBlock } from "./draft.ts";
import type { HouseStyle } from "./house_styles.ts";

type Weights<T> = readonly (readonly [T, number])[];

const usesByZone: Record<Exclude<Zone, "river" | "rural">, Weights<BlockUse>> = {
  old: [
    ["housing", 80],
    ["shop", 5],
    ["school", 4],
    ["public", 5],
    ["market", 3],
    ["park", 3],
  ],
  core: [
    ["housing", 40],
    ["office", 27],
    ["shop", 13],
    ["public", 8],
    ["hospital", 4],
    ["park", 8],
  ],
  older: [
    ["housing", 71],
    ["school", 9],
    ["park", 6],
    ["public", 5],
    ["market", 4],
    ["hospital", 2],
    ["office", 3],
  ],
  mixed: [
    ["housing", 70],
    ["school", 8],
    ["park", 6],
    ["public", 4],
    ["market", 3],
    ["hospital", 2],
    ["office", 4],
    ["works", 3],
  ],
  new: [
    ["housing", 71],
    ["school", 9],
    ["park", 8],
    ["office", 6],
    ["shop", 4],
    ["hospital", 2],
  ],
  enterprise: [
    ["works", 86],
    ["office", 8],
    ["park", 6],
  ],
};

const stylesByZone: Partial<Record<Zone, Weights<HouseStyle>>> = {
  old: [
    ["courtyard", 76],
    ["walk_up", 24],
  ],
  core: [
    ["walk_up", 20],
    ["slab_18", 30],
    ["tower_18", 25],
    ["tower_33", 25],
  ],
  older: [
    ["walk_up", 82],
    ["slab_11", 15],
    ["slab_18", 3],
  ],
  mixed: [
    ["walk_up", 58],
    ["slab_11", 28],
    ["slab_18", 9],
    ["tower_18", 5],
  ],
  new: [
    ["walk_up", 20],
    ["slab_11", 38],
    ["slab_18", 26],
    ["tower_18", 8],
    ["tower_33", 8],
  ],
};

/** At most one of these in what the skeleton's streets enclose. */
const rareUses: readonly BlockUse[] = ["school", "hospital", "park", "market"];

/**
 * Draws the use of every block, and the style of those with homes. Golden places are treated elsewhere.
 * @param station - the block nearest to it gets the railway station
 */
export function drawLandUse(blocks: DraftBlock[], seed: string, station: { x: number; y: number } | null): void {
  const taken = new Set<string>();
  for (const block of blocks) {
    const random = randomFor(`${seed}/use/${block.key}`);
    block.use = drawUse(block, random, taken);
    const styles = stylesByZone[block.zone];
    if (block.use === "housing" && styles) block.style = drawWeighted(random, styles);
    if (block.use === "village") block.style = "village";
  }
  const urban = blocks.filter((block) => block.zone !== "rural" && block.zone !== "river" && block.place === null);
  if (!station || urban.length === 0) return;
  const distance = (block: DraftBlock): number => Math.hypot(block.x - station.x, block.y - station.y);
  const nearest = urban.reduce((best, block) => (distance(block) < distance(best) ? block : best));
  nearest.use = "rail";
  nearest.style = null;
}

function drawUse(block: DraftBlock, random: () => number, taken: Set<string>): BlockUse {
  if (block.zone === "river") return "water";
  if (block.zone === "rural") {
    const share = block.place === "town" ? 0.8 : 0.22;
    return block.area > 60_000 && random() < share ? "village" : "field";
  }
  const weights = usesByZone[block.zone].filter((item) => !taken.has(`${block.superblock}/${item[0]}`));
  let use = drawWeighted(random, weights);
  // Too small for a school or hospital yard, or for a ring of slabs.
  if (block.area < 14_000 && (use === "school" || use === "hospital" || use === "works")) use = "public";
  if (rareUses.includes(use)) taken.add(`${block.superblock}/${use}`);
  return use;
}
