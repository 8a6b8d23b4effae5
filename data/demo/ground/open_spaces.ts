import { drawBetween, drawWhole, type Random, randomFor } from "../random.ts";
import { roundToCentimetre } from "../warp.ts";
import { facePoints } from "./cut_blocks.ts";
import type { DraftFace, DraftFeature } from "./draft.ts";
import { findDirection, wallsOfFace } from "./face_walls.ts";
import { type Frame, freeIntervals, fromFrame, heightOfWalls, makeFrame, wallsInFrame } from "./free_space.ts";
import { halfStreet } from "./house_styles.ts";
import { distanceToSegment, ringArea, ringCentre, ringHolds } from "./polygon.ts";
import { insetRing } from "./rings.ts";
import type { Subdivision } from "./subdivision.ts";

/** Running tracks, the largest that fits: length north–south and width, metres. */
const trackSizes = [
  [165, 86],
  [128, 72],
  [98, 54],
  [78, 44],
  [60, 34],
] as const;

/** Lays the running track of a school; returns the box that its buildings keep clear of, or null. */
export function layTrack(subdivision: Subdivision, face: number, parcel: DraftFace, seed: string): number[] | null {
  const walls = wallsOfFace(subdivision, face);
  const frame = makeFrame(findDirection(walls));
  const inFrame = wallsInFrame(walls, frame);
  const [low, high] = heightOfWalls(inFrame);
  const random = randomFor(`${seed}/track/${parcel.key}`);
  const area = ringArea(facePoints(subdivision, face));
  for (const [length, width] of trackSizes) {
    if (length * width > 0.42 * area) continue;
    for (let y = low; y + length < high; y += 6) {
      const free = freeIntervals(inFrame, y, y + length);
      for (let i = 0; i < free.length; i += 2) {
        if (free[i + 1]! - free[i]! < width) continue;
        const x = random() < 0.5 ? free[i]! : free[i + 1]! - width;
        parcel.features.push(...drawTrack(frame, x, y, width, length));
        return boxRing(frame, x, y, width, length);
      }
    }
  }
  return null;
}

function drawTrack(frame: Frame, x: number, y: number, width: number, length: number): DraftFeature[] {
  const lanes = width * 0.13;
  return [
    feature("track", [drawStadium(frame, x, y, width, length)]),
    feature("pitch", [drawStadium(frame, x + lanes, y + lanes, width - 2 * lanes, length - 2 * lanes)]),
  ];
}

/** Two half circles and two straights, long side along y. */
function drawStadium(frame: Frame, x: number, y: number, width: number, length: number): number[] {
  const radius = width / 2;
  const ring: number[] = [];
  for (const [centreY, start] of [
    [y + length - radius, 0],
    [y + radius, Math.PI],
  ] as const) {
    for (let i = 0; i <= 10; i++) {
      const angle = start + (Math.PI * i) / 10;
      push(ring, fromFrame(frame, x + radius + radius * Math.cos(angle), centreY + radius * Math.sin(angle)));
    }
  }
  return ring;
}

function boxRing(frame: Frame, x: number, y: number, width: number, length: number): number[] {
  const ring: number[] = [];
  push(ring, fromFrame(frame, x, y));
  push(ring, fromFrame(frame, x + width, y));
  push(ring, fromFrame(frame, x + width, y + length));
  push(ring, fromFrame(frame, x, y + length));
  return ring;
}

/** Lawn over the whole parcel inside its streets, with a pond where there is room. */
export function layPark(subdivision: Subdivision, face: number, parcel: DraftFace, seed: string): void {
  const ring = facePoints(subdivision, face);
  const lawn = insetByStreets(subdivision, face, 3);
  if (!lawn) return;
  parcel.features.push(feature("park", [lawn]));
  if (ringArea(ring) < 12_000) return;
  const random = randomFor(`${seed}/pond/${parcel.key}`);
  const [cx, cy] = ringCentre(lawn);
  const reach = ringHolds(lawn, cx, cy) ? distanceToRing(lawn, cx, cy) : 0;
  if (reach > 25)
    parcel.features.push(feature("water", [drawPond(cx, cy, reach * drawBetween(random, 0.42, 0.62), random)]));
}

/** A field ends at its ways; now and then it is an orchard or a copse. Some have a pond. */
export function layField(subdivision: Subdivision, face: number, parcel: DraftFace, seed: string): void {
  const random = randomFor(`${seed}/field/${parcel.key}`);
  const field = insetByStreets(subdivision, face, 1);
  if (!field) return;
  const draw = random();
  parcel.features.push(feature(draw < 0.72 ? "field" : draw < 0.92 ? "orchard" : "forest", [field]));
  const [cx, cy] = ringCentre(field);
  const reach = ringHolds(field, cx, cy) ? distanceToRing(field, cx, cy) : 0;
  if (random() < 0.22 && reach > 40) {
    parcel.features.push(
      feature("water", [drawPond(cx, cy, Math.min(60, reach * drawBetween(random, 0.3, 0.5)), random)]),
    );
  }
}

/** A soft, slightly long blob that stays within `radius` of its middle. */
function drawPond(cx: number, cy: number, radius: number, random: Random): number[] {
  const phases = [random() * 6.3, random() * 6.3, random() * 6.3];
  const turn = drawBetween(random, -0.5, 0.5);
  const ring: number[] = [];
  const count = 2 * drawWhole(random, 12, 15);
  for (let i = 0; i < count; i++) {
    const angle = (2 * Math.PI * i) / count;
    const wave =
      0.16 * Math.sin(2 * angle + phases[0]!) +
      0.12 * Math.sin(3 * angle + phases[1]!) +
      0.05 * Math.sin(5 * angle + phases[2]!);
    const r = (radius / 1.33) * (1 + wave);
    const x = r * Math.cos(angle) * 1.0;
    const y = r * Math.sin(angle) * 0.68;
    push(ring, [cx + x * Math.cos(turn) - y * Math.sin(turn), cy + x * Math.sin(turn) + y * Math.cos(turn)]);
  }
  return ring;
}

/** The parcel without the halves of its streets and a pavement. */
function insetByStreets(subdivision: Subdivision, face: number, pavement: number): number[] | null {
  const distances = subdivision.ring(face).map((half) => halfStreet[subdivision.edgeClass[half >> 1]!] + pavement);
  return insetRing(facePoints(subdivision, face), distances);
}

export function distanceToRing(ring: readonly number[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    least = Math.min(least, distanceToSegment(x, y, ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!));
  }
  return least;
}

export function feature(kind: DraftFeature["kind"], parts: number[][]): DraftFeature {
  return { kind, facility: null, name: null, parts, closed: true };
}

function push(ring: number[], point: readonly [number, number]): void {
  ring.push(roundToCentimetre(point[0]), roundToCentimetre(point[1]));
}
