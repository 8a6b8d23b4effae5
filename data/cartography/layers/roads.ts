import type { RoadClass } from "../../schema/city_rows.ts";
import { roadClasses } from "../../vocabulary/dictionaries.ts";
import type { Wording } from "../../vocabulary/language.ts";
import { all, byZoom, get, isOneOf, widths, widthsPlus } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

const from = { source: sourceIds.city, "source-layer": "roads" } as const;

interface RoadStyle {
  id: string;
  classes: readonly RoadClass[];
  minzoom: number;
  /** px at z12, 14, 16, 18 */
  width: [number | null, number | null, number, number];
  colour: { fill: string; casing: string } | { fill: string; casing: null };
  order: number;
  label: Wording;
}

/** From the least to the greatest: a later row is drawn over an earlier one. */
function roadTable({ palette }: LayerContext): RoadStyle[] {
  const { road } = palette;
  return [
    {
      id: "way",
      classes: ["estate_way", "field_way"],
      minzoom: 15.5,
      width: [null, 0.5, 1.6, 5],
      colour: { fill: palette.way, casing: null },
      order: 6,
      label: ["小区、田间道路", "Estate or field way"],
    },
    row("lane", 5, 14.5, [null, 0.8, 2.6, 6.5], road.lane),
    row("side", 4, 13, [0.4, 1.6, 4.6, 11], road.side),
    row("secondary", 3, 12, [1, 2.8, 7, 16], road.secondary),
    row("main", 2, 9, [1.8, 4.2, 10, 22], road.main),
    row("ring", 1, 9, [2.4, 5.2, 12, 26], road.ring),
  ];
}

function row(
  id: RoadClass,
  order: number,
  minzoom: number,
  width: RoadStyle["width"],
  colour: RoadStyle["colour"],
): RoadStyle {
  return { id, classes: [id], minzoom, width, colour, order, label: roadClasses[id] };
}

/** All casings lie below all surfaces, so that junctions stay open. */
export function roads(context: LayerContext): AtlasLayer[] {
  const table = roadTable(context);
  return [...table.flatMap((road) => casing(context, road)), ...table.map((road) => surface(context, road))];
}

function surface(context: LayerContext, road: RoadStyle): AtlasLayer {
  return {
    id: `road-${road.id}`,
    type: "line",
    ...from,
    filter: isOneOf("class", road.classes),
    minzoom: road.minzoom,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": road.colour.fill, "line-width": widths(...road.width) },
    metadata: listed(legendOfRoad(context, road), "roads"),
  };
}

function casing(context: LayerContext, road: RoadStyle): AtlasLayer[] {
  if (road.colour.casing === null) return [];
  return [
    {
      id: `road-${road.id}-casing`,
      type: "line",
      ...from,
      filter: isOneOf("class", road.classes),
      // A hairline street far out is all casing: it starts where there is a surface to enclose.
      minzoom: Math.max(road.minzoom, 11),
      layout: { "line-cap": "butt", "line-join": "round" },
      paint: { "line-color": road.colour.casing, "line-width": widthsPlus(road.width, 1.4) },
      metadata: listed(legendOfRoad(context, road), "roads"),
    },
  ];
}

function legendOfRoad(context: LayerContext, road: RoadStyle) {
  return legendOf(context, {
    key: `road-${road.id}`,
    order: road.order,
    group: "roads",
    geom: "line",
    label: road.label,
  });
}

interface NameStyle {
  id: string;
  classes: readonly RoadClass[];
  minzoom: number;
  size: [number, number];
  spacing: number;
  every: number;
  colour: { text: string; halo: string };
}

function nameLayer(name: NameStyle): AtlasLayer {
  return {
    id: `road-name-${name.id}`,
    type: "symbol",
    ...from,
    filter: all(isOneOf("class", name.classes), ["has", "name"]),
    minzoom: name.minzoom,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": name.every,
      "text-field": get("name"),
      "text-font": fonts.medium,
      "text-size": byZoom([13, name.size[0]], [18, name.size[1]]),
      "text-letter-spacing": name.spacing,
      "text-max-angle": 35,
      "text-padding": 4,
    },
    paint: { "text-color": name.colour.text, "text-halo-color": name.colour.halo, "text-halo-width": 1.6 },
    metadata: unlisted("roads"),
  };
}

/** P10 and P11; the higher rank comes last, because later symbols are placed first. */
export function streetNames({ palette }: LayerContext): AtlasLayer[] {
  return [
    nameLayer({
      id: "minor",
      classes: ["secondary", "side"],
      minzoom: 14.4,
      size: [11, 13],
      spacing: 0.04,
      every: 360,
      colour: palette.label.road,
    }),
    nameLayer({
      id: "major",
      classes: ["main", "ring"],
      minzoom: 12.6,
      size: [11, 14],
      spacing: 0.06,
      every: 480,
      colour: palette.label.road,
    }),
  ];
}

/** P15. */
export function laneNames({ palette }: LayerContext): AtlasLayer[] {
  return [
    nameLayer({
      id: "lane",
      classes: ["lane"],
      minzoom: 16,
      size: [11, 11],
      spacing: 0.02,
      every: 320,
      colour: palette.label.lane,
    }),
  ];
}
