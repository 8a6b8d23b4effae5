import type { FilterSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { LevelRole } from "../../schema/network.ts";
import { levelRoleNames } from "../../vocabulary/dictionaries.ts";
import { all, any, byHue, byZoom, inState, is, widths } from "../expressions.ts";
import { highestZoom, type LevelPlan } from "../level_plan.ts";
import { hueOpacity } from "../palette.ts";
import { sourceIds } from "../sources.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { legendOf, listed, unlisted } from "./context.ts";

const faces = { source: sourceIds.areas, "source-layer": "areas" } as const;
const arcs = { source: sourceIds.areas, "source-layer": "area_arcs" } as const;

type DrawnFill = LevelPlan["fills"][number];

/**
 * The areas that cover the network at a level: those of the level; where a branch ends early, its last one; where it
 * skips the level, the next one below.
 */
function facesOf({ ordinal }: DrawnFill): FilterSpecification {
  return any(
    is("level", ordinal),
    all(is("leaf", 1), ["<", ["get", "level"], ordinal]),
    all([">", ["get", "level"], ordinal], ["<", ["get", "above"], ordinal]),
  );
}

/** Always both: MapLibre keeps an old limit where a changed style names none. */
function zoomLimits([minzoom, maxzoom]: readonly [number, number]): { minzoom: number; maxzoom: number } {
  return { minzoom, maxzoom };
}

/** Hues that tell neighbours apart; selection adds a little, a task in focus dims the others. */
export function areaFills(context: LayerContext): AtlasLayer[] {
  const { palette, plan, overBasemap } = context;
  const share = overBasemap ? 0.5 : 1;
  const opacity = (base: number) => {
    const value = base * share;
    const states = ["case", inState("selected"), Math.min(1, value + 0.15), inState("dim"), value * 0.35, value];
    return states as unknown as number;
  };
  return plan.fills.map((fill) => ({
    id: `area-fill-${fill.role}`,
    type: "fill",
    ...faces,
    ...zoomLimits(fill.zooms),
    filter: facesOf(fill),
    paint: {
      "fill-color": byHue(palette.hues),
      "fill-opacity": byZoom([15, opacity(hueOpacity)], [18, opacity(0.5)]),
      // Neighbours touch exactly; a soft edge would let the land shine through as a seam.
      "fill-antialias": false,
    },
    metadata: listed(
      legendOf(context, {
        key: "area-hue",
        order: 9,
        group: "areas",
        geom: "hues",
        label: ["颜色仅用于区分相邻网格", "Colours only tell neighbours apart"],
      }),
      "fills",
    ),
  }));
}

/**
 * The same faces, never painted: what the pointer finds, also where fills are switched off. MapLibre shares the
 * geometry with the fills and skips a fill of opacity 0.
 */
export function areaTargets({ plan }: LayerContext): AtlasLayer[] {
  const targets = plan.fills.map((fill) => ({ id: fill.role, zooms: fill.zooms, filter: facesOf(fill) }));
  const sub =
    plan.subFrom === null
      ? []
      : [{ id: "sub", zooms: [plan.subFrom, highestZoom] as const, filter: is("role", "sub") }];
  return [...targets, ...sub].map(({ id, zooms, filter }) => ({
    id: `area-target-${id}`,
    type: "fill",
    ...faces,
    ...zoomLimits(zooms),
    filter,
    paint: { "fill-opacity": 0 },
    metadata: unlisted(),
  }));
}

/** 色带: the hue gathers along the border, inside, so that the middle stays pale for streets and houses. */
export function areaBands(context: LayerContext): AtlasLayer[] {
  const { palette, plan } = context;
  const band = widths(2.7, 4, 6, 10);
  const inward = widths(1.35, 2, 3, 5);
  return plan.fills
    .filter((fill) => fill.zooms[1] > 11)
    .map((fill) => ({
      id: `area-band-${fill.role}`,
      type: "line",
      ...faces,
      ...zoomLimits([Math.max(fill.zooms[0], 11), fill.zooms[1]]),
      filter: facesOf(fill),
      layout: { "line-join": "miter", "line-miter-limit": 2 },
      paint: {
        "line-color": byHue(palette.bands),
        "line-width": band,
        "line-offset": inward,
        "line-opacity": ["case", inState("dim"), palette.bandOpacity * 0.35, palette.bandOpacity],
      },
      metadata: unlisted("fills"),
    }));
}

interface EdgeStyle {
  role: LevelRole;
  order: number;
  colour: string;
  /** px at z12, 14, 16, 18 */
  width: [number, number, number, number];
  dash?: number[];
  /** px at z12, 14, 16, 18 of a soft line below */
  band?: { width: [number, number, number, number]; colour: string; opacity: number; from: number };
  /** [zoom, opacity], zooms rising */
  fade?: [number, number][];
}

/** Borders from the least to the greatest; city and district are drawn like the subdistrict, a step wider. */
function edgeTable({ palette }: LayerContext): EdgeStyle[] {
  const { edge, softBand, gridEdgeOpacity } = palette;
  const root = { colour: edge.subdistrict, dash: [9, 2, 1.5, 2] };
  const rootBand = { ...softBand.subdistrict, from: 7 };
  return [
    { role: "sub", order: 7, colour: edge.sub, width: [0.5, 0.8, 1, 1.6], dash: [2, 2] },
    {
      role: "grid",
      order: 6,
      colour: edge.grid,
      width: [0.8, 1.2, 2, 2.6],
      fade: [
        // Only networks of one level are drawn as far out as this: thousands of borders must not turn to soot.
        [9, 0.25],
        [13, gridEdgeOpacity],
        [14.5, 1],
      ],
    },
    {
      role: "community",
      order: 5,
      colour: edge.community,
      width: [1, 1.8, 2.6, 3.6],
      dash: [6, 2],
      band: { width: [4, 7, 11, 15], ...softBand.community, from: 11 },
    },
    { role: "zone", order: 4, colour: edge.zone, width: [1.8, 2.6, 3.4, 4], dash: [8, 2, 2, 2] },
    {
      role: "subdistrict",
      order: 3,
      ...root,
      width: [1.6, 2.4, 3.4, 4.4],
      band: { width: [6, 10, 15, 20], ...rootBand },
    },
    { role: "district", order: 2, ...root, width: [2.4, 3.4, 4.4, 5.4], band: { width: [8, 13, 19, 25], ...rootBand } },
    { role: "city", order: 1, ...root, width: [3.2, 4.4, 5.4, 6.4], band: { width: [10, 16, 23, 30], ...rootBand } },
  ];
}

/** Each border once, in the look of the highest level it separates. Bands lie below all lines. */
export function areaEdges(context: LayerContext): AtlasLayer[] {
  const drawn = edgeTable(context).filter((edge) => context.plan.edges[edge.role] !== undefined);
  return [...drawn.flatMap((edge) => softBandLayer(context, edge)), ...drawn.map((edge) => edgeLayer(context, edge))];
}

function legendOfEdge(context: LayerContext, edge: EdgeStyle) {
  const [zh, en] = levelRoleNames[edge.role];
  return legendOf(context, {
    key: `edge-${edge.role}`,
    order: edge.order,
    group: "areas",
    geom: "line",
    label: [`${zh}界`, `${en} border`],
  });
}

function edgeLayer(context: LayerContext, edge: EdgeStyle): AtlasLayer {
  const [z12, z14, z16, z18] = edge.width;
  return {
    id: `area-edge-${edge.role}`,
    type: "line",
    ...arcs,
    ...zoomLimits([context.plan.edges[edge.role] ?? 0, highestZoom]),
    filter: is("role", edge.role),
    layout: { "line-join": "round", "line-cap": edge.dash ? "butt" : "round" },
    paint: {
      "line-color": edge.colour,
      "line-width": byZoom([8, z12 * 0.5], [12, z12], [14, z14], [16, z16], [18, z18]),
      ...(edge.dash ? { "line-dasharray": edge.dash } : {}),
      ...(edge.fade ? { "line-opacity": byZoom(...edge.fade) } : {}),
    },
    metadata: listed(legendOfEdge(context, edge)),
  };
}

function softBandLayer(context: LayerContext, edge: EdgeStyle): AtlasLayer[] {
  if (!edge.band) return [];
  const [z12, z14, z16, z18] = edge.band.width;
  return [
    {
      id: `area-edge-${edge.role}-band`,
      type: "line",
      ...arcs,
      ...zoomLimits([Math.max(context.plan.edges[edge.role] ?? 0, edge.band.from), highestZoom]),
      filter: is("role", edge.role),
      // Arcs meet at every node: round ends of a translucent line would add up to dots there.
      layout: { "line-join": "round", "line-cap": "butt" },
      paint: {
        "line-color": edge.band.colour,
        "line-width": byZoom([8, z12 * 0.5], [12, z12], [14, z14], [16, z16], [18, z18]),
        "line-opacity": edge.band.opacity,
      },
      metadata: listed(legendOfEdge(context, edge)),
    },
  ];
}
