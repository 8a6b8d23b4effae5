import type { GroundPlan } from "../ground_plan.ts";
import { demoOrigin } from "../local_plane.ts";
import { makeWarp, roundToCentimetre } from "../warp.ts";
import { arrangeLines } from "./arrange_lines.ts";
import type { Cell } from "./cell.ts";
import { cutBlocks, facePoints } from "./cut_blocks.ts";
import { cutParcels } from "./cut_parcels.ts";
import { drawLandUse } from "./land_use.ts";
import { placeBuildings } from "./place_buildings.ts";
import { ringCentre } from "./polygon.ts";
import { removeSlivers } from "./remove_slivers.ts";
import { drawDistrict } from "./skeleton.ts";
import type { Subdivision } from "./subdivision.ts";
import { writePlan } from "./write_plan.ts";

export interface GroundOptions {
  /** `community`: 慧泽社区 alone; `district`: about 30 km² round it. */
  size: "community" | "district";
  seed?: string;
}

/** Lays the ground of the demo city; the same options give the same plan to the last byte. */
export function layGround(options: GroundOptions): GroundPlan {
  return layDistrict(drawDistrict(options.seed ?? "1", options.size));
}

/** Lays the ground of one cell: streets, blocks, parcels, and what stands on them. */
export function layDistrict(cell: Cell): GroundPlan {
  const subdivision = arrangeLines(cell.lines, cell.outline);
  const centres = subdivision.faceStart.map((_, face) => ringCentre(facePoints(subdivision, face)));
  const kindOf = (face: number): string => {
    const [x, y] = centres[face]!;
    return `${cell.zoneAt(x, y) === "river"} ${cell.placeAt(x, y)} ${cell.isInside(x, y)}`;
  };
  removeSlivers(subdivision, (a, b) => kindOf(a) === kindOf(b));
  dropOutside(subdivision, (face) => cell.isInside(...centres[face]!));
  const frozen = cell.lines.map((line) => line.frozen);
  const { blocks, faceBlock } = cutBlocks(subdivision, cell);
  drawLandUse(blocks, cell.seed);
  const faces = cutParcels(subdivision, blocks, faceBlock, cell.seed, frozen);
  moveToGround(subdivision, cell);
  faces.forEach((parcel, face) => {
    const block = blocks[parcel.block]!;
    parcel.buildings.push(...placeBuildings(subdivision, face, parcel, block, cell.seed));
  });
  return writePlan(subdivision, blocks, faces, cell, demoOrigin);
}

/** Faces that are not laid become outside. */
function dropOutside(subdivision: Subdivision, isInside: (face: number) => boolean): void {
  subdivision.faceStart.forEach((start, face) => {
    if (start < 0 || isInside(face)) return;
    for (const half of subdivision.ring(face)) subdivision.face[half] = -1;
    subdivision.faceStart[face] = -1;
  });
}

function moveToGround(subdivision: Subdivision, cell: Cell): void {
  const warp = makeWarp(cell.swirls);
  for (let vertex = 0; vertex < subdivision.x.length; vertex++) {
    const [x, y] = warp(subdivision.x[vertex]!, subdivision.y[vertex]!);
    subdivision.x[vertex] = roundToCentimetre(x);
    subdivision.y[vertex] = roundToCentimetre(y);
  }
}
