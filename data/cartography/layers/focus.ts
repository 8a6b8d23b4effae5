import type { ExpressionSpecification } from "@maplibre/maplibre-gl-style-spec";
import { get, inState, is } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
import type { LayerGroup } from "../style_options.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, unlisted } from "./context.ts";

const faces = { source: sourceIds.areas, "source-layer": "areas" } as const;

/**
 * Outline of what is hovered, near or selected. Feature state drives nothing but paint, so every face is there
 * with width 0, which costs no pixels; changing the filter instead would parse every tile again.
 */
export function areaFocus({ palette }: LayerContext): AtlasLayer[] {
  const choose = (
    selected: number | string,
    hover: number | string,
    near: number | string,
    otherwise: number | string,
  ) =>
    [
      "case",
      inState("selected"),
      selected,
      inState("hover"),
      hover,
      inState("near"),
      near,
      otherwise,
    ] as unknown as ExpressionSpecification;
  return [
    {
      id: "area-focus-casing",
      type: "line",
      ...faces,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.selected.casing, "line-width": choose(7, 0, 0, 0) },
      metadata: unlisted(),
    },
    {
      id: "area-focus",
      type: "line",
      ...faces,
      layout: { "line-join": "round" },
      paint: {
        "line-color": choose(palette.selected.fill, palette.hover, palette.near, palette.hover),
        "line-width": choose(4, 2, 2, 0),
      },
      metadata: unlisted(),
    },
  ];
}

/** Roads, estates, pipes and areas of the second network: the same outline, where search or a list points at one. */
export function otherFocus({ palette, options }: LayerContext): AtlasLayer[] {
  const layer = (
    id: string,
    source: string,
    sourceLayer: string,
    minzoom: number,
    width: number,
    group?: LayerGroup,
  ): AtlasLayer => ({
    id,
    type: "line",
    source,
    "source-layer": sourceLayer,
    minzoom,
    layout: { "line-join": "round", "line-cap": "round" },
    paint: {
      "line-color": ["case", inState("selected"), palette.selected.fill, palette.hover] as unknown as string,
      "line-width": [
        "case",
        inState("selected"),
        width + 1,
        ["any", inState("hover"), inState("near")],
        width,
        0,
      ] as unknown as number,
    },
    // With its group, or an emphasis that nobody sees would fetch the tiles of a layer that is off.
    metadata: unlisted(group),
  });
  return [
    layer("road-focus", sourceIds.city, "roads", 9, 3, "roads"),
    layer("estate-focus", sourceIds.city, "estates", 14, 2, "estates"),
    layer("pipe-focus", sourceIds.pipes, "pipes", 15, 6, "pipes"),
    ...(options.overlay ? [layer("overlay-focus", sourceIds.overlay, "areas", 8, 2)] : []),
  ];
}

/** A ring around the selected point, whatever its symbol. */
export function pointFocus({ palette }: LayerContext): AtlasLayer[] {
  const ring = (id: string, colour: string, width: number, radius: number): AtlasLayer => ({
    id,
    type: "circle",
    source: sourceIds.focus,
    filter: is("mark", "ring"),
    paint: {
      "circle-radius": radius,
      "circle-opacity": 0,
      "circle-stroke-color": colour,
      "circle-stroke-width": width,
      "circle-pitch-alignment": "map",
    },
    metadata: unlisted(),
  });
  return [
    ring("point-focus-casing", palette.selected.casing, 6, 17),
    ring("point-focus", palette.selected.fill, 3, 18.5),
  ];
}

/** P2: the name of the selected area is placed before every other label and hides its plain twin. */
export function focusName({ palette }: LayerContext): AtlasLayer[] {
  return [
    {
      id: "focus-name",
      type: "symbol",
      source: sourceIds.focus,
      filter: ["has", "name"],
      layout: {
        "text-field": get("name"),
        "text-font": fonts.bold,
        "text-size": 16,
        "text-max-width": 12,
        "text-padding": 4,
      },
      paint: {
        "text-color": palette.label.grid.text,
        "text-halo-color": palette.label.grid.halo,
        "text-halo-width": 2.2,
      },
      metadata: unlisted(),
    },
  ];
}
