import type { Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import { layerMetadata } from "../../data/cartography/legend_metadata.ts";
import { isInRange } from "./drawing_watch.ts";
import type { DrawnFeature } from "./map_types.ts";
import { positionOf } from "./position_of.ts";

/** Every feature on the canvas, topmost layer first; one feature once for each layer that draws it. */
export function listDrawnFeatures(map: MapLibreMap, style: StyleSpecification): DrawnFeature[] {
  // MapLibre also finds what a tile holds for layers that begin at a higher zoom.
  const zoom = map.getZoom();
  const shown = style.layers.filter((layer) => isInRange(zoom, layer) && map.getLayer(layer.id));
  const keys = new Map(shown.map((layer) => [layer.id, layerMetadata(layer).legend]));
  return map.queryRenderedFeatures({ layers: [...keys.keys()] }).map((feature) => {
    const legend = keys.get(feature.layer.id);
    return {
      layer: feature.layer.id,
      legend_key: legend ? legend.key : null,
      source_layer: feature.sourceLayer ?? "",
      id: String(feature.id),
      at: positionOf(feature.geometry),
      properties: feature.properties as DrawnFeature["properties"],
    };
  });
}
