import type { MultiPolygon } from "../schema/geometry.ts";
import type { CoverageArea, Fault } from "./fault.ts";
import { findPlaces } from "./find_places.ts";
import { layOutRings } from "./half_edges.ts";
import { byFallingArea, coverOf, faultOfPlace, requireClosed } from "./judge.ts";

/**
 * Finds every place that is covered by no area or by more than one; an empty list proves the coverage.
 *
 * Positions are compared on a grid of 1e-9° (0.1 mm) with exact arithmetic. Each edge is paired with its reverse; what
 * pairs up is proved. The edges left over are noded and give faces, each with the number of areas over it.
 * Time is that of sorting the edges, plus that of the answer: about 0.1 ms for each place that is wrong.
 * A place under 0.5 mm wide is rounding and no fault, one of 2 mm and more always is; between them either may be said.
 *
 * @param areas - closed rings, exterior first, [lon, lat] in CGCS2000 degrees
 * @param container - what they must fill; without it only enclosed holes are gaps
 * @returns faults by falling area (m², authalic), each with its exact polygon, a point inside, the ids beside it
 * @throws RangeError if a ring is open or has a position that is no longitude and latitude: refused at the door before
 * @throws TangledCoverage if borders cross, or areas lie over each other, millions of times: n areas that all overlap
 *   have n² places, each with its own polygon, so that no algorithm answers them; it ends in seconds, within 1 GB
 */
export function findFaults(areas: readonly CoverageArea[], container?: MultiPolygon): Fault[] {
  if (container) requireClosed(container);
  const covers = areas.map(coverOf);
  const polygons = covers.map((cover) => cover.polygons);
  const halfEdges = layOutRings(container ? [...polygons, container] : polygons);
  const places = findPlaces(halfEdges, areas.length, container !== undefined);
  const faults = [
    ...covers.map(({ fault }) => fault),
    ...places.map((place) => faultOfPlace(place, (owner) => areas[owner]!.id)),
  ];
  return faults.filter((fault) => fault !== null).sort(byFallingArea);
}
