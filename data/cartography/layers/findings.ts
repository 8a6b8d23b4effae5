import type { ExpressionSpecification, FilterSpecification } from "@maplibre/maplibre-gl-style-spec";
import { findingWords } from "../../vocabulary/finding_words.ts";
import type { Wording } from "../../vocabulary/language.ts";
import { chipOffset, type FaultLook, faultColour } from "../check_symbols.ts";
import { all, get, is, isAtLeast, isBelow, isOneOf } from "../expressions.ts";
import { highestZoom } from "../level_plan.ts";
import { sourceIds } from "../sources.ts";
import { symbolName } from "../symbols.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

/**
 * What a feature of the source `findings` says. `mark`: `face` is where a fault is, with its shape; the others are
 * points: a `fault`'s label, a `cut` thing, a building that is `far` from every hydrant.
 */
export interface FindingProperties {
  mark: "face" | "fault" | "cut" | "far";
  /** Of faults. */
  look: FaultLook | "";
  text: string;
  /** Square of the longer side of its box, m²: below 12 px a disc stands for it. */
  size: number;
  /** 1 = the reader looks at it now. */
  chosen: 0 | 1;
}

const findings = { source: sourceIds.findings } as const;
/** A fault that is narrower than this is a disc. */
const smallest = 12; // px
const chipText = 13; // px

const looks: readonly { look: FaultLook; order: number; label: Wording }[] = [
  { look: "gap", order: 1, label: findingWords.gap },
  { look: "overlap", order: 2, label: findingWords.overlap },
  { look: "outside", order: 3, label: findingWords.outside },
  { look: "invalid_geometry", order: 4, label: findingWords.invalid_geometry },
  { look: "uncovered", order: 5, label: findingWords.uncovered },
];

/** Faces of faults: hatch and outline, each kind with its own. */
export function findingFaces(context: LayerContext): AtlasLayer[] {
  if (!context.options.marks?.findings) return [];
  return [...looks.flatMap((each) => facesOf(context, each)), ...chosenFace(context)];
}

function facesOf(context: LayerContext, { look, order, label }: (typeof looks)[number]): AtlasLayer[] {
  const colour = faultColour(context.palette, look);
  const isFace: FilterSpecification = all(is("mark", "face"), is("look", look));
  const polygons = all(isFace, ["==", ["geometry-type"], "Polygon"] as unknown as FilterSpecification);
  const key = `fault-${look}`;
  const metadata = listed(legendOf(context, { key, order, group: "checks", geom: "fill", label }));
  const hatch = `hatch-${look}`;
  const layers: AtlasLayer[] = [
    {
      id: `finding-fill-${look}`,
      type: "fill",
      ...findings,
      filter: polygons,
      paint: { "fill-color": colour, "fill-opacity": 0.18 },
      metadata,
    },
    {
      id: `finding-line-${look}`,
      type: "line",
      ...findings,
      filter: polygons,
      layout: { "line-join": "round" },
      paint: { "line-color": colour, "line-width": look === "uncovered" ? 3 : 2.5, ...dashOf(look) },
      metadata,
    },
  ];
  if (look === "gap" || look === "overlap" || look === "outside") {
    layers.splice(1, 0, {
      id: `finding-hatch-${look}`,
      type: "fill",
      ...findings,
      filter: polygons,
      paint: { "fill-pattern": symbolName(context.options.theme, hatch) },
      metadata,
    });
  }
  if (look === "uncovered") layers.push(roadDots(context, isFace, colour));
  return layers;
}

/** In widths of the line. */
function dashOf(look: FaultLook): { "line-dasharray"?: number[] } {
  if (look === "overlap") return { "line-dasharray": [1.6, 0.8] };
  return look === "invalid_geometry" ? { "line-dasharray": [0.8, 0.8] } : {};
}

/** Round dots along the stretch of a road that lies in no area. */
function roadDots(context: LayerContext, isFace: FilterSpecification, colour: string): AtlasLayer {
  return {
    id: "finding-road-uncovered",
    type: "line",
    ...findings,
    filter: all(isFace, ["==", ["geometry-type"], "LineString"] as unknown as FilterSpecification),
    layout: { "line-cap": "round" },
    paint: { "line-color": colour, "line-width": 5, "line-dasharray": [0.01, 2] },
    metadata: listed(
      legendOf(context, {
        key: "fault-road",
        order: 6,
        group: "checks",
        geom: "line",
        label: findingWords.uncovered_road,
      }),
    ),
  };
}

/** The fault that the reader looks at, outlined like a selection. */
function chosenFace({ palette }: LayerContext): AtlasLayer[] {
  const line = (id: string, color: string, width: number): AtlasLayer => ({
    id,
    type: "line",
    ...findings,
    filter: all(is("mark", "face"), is("chosen", 1)),
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": color, "line-width": width, "line-gap-width": 3 },
    metadata: unlisted(),
  });
  return [
    line("finding-chosen-casing", palette.selected.casing, 4),
    line("finding-chosen", palette.selected.fill, 2.5),
  ];
}

