import type { MultiPolygon } from "../../schema/geometry.ts";
import type { Outlines } from "./division.ts";
import { edgesOfRings } from "./face_mesh.ts";
import { toMultiPolygon, traceAreas } from "./trace_areas.ts";

/**
 * Outlines of groups of parcels, vertex for vertex along the same edges as the areas.
 *
 * @param group - per parcel its group, 0 … groups − 1, or −1
 */
export function outlineGroups(outlines: Outlines, group: ArrayLike<number>, groups: number): MultiPolygon[] {
  const vertices = { x: outlines.lon, y: outlines.lat };
  const rings = traceAreas(edgesOfRings(outlines.rings), group, groups, vertices);
  return rings.map((polygons) => toMultiPolygon(polygons, outlines));
}
