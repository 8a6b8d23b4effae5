import { outlineOfBuildings } from "../../../data/division/outline_of_buildings.ts";
import type { BorderArc } from "../../../data/division/draft.ts";
import { areaOf } from "../../../data/measure/area.ts";
import { aroundLine, boxesMeet } from "../../../data/measure/box.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import { blockAround } from "../../../data/roads/block_around.ts";
import type { RoadGraph } from "../../../data/roads/road_graph.ts";
import type { Bbox, Position } from "../../../data/schema/geometry.ts";
import { type CityGround, type GroundThing, isInside } from "../map/city_ground.ts";
import type { GivenThing } from "./hand_store.ts";
import { hullOf, placeOf, positionsOf } from "./positions.ts";
import { pushOverBorders, reachBorder } from "./reach_border.ts";

/** What a click may mean, the smallest first: the building, the estate, the block. */
export function thingsUnder(ground: CityGround, at: Position): GivenThing[] {
  const [lon, lat] = at;
  const here = ground.near([lon, lat, lon, lat]).filter(({ polygons }) => isInside(polygons, lon, lat));
  const known = (["building", "estate"] as const).flatMap((kind) => {
    const thing = here.find((each) => each.kind === kind);
    return thing
      ? givenOf(thing)
          .filter(({ polygons }) => isInside(polygons, lon, lat))
          .slice(0, 1)
      : [];
  });
  const block = blockThing(ground.roads(), at);
  const all = block ? [...known, block] : known;
  return all.map((thing) => ({ ...thing, at, only_here: thing.kind === "estate" }));
}

/**
 * A thing as it may be given: an estate of several blocks is one thing a block. Tiles cut it into pieces that overlap;
 * those are one again.
 */
export function givenOf({ kind, id, name, polygons }: GroundThing): GivenThing[] {
  const rings = polygons.map(([ring]) => positionsOf(ring!));
  const parts = joinOverlapping(rings);
  return parts.map((part) =>
    thingOf({
      key: `${kind} ${id}${parts.length > 1 ? ` ${part[0]![0]!.join(" ")}` : ""}`,
      kind: kind === "estate" ? "estate" : "building",
      name,
      polygons: wholeOf(part).map((ring) => [ring.flat()]),
    }),
  );
}

function thingOf(thing: Omit<GivenThing, "at" | "only_here">): GivenThing {
  return { ...thing, at: poleOf(thing.polygons), only_here: false };
}

/** Of pieces that make a convex whole its outline; others stay as they are, they overlap. */
function wholeOf(pieces: Position[][]): Position[][] {
  if (pieces.length === 1) return pieces;
  const hull = hullOf(pieces.flat());
  const surface = pieces.reduce((sum, ring) => sum + areaOf([[ring.flat()]]), 0);
  return areaOf([[hull.flat()]]) <= surface ? [hull] : pieces;
}

function joinOverlapping(rings: readonly Position[][]): Position[][][] {
  const groups: Position[][][] = [];
  for (const ring of rings) {
    const met = groups.filter((group) => group.some((other) => overlap(ring, other)));
    const joined = [ring, ...met.flat()];
    for (const group of met) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups;
}

/** Where tiles meet, what they cut reaches into each other: corners of one lie in the other. */
function overlap(a: readonly Position[], b: readonly Position[]): boolean {
  const reaches = (from: readonly Position[], into: readonly Position[]) => {
    const line = into.flat();
    return from.some(([lon, lat], i) => {
      const [nextLon, nextLat] = from[(i + 1) % from.length]!;
      return isInRing(line, lon, lat) || isInRing(line, (lon + nextLon) / 2, (lat + nextLat) / 2);
    });
  };
  return boxesMeet(boxAround(a), boxAround(b)) && (reaches(a, b) || reaches(b, a));
}

/** Roads inside estates and fields divide no blocks. */
function blockThing(graph: RoadGraph, at: Position): GivenThing | null {
  const bounds = (road: number) => !["estate_way", "field_way"].includes(graph.roads[road]!.class);
  const ring = blockAround(graph, at, bounds);
  if (!ring) return null;
  const line = ring.flat();
  return thingOf({ key: `block ${aroundLine(line).join(" ")}`, kind: "block", name: "", polygons: [[line]] });
}

export function isPartOf({ polygons }: GivenThing, [lon, lat]: Position): boolean {
  return isInside(polygons, lon, lat);
}

/** Places that tell whose ground a thing is: where it was pointed at, and its corners drawn a little towards that. */
export function probesOf(thing: GivenThing): Position[] {
  const middle = thing.at;
  if (thing.only_here) return [middle];
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
  const estates = things.filter(({ kind }) => kind === "estate").flatMap(({ polygons }) => placeOf(polygons));
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
  const isOther = (thing: GroundThing) => thing.kind === "building" && !givenOf(thing).some(({ key }) => keys.has(key));
  const others = near.filter(isOther);
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