/** P2: discs where a fault is too small to be seen, badges of warnings, chips of faults on top. */
export function findingLabels(context: LayerContext): AtlasLayer[] {
  if (!context.options.marks?.findings) return [];
  return [farBuildings(context), ...warningMarks(context), ...faultDiscs(context), ...faultChips(context)];
}

/** Buildings that no hydrant reaches, further out than buildings are drawn. */
function farBuildings(context: LayerContext): AtlasLayer {
  return {
    id: "finding-far-building",
    type: "symbol",
    ...findings,
    filter: is("mark", "far"),
    maxzoom: 15,
    layout: {
      "icon-image": symbolName(context.options.theme, "far-building"),
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
    },
    metadata: listed(
      legendOf(context, {
        key: "far-building",
        order: 10,
        group: "checks",
        geom: "symbol",
        label: findingWords.far_building,
      }),
    ),
  };
}

function warningMarks(context: LayerContext): AtlasLayer[] {
  const { options } = context;
  const legend = (key: string, order: number, label: Wording) =>
    listed(legendOf(context, { key, order, group: "checks", geom: "symbol", label }));
  return [
    {
      id: "finding-cut",
      type: "symbol",
      ...findings,
      filter: is("mark", "cut"),
      minzoom: 14,
      layout: { "icon-image": symbolName(options.theme, "cut"), "symbol-sort-key": ["-", 0, get("chosen")] },
      metadata: legend("cut", 8, findingWords.cut_thing),
    },
    ...badges(context, legend("warning", 7, findingWords.warning)),
  ];
}

/** 「▲612户」 below the name of an area: at its label, which tiles know. */
function badges({ options, palette }: LayerContext, metadata: AtlasLayer["metadata"]): AtlasLayer[] {
  const { badges: shown = [] } = options.marks ?? {};
  if (shown.length === 0) return [];
  const texts = shown.flatMap(({ area_id, text }) => [area_id, text]);
  return [
    {
      id: "finding-warning",
      type: "symbol",
      source: sourceIds.areas,
      "source-layer": "area_labels",
      minzoom: 11,
      maxzoom: highestZoom,
      filter: isAmong(shown.map(({ area_id }) => area_id)),
      layout: {
        "icon-image": symbolName(options.theme, "chip-warning"),
        "icon-text-fit": "both",
        "text-field": ["match", get("id"), ...texts, ""] as unknown as ExpressionSpecification,
        "text-font": fonts.bold,
        "text-size": 12,
        "text-max-width": 30,
        "text-anchor": "top",
        // Name, households and leader stand above.
        "text-offset": ["step", ["zoom"], ["literal", [0, 1]], 16, ["literal", [0, 2.2]]] as ExpressionSpecification,
        "symbol-sort-key": ["-", 0, get("size")] as ExpressionSpecification,
      },
      paint: {
        "text-color": palette.warning.text,
        "text-halo-color": palette.warning.fill,
        "text-halo-width": 1.4,
      },
      metadata,
    },
  ];
}

/** What is below 12 px, and what has no face: 「!」 for areas that are wrong, 「?」 for things that no area holds. */
function faultDiscs(context: LayerContext): AtlasLayer[] {
  const disc = (id: string, look: string, isOne: FilterSpecification, order: number, label: Wording): AtlasLayer => ({
    id,
    type: "symbol",
    ...findings,
    filter: isBelow(smallest, all(is("mark", "fault"), isOne), 20),
    layout: {
      "icon-image": symbolName(context.options.theme, `fault-disc-${look}`),
      "icon-allow-overlap": true,
    },
    metadata: listed(legendOf(context, { key: id, order, group: "checks", geom: "symbol", label })),
  });
  const others = ["gap", "outside", "invalid_geometry"];
  return [
    disc("fault-small-uncovered", "uncovered", is("look", "uncovered"), 5.5, findingWords.uncovered_small),
    disc("fault-small-overlap", "overlap", is("look", "overlap"), 2.5, findingWords.overlap_small),
    disc("fault-small", "gap", isOneOf("look", others), 1.5, findingWords.fault_small),
  ];
}

