import type { ExpressionSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { Wording } from "../../vocabulary/language.ts";
import { get, is } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
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

/** The deepest areas of an overlay, those that are work to somebody; branches may end at different levels. */
const deepest = is("leaf", 1);

/** 多网合一: a second network as dashed lines inside its borders. */
export function overlayEdges(context: LayerContext): AtlasLayer[] {
  const { overlay } = context.options;
  if (!overlay) return [];
  const style = styleOf(overlay.code);
  const { offset, word } = overlayTable[style];
  const [zh, en] = overlay.code in overlayTable ? word : ["叠加网格", "Overlaid area"];
  const label: Wording = [`${zh}（${overlay.mark}）`, en];
  return [
    {
      id: "overlay-edge",
      type: "line",
      source: sourceIds.overlay,
      "source-layer": "areas",
      filter: deepest,
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
      filter: deepest,
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
