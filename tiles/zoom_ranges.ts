import type { LevelRole } from "../data/schema/network.ts";
import { maxTileZoom } from "../data/schema/tile_layers.ts";
import type { FeatureLayer } from "./rows.ts";

/** At which zooms a layer is in the tiles; `by` lets values of one attribute begin later than the layer. */
interface ZoomRange {
  from: number;
  to: number;
  by?: { attribute: string; from: Record<string, number> };
}

const to = maxTileZoom;

/**
 * The one table of zooms, from the style's (ui/cartography.md 3.2, 3.6): a layer drawn from 14.5 is in the tiles from
 * 14, because a map at 14.5 shows tiles of zoom 14. Tiles of the last zoom are drawn larger beyond.
 */
export const zoomRanges: Record<FeatureLayer, ZoomRange> = {
  ground: {
    from: 6,
    to,
    by: {
      attribute: "kind",
      from: { railway: 9, field: 8, orchard: 8, forest: 8, park: 9, green: 10, pitch: 14, track: 14, wall: 14 },
    },
  },
  roads: {
    from: 9,
    to,
    by: { attribute: "class", from: { secondary: 12, side: 13, lane: 14, estate_way: 15, field_way: 15 } },
  },
  estates: { from: 14, to },
  buildings: { from: 14, to },
  pipes: { from: 15, to },
  components: { from: 16, to },
  facilities: { from: 15, to },
  legal_entities: { from: 16, to },
  small_places: { from: 16, to },
  key_units: { from: 11, to, by: { attribute: "level", from: { "2": 13, "3": 14 } } },
};

/** Zoom from which areas of a level are in the tiles; the top of a tree always is, if it is not too many. */
export const areaZooms: Record<LevelRole, number> = {
  city: 0,
  district: 0,
  subdistrict: 6,
  zone: 8,
  community: 9,
  grid: 12,
  sub: 14,
};

/**
 * A network with few areas shows its lower levels two zooms earlier: somebody who pins a level sees it from farther
 * away, and tiles stay small all the same.
 */
export const fewAreas = 2000;
export const earlierIfFew = 2;

/**
 * More areas than this at the top of a tree begin at the zoom of their level, and only the outline of all is there
 * before: a tile of 16,000 areas takes 4 MB, and nobody can tell them apart.
 */
export const mostAtTop = 16_000;

/**
 * From this zoom borders are cut wherever deeper ones end, so that each has the deepest area on either side. Farther
 * out a border runs on past them, or its dashes would begin anew every few pixels.
 */
export const fineArcsFrom = 12;

/** Zoom from which every feature of a layer is there, whatever its value. */
export function latestZoom(layer: FeatureLayer): number {
  const { from, by } = zoomRanges[layer];
  return Math.max(from, ...Object.values(by?.from ?? {}));
}

/** First zoom of one feature. */
export function zoomOf(layer: FeatureLayer, value: string | number | null | undefined): number {
  const { from, by } = zoomRanges[layer];
  return (by && value !== null && value !== undefined ? by.from[String(value)] : undefined) ?? from;
}
