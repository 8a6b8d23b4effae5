import type { ExpressionSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { PipeKind } from "../../schema/city_rows.ts";
import { pipeKinds } from "../../vocabulary/dictionaries.ts";
import { all, get, is, isOneOf, widths, widthsPlus } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed, unlisted } from "./context.ts";

const from = { source: sourceIds.pipes, "source-layer": "pipes" } as const;

const kinds = Object.keys(pipeKinds) as PipeKind[];
const width: [null, number, number, number] = [null, 1.5, 3, 5];

/** CJJ 61 dashes in px of a line 3 px wide (z16); null = solid. MapLibre counts in line widths. */
const dashes: Readonly<Record<PipeKind, number[] | null>> = {
  JS: null,
  PS: [12, 3],
  RQ: null,
  RL: [10, 3, 2, 3],
  DL: [6, 3],
  TX: [2, 3],
  GY: [16, 4],
  BM: [3, 3],
};

/** Standard hues with a casing that supplies the contrast; abandoned pipes are faint and crossed out. */
export function pipes(context: LayerContext): AtlasLayer[] {
  return [...kinds.flatMap((kind) => casing(context, kind)), ...kinds.map((kind) => line(context, kind))];
}

/** The colour, at .4 where the pipe is abandoned: opacity itself stays one number, so that it can change without a new parse. */
function faintIfAbandoned(colour: string): ExpressionSpecification {
  return ["case", is("status", "abandoned"), `${colour}66`, colour] as unknown as ExpressionSpecification;
}

function legendOfPipe(context: LayerContext, kind: PipeKind) {
  const [zh, en] = pipeKinds[kind];
  return legendOf(context, {
    key: `pipe-${kind}`,
    order: kinds.indexOf(kind) + 1,
    group: "pipes",
    geom: "line",
    label: [`${zh} ${kind}`, `${en} ${kind}`],
    sample: { kind, status: "in_use" },
  });
}

function casing(context: LayerContext, kind: PipeKind): AtlasLayer[] {
  const colour = context.palette.pipeCasing[kind];
  if (colour === null) return [];
  return [
    {
      id: `pipe-${kind}-casing`,
      type: "line",
      ...from,
      filter: is("kind", kind),
      minzoom: 15,
      layout: { "line-join": "round" },
      paint: { "line-color": faintIfAbandoned(colour), "line-width": widthsPlus(width, 2) },
      metadata: listed(legendOfPipe(context, kind), "pipes"),
    },
  ];
}

function line(context: LayerContext, kind: PipeKind): AtlasLayer {
  const dash = dashes[kind];
  return {
    id: `pipe-${kind}`,
    type: "line",
    ...from,
    filter: is("kind", kind),
    minzoom: 15,
    layout: { "line-join": "round" },
    paint: {
      "line-color": faintIfAbandoned(context.palette.pipe[kind]),
      "line-width": widths(...width),
      ...(dash ? { "line-dasharray": dash.map((length) => length / 3) } : {}),
    },
    metadata: listed(legendOfPipe(context, kind), "pipes"),
  };
}

/** P17: code, then material and size: 「RQ PE DN160」. Gas shows its code closer, unknown pipes a question mark. */
export function pipeLabels({ palette }: LayerContext): AtlasLayer[] {
  const { text, halo } = palette.label.pipe;
  const size = [
    "case",
    ["has", "section"],
    ["concat", " ", get("section")],
    ["has", "diameter_mm"],
    ["concat", " DN", ["to-string", get("diameter_mm")]],
    "",
  ];
  // Words of more than five characters do not fit on a pipe; the panel has them.
  const fits = ["all", ["!", isOneOf("material", ["", "unknown"])], ["<=", ["length", get("material")], 5]];
  const material = ["case", fits, ["concat", " ", get("material")], ""];
  const full = ["concat", get("kind"), material, size];
  const base = { type: "symbol", ...from, minzoom: 16 } as const;
  const layout = {
    "symbol-placement": "line",
    "text-font": fonts.medium,
    "text-size": 11,
    "text-max-angle": 25,
    "text-padding": 5,
  } as const;
  const paint = { "text-color": text, "text-halo-color": halo, "text-halo-width": 1.4 };
  const inUse = ["!=", ["get", "status"], "abandoned"] as ["!=", ExpressionSpecification, string];
  return [
    {
      id: "pipe-abandoned",
      ...base,
      filter: is("status", "abandoned"),
      layout: { ...layout, "symbol-spacing": 40, "text-field": "✕" },
      paint,
      metadata: unlisted("pipes"),
    },
    {
      id: "pipe-code",
      ...base,
      filter: all(inUse, isOneOf("kind", ["RQ", "BM"])),
      layout: {
        ...layout,
        "symbol-spacing": 120,
        "text-field": ["case", is("kind", "BM"), "?", get("kind")] as unknown as ExpressionSpecification,
      },
      paint,
      metadata: unlisted("pipes"),
    },
    {
      id: "pipe-label",
      ...base,
      filter: inUse,
      layout: {
        ...layout,
        "symbol-spacing": 240,
        "text-field": ["step", ["zoom"], get("kind"), 17, full] as unknown as ExpressionSpecification,
      },
      paint,
      metadata: unlisted("pipes"),
    },
  ];
}
