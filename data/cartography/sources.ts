import type { SourceSpecification } from "@maplibre/maplibre-gl-style-spec";
import { maxTileZoom, type TileLayer } from "../schema/tile_layers.ts";
import type { StyleOptions } from "./style_options.ts";

/** Names of the sources of the map style. */
export const sourceIds = {
  areas: "areas",
  overlay: "overlay",
  city: "city",
  points: "points",
  components: "components",
  pipes: "pipes",
  basemap: "basemap",
  /** A GeoJSON source that the map fills with what is selected: one point each. */
  focus: "focus",
  /** A GeoJSON source that the map fills with what checks found. */
  findings: "findings",
  /** A GeoJSON source that the map fills with ground that changed hands since another edition; and that edition's borders. */
  changes: "changes",
  former: "former",
  /** GeoJSON sources that the map fills with a division that is being redrawn, and with what a tool is about to do. */
  draft: "draft",
  draft_echo: "draft_echo",
} as const;
export type SourceId = (typeof sourceIds)[keyof typeof sourceIds];

/**
 * Which tile layers each tile source asks for in one request. What is often switched together, or needed at the
 * same zooms, travels together; a source of which no layer is visible is never asked.
 */
export const sourceTileLayers: Readonly<
  Record<Exclude<SourceId, "basemap" | "focus" | "findings" | "changes" | "draft" | "draft_echo">, readonly TileLayer[]>
> = {
  areas: ["areas"],
  overlay: ["areas"],
  former: ["areas"],
  city: ["ground", "roads", "estates", "buildings"],
  points: ["facilities", "legal_entities", "small_places", "key_units"],
  components: ["components"],
  pipes: ["pipes"],
};

/** Nothing of these sources is drawn further out, so nothing is asked for. */
const smallestZoom: Partial<Record<SourceId, number>> = { points: 11, components: 14, pipes: 15, overlay: 0 };

/** All sources of the style. Only GeoJSON and tiles: no sprite, no glyphs, nothing from outside. */
export function buildSources(options: StyleOptions): Record<string, SourceSpecification> {
  const { network, overlay, edition, basemap, bounds } = options;
  const tiled = (source: keyof typeof sourceTileLayers, query: Record<string, string> = {}): SourceSpecification => ({
    type: "vector",
    tiles: [`${options.tiles}/${sourceTileLayers[source].join(",")}/{z}/{x}/{y}.mvt${written(query, options.reader)}`],
    minzoom: smallestZoom[source] ?? 0,
    maxzoom: maxTileZoom,
    promoteId: "id",
    ...(bounds ? { bounds } : {}),
  });
  const ofNetwork = (network: string, at?: number): Record<string, string> =>
    at === undefined ? { network } : { network, edition: String(at) };
  return {
    ...(basemap ? { [sourceIds.basemap]: basemapSource(basemap) } : {}),
    [sourceIds.city]: tiled("city"),
    [sourceIds.areas]: tiled("areas", ofNetwork(network.code, edition)),
    ...(overlay ? { [sourceIds.overlay]: tiled("overlay", ofNetwork(overlay.code)) } : {}),
    ...(options.changes ? changeSources(tiled("former", ofNetwork(network.code, options.changes.former))) : {}),
    [sourceIds.pipes]: tiled("pipes"),
    [sourceIds.components]: tiled("components"),
    [sourceIds.points]: tiled("points"),
    [sourceIds.focus]: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    // Slivers must not be simplified away.
    ...(options.marks?.findings
      ? {
          [sourceIds.findings]: { type: "geojson", tolerance: 0.05, data: { type: "FeatureCollection", features: [] } },
        }
      : {}),
    ...(options.draft ? draftSources() : {}),
  };
}

function changeSources(former: SourceSpecification): Record<string, SourceSpecification> {
  const data = { type: "FeatureCollection" as const, features: [] };
  return { [sourceIds.former]: former, [sourceIds.changes]: { type: "geojson", tolerance: 0.2, data } };
}

function draftSources(): Record<string, SourceSpecification> {
  const empty = { type: "FeatureCollection" as const, features: [] };
  return {
    [sourceIds.draft]: { type: "geojson", tolerance: 0.2, data: empty },
    [sourceIds.draft_echo]: { type: "geojson", tolerance: 0.2, data: empty },
  };
}

function written(query: Record<string, string>, reader: string | undefined): string {
  const values = new URLSearchParams(reader === undefined ? query : { ...query, reader });
  return values.size > 0 ? `?${values}` : "";
}

function basemapSource(basemap: NonNullable<StyleOptions["basemap"]>): SourceSpecification {
  return {
    type: "raster",
    tiles: [basemap.tiles],
    tileSize: basemap.tile_size,
    minzoom: basemap.min_zoom,
    maxzoom: basemap.max_zoom,
    attribution: basemap.attribution,
  };
}
