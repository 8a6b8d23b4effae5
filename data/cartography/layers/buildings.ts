import type { ExpressionSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { BuildingUse } from "../../schema/city_rows.ts";
import { buildingStructures, buildingUses } from "../../vocabulary/dictionaries.ts";
import type { Wording } from "../../vocabulary/language.ts";
import { any, byZoom, get, inState, isOneOf, match } from "../expressions.ts";
import type { Palette } from "../palette.ts";
import { sourceIds } from "../sources.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

const estateTiles = { source: sourceIds.city, "source-layer": "estates" } as const;
const buildingTiles = { source: sourceIds.city, "source-layer": "buildings" } as const;

interface UseStyle {
  id: keyof Palette["building"];
  uses: readonly BuildingUse[];
  label: Wording;
}

const useTable: UseStyle[] = [
  { id: "home", uses: ["home"], label: buildingUses.home },
  { id: "trade", uses: ["shop", "market"], label: ["商铺、市场", "Shop, market"] },
  { id: "works", uses: ["works"], label: buildingUses.works },
  { id: "public", uses: ["public", "office", "school", "hospital"], label: ["公共、办公", "Public, offices"] },
  { id: "other", uses: ["other"], label: ["其他楼栋", "Other building"] },
];

/** Paler ground inside an estate, and its wall. */
export function estates(context: LayerContext): AtlasLayer[] {
  const { palette } = context;
  const legend = legendOf(context, {
    key: "estate",
    order: 1,
    group: "buildings",
    geom: "fill",
    label: ["小区", "Estate"],
  });
  return [
    {
      id: "estate-ground",
      type: "fill",
      ...estateTiles,
      minzoom: 14.5,
      paint: {
        "fill-color": palette.estateGround.colour,
        "fill-opacity": palette.estateGround.opacity,
        "fill-antialias": false,
      },
      metadata: listed(legend, "estates"),
    },
    {
      id: "estate-wall",
      type: "line",
      ...estateTiles,
      minzoom: 14.5,
      paint: {
        "line-color": palette.wall,
        "line-width": byZoom([15, 0.6], [18, 1.1]),
        "line-dasharray": [4, 2],
      },
      metadata: listed(legend, "estates"),
    },
  ];
}

export function buildings(context: LayerContext): AtlasLayer[] {
  const { palette } = context;
  const { far, near } = palette.buildingOpacity;
  const fills = useTable.map(
    (use, index): AtlasLayer => ({
      id: `building-${use.id}`,
      type: "fill",
      ...buildingTiles,
      minzoom: 14.5,
      filter: isOneOf("use", use.uses),
      paint: { "fill-color": palette.building[use.id], "fill-opacity": byZoom([14.5, far], [15.5, near]) },
      metadata: listed(
        legendOf(context, {
          key: `building-${use.id}`,
          order: 3 + index,
          group: "buildings",
          geom: "fill",
          label: use.label,
        }),
        "buildings",
      ),
    }),
  );
  return [...fills, ...outline(context)];
}

function outline({ palette }: LayerContext): AtlasLayer[] {
  const state = (selected: number | string, hover: number | string, otherwise: number | string) =>
    ["case", inState("selected"), selected, inState("hover"), hover, otherwise] as unknown as ExpressionSpecification;
  return [
    {
      id: "building-outline",
      type: "line",
      ...buildingTiles,
      minzoom: 15,
      paint: {
        "line-color": palette.buildingLine.colour,
        "line-width": byZoom([15, 0.4], [16, 0.8], [18, 1]),
        "line-opacity": palette.buildingLine.opacity,
      },
      metadata: unlisted("buildings"),
    },
    {
      id: "building-focus",
      type: "line",
      ...buildingTiles,
      minzoom: 15,
      layout: { "line-join": "round" },
      paint: { "line-color": state(palette.selected.fill, palette.hover, palette.hover), "line-width": state(3, 2, 0) },
      metadata: unlisted("buildings"),
    },
  ];
}

/** P13: names of estates, over numbers of buildings. */
export function estateNames({ palette }: LayerContext): AtlasLayer[] {
  const { text, halo } = palette.label.estate;
  return [
    {
      id: "estate-name",
      type: "symbol",
      ...estateTiles,
      minzoom: 15,
      layout: {
        "text-field": get("name"),
        "text-font": fonts.medium,
        "text-size": byZoom([15, 11.5], [17, 13]),
        "text-max-width": 8,
        "text-padding": 12,
        "text-variable-anchor-offset": ["center", [0, 0], "top", [0, 1.2], "bottom", [0, -1.2]],
      },
      paint: { "text-color": text, "text-halo-color": halo, "text-halo-width": 1.4 },
      metadata: unlisted("estates"),
    },
  ];
}

/** 「7幢 6F」 from z17; structure and households from z18. Floors guessed from the footprint are marked ≈. */
export function buildingNumbers({ palette, options }: LayerContext): AtlasLayer[] {
  const { text, halo } = palette.label.building;
  const word = options.language === "zh-CN" ? 0 : 1;
  const structures = Object.fromEntries(
    Object.entries(buildingStructures).map(([code, wording]) => [code, code === "unknown" ? "" : wording[word]]),
  );
  const floors = ["concat", ["case", ["==", get("estimated"), 1], "≈", ""], ["to-string", get("floors")], "F"];
  // Chinese names carry the number (7幢); other languages say it themselves.
  const called =
    word === 0
      ? ["coalesce", get("name"), get("number")]
      : ["case", ["has", "number"], ["concat", "No. ", get("number")], get("name")];
  const number = ["concat", called, " ", floors];
  const households = [
    "case",
    // not everybody is told
    [">", ["coalesce", get("households"), 0], 0],
    ["concat", " ", ["to-string", get("households")], word === 0 ? "户" : " hh"],
    "",
  ];
  const detail = ["concat", number, "\n", match("structure", structures, ""), households];
  return [
    {
      id: "building-number",
      type: "symbol",
      ...buildingTiles,
      minzoom: 17,
      // A row of shops has neither: floors alone would be noise.
      filter: any(["has", "name"], ["has", "number"]),
      layout: {
        "text-field": ["step", ["zoom"], number, 18, detail] as unknown as ExpressionSpecification,
        "text-font": fonts.regular,
        "text-size": 11,
        "text-max-width": 10,
        "text-padding": 1,
      },
      paint: { "text-color": text, "text-halo-color": halo, "text-halo-width": 1.4 },
      metadata: unlisted("buildings"),
    },
  ];
}
