import type { EdgeClass } from "../ground_plan.ts";
import { drawBetween, randomFor } from "../random.ts";
import { facePoints } from "./cut_blocks.ts";
import { cutFace, type CutStyle } from "./cut_face.ts";
import type { DraftBlock, DraftFace } from "./draft.ts";
import { ringArea, ringCentre } from "./polygon.ts";
import type { Subdivision } from "./subdivision.ts";

/** A cut into parcels, and the area (m²) up to which a parcel stays whole. */
interface ParcelCut extends CutStyle {
  area: number;
}

const way = (area: number, edgeClass: EdgeClass, bend: number, turn: number): ParcelCut => ({
  area,
  class: edgeClass,
  bend,
  turn,
});

/**
 * Cuts blocks into parcels: the old quarter by lanes, estates and works by estate ways, fields by field ways,
 * villages by lanes. Returns what is known of each face; `faceBlock` says which block a face was.
 */
export function cutParcels(
  subdivision: Subdivision,
  blocks: readonly DraftBlock[],
  faceBlock: readonly number[],
  seed: string,
  frozenLines: readonly boolean[],
): DraftFace[] {
  const faces: DraftFace[] = [];
  const blockFaces = subdivision.faceStart.length;
  for (let start = 0; start < blockFaces; start++) {
    const block = faceBlock[start] ?? -1;
    if (subdivision.faceStart[start]! < 0 || block < 0) continue;
    const waiting: [number, string][] = [[start, blocks[block]!.key]];
    while (waiting.length > 0) {
      const [face, key] = waiting.pop()!;
      const points = facePoints(subdivision, face);
      const cut = parcelCut(blocks[block]!, points);
      const random = randomFor(`${seed}/parcel/${key}`);
      const isLarge = cut !== null && ringArea(points) > cut.area * drawBetween(random, 0.75, 1.25);
      const added = isLarge ? cutFace(subdivision, face, cut, random, frozenLines) : -1;
      if (added >= 0) waiting.push([added, `${key}.1`], [face, `${key}.0`]);
      else
        faces[face] = {
          key,
          block,
          use: parcelUse(blocks[block]!, points),
          sideShops: random() < 0.45,
          buildings: [],
          features: [],
        };
    }
  }
  return faces;
}

function parcelCut(block: DraftBlock, points: readonly number[]): ParcelCut | null {
  if (block.use === "village") {
    const near = isNearVillage(block, points, 60);
    if (near && ringArea(points) < 60_000) return way(11_000, "lane", 0.12, 0.2);
    return way(near ? 40_000 : 90_000, "field_way", 0.14, 0.22);
  }
  if (block.use === "field") return way(90_000, "field_way", 0.14, 0.22);
  if (block.use === "works") return way(48_000, "estate_way", 0.02, 0.04);
  if (block.use !== "housing") return null;
  if (block.style === "courtyard") return way(6_500, "lane", 0.1, 0.16);
  return block.zone === "new" ? way(54_000, "estate_way", 0.05, 0.08) : way(42_000, "estate_way", 0.05, 0.09);
}

function parcelUse(block: DraftBlock, points: readonly number[]): DraftFace["use"] {
  return block.use === "village" && !isNearVillage(block, points, 0) ? "field" : block.use;
}

/** Natural villages among fields: homes near the middle of the block only. */
function isNearVillage(block: DraftBlock, points: readonly number[], more: number): boolean {
  const [x, y] = ringCentre(points);
  return Math.hypot(x - block.x, y - block.y) < 60 + 0.14 * Math.sqrt(block.area) + more;
}
