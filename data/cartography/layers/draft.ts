import type { ExpressionSpecification, FilterSpecification } from "@maplibre/maplibre-gl-style-spec";
import { toolWords } from "../../vocabulary/tool_words.ts";
import { all, byHue, byZoom, get, is, widths } from "../expressions.ts";
import { hueOpacity } from "../palette.ts";
import { sourceIds } from "../sources.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { symbolName } from "../symbols.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

/** What a feature of the source `draft` says: the division that is being redrawn. */
export type DraftProperties =
  | { mark: "face"; area: string; hue: number }
  /** `own`: border of the plan's own area, which the plan cannot move; `changed`: not where the published one runs. */
  | { mark: "arc"; role: "own" | "upper" | "kept" | "changed" }
  /** `number`: last digits of the short name, or all of it; `facts`: 「418户 李建国」; `size` in m². */
  | { mark: "label"; area: string; number: string; facts: string; limit: "over" | "under" | ""; size: number }
  /** All that is not the plan's. */
  | { mark: "veil" };

/** What a feature of the source `draft_echo` says: what a tool shows before it is done. */
export type EchoProperties =
  | { mark: "selected"; order: number }
  /** An area as it would be; `kept` has its code already, `new` gets one. */
  | { mark: "ghost"; look: "kept" | "new" }
  /** A place that would change hands, a lasso, an estate. */
  | { mark: "place" }
  /** A border that two people have drawn in two ways; and whose it is, at its middle. */
  | { mark: "version" | "version_name"; look: "mine" | "theirs"; text: string }
  | { mark: "comment"; look: "open" | "settled"; text: string }
  /** Where a colleague last changed something. */
  | { mark: "presence"; text: string };

const draft = { source: sourceIds.draft } as const;
const echo = { source: sourceIds.draft_echo } as const;

/** Hues of the draft's areas, below streets and houses as those of the published ones. */
export function draftFills({ options, palette }: LayerContext): AtlasLayer[] {
  if (!options.draft) return [];
  const isFace = is("mark", "face");
  return [
    {
      id: "draft-fill",
      type: "fill",
      ...draft,
      filter: isFace,
      paint: {
        "fill-color": byHue(palette.hues),
        "fill-opacity": byZoom([15, hueOpacity], [18, 0.5]),
        "fill-antialias": false,
      },
      metadata: unlisted("fills"),
    },
    {
      id: "draft-band",
      type: "line",
      ...draft,
      filter: isFace,
      layout: { "line-join": "miter", "line-miter-limit": 2 },
      paint: {
        "line-color": byHue(palette.bands),
        "line-width": widths(2.7, 4, 6, 10),
        "line-offset": widths(1.35, 2, 3, 5),
        "line-opacity": palette.bandOpacity,
      },
      metadata: unlisted("fills"),
    },
  ];
}

/** The veil over the others, former borders, borders of the draft, and what the tool in hand would change. */
export function draftLines(context: LayerContext): AtlasLayer[] {
  const { options, palette } = context;
  if (!options.draft) return [];
  const veil: AtlasLayer = {
    id: "draft-veil",
    type: "fill",
    ...draft,
    filter: is("mark", "veil"),
    paint: { "fill-color": palette.land, "fill-opacity": 0.58, "fill-antialias": false },
    metadata: unlisted(),
  };
  return [veil, ...formerBorders(context), ...borders(context), ...echoes(context)];
}

/** Where the published border runs: seen only where the draft left it. */
function formerBorders(context: LayerContext): AtlasLayer[] {
  const { draft: drawn } = context.options;
  if (!drawn) return [];
  return [
    {
      id: "draft-former",
      type: "line",
      source: sourceIds.areas,
      "source-layer": "area_arcs",
      minzoom: 13,
      ...(drawn.areas ? { filter: besideAreas(drawn.areas) } : {}),
      layout: { "line-cap": "round" },
      paint: { "line-color": context.palette.draft.former, "line-width": 1.6, "line-dasharray": [0.01, 2.4] },
      metadata: listed(
        legendOf(context, { key: "draft-former", order: 11, group: "areas", geom: "line", label: toolWords.former }),
      ),
    },
  ];
}

