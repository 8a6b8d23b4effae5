import type { LayerSpecification, StyleSpecification } from "@maplibre/maplibre-gl-style-spec";
import { type LegendGroup, type LegendMetadata, layerMetadata } from "../../data/cartography/legend_metadata.ts";

/** One line of the legend: the layers that draw it, from the ground up. */
export interface LegendEntry extends LegendMetadata {
  layers: LayerSpecification[];
}

/** Groups from what a reader asks first to what stands at the edge. */
const groupOrder: readonly LegendGroup[] = ["areas", "overlay", "roads", "buildings", "points", "pipes", "ground"];

/**
 * The legend of a style: one entry for each key that has something in view, in the order the style gives them.
 *
 * @param drawn - keys with at least one feature in view
 * @returns groups that have an entry, each with its entries
 */
export function listLegend(style: StyleSpecification, drawn: ReadonlySet<string>): LegendEntry[][] {
  const entries = new Map<string, LegendEntry>();
  for (const layer of style.layers) {
    const { legend } = layerMetadata(layer);
    if (!legend || !drawn.has(legend.key) || isHidden(layer)) continue;
    const entry = entries.get(legend.key);
    if (entry) entry.layers.push(layer);
    else entries.set(legend.key, { ...legend, layers: [layer] });
  }
  return groupOrder
    .map((group) => [...entries.values()].filter((entry) => entry.group === group).sort((a, b) => a.order - b.order))
    .filter((group) => group.length > 0);
}

function isHidden(layer: LayerSpecification): boolean {
  return layer.layout?.visibility === "none";
}
