import type { StyledBasemap } from "../../data/cartography/style_options.ts";
import type { Basemap } from "../../data/schema/basemap.ts";

/** A configured basemap as the style wants it: always through our own server, which holds the key. */
export function styledBasemap(basemap: Basemap): StyledBasemap {
  return {
    tiles: `${location.origin}/basemap/${encodeURIComponent(basemap.id)}/{z}/{x}/{y}`,
    attribution: basemap.attribution,
    min_zoom: basemap.min_zoom,
    max_zoom: basemap.max_zoom,
    tile_size: basemap.tile_size,
  };
}
