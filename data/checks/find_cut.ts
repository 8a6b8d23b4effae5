import Flatbush from "flatbush";
import { type Arc, buildArcs } from "../division/arcs.ts";
import { areaOf } from "../measure/area.ts";
import type { Bbox, MultiPolygon, Position } from "../schema/geometry.ts";
import { surfaceOf } from "./area_tree.ts";
import { compareText } from "./describe_faults.ts";
import type { CheckedArea, CheckedThing } from "./division.ts";
import type { Warning } from "./findings.ts";
import { fitsAtMost } from "./judge_profile.ts";
import { sharedSurface } from "./shared_surface.ts";
import { areaLocator, surfaceLocator } from "./area_locator.ts";
import type { ThingIndex } from "./thing_index.ts";

/** Areas that cover the ground once, and every border between them. */
export interface Borders {
  areas: readonly CheckedArea[];
  /** Face n is area n − 1; 0 is none. */
  arcs: readonly Arc[];
  /** Faces beside the border edges that touch the box, each once. */
  facesAt(box: Readonly<Bbox>): number[];
  areaAt(at: Position): CheckedArea | null;
  surfaceOf(area: CheckedArea): MultiPolygon;
}

/** A part of a thing counts as cut off from this share and this surface on; below, a line was drawn a little off. */
const leastShare = 0.02;
const leastSurface = 1; // m²

/** Share of a thing below which an area only touches it. */
const touching = 1e-6;

/** @param areas - lowest ones: their surfaces do not lie over one another unless something is wrong */
export function layBorders(areas: readonly CheckedArea[]): Borders {
  const surfaces = new Map(areas.map((area) => [area, surfaceOf(area)]));
  const arcs = buildArcs(areas.map((area, i) => ({ id: i + 1, polygons: surfaces.get(area)! })));
  const locate = areaLocator(areas.map((area) => ({ polygons: surfaces.get(area)! })));
  return {
    areas,
    arcs,
    facesAt: indexEdges(arcs),
    areaAt: (at) => areas[locate(at)] ?? null,
    surfaceOf: (area) => surfaces.get(area)!,
  };
}

function indexEdges(arcs: readonly Arc[]): Borders["facesAt"] {
  let count = 0;
  for (const { line } of arcs) count += (line.length >> 1) - 1;
  if (count === 0) return () => [];
  const ends = new Float64Array(4 * count);
  const arcOf = new Int32Array(count);
  const index = new Flatbush(count);
  let edge = 0;
  arcs.forEach(({ line }, arc) => {
    for (let i = 2; i < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!];
      ends.set([ax, ay, bx, by], 4 * edge);
      arcOf[edge++] = arc;
      index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
    }
  });
  index.finish();
  return (box) => {
    const faces = new Set<number>();
    index.search(box[0], box[1], box[2], box[3], (i) => {
      const { left, right } = arcs[arcOf[i]!]!;
      if (touchesBox(ends, 4 * i, box)) faces.add(left).add(right);
      return false;
    });
    return [...faces];
  };
}

/** Whether a segment whose box meets the box touches it: its ends are not all on one side of the line. */
function touchesBox(ends: Float64Array, at: number, [west, south, east, north]: Readonly<Bbox>): boolean {
  const [ax, ay] = [ends[at]!, ends[at + 1]!];
  const [dx, dy] = [ends[at + 2]! - ax, ends[at + 3]! - ay];
  const side = (x: number, y: number) => Math.sign(dx * (y - ay) - dy * (x - ax));
  return Math.abs(side(west, south) + side(east, south) + side(west, north) + side(east, north)) < 4;
}

/**
 * Finds buildings, and estates that would fit one grid, that a border cuts: their second largest part has 2 % of the
 * surface and 1 m². Only what lies on a border costs anything.
 *
 * @param borders - of all areas that the things may lie in
 * @param things - buildings also tell the households of parts of estates; legal entities and key units are named with
 *   the building that they are in
 * @param near - things that do not touch this box are left out
 * @returns warnings in the order of the things
 */
export function findCutThings(borders: Borders, things: ThingIndex, near?: Readonly<Bbox>): Warning[] {
  const warnings: Warning[] = [];
  const asked = near ? things.near(near).sort((a, b) => a - b) : things.things.keys();
  for (const index of asked) {
    const thing = things.things[index]!;
    if ((thing.kind !== "building" && thing.kind !== "estate") || thing.shape.type !== "MultiPolygon") continue;
    const faces = borders.facesAt(things.boxOf(index));
    if (faces.length === 0) continue;
    const { polygons } = thing.shape;
    const shares = shareOut(polygons, areasBeside(borders, faces, thing.at));
    if (!isCut(shares, polygons) || !mayNotBeCut(thing, polygons, shares)) continue;
    const warning = warnOf(thing, shares, { borders, things, index });
    if (warning) warnings.push(warning);
  }
  return warnings;
}

