import type { LayerSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { LayerGroup } from "./style_options.ts";

export type LegendGroup = "checks" | "areas" | "overlay" | "roads" | "ground" | "buildings" | "pipes" | "points";
export type LegendGeometry = "fill" | "line" | "symbol" | "circle" | "hues";

/** What a layer says about its line in the legend. Layers with one `key` share one entry and are drawn on top of each other in it. */
export interface LegendMetadata {
  key: string;
  /** Entries of a group come in this order. */
  order: number;
  group: LegendGroup;
  geom: LegendGeometry;
  /** Already in the language of the style. */
  label: string;
  /** Attributes of the feature that the swatch shows, where paint depends on them. */
  sample?: Readonly<Record<string, string | number>>;
}

/** What every layer of ours carries. `hits` names what a click on it means. */
export interface LayerMetadata {
  legend: LegendMetadata | false;
  group?: LayerGroup;
}

/** The metadata of a layer of a style that `buildStyle` made. */
export function layerMetadata(layer: LayerSpecification): LayerMetadata {
  return layer.metadata as LayerMetadata;
}