function borders(context: LayerContext): AtlasLayer[] {
  const { palette } = context;
  const arc = (role: string, order: number, label: readonly [string, string], paint: object): AtlasLayer => ({
    id: `draft-arc-${role}`,
    type: "line",
    ...draft,
    filter: all(is("mark", "arc"), is("role", role)),
    layout: { "line-join": "round", "line-cap": role === "kept" ? "round" : "butt" },
    paint,
    metadata: listed(legendOf(context, { key: `draft-${role}`, order, group: "areas", geom: "line", label })),
  });
  const grid = byZoom([12, 0.8], [14, 1.4], [16, 2.2], [18, 2.6]);
  const upper = byZoom([12, 1.2], [14, 2], [16, 2.8], [18, 3.6]);
  return [
    arc("kept", 10.2, toolWords.border_kept, { "line-color": palette.edge.grid, "line-width": grid }),
    arc("upper", 10.3, toolWords.border_upper, {
      "line-color": palette.edge.community,
      "line-width": upper,
      "line-dasharray": [6, 2],
    }),
    arc("own", 10.4, toolWords.border_own, { "line-color": palette.edge.community, "line-width": upper }),
    // The land shows between the dashes, so that the former border below does not run through them.
    {
      id: "draft-arc-changed-casing",
      type: "line",
      ...draft,
      filter: all(is("mark", "arc"), is("role", "changed")),
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": palette.land, "line-width": byZoom([12, 2.6], [16, 5]), "line-opacity": 0.9 },
      metadata: unlisted(),
    },
    arc("changed", 10.1, toolWords.border_changed, {
      "line-color": palette.draft.line,
      "line-width": byZoom([12, 1.6], [16, 3]),
      "line-dasharray": [8 / 3, 1],
    }),
  ];
}

function echoes({ palette }: LayerContext): AtlasLayer[] {
  const isSelected = is("mark", "selected");
  const first: FilterSpecification = all(isSelected, is("order", 1));
  const further: FilterSpecification = all(isSelected, [">", get("order"), 1] as unknown as FilterSpecification);
  const outline = (id: string, filter: FilterSpecification, color: string, width: number, dash?: number[]) =>
    ({
      id,
      type: "line",
      ...echo,
      filter,
      layout: { "line-join": "round" },
      paint: { "line-color": color, "line-width": width, ...(dash ? { "line-dasharray": dash } : {}) },
      metadata: unlisted(),
    }) satisfies AtlasLayer;
  const ghost = (look: "kept" | "new", color: string): AtlasLayer[] => {
    const filter = all(is("mark", "ghost"), is("look", look));
    return [
      {
        id: `draft-ghost-${look}`,
        type: "fill",
        ...echo,
        filter,
        paint: { "fill-color": color, "fill-opacity": look === "new" ? 0.12 : 0.06 },
        metadata: unlisted(),
      },
      outline(`draft-ghost-${look}-line`, filter, color, 3, look === "new" ? [8 / 3, 1] : undefined),
    ];
  };
  return [
    {
      id: "draft-selected-fill",
      type: "fill",
      ...echo,
      filter: isSelected,
      paint: { "fill-color": palette.selected.fill, "fill-opacity": 0.08 },
      metadata: unlisted(),
    },
    outline("draft-selected-casing", isSelected, palette.selected.casing, 7),
    outline("draft-selected", first, palette.selected.fill, 4),
    outline("draft-selected-further", further, palette.selected.fill, 4, [1.5, 0.75]),
    ...ghost("kept", palette.selected.fill),
    ...ghost("new", palette.draft.line),
    {
      id: "draft-place",
      type: "fill",
      ...echo,
      filter: is("mark", "place"),
      paint: { "fill-color": palette.draft.line, "fill-opacity": 0.22 },
      metadata: unlisted(),
    },
    outline("draft-place-line", is("mark", "place"), palette.draft.line, 2),
    outline("draft-version-casing", is("mark", "version"), palette.selected.casing, 8),
    outline("draft-version-theirs", versionOf("theirs"), palette.selected.fill, 4),
    outline("draft-version-mine", versionOf("mine"), palette.draft.line, 4, [2, 1]),
  ];
}

const versionOf = (look: "mine" | "theirs"): FilterSpecification => all(is("mark", "version"), is("look", look));