/** 「空隙 1,240 m²」 on its solid chip, with a leader line. */
function faultChips({ options, palette }: LayerContext): AtlasLayer[] {
  const [x, y] = chipOffset;
  const chip = (id: string, look: string, isOne: FilterSpecification): AtlasLayer => ({
    id,
    type: "symbol",
    ...findings,
    filter: isAtLeast(smallest, all(is("mark", "fault"), isOne), 20),
    layout: {
      "icon-image": symbolName(options.theme, `chip-${look}`),
      "icon-text-fit": "both",
      "text-field": get("text"),
      "text-font": fonts.bold,
      "text-size": chipText,
      "text-max-width": 40,
      "text-anchor": "bottom-left",
      "text-offset": [x / chipText, y / chipText],
      "symbol-sort-key": ["-", 0, get("chosen")] as ExpressionSpecification,
    },
    paint: {
      "text-color": palette.fault.on,
      "text-halo-color": faultColour(palette, look),
      "text-halo-width": 1.4,
    },
    metadata: unlisted(),
  });
  return [
    chip("fault-chip", "gap", ["!=", get("look"), "overlap"] as unknown as FilterSpecification),
    chip("fault-chip-overlap", "overlap", is("look", "overlap")),
  ];
}

/** Ids of tiles as a filter that costs the same for one and for thousands. */
function isAmong(ids: readonly number[]): FilterSpecification {
  if (ids.length === 0) return false as unknown as FilterSpecification;
  return ["match", get("id"), [...new Set(ids)], true, false] as unknown as FilterSpecification;
}

/** Buildings that no hydrant reaches, as they are drawn. */
export function buildingsOutOfReach(context: LayerContext): AtlasLayer[] {
  const reach = context.options.marks?.reach;
  if (!reach) return [];
  const { far } = context.palette;
  const metadata = listed(
    legendOf(context, {
      key: "far-building",
      order: 10,
      group: "checks",
      geom: "fill",
      label: findingWords.far_building,
    }),
  );
  const place = {
    source: sourceIds.city,
    "source-layer": "buildings",
    minzoom: 15,
    filter: isAmong(reach.buildings),
  };
  return [
    { id: "far-building-fill", type: "fill", ...place, paint: { "fill-color": far.fill }, metadata },
    {
      id: "far-building-line",
      type: "line",
      ...place,
      paint: { "line-color": far.line, "line-width": 1.4 },
      metadata,
    },
  ];
}

/** px of a metre at zoom 0 on the equator, tiles of 512 px. */
const pixelsAtZoom0 = 512 / 40_075_016.686;

/** What a working hydrant reaches, true to scale. */
export function hydrantReach(context: LayerContext): AtlasLayer[] {
  const reach = context.options.marks?.reach;
  if (!reach) return [];
  const radius = (zoom: number) =>
    (reach.radius_m * pixelsAtZoom0 * 2 ** zoom) / Math.cos((reach.latitude * Math.PI) / 180);
  return [
    {
      id: "hydrant-reach",
      type: "circle",
      source: sourceIds.components,
      "source-layer": "components",
      filter: all(is("kind", "hydrant"), is("status", "in_use")),
      minzoom: 14,
      paint: {
        "circle-radius": [
          "interpolate",
          ["exponential", 2],
          ["zoom"],
          14,
          radius(14),
          20,
          radius(20),
        ] as unknown as number,
        // Circles overlap many times over: a fill would hide the map.
        "circle-color": context.palette.reach,
        "circle-opacity": 0,
        "circle-stroke-color": context.palette.reach,
        "circle-stroke-width": 1,
        "circle-stroke-opacity": 0.4,
        "circle-pitch-alignment": "map",
      },
      metadata: listed(
        legendOf(context, {
          key: "hydrant-reach",
          order: 11,
          group: "checks",
          geom: "circle",
          label: findingWords.hydrant_reach,
        }),
      ),
    },
  ];
}

/** Shares of the largest part from which an area counts in a class, most whole first; the last takes the rest. */
export const nestingClasses: readonly { from: number; label: Wording }[] = [
  { from: 0.999, label: findingWords.nesting_whole },
  { from: 0.9, label: findingWords.nesting_90 },
  { from: 0.7, label: findingWords.nesting_70 },
  { from: 0.5, label: findingWords.nesting_50 },
  { from: 0, label: findingWords.nesting_least },
];

/** Areas by how whole they lie in one area of the other network: what is torn stands out. */
export function nestingFills(context: LayerContext): AtlasLayer[] {
  const { marks } = context.options;
  const nesting = marks?.nesting;
  if (!nesting) return [];
  return nestingClasses.map(({ label }, index) => ({
    id: `nesting-${index}`,
    type: "fill",
    source: sourceIds.areas,
    "source-layer": "areas",
    minzoom: 0,
    maxzoom: highestZoom,
    filter: isAmong(nesting[index] ?? []),
    paint: { "fill-color": context.palette.ramp[index] ?? "", "fill-opacity": 0.88, "fill-antialias": false },
    metadata: listed(
      legendOf(context, { key: `nesting-${index}`, order: 20 + index, group: "checks", geom: "fill", label }),
    ),
  }));
}
