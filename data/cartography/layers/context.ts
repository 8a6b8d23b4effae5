import type { LayerSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { Wording } from "../../vocabulary/language.ts";
import { say } from "../../vocabulary/language.ts";
import type { LayerMetadata, LegendGeometry, LegendGroup, LegendMetadata } from "../legend_metadata.ts";
import type { LevelPlan } from "../level_plan.ts";
import { planLevels } from "../level_plan.ts";
import type { Palette } from "../palette.ts";
import { palettes } from "../palette.ts";
import type { LayerGroup, StyleOptions } from "../style_options.ts";

/** What the layers of every subject are made from. */
export interface LayerContext {
  options: StyleOptions;
  palette: Palette;
  plan: LevelPlan;
  /** A raster backdrop lies below: fills are thinner and our own ground is left out. */
  overBasemap: boolean;
}

export function createContext(options: StyleOptions): LayerContext {
  return {
    options,
    palette: palettes[options.theme],
    plan: planLevels(options.network, options.level ?? "auto"),
    overBasemap: Boolean(options.basemap),
  };
}

/** Legend entry in the language of the style. Order of groups and entries is decided here and nowhere else. */
export function legendOf(
  context: LayerContext,
  entry: {
    key: string;
    order: number;
    group: LegendGroup;
    geom: LegendGeometry;
    label: Wording;
    sample?: LegendMetadata["sample"];
  },
): LegendMetadata {
  const { label, sample, ...rest } = entry;
  return { ...rest, label: say(label, context.options.language), ...(sample ? { sample } : {}) };
}

/** Metadata of a layer without a line in the legend: a label, a casing that its line explains, an emphasis. */
export function unlisted(group?: LayerGroup): LayerMetadata {
  return group ? { legend: false, group } : { legend: false };
}

export function listed(legend: LegendMetadata, group?: LayerGroup): LayerMetadata {
  return group ? { legend, group } : { legend };
}

/** A layer as the tables of this folder write it; `metadata` is not optional here. */
export type AtlasLayer = LayerSpecification & { metadata: LayerMetadata };

/** Local fonts: weight and slant are read from the first name, the rest is tried in turn. */
export const fonts = {
  regular: ["Noto Sans SC Regular", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"],
  medium: ["Noto Sans SC Medium", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"],
  bold: ["Noto Sans SC Bold", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"],
  italic: ["Noto Sans SC Italic", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"],
};