/** P2: what people say and where they are, whose border is whose. Names of areas give way. */
export function draftPeople(context: LayerContext): AtlasLayer[] {
  const { options, palette } = context;
  if (!options.draft) return [];
  const tag = (id: string, filter: FilterSpecification, look: string): AtlasLayer => ({
    id,
    type: "symbol",
    ...echo,
    filter,
    layout: {
      "icon-image": symbolName(options.theme, `tag-${look}`),
      "icon-text-fit": "both",
      "text-field": get("text"),
      "text-font": fonts.bold,
      "text-size": 12,
      "text-max-width": 30,
      "text-variable-anchor-offset": ["center", [0, 0], "bottom", [0, -1.4], "top", [0, 1.4], "left", [2, 0]],
    },
    paint: { "text-color": palette.land },
    metadata: unlisted(),
  });
  const comment = (look: "open" | "settled", order: number, label: readonly [string, string]): AtlasLayer => ({
    id: `draft-comment-${look}`,
    type: "symbol",
    ...echo,
    filter: all(is("mark", "comment"), is("look", look)),
    layout: {
      "icon-image": symbolName(options.theme, `comment-${look}`),
      "icon-anchor": "bottom",
      "icon-offset": [0, 2],
      "icon-allow-overlap": true,
      "text-field": get("text"),
      "text-font": fonts.bold,
      "text-size": 12,
      "text-offset": [0, -1.05],
      "text-allow-overlap": true,
    },
    paint: { "text-color": look === "open" ? palette.land : palette.draft.former },
    metadata: listed(legendOf(context, { key: `draft-comment-${look}`, order, group: "areas", geom: "symbol", label })),
  });
  const isName = is("mark", "version_name");
  return [
    tag("draft-presence", is("mark", "presence"), "presence"),
    comment("settled", 13, toolWords.comment_settled),
    comment("open", 12, toolWords.comment_open),
    tag("draft-version-name-theirs", all(isName, is("look", "theirs")), "theirs"),
    tag("draft-version-name-mine", all(isName, is("look", "mine")), "mine"),
  ];
}

/** 「03」 bold over 「418户 李建国」. */
export function draftNames({ options, palette }: LayerContext): AtlasLayer[] {
  if (!options.draft) return [];
  const text = [
    "format",
    get("number"),
    {},
    "\n",
    {},
    get("facts"),
    {
      "font-scale": 0.72,
      "text-font": ["literal", fonts.regular],
      "text-color": ["case", ["==", get("limit"), ""], palette.label.grid.text, palette.warning.text],
    },
  ] as unknown as ExpressionSpecification;
  return [
    {
      id: "draft-name",
      type: "symbol",
      ...draft,
      filter: is("mark", "label"),
      layout: {
        "text-field": ["step", ["zoom"], get("number"), 14, text] as unknown as ExpressionSpecification,
        "text-font": fonts.bold,
        "text-size": byZoom([12, 10], [14, 13], [15, 16], [16, 18]),
        "text-line-height": 1.1,
        "text-max-width": 12,
        "symbol-sort-key": ["-", 0, get("size")] as ExpressionSpecification,
        "text-variable-anchor-offset": ["center", [0, 0], "top", [0, 0.2], "bottom", [0, -0.2]],
      },
      paint: {
        "text-color": palette.label.grid.text,
        "text-halo-color": palette.label.grid.halo,
        "text-halo-width": 1.9,
      },
      metadata: unlisted(),
    },
  ];
}

/**
 * The published division without the areas that the draft draws itself: each layer of the source `areas` leaves them
 * out. Where the whole network is redrawn nothing of it is left.
 */
export function withoutDraft(layers: AtlasLayer[], { options }: LayerContext): AtlasLayer[] {
  const { draft: drawn } = options;
  if (!drawn) return layers;
  return layers.flatMap((layer): AtlasLayer[] => {
    if (!("source-layer" in layer) || layer.source !== sourceIds.areas || layer.id === "draft-former") return [layer];
    if (drawn.areas === null) return [];
    const hidden = layer["source-layer"] === "area_arcs" ? besideAreas(drawn.areas) : isAmong(drawn.areas, get("id"));
    return [{ ...layer, filter: withStep(layer.filter as FilterSpecification | undefined, hidden) } as AtlasLayer];
  });
}

/** A filter that asks the zoom must stand at the top: then each of its steps gets the condition. */
function withStep(filter: FilterSpecification | undefined, hidden: FilterSpecification): FilterSpecification {
  const shown = ["!", hidden] as unknown as FilterSpecification;
  if (filter === undefined) return shown;
  if (!Array.isArray(filter) || filter[0] !== "step") return all(filter, shown);
  const parts = filter as unknown as unknown[];
  return parts.map((part, i) =>
    i === 2 || (i > 2 && i % 2 === 0) ? all(part as FilterSpecification, shown) : part,
  ) as unknown as FilterSpecification;
}

function besideAreas(areas: readonly number[]): FilterSpecification {
  return ["any", isAmong(areas, get("left")), isAmong(areas, get("right"))] as unknown as FilterSpecification;
}

/** Ids of tiles as a condition that costs the same for one and for thousands. */
function isAmong(ids: readonly number[], value: ExpressionSpecification): FilterSpecification {
  return ["match", value, [...new Set(ids)], true, false] as unknown as FilterSpecification;
}
