import type { MapGeoJSONFeature } from "maplibre-gl";
import type { Bbox, Position } from "../../data/schema/geometry.ts";

/** A position to sort by: a point itself, the middle of the box of anything larger. Degrees. */
export function positionOf(geometry: MapGeoJSONFeature["geometry"]): Position {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  // Tiles hold no collections; a backdrop from elsewhere may.
  if (geometry.type === "GeometryCollection") {
    for (const part of geometry.geometries) widen(box, positionOf(part as MapGeoJSONFeature["geometry"]));
  } else widen(box, geometry.coordinates);
  return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

/** Takes every position of the coordinates of a GeoJSON geometry into the box, however deep. */
export function widen(box: Bbox, coordinates: readonly unknown[]): void {
  const [x, y] = coordinates;
  if (typeof x === "number" && typeof y === "number") {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
    return;
  }
  for (const part of coordinates) if (Array.isArray(part)) widen(box, part);
}
