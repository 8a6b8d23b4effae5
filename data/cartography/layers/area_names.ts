import type {
  ExpressionSpecification,
  FilterSpecification,
  SymbolLayerSpecification,
} from "@maplibre/maplibre-gl-style-spec";
import type { LevelRole } from "../../schema/network.ts";
import { all, any, byZoom, get, is, isAtLeast, match } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, unlisted } from "./context.ts";

const from = { source: sourceIds.areas, "source-layer": "area_labels" } as const;

/** Larger areas are placed first. */
const largerFirst = ["-", 0, ["get", "size"]] as ExpressionSpecification;

/** From this zoom on grids carry their whole name, and communities step behind them. */
const namedFrom = 15;

interface NameStyle {
  id: string;
  filter: FilterSpecification;
  zooms: readonly [number, number];
  colour: { text: string | ExpressionSpecification; halo: string };
  layout: SymbolLayerSpecification["layout"];
  haloWidth?: number;
}

function nameLayer(name: NameStyle): AtlasLayer[] {
  const [low, high] = name.zooms;
  if (low >= high) return [];
  return [
    {
      id: `area-name-${name.id}`,
      type: "symbol",
      ...from,
      minzoom: low,
      maxzoom: high,
      filter: name.filter,
      layout: {
        "symbol-sort-key": largerFirst,
        "text-font": fonts.bold,
        "text-max-width": 8,
        "text-field": get("name"),
        ...name.layout,
      },
      paint: {
        "text-color": name.colour.text,
        "text-halo-color": name.colour.halo,
        "text-halo-width": name.haloWidth ?? 1.9,
      },
      metadata: unlisted(),
    },
  ];
}

/** May give way up or down by .7 em. */
const mayShift = {
  "text-variable-anchor-offset": ["center", [0, 0], "top", [0, 0.2], "bottom", [0, -0.2]],
} as unknown as SymbolLayerSpecification["layout"];

/** Households and leader under the name, at .78 of its size: 「412户 李建国」. Vacant = households only. */
function nameWithFacts(context: LayerContext): ExpressionSpecification {
  const households = context.options.language === "zh-CN" ? "户" : " hh";
  const facts = [
    "concat",
    ["number-format", get("households"), { locale: "en", "max-fraction-digits": 0 }],
    households,
    ["case", ["has", "leader"], ["concat", " ", get("leader")], ""],
  ];
  return [
    "format",
    get("name"),
    {},
    "\n",
    {},
    facts,
    { "font-scale": 0.78, "text-font": ["literal", fonts.regular] },
  ] as unknown as ExpressionSpecification;
}

/** P5: 「03」 far out, 「慧泽03」 from z15, with households and leader from z16. */
export function gridNames(context: LayerContext): AtlasLayer[] {
  const { plan, palette } = context;
  const zooms = plan.labels.grid;
  if (!zooms) return [];
  const [low, high] = zooms;
  const short = plan.numbered ? ["coalesce", get("number"), get("name")] : get("name");
  return [
    ...nameLayer({
      id: "grid-number",
      filter: isAtLeast(plan.numbered ? 7 : 13, is("role", "grid")),
      zooms: [low, Math.min(namedFrom, high)],
      colour: palette.label.number,
      haloWidth: 1.4,
      layout: {
        "text-field": short as ExpressionSpecification,
        "text-font": fonts.medium,
        "text-size": byZoom([10, 10], [13, 11], [15, 12.5]),
        ...mayShift,
      },
    }),
    ...nameLayer({
      id: "grid",
      filter: is("role", "grid"),
      zooms: [Math.max(namedFrom, low), high],
      colour: palette.label.grid,
      layout: {
        "text-field": ["step", ["zoom"], get("name"), 16, nameWithFacts(context)] as unknown as ExpressionSpecification,
        "text-size": byZoom([15, 13], [18, 17]),
        "text-max-width": 12,
        "text-line-height": 1.1,
        ...mayShift,
      },
    }),
  ];
}

const communitySize = byZoom([11.5, 12], [13, 14.5], [16, 18]);

/**
 * P4.5 while communities lead the map, P6 once grids have names. Where a branch has no communities (a zone of
 * enterprises, say), the area right above its grids stands in for one.
 */
export function communityNames(context: LayerContext, rank: "leading" | "following"): AtlasLayer[] {
  const zooms = context.plan.labels.community;
  if (!zooms) return [];
  const [low, high] = zooms;
  const { community, subdistrict } = context.palette.label;
  const ordinal = context.options.network.levels.find(({ role }) => role === "community")?.ordinal ?? 0;
  const standsIn = all(["<", ["get", "level"], ordinal], [">", ["get", "below"], ordinal]);
  const isDeepest = context.plan.labels.grid === undefined;
  const turn = isDeepest ? high : Math.min(namedFrom, high);
  return nameLayer({
    id: rank === "leading" ? "community" : "community-near",
    filter: any(is("role", "community"), standsIn),
    zooms: rank === "leading" ? [low, turn] : [Math.max(turn, low), high],
    colour: { ...community, text: match("role", { community: community.text }, subdistrict.text) },
    layout: {
      "text-size": communitySize,
      "text-padding": 6,
      ...(rank === "following"
        ? { "text-variable-anchor-offset": ["center", [0, 0], "top", [0, 0.9], "bottom", [0, -0.9]] }
        : {}),
    },
  });
}

/** P4.4 */
export function upperNames(context: LayerContext): AtlasLayer[] {
  const { plan, palette } = context;
  const roles: LevelRole[] = ["subdistrict", "district", "city"];
  return roles.flatMap((role) => {
    const zooms = plan.labels[role];
    if (!zooms) return [];
    return nameLayer({
      id: role,
      filter: is("role", role),
      zooms,
      colour: palette.label.subdistrict,
      layout: { "text-size": byZoom([9, 14], [12, 18]), "text-letter-spacing": 0.1, "text-padding": 6 },
    });
  });
}

/** P8 */
export function zoneNames(context: LayerContext): AtlasLayer[] {
  const zooms = context.plan.labels.zone;
  if (!zooms) return [];
  return nameLayer({
    id: "zone",
    filter: is("role", "zone"),
    zooms,
    colour: context.palette.label.zone,
    layout: { "text-size": 16, "text-padding": 6 },
  });
}

/** P7 */
export function subNames(context: LayerContext): AtlasLayer[] {
  const zooms = context.plan.labels.sub;
  if (!zooms) return [];
  return nameLayer({
    id: "sub",
    filter: is("role", "sub"),
    zooms,
    colour: context.palette.label.number,
    haloWidth: 1.4,
    layout: { "text-size": 12, "text-font": fonts.medium },
  });
}
