import type { FilterSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { Wording } from "../../vocabulary/language.ts";
import { editionWords } from "../../vocabulary/edition_words.ts";
import type { ChangeLook } from "../check_symbols.ts";
import { all, byZoom, get, is, isAtLeast, isBelow } from "../expressions.ts";
import { highestZoom } from "../level_plan.ts";
import { sourceIds } from "../sources.ts";
import { symbolName } from "../symbols.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

/**
 * What a feature of the source `changes` says: a `face` is ground that changed hands between the two editions, a `spot`
 * a point on it.
 */
export interface ChangeProperties {
  mark: "face" | "spot";
  look: ChangeLook;
  /** Whose it was, as the map says it beside the new owner's name: 「原慧泽10」. */
  text: string;
  /** Surface, m²: below 14 px a disc stands for it, from 64 px there is room for words. */
  size: number;
  /** 1 = the reader looks at it now. */
  chosen: 0 | 1;
}

const changes = { source: sourceIds.changes } as const;
/** px */
const smallest = 14;
const roomForWords = 64;

const looks: readonly { look: ChangeLook; order: number; label: Wording }[] = [
  { look: "moved", order: 1, label: editionWords.ground_moved },
  { look: "gained", order: 2, label: editionWords.ground_gained },
  { look: "lost", order: 3, label: editionWords.ground_lost },
];

/** Washed and hatched, each kind with its own lines; below streets and houses, which must stay readable. */
export function changedFills(context: LayerContext): AtlasLayer[] {
  const { options, palette } = context;
  if (!options.changes) return [];
  return looks.flatMap(({ look, order, label }): AtlasLayer[] => {
    const filter = all(is("mark", "face"), is("look", look));
    const metadata = listed(legendOf(context, { key: `change-${look}`, order, group: "checks", geom: "fill", label }));
    return [
      {
        id: `change-fill-${look}`,
        type: "fill",
        ...changes,
        filter,
        paint: { "fill-color": palette.changed[look], "fill-opacity": 0.2 },
        metadata,
      },
      {
        id: `change-hatch-${look}`,
        type: "fill",
        ...changes,
        filter,
        paint: { "fill-pattern": symbolName(options.theme, `change-hatch-${look}`), "fill-opacity": 0.75 },
        metadata,
      },
    ];
  });
}

/** px by zoom: what is drawn over a former border where it still runs must hide it. */
const borderStops = [
  [10, 0.8],
  [12, 1.4],
  [14, 2],
  [16, 2.8],
  [18, 3.4],
] as const;

const borderWidth = (more: number) => byZoom(...borderStops.map(([zoom, px]): [number, number] => [zoom, px + more]));

const presentArcs = {
  type: "line",
  source: sourceIds.areas,
  "source-layer": "area_arcs",
  minzoom: 10,
  maxzoom: highestZoom,
} as const;

/** Where borders of the changed areas ran: dashed, seen wherever the new ones do not run there too. */
export function formerBorders(context: LayerContext): AtlasLayer[] {
  const { options, palette } = context;
  if (!options.changes) return [];
  const arcs = {
    type: "line",
    source: sourceIds.former,
    "source-layer": "area_arcs",
    minzoom: 10,
    maxzoom: highestZoom,
    filter: isBeside(options.changes.areas),
  } as const;
  return [
    {
      id: "change-former-casing",
      ...arcs,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.land, "line-width": borderWidth(1.6), "line-opacity": 0.8 },
      metadata: unlisted(),
    },
    {
      id: "change-former",
      ...arcs,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.changed.former, "line-width": borderWidth(0), "line-dasharray": [3, 1.6] },
      metadata: listed(
        legendOf(context, {
          key: "change-former",
          order: 4,
          group: "checks",
          geom: "line",
          label: editionWords.former_border,
        }),
      ),
    },
    // Where a border still runs, the dashes of its own look must not let those of the former one through.
    {
      id: "change-former-cover",
      ...presentArcs,
      filter: isBeside(options.changes.areas),
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": palette.land, "line-width": borderWidth(0.4) },
      metadata: unlisted(),
    },
  ];
}

/** Borders of the changed areas as they are now, those of areas above in their own look; the chosen piece is outlined like a selection. */
export function newBorders(context: LayerContext): AtlasLayer[] {
  const { options, palette } = context;
  if (!options.changes) return [];
  const chosen = all(is("mark", "face"), is("chosen", 1));
  const outline = (id: string, color: string, width: number): AtlasLayer => ({
    id,
    type: "line",
    ...changes,
    filter: chosen,
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": color, "line-width": width },
    metadata: unlisted(),
  });
  return [
    {
      id: "change-border",
      ...presentArcs,
      filter: all(isBeside(options.changes.areas), [">=", get("level"), options.changes.level]),
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": palette.edge.grid, "line-width": borderWidth(0.2) },
      metadata: listed(
        legendOf(context, {
          key: "change-border",
          order: 5,
          group: "checks",
          geom: "line",
          label: editionWords.new_border,
        }),
      ),
    },
    outline("change-chosen-casing", palette.selected.casing, 6),
    outline("change-chosen", palette.selected.fill, 3),
  ];
}

/** P3: discs for what is too small to be seen, and whose the ground was, where there is room to say it. */
export function changedLabels(context: LayerContext): AtlasLayer[] {
  if (!context.options.changes) return [];
  return looks.flatMap(({ look }) => [smallMark(context, look), formerName(context, look)]);
}

const isSpot = (look: ChangeLook) => all(is("mark", "spot"), is("look", look));

function smallMark(context: LayerContext, look: ChangeLook): AtlasLayer {
  return {
    id: `change-small-${look}`,
    type: "symbol",
    ...changes,
    filter: isBelow(smallest, isSpot(look), 20),
    layout: {
      "icon-image": symbolName(context.options.theme, `change-disc-${look}`),
      "icon-allow-overlap": true,
      "symbol-sort-key": get("chosen"),
    },
    metadata: listed(
      legendOf(context, {
        key: "change-small",
        order: 3.5,
        group: "checks",
        geom: "symbol",
        label: editionWords.ground_small,
      }),
    ),
  };
}

/** 「原 慧泽10」, beside the names of those who have the ground now. */
function formerName({ palette }: LayerContext, look: ChangeLook): AtlasLayer {
  return {
    id: `change-name-${look}`,
    type: "symbol",
    ...changes,
    minzoom: 13,
    filter: isAtLeast(roomForWords, isSpot(look), 18),
    layout: {
      "text-field": get("text"),
      "text-font": fonts.medium,
      "text-size": 12,
      "text-max-width": 12,
      "text-variable-anchor-offset": ["center", [0, 0], "top", [0, 1.4], "bottom", [0, -1.4]],
    },
    paint: {
      "text-color": look === "moved" ? palette.changed.former : palette.changed[look],
      "text-halo-color": palette.label.grid.halo,
      "text-halo-width": 1.9,
    },
    metadata: unlisted(),
  };
}

/** Borders with one of the areas on either side; costs the same for one id and for thousands. */
function isBeside(areas: readonly number[]): FilterSpecification {
  if (areas.length === 0) return false as unknown as FilterSpecification;
  const ids = [...new Set(areas)];
  const on = (side: string) => ["match", get(side), ids, true, false];
  return ["any", on("left"), on("right")] as unknown as FilterSpecification;
}
