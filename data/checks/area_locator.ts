import { layOutRings, unitsPerDegree } from "../coverage/half_edges.ts";
import { createOwnerLocator } from "../coverage/locate_owners.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";

/**
 * Finds the area that a position lies in: its index, the first where several overlap, −1 where there is none.
 * On a border either side may be said. Made once, asked often.
 *
 * @param areas - closed rings in degrees
 */
export function areaLocator(areas: readonly { polygons: MultiPolygon }[]): (at: Position) => number {
  const locator = createOwnerLocator(layOutRings(areas.map(({ polygons }) => polygons)), areas.length);
  return ([lon, lat]) => locator.ownersAt(lon * unitsPerDegree, lat * unitsPerDegree)[0] ?? -1;
}

/** Whether positions lie in one surface. */
export function surfaceLocator(polygons: MultiPolygon): (at: Position) => boolean {
  const locate = areaLocator([{ polygons }]);
  return (at) => locate(at) === 0;
}
