import type { EdgeClass, Zone } from "../ground_plan.ts";
import { drawBetween, randomFor } from "../random.ts";
import type { Cell } from "./cell.ts";
import { cutFace } from "./cut_face.ts";
import type { DraftBlock } from "./draft.ts";
import { ringArea, ringCentre } from "./polygon.ts";
import type { Subdivision } from "./subdivision.ts";

/** How the faces of a zone are cut into blocks: areas in m², bends as fractions, turns in radians. */
interface BlockCut {
  area: number;
  bend: number;
  turn: number;
  classOf(area: number): EdgeClass;
}

const housingStreets = (area: number): EdgeClass => (area > 240_000 ? "secondary" : "side");

const blockCuts: Record<Exclude<Zone, "river">, BlockCut> = {
  old: { area: 24_000, bend: 0.1, turn: 0.16, classOf: (area) => (area > 70_000 ? "side" : "lane") },
  core: { area: 42_000, bend: 0.02, turn: 0.05, classOf: housingStreets },
  older: { area: 60_000, bend: 0.05, turn: 0.09, classOf: housingStreets },
  mixed: { area: 60_000, bend: 0.05, turn: 0.09, classOf: housingStreets },
  new: { area: 86_000, bend: 0.05, turn: 0.08, classOf: housingStreets },
  enterprise: { area: 105_000, bend: 0.03, turn: 0.05, classOf: housingStreets },
  rural: { area: 300_000, bend: 0.16, turn: 0.25, classOf: (area) => (area > 700_000 ? "secondary" : "side") },
};

/** x,y,… of a face. */
export function facePoints(subdivision: Subdivision, face: number): number[] {
  const points: number[] = [];
  for (const half of subdivision.ring(face)) {
    const vertex = subdivision.origin[half]!;
    points.push(subdivision.x[vertex]!, subdivision.y[vertex]!);
  }
  return points;
}

/**
 * Cuts every face of the skeleton by streets into blocks. `faceBlock` maps faces to the returned blocks, −1 where
 * nothing is laid.
 */
export function cutBlocks(subdivision: Subdivision, cell: Cell): { blocks: DraftBlock[]; faceBlock: number[] } {
  const frozen = cell.lines.map((line) => line.frozen);
  const blocks: DraftBlock[] = [];
  const faceBlock: number[] = [];
  const skeletonFaces = subdivision.faceStart.length;
  for (let superblock = 0; superblock < skeletonFaces; superblock++) {
    if (subdivision.faceStart[superblock]! < 0) continue;
    const [centreX, centreY] = ringCentre(facePoints(subdivision, superblock));
    const place = cell.placeAt(centreX, centreY);
    const wholeZone = cell.zoneAt(centreX, centreY);
    // Places end at lines of the skeleton; elsewhere a big face may reach over several zones.
    const isWhole = place !== null || wholeZone === "river";
    const waiting: [number, string][] = [[superblock, String(superblock)]];
    while (waiting.length > 0) {
      const [face, key] = waiting.pop()!;
      const points = facePoints(subdivision, face);
      const area = ringArea(points);
      const [x, y] = ringCentre(points);
      const zone = isWhole ? wholeZone : cell.zoneAt(x, y);
      const added = cutOnce(subdivision, cell, { face, key, zone, area }, frozen);
      if (added >= 0) {
        waiting.push([added, `${key}/1`], [face, `${key}/0`]);
        continue;
      }
      faceBlock[face] = blocks.length;
      blocks.push({ key, zone, place, superblock, use: "housing", style: null, estate: -1, x, y, area });
    }
  }
  return { blocks, faceBlock };
}

function cutOnce(
  subdivision: Subdivision,
  cell: Cell,
  piece: { face: number; key: string; zone: Zone; area: number },
  frozen: readonly boolean[],
): number {
  if (piece.zone === "river") return -1;
  const cut = blockCuts[piece.zone];
  const random = randomFor(`${cell.seed}/block/${piece.key}`);
  if (piece.area < cut.area * drawBetween(random, 0.75, 1.25)) return -1;
  const style = { class: cut.classOf(piece.area), bend: cut.bend, turn: cut.turn };
  return cutFace(subdivision, piece.face, style, random, frozen);
}
