import { createContext, useCallback, useContext } from "react";
import type { DraftArea } from "../../data/division/draft.ts";
import { boxOf } from "../../data/measure/box.ts";
import type { GeoJsonGeometry } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import { isInside } from "./map/city_ground.ts";
import { lowestAreas } from "./map/lowest_areas.ts";
import { PlannerContext } from "./planner_store.ts";
import type { AtlasMap } from "../map/atlas_map.ts";

/** The map of the open plan; null until it stands. */
export const MapContext = createContext<AtlasMap | null>(null);

/** A community is seen at about 1:5,000, a fault at 1:2,500 (ui/planner.md). */
export const issueZoom = 17.2;
/** px of the width of the grid that a place lies in */
const leastWidth = 300;
/** Closer nothing of a division is seen better. */
const closest = 19;

/** Zoom at which the grid of a place is wide enough to be worked on. */
function zoomFor([lon, lat]: Position, areas: readonly DraftArea[]): number {
  const grid = areas.find(({ polygons }) => isInside(polygons, lon, lat));
  if (!grid) return issueZoom;
  const [west, , east] = boxOf(grid.polygons);
  return Math.min(closest, Math.max(issueZoom, Math.log2((leastWidth * 360) / (512 * (east - west)))));
}

/** Takes the map to places that panels list. */
export function useFly(): { toArea: (area: DraftArea | undefined) => void; toPlace: (at: Position | null) => void } {
  const map = useContext(MapContext);
  const toArea = useCallback((area: DraftArea | undefined) => area && map?.flyTo(boxOf(area.polygons)), [map]);
  const store = useContext(PlannerContext);
  const toPlace = useCallback(
    (at: Position | null) => {
      const areas = store ? lowestAreas(store.getState().draft) : [];
      if (at) map?.flyTo(at, { zoom: zoomFor(at, areas) });
    },
    [map, store],
  );
  return { toArea, toPlace };
}

/** Places of operations are rings of positions: those of a fault's outline. */
export function placeOfGeometry(geometry: GeoJsonGeometry | null): Position[][][] {
  if (geometry?.type === "MultiPolygon") return geometry.coordinates as Position[][][];
  return geometry?.type === "Polygon" ? [geometry.coordinates as Position[][]] : [];
}
