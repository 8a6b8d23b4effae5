import type { ExpressionSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { Wording } from "../../vocabulary/language.ts";
import { get, is } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
import type { StyledNetwork } from "../style_options.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

/** Networks that may lie over the drawn one keep apart: each has its colour and its distance from the border. */
const overlayTable = {
  fire: { offset: 3, word: ["消防网格", "Fire grid"] },
  police: { offset: 6, word: ["警务网格", "Police grid"] },
  cells: { offset: 9, word: ["城管网格", "City management cell"] },
} as const;

function styleOf(code: string): keyof typeof overlayTable {
  return code === "fire" || code === "police" ? code : "cells";
}

/** The deepest level of an overlay, the one that is work to somebody. */
function deepest(network: StyledNetwork): number {
  return Math.max(...network.levels.map((level) => level.ordinal), 1);
}

/** 多网合一: a second network as dashed lines inside its borders. */
export function overlayEdges(context: LayerContext): AtlasLayer[] {
  const { overlay } = context.options;
  if (!overlay) return [];
  const style = styleOf(overlay.code);
  const { offset, word } = overlayTable[style];
  const label: Wording = [`${word[0]}（${overlay.mark}）`, word[1]];
  return [
    {
      id: "overlay-edge",
      type: "line",
      source: sourceIds.overlay,
      "source-layer": "areas",
      filter: is("level", deepest(overlay)),
      minzoom: 12,
      layout: { "line-join": "miter" },
      paint: {
        "line-color": context.palette.overlay[style],
        "line-width": 2,
        "line-offset": offset,
        "line-dasharray": [5, 1.5],
      },
      metadata: listed(legendOf(context, { key: "overlay", order: 1, group: "overlay", geom: "line", label })),
    },
  ];
}

/** P12: 「警 JW-03」 */
export function overlayNames(context: LayerContext): AtlasLayer[] {
  const { overlay } = context.options;
  if (!overlay) return [];
  return [
    {
      id: "overlay-name",
      type: "symbol",
      source: sourceIds.overlay,
      "source-layer": "area_labels",
      filter: is("level", deepest(overlay)),
      minzoom: 12,
      layout: {
        "symbol-sort-key": ["-", 0, ["get", "size"]] as ExpressionSpecification,
        "text-field": ["concat", `${overlay.mark} `, get("name")] as unknown as ExpressionSpecification,
        "text-font": fonts.bold,
        "text-size": 12,
        "text-max-width": 12,
        "text-variable-anchor-offset": ["center", [0, 0], "top", [0, 1], "bottom", [0, -1]],
      },
      paint: {
        "text-color": context.palette.overlay[styleOf(overlay.code)],
        "text-halo-color": context.palette.label.grid.halo,
        "text-halo-width": 1.9,
      },
      metadata: unlisted(),
    },
  ];
}
