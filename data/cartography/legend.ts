import type { LayerSpecification, StyleSpecification } from "@maplibre/maplibre-gl-style-spec";
import { type LegendGeometry, type LegendGroup, type LegendMetadata, layerMetadata } from "./legend_metadata.ts";
import { palettes } from "./palette.ts";
import { resolveValue } from "./resolve_value.ts";
import type { Theme } from "./style_options.ts";
import type { SymbolDrawing } from "./symbol_drawing.ts";
import { drawSymbol } from "./symbols.ts";

/** One stroke of a swatch, bottom first; colours as the map paints them, px at the map's zoom, dashes in px too. */
export type SwatchPart =
  | { kind: "fill"; colour: string; opacity: number }
  | { kind: "line"; colour: string; opacity: number; width: number; dash: number[] | null; round?: true }
  | { kind: "symbol"; drawing: SymbolDrawing; scale: number }
  /** A drawing that is repeated over the face. */
  | { kind: "pattern"; drawing: SymbolDrawing }
  | { kind: "circle"; colour: string; opacity: number; line: string; width: number }
  /** The hues that tell neighbours apart, side by side, as they look over plain land. */
  | { kind: "hues"; colours: readonly string[] };

type SwatchLine = Extract<SwatchPart, { kind: "line" }>;

export interface LegendEntry {
  key: string;
  group: LegendGroup;
  geom: LegendGeometry;
  label: string;
  /** What the swatch stands on, null = the page: the pale fills of streets and houses would not be seen on that. */
  ground: string | null;
  swatch: SwatchPart[];
}

/** These stand on tinted ground, as they do on the map. */
const onGround: ReadonlySet<LegendGroup> = new Set(["roads", "buildings"]);

/** Groups from what a reader asks first to what stands at the edge. */
const groupOrder: readonly LegendGroup[] = [
  "checks",
  "areas",
  "overlay",
  "roads",
  "buildings",
  "points",
  "pipes",
  "ground",
];

/**
 * The legend of a map: one entry for each key that is drawn, with a swatch made of the paint at this zoom.
 *
 * @param style - made by `buildStyle`
 * @param drawn - legend keys with at least one feature in view
 */
export function listLegend(style: StyleSpecification, drawn: ReadonlySet<string>, zoom: number): LegendEntry[] {
  const theme: Theme = style.name?.endsWith("dark") ? "dark" : "light";
  const entries = new Map<string, { legend: LegendMetadata; layers: LayerSpecification[] }>();
  for (const layer of style.layers) {
    const { legend } = layerMetadata(layer);
    if (legend === false || !drawn.has(legend.key) || !isShown(layer, zoom)) continue;
    const entry = entries.get(legend.key) ?? { legend, layers: [] };
    entry.layers.push(layer);
    entries.set(legend.key, entry);
  }
  return [...entries.values()]
    .sort((a, b) => groupRank(a.legend) - groupRank(b.legend) || a.legend.order - b.legend.order)
    .map(({ legend, layers }) => ({
      key: legend.key,
      group: legend.group,
      geom: legend.geom,
      label: legend.label,
      ground: onGround.has(legend.group) ? (palettes[theme].drawnHues[0] ?? null) : null,
      swatch: drawSwatch(legend, layers, zoom, theme),
    }));
}

function groupRank(legend: LegendMetadata): number {
  return groupOrder.indexOf(legend.group);
}

function isShown({ minzoom = 0, maxzoom = 24, layout }: LayerSpecification, zoom: number): boolean {
  return zoom >= minzoom && zoom < maxzoom && layout?.visibility !== "none";
}

function drawSwatch(legend: LegendMetadata, layers: LayerSpecification[], zoom: number, theme: Theme): SwatchPart[] {
  if (legend.geom === "hues") return [{ kind: "hues", colours: palettes[theme].drawnHues }];
  const moment = { zoom, properties: legend.sample ?? {} };
  // Two layers of symbols with one key show the same symbol.
  const chosen = legend.geom === "symbol" ? layers.slice(0, 1) : layers;
  return chosen.flatMap((layer): SwatchPart[] => {
    const paint = (layer.paint ?? {}) as Record<string, unknown>;
    const number = (name: string, otherwise: number) => Number(resolveValue(paint[name], moment) ?? otherwise);
    const colour = (name: string) => String(resolveValue(paint[name], moment) ?? "#000000");
    if (layer.type === "fill" && paint["fill-pattern"] !== undefined) {
      return [{ kind: "pattern", drawing: drawSymbol(String(resolveValue(paint["fill-pattern"], moment))) }];
    }
    if (layer.type === "fill") {
      return [{ kind: "fill", colour: colour("fill-color"), opacity: number("fill-opacity", 1) }];
    }
    if (layer.type === "line") {
      const line = drawLine(colour("line-color"), number, paint["line-dasharray"]);
      // Only where it is seen: dashes of no length are dots.
      return [layer.layout?.["line-cap"] === "round" && line.dash ? { ...line, round: true } : line];
    }
    if (layer.type === "circle") {
      const [line, width] = [colour("circle-stroke-color"), number("circle-stroke-width", 1)];
      return [{ kind: "circle", colour: colour("circle-color"), opacity: number("circle-opacity", 1), line, width }];
    }
    if (layer.type === "symbol") {
      const name = String(resolveValue(layer.layout?.["icon-image"], moment));
      const scale = Number(resolveValue(layer.layout?.["icon-size"], moment) ?? 1);
      return [{ kind: "symbol", drawing: drawSymbol(name), scale }];
    }
    return [];
  });
}

function drawLine(colour: string, number: (name: string, otherwise: number) => number, dashes: unknown): SwatchLine {
  const width = number("line-width", 1);
  const dash = Array.isArray(dashes) ? dashes.map((length) => Number(length) * width) : null;
  return { kind: "line", colour, opacity: number("line-opacity", 1), width, dash };
}
