import type { GroundPlan } from "../ground_plan.ts";
import { demoOrigin } from "../local_plane.ts";
import { makeWarp, roundToCentimetre, type Warp } from "../warp.ts";
import { arrangeLines } from "./arrange_lines.ts";
import type { Cell } from "./cell.ts";
import { cutBlocks, facePoints } from "./cut_blocks.ts";
import { cutParcels } from "./cut_parcels.ts";
import { cutRows } from "./cut_rows.ts";
import type { DraftBlock, DraftBuilding, DraftFace } from "./draft.ts";
import { buildWalls, foundEstates } from "./estates.ts";
import { wallsOfRing } from "./face_walls.ts";
import { fillGolden, goldenPlaces } from "./golden.ts";
import { drawLandUse } from "./land_use.ts";
import { layField, layPark, layTrack } from "./open_spaces.ts";
import { type Packing, placeBuildings } from "./place_buildings.ts";
import { placeShops } from "./place_shops.ts";
import { ringCentre } from "./polygon.ts";
import { removeSlivers } from "./remove_slivers.ts";
import { drawDistrict } from "./skeleton.ts";
import type { Subdivision } from "./subdivision.ts";
import { layWaterside } from "./waterside.ts";
import { writePlan } from "./write_plan.ts";

export interface GroundOptions {
  /** `community`: 慧泽社区 alone; `district`: about 30 km² round it. */
  size: "community" | "district";
  seed?: string;
}

/** A parcel with more homes is cut between rows: what grids are made of. */
const mostHomes = 120;
/** The same where grids are small (慧泽社区: 27 grids of 90–150 homes). */
const mostHomesOfSmallGrid = 52;
/** School buildings keep so far from the running track; metres. */
const trackClearance = 9;

/** Lays the ground of the demo city; the same options give the same plan to the last byte. */
export function layGround(options: GroundOptions): GroundPlan {
  return layDistrict(drawDistrict(options.seed ?? "1", options.size));
}

/**
 * Lays the ground of one cell: streets, blocks, parcels, and what stands on them. For a city lay
 * `drawCityCell(seed, index)` one by one: all share one plane, neighbours the vertices of their border.
 */
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
  drawLandUse(blocks, cell.seed, cell.station);
  const estates = foundEstates(blocks, cell.seed);
  const faces = cutParcels(subdivision, blocks, faceBlock, cell.seed, frozen);
  const plane = { x: subdivision.x.slice(), y: subdivision.y.slice(), warp: makeWarp(cell.swirls) };
  moveToGround(subdivision, plane.warp);
  faces.forEach((parcel, face) => {
    if (parcel.use === "water" && cell.river) layWaterside(subdivision, face, parcel, cell.river, plane);
  });
  buildUp(subdivision, blocks, faces, cell);
  buildWalls(subdivision, blocks, faces);
  return writePlan(subdivision, { blocks, faces, estates }, cell, demoOrigin);
}

/** Everything that stands on parcels: homes and other buildings, then ways between rows, then shops. */
function buildUp(subdivision: Subdivision, blocks: readonly DraftBlock[], faces: DraftFace[], cell: Cell): void {
  const seed = cell.seed;
  const frozen = cell.lines.map((line) => line.frozen);
  const standing: number[] = [];
  for (const golden of goldenPlaces) {
    const own: number[] = [];
    faces.forEach((parcel, face) => {
      if (blocks[parcel.block]!.place === golden.place && parcel.use === "housing") own.push(face);
    });
    standing.push(...own);
    const place = (face: number, packing: Packing): DraftBuilding[] =>
      placeBuildings(subdivision, face, faces[face]!, blocks[faces[face]!.block]!, seed, packing);
    if (own.length > 0)
      fillGolden(
        golden,
        own.map((face) => faces[face]!),
        (_, i, packing) => place(own[i]!, packing),
      );
  }
  const filled = new Set(standing);
  faces.forEach((parcel, face) => {
    if (filled.has(face)) return;
    if (parcel.use === "park") layPark(subdivision, face, parcel, seed);
    if (parcel.use === "field") layField(subdivision, face, parcel, seed);
    const track = parcel.use === "school" ? layTrack(subdivision, face, parcel, seed) : null;
    const obstacles = track ? wallsOfRing(track, trackClearance) : [];
    const block = blocks[parcel.block]!;
    parcel.buildings = placeBuildings(subdivision, face, parcel, block, seed, { spread: 1 }, obstacles);
  });
  for (const face of faces.keys()) {
    const parcel = faces[face];
    if (parcel?.use !== "housing") continue;
    const block = blocks[parcel.block]!;
    if (block.style === "courtyard") continue;
    cutRows(subdivision, faces, face, block.place === "huize" ? mostHomesOfSmallGrid : mostHomes, frozen);
  }
  faces.forEach((parcel, face) => {
    const style = blocks[parcel.block]!.style;
    if (parcel.use === "housing" && style !== "courtyard") placeShops(subdivision, face, parcel, cell);
  });
}

/** Faces that are not laid become outside. */
function dropOutside(subdivision: Subdivision, isInside: (face: number) => boolean): void {
  subdivision.faceStart.forEach((start, face) => {
    if (start < 0 || isInside(face)) return;
    for (const half of subdivision.ring(face)) subdivision.face[half] = -1;
    subdivision.faceStart[face] = -1;
  });
}

function moveToGround(subdivision: Subdivision, warp: Warp): void {
  for (let vertex = 0; vertex < subdivision.x.length; vertex++) {
    const [x, y] = warp(subdivision.x[vertex]!, subdivision.y[vertex]!);
    subdivision.x[vertex] = roundToCentimetre(x);
    subdivision.y[vertex] = roundToCentimetre(y);
  }
}
