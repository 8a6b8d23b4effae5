import { isInRing } from "../../measure/in_ring.ts";
import type { FireAccessRow } from "../../schema/city_rows.ts";
import { type BuildingFrame, fromFrame } from "./building_frame.ts";
import { nearestOnSegment, ringBox } from "./flat_geometry.ts";
import type { Scene } from "./scene.ts";
import { halfWidths } from "./street_pieces.ts";

/** Homes from this height count as high buildings (27 m, GB 50016). */
const highFloors = 10;
/** A climbing area lies 5 m off the wall, is 10 m deep and at least 15 m long (GB 50016, 7.2.2). */
const offWall = 5;
const depth = 10;
const leastLength = 15;
const mostLength = 40;
/** How far a lane may lead from the climbing area to a street or way. */
const laneReach = 90;

/** Climbing areas (登高操作场地) before high buildings and the fire lanes that lead to them. */
export function placeFireAccess(scene: Scene, frames: readonly BuildingFrame[]): FireAccessRow[] {
  const rows: FireAccessRow[] = [];
  const streets = listStreets(scene);
  scene.plan.buildings.forEach((building, index) => {
    if (building.floors < highFloors) return;
    const area = findClimbingArea(scene, index, frames[index]!, streets[building.parcel]!);
    if (!area) return;
    const ring = [...area, area[0]!].flatMap(([x, y]) => scene.place(x, y));
    const shape = { type: "MultiPolygon" as const, polygons: [[ring]] };
    rows.push({ id: rows.length + 1, kind: "climbing_area", building_id: index + 1, shape });
    const lane = findLane(scene, index, area);
    if (!lane) return;
    const lines = [[...scene.place(...lane[0]), ...scene.place(...lane[1])]];
    const line = { type: "MultiLineString" as const, lines };
    rows.push({ id: rows.length + 1, kind: "lane", building_id: index + 1, shape: line });
  });
  return rows;
}

type Corner = [number, number];

/** A rectangle south or north of the building, inside its parcel and clear of the other houses. */
function findClimbingArea(
  scene: Scene,
  index: number,
  frame: BuildingFrame,
  streets: readonly BorderStreet[],
): Corner[] | null {
  const building = scene.plan.buildings[index]!;
  const middle = (frame.along[0] + frame.along[1]) / 2;
  const parcel = parcelRing(scene, building.parcel);
  const longest = Math.min(mostLength, Math.max(leastLength, frame.along[1] - frame.along[0]));
  for (const length of [longest, leastLength]) {
    for (const [low, high] of [
      [frame.across[0] - offWall - depth, frame.across[0] - offWall],
      [frame.across[1] + offWall, frame.across[1] + offWall + depth],
    ] as const) {
      const corners: Corner[] = [
        fromFrame(frame, middle - length / 2, low),
        fromFrame(frame, middle + length / 2, low),
        fromFrame(frame, middle + length / 2, high),
        fromFrame(frame, middle - length / 2, high),
      ];
      const isInside = corners.every(([x, y]) => isInRing(parcel, x, y));
      if (isInside && isFree(scene, building.parcel, corners) && isOffStreets(streets, corners)) return corners;
    }
  }
  return null;
}

/** Straight from a border of the parcel (a street or way) to the climbing area, past no house: the nearest that goes. */
function findLane(scene: Scene, index: number, area: Corner[]): [Corner, Corner] | null {
  const { plan } = scene;
  const { parcel } = plan.buildings[index]!;
  const [x, y] = [(area[0]![0] + area[2]![0]) / 2, (area[0]![1] + area[2]![1]) / 2];
  const { ring } = plan.parcels[parcel]!;
  const starts: { from: Corner; length: number }[] = [];
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!];
    const near = nearestOnSegment(x, y, plan.x[a]!, plan.y[a]!, plan.x[b]!, plan.y[b]!);
    if (near.distance < laneReach) starts.push({ from: [near.x, near.y], length: near.distance });
  }
  starts.sort((a, b) => a.length - b.length);
  const free = starts.find(({ from, length }) => {
    const steps = Math.ceil(length / 4);
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      if (!isOutsideHouses(scene, parcel, [from[0] + (x - from[0]) * share, from[1] + (y - from[1]) * share]))
        return false;
    }
    return true;
  });
  return free ? [free.from, [x, y]] : null;
}

/** No house of the parcel meets the rectangle: no corner of a house lies in it, no point of a 5 m raster in a house. */
function isFree(scene: Scene, parcel: number, corners: Corner[]): boolean {
  const flat = corners.flat();
  const [west, south, east, north] = ringBox(flat);
  const samples = rasterOf(corners);
  return scene.buildingsOf[parcel]!.every((other) => {
    const { ring } = scene.plan.buildings[other]!;
    const [otherWest, otherSouth, otherEast, otherNorth] = ringBox(ring);
    if (otherWest > east || otherEast < west || otherSouth > north || otherNorth < south) return true;
    for (let i = 0; i < ring.length; i += 2) if (isInRing(flat, ring[i]!, ring[i + 1]!)) return false;
    return samples.every(([x, y]) => !isInRing(ring, x, y));
  });
}

/** A street or way along the border of a parcel. */
interface BorderStreet {
  half: number;
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

/** Streets and ways round each parcel. */
function listStreets({ plan }: Scene): BorderStreet[][] {
  const streets: BorderStreet[][] = plan.parcels.map(() => []);
  for (const edge of plan.edges) {
    if (edge.street < 0) continue;
    const half = halfWidths[plan.streets[edge.street]!.class];
    const [ax, ay, bx, by] = [plan.x[edge.from]!, plan.y[edge.from]!, plan.x[edge.to]!, plan.y[edge.to]!];
    for (const parcel of [edge.left, edge.right]) streets[parcel]?.push({ half, ax, ay, bx, by });
  }
  return streets;
}

function isOffStreets(streets: readonly BorderStreet[], corners: Corner[]): boolean {
  return corners.every(([x, y]) =>
    streets.every(({ half, ax, ay, bx, by }) => nearestOnSegment(x, y, ax, ay, bx, by).distance >= half),
  );
}

/** Points of a rectangle, about 5 m apart, its corners included. */
function rasterOf([a, b, , d]: Corner[]): Corner[] {
  const columns = Math.ceil(Math.hypot(b![0] - a![0], b![1] - a![1]) / 5);
  const samples: Corner[] = [];
  for (let i = 0; i <= columns; i++) {
    for (const j of [0, 0.5, 1]) {
      const [u, v] = [i / columns, j];
      samples.push([
        a![0] + (b![0] - a![0]) * u + (d![0] - a![0]) * v,
        a![1] + (b![1] - a![1]) * u + (d![1] - a![1]) * v,
      ]);
    }
  }
  return samples;
}

function isOutsideHouses(scene: Scene, parcel: number, [x, y]: Corner): boolean {
  return scene.buildingsOf[parcel]!.every((other) => !isInRing(scene.plan.buildings[other]!.ring, x, y));
}

function parcelRing(scene: Scene, parcel: number): number[] {
  return scene.plan.parcels[parcel]!.ring.flatMap((vertex) => [scene.plan.x[vertex]!, scene.plan.y[vertex]!]);
}
