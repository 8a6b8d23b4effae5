import { outlineOfBuildings } from "../../../data/division/outline_of_buildings.ts";
import type { BorderArc } from "../../../data/division/draft.ts";
import { aroundLine } from "../../../data/measure/box.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import { blockAround } from "../../../data/roads/block_around.ts";
import type { RoadGraph } from "../../../data/roads/road_graph.ts";
import type { Bbox, Position } from "../../../data/schema/geometry.ts";
import type { CityGround, GroundThing } from "../map/city_ground.ts";
import { isInside } from "../map/city_ground.ts";
import type { GivenThing } from "./hand_store.ts";
import { hullOf, placeOf, positionsOf } from "./positions.ts";
import { pushOverBorders, reachBorder } from "./reach_border.ts";

/** What a click may mean, the smallest first: the building, the estate, the block. */
export function thingsUnder(ground: CityGround, at: Position): GivenThing[] {
  const [lon, lat] = at;
  const here = ground.near([lon, lat, lon, lat]).filter(({ polygons }) => isInside(polygons, lon, lat));
  const known = (["building", "estate"] as const).flatMap((kind) => {
    const thing = here.find((each) => each.kind === kind);
    return thing ? [givenOf(thing)] : [];
  });
  const block = blockThing(ground.roads(), at);
  return block ? [...known, block] : known;
}

export function givenOf({ kind, id, name, polygons }: GroundThing): GivenThing {
  // of several tiles there are several pieces that overlap: drawn and given it is one
  const whole = polygons.length > 1 ? [[hullOf(polygons.flatMap(([ring]) => positionsOf(ring!))).flat()]] : polygons;
  return { key: `${kind} ${id}`, kind: kind === "estate" ? "estate" : "building", name, polygons: whole };
}

/** Roads inside estates and fields divide no blocks. */
function blockThing(graph: RoadGraph, at: Position): GivenThing | null {
  const bounds = (road: number) => !["estate_way", "field_way"].includes(graph.roads[road]!.class);
  const ring = blockAround(graph, at, bounds);
  if (!ring) return null;
  const line = ring.flat();
  return { key: `block ${aroundLine(line).join(" ")}`, kind: "block", name: "", polygons: [[line]] };
}

/** A place that surely lies in the thing. */
export function middleOf({ polygons }: GivenThing): Position {
  return poleOf(polygons);
}

/** Places that tell whose ground a thing is: its middle, and its corners drawn a little towards it. */
export function probesOf(thing: GivenThing): Position[] {
  const middle = middleOf(thing);
  const inwards = 0.1;
  return [
    middle,
    ...cornersOf(thing).map(
      ([lon, lat]): Position => [lon + (middle[0] - lon) * inwards, lat + (middle[1] - lat) * inwards],
    ),
  ];
}

/**
 * The ground that goes along: estates with their walls, buildings with their yards, blocks to the middle of their
 * streets; led to the border of who gets them.
 */
export function placeFor(
  things: readonly GivenThing[],
  to: string,
  ground: CityGround,
  arcs: readonly BorderArc[],
): Position[][][] {
  const estates = things
    .filter(({ kind }) => kind === "estate")
    .map(({ polygons }) => [hullOf(positionsOf(polygons[0]![0]!))]);
  const blocks = things
    .filter(({ kind }) => kind === "block")
    .map(({ polygons }) => [pushOverBorders(positionsOf(polygons[0]![0]!), arcs)]);
  const place = [...blocks, ...estates, ...placeOf(yardsOf(things, ground))];
  const shared = arcs.filter(({ left, right }) => (left === to || right === to) && left !== null && right !== null);
  return [...place, ...place.flatMap(([ring]) => reachBorder(ring!, shared))];
}

function yardsOf(things: readonly GivenThing[], ground: CityGround) {
  const buildings = things.filter(({ kind }) => kind === "building");
  if (buildings.length === 0) return [];
  const keys = new Set(things.map(({ key }) => key));
  const near = ground.near(boxAround(buildings.flatMap(cornersOf), 2e-4));
  const others = near.filter((thing) => thing.kind === "building" && !keys.has(`building ${thing.id}`));
  return outlineOfBuildings(
    buildings.map(({ polygons }) => polygons),
    others.map(({ polygons }) => polygons),
  );
}

function cornersOf({ polygons }: GivenThing): Position[] {
  return polygons.flatMap((rings) => rings.flatMap(positionsOf));
}

export function boxAround(positions: readonly Position[], more = 0): Bbox {
  const [west, south, east, north] = aroundLine(positions.flat());
  return [west - more, south - more, east + more, north + more];
}
