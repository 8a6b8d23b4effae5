import { boxesMeet, boxIfAny, joinBoxes, widened } from "../measure/box.ts";
import type { Bbox, MultiPolygon } from "../schema/geometry.ts";
import { type BoxIndex, createBoxIndex } from "./box_index.ts";
import { clipToBox } from "./clip_to_box.ts";
import type { CoverageArea, Fault } from "./fault.ts";
import { findPlaces, type WrongPlace } from "./find_places.ts";
import { layOutRings, unitsPerDegree } from "./half_edges.ts";
import { byFallingArea, type Cover, coverOf, faultOfPlace, requireClosed } from "./judge.ts";

/** A coverage that is checked anew after each edit, only where the edit touched it. */
export interface CoverageCheck {
  /** By falling area, as `findFaults` gives them. */
  faults(): Fault[];
  /** Puts areas in the place of those with the same id, adds new ones, takes away those in `removed`. */
  update(changed: readonly CoverageArea[], removed?: readonly string[]): void;
}

/** A place of the last check, also if it is too narrow for a fault: an edit may join it to a wide one. */
interface KnownPlace {
  box: Bbox;
  polygons: MultiPolygon;
  fault: Fault | null;
}

/** Degrees, 2 mm: how far beyond its box an edit is taken to reach. */
const margin = 20 / unitsPerDegree;

/**
 * Checks a coverage and keeps what is needed to check it again. An edit changes how often a place is covered only
 * within the old and new outline of the areas that it changed. So the areas near their box are checked by themselves
 * (the box grown by every known place that it meets), and places beyond it stay as they were.
 *
 * With a container, an edit costs what its surroundings cost. Without, an edit on the outer border decides what is
 * enclosed and what is open, perhaps far away: then all is checked anew.
 *
 * @param areas - with unique ids
 * @throws RangeError and TangledCoverage as `findFaults`
 */
export function startCoverageCheck(areas: readonly CoverageArea[], container?: MultiPolygon): CoverageCheck {
  if (container) requireClosed(container);
  const known = new Map<string, Cover>();
  for (const area of areas) known.set(area.id, coverOf(area));
  const boxes = createBoxIndex([...known].map(([id, { polygons }]) => [id, boxIfAny(polygons)] as const));
  let places = checkAll(known, container);
  return {
    faults() {
      const broken = [...known.values()].map(({ fault }) => fault);
      const faults = [...broken, ...places.map(({ fault }) => fault)].filter((fault) => fault !== null);
      return faults.sort(byFallingArea);
    },
    update(changed, removed = []) {
      const touched = changeAreas(known, boxes, changed, removed);
      if (touched) places = checkNear(known, boxes, places, touched, container) ?? checkAll(known, container);
    },
  };
}

/** @returns the box of all that the edit touches, before and after */
function changeAreas(
  known: Map<string, Cover>,
  boxes: BoxIndex,
  changed: readonly CoverageArea[],
  removed: readonly string[],
): Bbox | null {
  const covers = changed.map((area) => [area.id, coverOf(area)] as const);
  let touched: Bbox | null = null;
  const touch = (polygons: MultiPolygon | undefined): void => {
    const box = polygons && boxIfAny(polygons);
    if (box) touched = joinBoxes(box, touched);
  };
  for (const id of removed) {
    touch(known.get(id)?.polygons);
    known.delete(id);
    boxes.set(id, null);
  }
  for (const [id, cover] of covers) {
    touch(known.get(id)?.polygons);
    touch(cover.polygons);
    known.set(id, cover);
    boxes.set(id, boxIfAny(cover.polygons));
  }
  return touched;
}

function checkAll(known: Map<string, Cover>, container: MultiPolygon | undefined): KnownPlace[] {
  const polygons = [...known.values()].map((cover) => cover.polygons);
  const halfEdges = layOutRings(container ? [...polygons, container] : polygons);
  return judged(findPlaces(halfEdges, polygons.length, container !== undefined), [...known.keys()]);
}

/** @returns null when the answer depends on what lies beyond */
function checkNear(
  known: Map<string, Cover>,
  boxes: BoxIndex,
  places: readonly KnownPlace[],
  touched: Bbox,
  container: MultiPolygon | undefined,
): KnownPlace[] | null {
  const { reach, far } = growReach(places, widened(touched, margin));
  const ids = boxes.near(reach);
  const polygons = ids.map((id) => known.get(id)!.polygons);
  let room = reach;
  for (const cover of polygons) room = joinBoxes(room, boxIfAny(cover));
  room = widened(room, margin);
  const [w, s, e, n] = room;
  const filled = container ? clipToBox(container, room) : [[[w, s, e, s, e, n, w, n, w, s]]];
  const found = findPlaces(layOutRings([...polygons, filled]), ids.length, true);
  const inside: WrongPlace[] = [];
  for (const place of found) {
    const box = boxIfAny(place.place);
    if (!box) continue;
    if (holds(reach, box)) inside.push(place);
    else if (!container && place.kind === "gap" && boxesMeet(box, touched)) return null; // open, or enclosed further away
  }
  return [...far, ...judged(inside, ids)];
}

/** Grows the box by every place that it meets; `far` are the others. */
function growReach(places: readonly KnownPlace[], from: Bbox): { reach: Bbox; far: KnownPlace[] } {
  let reach = from;
  let far = [...places];
  for (;;) {
    const near: KnownPlace[] = [];
    const beyond: KnownPlace[] = [];
    for (const place of far) (comesNear(place, reach) ? near : beyond).push(place);
    if (near.length === 0) return { reach, far };
    for (const { box } of near) reach = joinBoxes(reach, widened(box, margin));
    far = beyond;
  }
}

/** Not by the box alone: that of a gap all round a city holds everything. */
function comesNear({ box, polygons }: KnownPlace, reach: Bbox): boolean {
  if (!boxesMeet(box, reach)) return false;
  const [west, south, east, north] = reach;
  let inside = false; // is the corner of the reach in the place?
  for (const ring of polygons.flat()) {
    for (let i = 2; i < ring.length; i += 2) {
      const [ax, ay, bx, by] = [ring[i - 2]!, ring[i - 1]!, ring[i]!, ring[i + 1]!];
      const isApart = (ax < west && bx < west) || (ax > east && bx > east);
      if (!isApart && !((ay < south && by < south) || (ay > north && by > north))) return true;
      if (ay > south !== by > south && west < ((bx - ax) * (south - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

function judged(places: readonly WrongPlace[], ids: readonly string[]): KnownPlace[] {
  return places.flatMap((place) => {
    const box = boxIfAny(place.place);
    return box ? [{ box, polygons: place.place, fault: faultOfPlace(place, (owner) => ids[owner]!) }] : [];
  });
}

function holds(outer: Bbox, inner: Bbox): boolean {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];
}
