import { Map as MapLibreMap, type StyleSpecification } from "maplibre-gl";
import type { StyledBasemap, StyleOptions } from "../../data/cartography/style_options.ts";
import type { AtlasMapOptions } from "./map_types.ts";

/** What the style is made from. */
export function styleOptions(options: AtlasMapOptions): StyleOptions {
  const { theme, language, reader, network, edition, overlay, level, layers, bounds, marks, draft } = options;
  const tiles = absolute(options.tiles);
  return {
    theme,
    language,
    tiles,
    reader,
    network,
    edition,
    overlay,
    level,
    layers,
    bounds,
    marks,
    draft,
    basemap: absoluteBasemap(options.basemap),
  };
}

/** Tiles are fetched by a worker, which has no page to be relative to. Braces of a template stay. */
function absolute(address: string): string {
  return new URL(address, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}");
}

export function absoluteBasemap(basemap: StyledBasemap | null | undefined): StyledBasemap | null {
  return basemap ? { ...basemap, tiles: absolute(basemap.tiles) } : null;
}

/** The canvas and its handlers. Keys are ours: see keyboard.ts. */
export function createMap(options: AtlasMapOptions, style: StyleSpecification): MapLibreMap {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return new MapLibreMap({
    container: options.container,
    style,
    validateStyle: false,
    attributionControl: false,
    keyboard: false,
    minZoom: 3,
    maxZoom: 20,
    maxPitch: 45,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: still ? 0 : 120,
    reduceMotion: still,
    localIdeographFontFamily: false,
    locale: options.label ? { "Map.Title": options.label } : {},
  });
}