interface Surroundings {
  borders: Borders;
  things: ThingIndex;
  index: number;
}

/** A share of a thing; null: in no area. */
export interface Share {
  area: CheckedArea | null;
  share: number;
}

function areasBeside(borders: Borders, faces: readonly number[], at: Position): [CheckedArea, MultiPolygon][] {
  const areas = new Set<CheckedArea>();
  for (const face of faces) if (face > 0) areas.add(borders.areas[face - 1]!);
  // an area that holds the whole thing has no border there, and matters where others lie over it
  const around = borders.areaAt(at);
  if (around) areas.add(around);
  return [...areas].map((area) => [area, borders.surfaceOf(area)]);
}

/**
 * Shares of a thing in areas, largest first; what is left over is in none (null). They add up to 1 unless areas overlap.
 *
 * @param polygons - the thing; without surface it has no shares
 */
export function shareOut(polygons: MultiPolygon, areas: readonly (readonly [CheckedArea, MultiPolygon])[]): Share[] {
  const whole = areaOf(polygons);
  if (!(whole > 0)) return [];
  const shares: Share[] = [];
  let rest = 1;
  for (const [area, surface] of areas) {
    const share = rounded(Math.min(1, sharedSurface(polygons, surface) / whole));
    rest -= share;
    if (share > touching) shares.push({ area, share });
  }
  if (rest > touching) shares.push({ area: null, share: rounded(rest) });
  return shares.sort((a, b) => b.share - a.share || compareText(a.area?.code ?? "", b.area?.code ?? ""));
}

/** To 1e-9: halves are halves in every check, and so the same area comes first. */
function rounded(share: number): number {
  return Math.round(share * 1e9) / 1e9;
}

function largestOf(shares: readonly Share[]): CheckedArea | null {
  return shares.find(({ area }) => area !== null)?.area ?? null;
}

function isCut(shares: readonly Share[], polygons: MultiPolygon): boolean {
  const second = shares[1]?.share ?? 0;
  return second >= leastShare && second * areaOf(polygons) >= leastSurface;
}

/** A building never; an estate when it would fit the area that has most of it. */
function mayNotBeCut(thing: CheckedThing, polygons: MultiPolygon, shares: readonly Share[]): boolean {
  if (thing.kind === "building") return true;
  return fitsAtMost(largestOf(shares)?.profile ?? null, { ...thing, area_m2: areaOf(polygons) });
}

function warnOf(thing: CheckedThing, shares: readonly Share[], surroundings: Surroundings): Warning | null {
  const largest = largestOf(shares);
  if (!largest) return null;
  const kind = thing.kind === "estate" ? "estate" : "building";
  const households = kind === "estate" ? householdsInEstate(surroundings) : householdsOfBuilding(thing, surroundings);
  return {
    key: `cut_${kind}:${largest.code}:${kind}:${thing.id}`,
    kind: `cut_${kind}`,
    area_id: largest.id,
    figures: [],
    duty: null,
    cut: {
      thing: { kind, id: thing.id, name: thing.name },
      shares: shares.map(({ area, share }) => ({
        area_id: area?.id ?? null,
        share,
        households: households.get(area) ?? 0,
      })),
      units: kind === "estate" ? [] : surroundings.things.unitsIn(thing.id).map(nameUnit).sort(byName),
    },
    profile:
      largest.profile && kind === "estate" ? { name: largest.profile.name, source: largest.profile.source } : null,
    at: thing.at,
  };
}

function nameUnit({ kind, id, name }: CheckedThing) {
  return { kind: kind === "key_unit" ? ("key_unit" as const) : ("legal_entity" as const), id, name };
}

function byName(a: { name: string; id: string }, b: { name: string; id: string }): number {
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}

/** Counts of a building belong where its point lies. */
function householdsOfBuilding({ at, households }: CheckedThing, { borders }: Surroundings) {
  return new Map([[borders.areaAt(at), households]]);
}

function householdsInEstate({ borders, things, index }: Surroundings): Map<CheckedArea | null, number> {
  const sums = new Map<CheckedArea | null, number>();
  const { shape } = things.things[index]!;
  if (shape.type !== "MultiPolygon") return sums;
  const holds = surfaceLocator(shape.polygons);
  for (const i of things.near(things.boxOf(index))) {
    const { kind, at, households } = things.things[i]!;
    if (kind !== "building" || households === 0 || !holds(at)) continue;
    const area = borders.areaAt(at);
    sums.set(area, (sums.get(area) ?? 0) + households);
  }
  return sums;
}
