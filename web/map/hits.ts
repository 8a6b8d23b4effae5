import type { Map as MapLibreMap, MapGeoJSONFeature, StyleSpecification } from "maplibre-gl";
import { sourceIds } from "../../data/cartography/sources.ts";
import type { Hit, HitKind } from "./map_types.ts";

/** Buildings are what a click means only where they are large enough to be aimed at. */
const buildingsFrom = 17;

/** px around the pointer in which a symbol or a pipe still counts as hit. */
const reach = 4;

/** What a reader most likely means, first to last, and where that is in the tiles. */
const targets: readonly { kind: HitKind; source: string; layer: string; aimed: boolean }[] = [
  { kind: "key_unit", source: sourceIds.points, layer: "key_units", aimed: true },
  { kind: "component", source: sourceIds.components, layer: "components", aimed: true },
  { kind: "facility", source: sourceIds.points, layer: "facilities", aimed: true },
  { kind: "small_place", source: sourceIds.points, layer: "small_places", aimed: true },
  { kind: "legal_entity", source: sourceIds.points, layer: "legal_entities", aimed: true },
  { kind: "pipe", source: sourceIds.pipes, layer: "pipes", aimed: true },
  { kind: "building", source: sourceIds.city, layer: "buildings", aimed: false },
  { kind: "change", source: sourceIds.changes, layer: "", aimed: false },
  { kind: "area", source: sourceIds.areas, layer: "areas", aimed: false },
  { kind: "overlay_area", source: sourceIds.overlay, layer: "areas", aimed: true },
  { kind: "estate", source: sourceIds.city, layer: "estates", aimed: false },
  { kind: "road", source: sourceIds.city, layer: "roads", aimed: true },
];

/** Where the state of a thing of this kind is kept; what the page itself drew has none. */
export function tilePlace(kind: HitKind): { source: string; sourceLayer: string } {
  const target = targets.find((each) => each.kind === kind);
  if (!target) throw new Error(`No tiles hold a ${kind}`);
  return { source: target.source, sourceLayer: target.layer };
}

/** Points have no outline of their own to emphasise. */
export function isPointKind(kind: HitKind): boolean {
  return ["key_unit", "component", "facility", "small_place", "legal_entity"].includes(kind);
}

/**
 * Everything at a pixel, what was most likely meant first, each thing once.
 *
 * @param layerIds - layers that exist now and can be hit, see `hittableLayers`
 */
export function findHits(map: MapLibreMap, point: [number, number], layerIds: string[]): Hit[] {
  const [x, y] = point;
  const near = map.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    { layers: layerIds },
  );
  const exact = new Set(map.queryRenderedFeatures(point, { layers: layerIds }).map(identify));
  const hits: Hit[] = [];
  const seen = new Set<string>();
  for (const target of targets) {
    if (target.kind === "building" && map.getZoom() < buildingsFrom) continue;
    for (const feature of near) {
      if (feature.source !== target.source || (feature.sourceLayer ?? "") !== target.layer) continue;
      const identity = identify(feature);
      if (seen.has(identity) || (!target.aimed && !exact.has(identity))) continue;
      seen.add(identity);
      hits.push({ kind: target.kind, id: String(feature.id), properties: feature.properties });
    }
  }
  return hits;
}

function identify(feature: MapGeoJSONFeature): string {
  return `${feature.source}/${feature.sourceLayer}/${feature.id}`;
}

/** Layers whose features can be hit. Of areas only the unpainted targets: bands and outlines reach over the border. */
export function hittableLayers(style: StyleSpecification): string[] {
  const places = new Set(targets.map((target) => `${target.source}/${target.layer}`));
  return style.layers.flatMap((layer) => {
    if (layer.id.startsWith("change-fill-")) return [layer.id];
    if (!("source-layer" in layer) || layer.layout?.visibility === "none") return [];
    if (layer.source === sourceIds.areas) return layer.id.startsWith("area-target-") ? [layer.id] : [];
    return places.has(`${layer.source}/${layer["source-layer"]}`) ? [layer.id] : [];
  });
}
