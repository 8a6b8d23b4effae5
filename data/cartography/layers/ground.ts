import type { FilterSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { GroundKind } from "../../schema/city_rows.ts";
import type { Wording } from "../../vocabulary/language.ts";
import { groundKinds } from "../../vocabulary/dictionaries.ts";
import { all, byZoom, isOneOf, widths } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

const from = { source: sourceIds.city, "source-layer": "ground" } as const;
const isPolygon: FilterSpecification = ["==", ["geometry-type"], "Polygon"];

interface GroundFill {
  id: string;
  kinds: readonly GroundKind[];
  order: number;
  label: Wording;
  minzoom?: number;
}

/** Land, and under the hues what colours wide plains: fields and orchards. */
export function lowGround(context: LayerContext): AtlasLayer[] {
  const { palette, overBasemap } = context;
  const land: AtlasLayer = {
    id: "land",
    type: "background",
    paint: { "background-color": palette.land },
    metadata: unlisted(),
  };
  if (overBasemap) return [land];
  return [
    land,
    groundFill(context, { id: "field", kinds: ["field"], order: 5, label: groundKinds.field }, palette.field),
    groundFill(
      context,
      { id: "orchard", kinds: ["orchard", "forest"], order: 6, label: ["果园、林地", "Orchard, forest"] },
      palette.orchard,
    ),
  ];
}

/** Green and water over the hues, so that a park is a park in every grid. */
export function highGround(context: LayerContext): AtlasLayer[] {
  const { palette, overBasemap } = context;
  if (overBasemap) return [];
  return [
    groundFill(
      context,
      { id: "green", kinds: ["park", "green"], order: 4, label: ["公园绿地", "Park, green"] },
      palette.green,
    ),
    groundFill(context, { id: "water", kinds: ["water", "river"], order: 1, label: groundKinds.water }, palette.water),
    {
      id: "bank",
      type: "line",
      ...from,
      filter: all(isPolygon, isOneOf("kind", ["water", "river"])),
      minzoom: 11,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.bank, "line-width": 0.8 },
      metadata: listed(
        legendOf(context, { key: "water", order: 1, group: "ground", geom: "fill", label: groundKinds.water }),
        "ground",
      ),
    },
    groundFill(
      context,
      { id: "track", kinds: ["track"], order: 7, label: groundKinds.track, minzoom: 14.5 },
      palette.track,
    ),
    groundFill(
      context,
      { id: "pitch", kinds: ["pitch"], order: 8, label: groundKinds.pitch, minzoom: 14.5 },
      palette.pitch,
    ),
  ];
}

function groundFill(context: LayerContext, fill: GroundFill, colour: string): AtlasLayer {
  return {
    id: fill.id,
    type: "fill",
    ...from,
    filter: all(isPolygon, isOneOf("kind", fill.kinds)),
    ...(fill.minzoom === undefined ? {} : { minzoom: fill.minzoom }),
    paint: { "fill-color": colour },
    metadata: listed(
      legendOf(context, { key: fill.id, order: fill.order, group: "ground", geom: "fill", label: fill.label }),
      "ground",
    ),
  };
}

/** The railway runs above every road. */
export function railway(context: LayerContext): AtlasLayer[] {
  const { palette } = context;
  const filter = isOneOf("kind", ["railway"]);
  const metadata = listed(
    legendOf(context, { key: "railway", order: 9, group: "roads", geom: "line", label: groundKinds.railway }),
    "roads",
  );
  return [
    {
      id: "railway",
      type: "line",
      ...from,
      filter,
      minzoom: 9,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.rail.casing, "line-width": widths(1.4, 2.4, 3.6, 6) },
      metadata,
    },
    {
      id: "railway-dash",
      type: "line",
      ...from,
      filter,
      minzoom: 11,
      layout: { "line-join": "round" },
      paint: {
        "line-color": palette.rail.fill,
        "line-width": widths(0.84, 1.44, 2.2, 3.6),
        "line-dasharray": [5, 5],
      },
      metadata,
    },
  ];
}

/** Walls that enclose something other than an estate. */
export function walls(context: LayerContext): AtlasLayer[] {
  return [
    {
      id: "wall",
      type: "line",
      ...from,
      filter: isOneOf("kind", ["wall"]),
      minzoom: 14.5,
      paint: {
        "line-color": context.palette.wall,
        "line-width": byZoom([15, 0.6], [18, 1.1]),
        "line-dasharray": [4, 2],
      },
      metadata: listed(
        legendOf(context, { key: "wall", order: 2, group: "buildings", geom: "line", label: groundKinds.wall }),
        "estates",
      ),
    },
  ];
}

/** P16. */
export function waterNames(context: LayerContext): AtlasLayer[] {
  const { text, halo } = context.palette.label.water;
  const paint = { "text-color": text, "text-halo-color": halo, "text-halo-width": 1.6 };
  return [
    {
      id: "water-name",
      type: "symbol",
      ...from,
      filter: all(isPolygon, isOneOf("kind", ["water"]), ["has", "name"]),
      minzoom: 14,
      layout: {
        "text-field": ["get", "name"],
        "text-font": fonts.italic,
        "text-size": byZoom([14, 11], [18, 14]),
        "text-letter-spacing": 0.2,
        "text-max-width": 8,
      },
      paint,
      metadata: unlisted("ground"),
    },
    {
      id: "river-name",
      type: "symbol",
      ...from,
      filter: all(["!=", ["geometry-type"], "Polygon"], isOneOf("kind", ["river"]), ["has", "name"]),
      minzoom: 11,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 420,
        "text-field": ["get", "name"],
        "text-font": fonts.italic,
        "text-size": byZoom([11, 12], [16, 15]),
        "text-letter-spacing": 0.35,
        "text-max-angle": 30,
      },
      paint,
      metadata: unlisted("ground"),
    },
  ];
}
