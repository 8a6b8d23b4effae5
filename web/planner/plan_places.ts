import { createContext, useCallback, useContext } from "react";
import type { DraftArea } from "../../data/division/draft.ts";
import { boxOf } from "../../data/measure/box.ts";
import type { GeoJsonGeometry } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { AtlasMap } from "../map/atlas_map.ts";

/** The map of the open plan; null until it stands. */
export const MapContext = createContext<AtlasMap | null>(null);

/** A community is seen at about 1:5,000, a fault at 1:2,500 (ui/planner.md). */
export const issueZoom = 17.2;

/** Takes the map to places that panels list. */
export function useFly(): { toArea: (area: DraftArea | undefined) => void; toPlace: (at: Position | null) => void } {
  const map = useContext(MapContext);
  const toArea = useCallback((area: DraftArea | undefined) => area && map?.flyTo(boxOf(area.polygons)), [map]);
  const toPlace = useCallback((at: Position | null) => void (at && map?.flyTo(at, { zoom: issueZoom })), [map]);
  return { toArea, toPlace };
}

/** Places of operations are rings of positions: those of a fault's outline. */
export function placeOfGeometry(geometry: GeoJsonGeometry | null): Position[][][] {
  if (geometry?.type === "MultiPolygon") return geometry.coordinates as Position[][][];
  return geometry?.type === "Polygon" ? [geometry.coordinates as Position[][]] : [];
}
