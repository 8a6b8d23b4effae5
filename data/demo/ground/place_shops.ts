import type { EdgeClass } from "../ground_plan.ts";
import { drawBetween, drawWhole, type Random, randomFor } from "../random.ts";
import type { Cell } from "./cell.ts";
import type { DraftBuilding, DraftFace } from "./draft.ts";
import { wallsOfRing } from "./face_walls.ts";
import { freeIntervals, makeFrame, toFrame, type Wall, wallsInFrame } from "./free_space.ts";
import { halfStreet, type RowStyle } from "./house_styles.ts";
import { hasShops, raiseBuilding } from "./place_buildings.ts";
import { distanceToSegment } from "./polygon.ts";
import type { Subdivision } from "./subdivision.ts";

const shopStyle: RowStyle = {
  form: "shop",
  use: "shop",
  structure: "frame",
  depth: [9, 12],
  width: [16, 34],
  entrances: [0, 0],
  gap: [1, 5],
  spacing: [0, 0],
  floors: [1, 3],
  homes: [0, 0],
  varied: true,
};

/** From kerb to shop front; metres. */
const frontSetback = 2.5;
/** Between a shop and anything else that stands there. */
const sideClearance = 4;
/** A corner of a building beyond this cannot be in the way of the front; metres. */
const farAway = 160;
/** A front may bend by this much and still count as straight. */
const straightness = 0.9;

/** Puts shops along the street fronts of a parcel, into the strip that its rows kept free. */
export function placeShops(
  subdivision: Subdivision,
  face: number,
  parcel: DraftFace,
  { seed, shopShare }: Pick<Cell, "seed" | "shopShare">,
): void {
  for (const [index, run] of findFronts(subdivision, face, parcel.sideShops).entries()) {
    const random = randomFor(`${seed}/front/${parcel.key}/${index}`);
    parcel.buildings.push(...lineFront(subdivision, face, run, { others: parcel.buildings, shopShare }, random));
  }
}

/** Runs of edges along one street, straight enough for one line of shops. */
function findFronts(subdivision: Subdivision, face: number, onSideStreets: boolean): number[][] {
  const ring = subdivision.ring(face);
  const isFront = (half: number): boolean => hasShops(subdivision.edgeClass[half >> 1]!, onSideStreets);
  const classOf = (half: number): EdgeClass => subdivision.edgeClass[half >> 1]!;
  const first = ring.findIndex((half) => !isFront(half));
  const ordered = first < 0 ? ring : [...ring.slice(first), ...ring.slice(0, first)];
  const runs: number[][] = [];
  let run: number[] = [];
  for (const half of ordered) {
    const goesOn =
      run.length > 0 && isFront(half) && classOf(run[0]!) === classOf(half) && isStraight(subdivision, run, half);
    if (goesOn) {
      run.push(half);
      continue;
    }
    if (run.length > 0) runs.push(run);
    run = isFront(half) ? [half] : [];
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function isStraight(subdivision: Subdivision, run: readonly number[], half: number): boolean {
  const a = subdivision.origin[run[0]!]!;
  const b = subdivision.target(half);
  const dx = subdivision.x[b]! - subdivision.x[a]!;
  const dy = subdivision.y[b]! - subdivision.y[a]!;
  const length = Math.hypot(dx, dy);
  return [...run, half].every((piece) => {
    const v = subdivision.target(piece);
    const across =
      (dx * (subdivision.y[v]! - subdivision.y[a]!) - dy * (subdivision.x[v]! - subdivision.x[a]!)) / length;
    return Math.abs(across) < straightness;
  });
}

function lineFront(
  subdivision: Subdivision,
  face: number,
  run: readonly number[],
  { others, shopShare }: { others: readonly DraftBuilding[]; shopShare: number },
  random: Random,
): DraftBuilding[] {
  const a = subdivision.origin[run[0]!]!;
  const b = subdivision.target(run[run.length - 1]!);
  const frame = makeFrame(Math.atan2(subdivision.y[b]! - subdivision.y[a]!, subdivision.x[b]! - subdivision.x[a]!));
  const offset = halfStreet[subdivision.edgeClass[run[0]! >> 1]!] + frontSetback;
  const walls = wallsInFrame(frontWalls(subdivision, face, run, others, offset), frame);
  const vertices = run.flatMap((half) => [subdivision.origin[half]!, subdivision.target(half)]);
  // The parcel lies to the left of its edges: upwards in this frame.
  const kerb = Math.max(...vertices.map((v) => toFrame(frame, subdivision.x[v]!, subdivision.y[v]!)[1])) + offset;
  const [from] = toFrame(frame, subdivision.x[a]!, subdivision.y[a]!);
  const [to] = toFrame(frame, subdivision.x[b]!, subdivision.y[b]!);
  const depth = drawBetween(random, shopStyle.depth[0], shopStyle.depth[1]);
  const usual = { floors: drawWhole(random, 1, 3), year: drawWhole(random, 1985, 2018) };
  const free = freeIntervals(walls, kerb, kerb + depth);
  const shops: DraftBuilding[] = [];
  const open = drawBetween(random, shopShare - 0.15, shopShare + 0.15);
  for (let i = 0; i < free.length; i += 2) {
    let x = Math.max(free[i]!, from);
    const end = Math.min(free[i + 1]!, to);
    while (end - x >= shopStyle.width[0]) {
      const width = Math.min(end - x, drawBetween(random, shopStyle.width[0], shopStyle.width[1]));
      if (random() < open) {
        shops.push(raiseBuilding({ x, y: kerb, width, depth, entrances: 0 }, frame, shopStyle, usual, random));
      }
      x += width + drawBetween(random, shopStyle.gap[0], shopStyle.gap[1]);
    }
  }
  return shops;
}

function frontWalls(
  subdivision: Subdivision,
  face: number,
  run: readonly number[],
  others: readonly DraftBuilding[],
  offset: number,
): Wall[] {
  const inRun = new Set(run);
  const walls: Wall[] = subdivision.ring(face).map((half) => {
    const v = subdivision.origin[half]!;
    const w = subdivision.target(half);
    return {
      ax: subdivision.x[v]!,
      ay: subdivision.y[v]!,
      bx: subdivision.x[w]!,
      by: subdivision.y[w]!,
      // The front itself lies just out of reach of the strip.
      clear: inRun.has(half) ? offset - 0.01 : halfStreet[subdivision.edgeClass[half >> 1]!] + 2,
    };
  });
  const a = subdivision.origin[run[0]!]!;
  const b = subdivision.target(run[run.length - 1]!);
  for (const other of others) {
    const x = other.ring[0]!;
    const y = other.ring[1]!;
    const distance = distanceToSegment(
      x,
      y,
      subdivision.x[a]!,
      subdivision.y[a]!,
      subdivision.x[b]!,
      subdivision.y[b]!,
    );
    if (distance < farAway) walls.push(...wallsOfRing(other.ring, sideClearance));
  }
  return walls;
}
