import type { ExpressionSpecification, FilterSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { FacilityKind } from "../../schema/city_rows.ts";
import { componentKinds, keyUnitLevels } from "../../vocabulary/dictionaries.ts";
import type { Wording } from "../../vocabulary/language.ts";
import { all, byZoom, get, is, isOneOf } from "../expressions.ts";
import { sourceIds } from "../sources.ts";
import type { LayerGroup } from "../style_options.ts";
import { symbolName } from "../symbols.ts";
import type { AtlasLayer, LayerContext } from "./context.ts";
import { fonts, legendOf, listed } from "./context.ts";

const components = { source: sourceIds.components, "source-layer": "components" } as const;
const points = (layer: string) => ({ source: sourceIds.points, "source-layer": layer });

/** Symbols are a little smaller far out. */
const symbolSize = byZoom([12, 0.72], [15, 1]);

/** Text beside a symbol, on the side where there is room. */
const beside = {
  "text-variable-anchor": ["left", "right", "top", "bottom"] as ("left" | "right" | "top" | "bottom")[],
  "text-justify": "auto",
  "text-max-width": 8,
  "text-optional": true,
} as const;

function icon({ options }: LayerContext, ...parts: (string | ExpressionSpecification)[]): ExpressionSpecification {
  return ["concat", symbolName(options.theme, ""), ...parts] as unknown as ExpressionSpecification;
}

function halo(label: { text: string; halo: string }) {
  return { "text-color": label.text, "text-halo-color": label.halo, "text-halo-width": 1.4 };
}

interface PointLegend {
  key: string;
  order: number;
  label: Wording;
  sample: Readonly<Record<string, string | number>>;
  group: LayerGroup;
}

function pointMetadata(context: LayerContext, { key, order, label, sample, group }: PointLegend) {
  return listed(legendOf(context, { key, order, group: "points", geom: "symbol", label, sample }), group);
}

/** Text that appears from a whole zoom on. */
function textFrom(zoom: number, text: ExpressionSpecification): ExpressionSpecification {
  return ["step", ["zoom"], "", zoom, text] as unknown as ExpressionSpecification;
}

/** Facilities that a whole part of the city goes to; the others follow a zoom later, or z15 would be all discs. */
const majorFacilities: readonly FacilityKind[] = [
  "school",
  "hospital",
  "market",
  "government",
  "community_station",
  "police_station",
  "fire_station",
  "library",
  "railway_station",
  "mall",
];
/** Many, and of little use to find one's way by. */
const minorFacilities: readonly FacilityKind[] = ["bus_station", "toilet"];

/** P12: public facilities; name from z16. */
export function facilities(context: LayerContext): AtlasLayer[] {
  const isMajor = isOneOf("kind", majorFacilities);
  const isMinor = isOneOf("kind", minorFacilities);
  return [
    {
      id: "facility",
      type: "symbol",
      ...points("facilities"),
      filter: ["step", ["zoom"], isMajor, 16, ["!", isMinor], 17, true] as unknown as FilterSpecification,
      minzoom: 15,
      layout: {
        ...beside,
        "icon-image": icon(context, "facility-", get("kind")),
        "icon-size": byZoom([15, 0.8], [16.5, 1]),
        "symbol-sort-key": ["case", isMajor, 0, isMinor, 2, 1] as unknown as ExpressionSpecification,
        "text-field": textFrom(16, get("name")),
        "text-font": fonts.medium,
        "text-size": 12,
        "text-radial-offset": 1.05,
      },
      paint: halo(context.palette.label.facility),
      metadata: pointMetadata(context, {
        key: "facility",
        order: 5,
        label: ["公共设施", "Public facility"],
        sample: { kind: "community_station" },
        group: "facilities",
      }),
    },
  ];
}

/** P18: shops and companies; name from z18. */
export function legalEntities(context: LayerContext): AtlasLayer[] {
  return [
    {
      id: "legal-entity",
      type: "symbol",
      ...points("legal_entities"),
      minzoom: 17,
      layout: {
        ...beside,
        "icon-image": icon(context, "legal-entity"),
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-field": textFrom(18, get("name")),
        "text-font": fonts.regular,
        "text-size": 11,
        "text-radial-offset": 0.6,
      },
      paint: halo(context.palette.label.point),
      metadata: pointMetadata(context, {
        key: "legal-entity",
        order: 9,
        label: ["法人单位", "Legal entity"],
        sample: { kind: "shop" },
        group: "legal_entities",
      }),
    },
  ];
}

/** P4 for level one, P9 for the others: the lowest level first, so that level one is placed first. */
export function keyUnits(context: LayerContext, levels: readonly (1 | 2 | 3)[]): AtlasLayer[] {
  const word = context.options.language === "zh-CN" ? 0 : 1;
  const shape = { 1: { from: 11, text: 14 }, 2: { from: 13, text: 16 }, 3: { from: 14, text: 16 } };
  return levels.map((level) => ({
    id: `key-unit-${level}`,
    type: "symbol",
    ...points("key_units"),
    filter: is("level", level),
    minzoom: shape[level].from,
    layout: {
      ...beside,
      "icon-image": icon(context, `key-unit-${level}`),
      "icon-size": symbolSize,
      "icon-allow-overlap": level === 1,
      "text-field": textFrom(shape[level].text, [
        "concat",
        get("name"),
        ` ${keyUnitLevels[level][word]}`,
      ] as unknown as ExpressionSpecification),
      "text-font": fonts.medium,
      "text-size": 12,
      "text-radial-offset": 1.4,
    },
    paint: halo(context.palette.label.grid),
    metadata: pointMetadata(context, {
      key: `key-unit-${level}`,
      order: level,
      label: [`消防安全重点单位 ${keyUnitLevels[level][0]}`, `Fire key unit, ${keyUnitLevels[level][1].toLowerCase()}`],
      sample: { level },
      group: "key_units",
    }),
  }));
}

/** P9: key units for readers whom their level is not told; such tiles carry none. */
export function plainKeyUnits(context: LayerContext): AtlasLayer[] {
  return [
    {
      id: "key-unit",
      type: "symbol",
      ...points("key_units"),
      filter: ["!", ["has", "level"]] as unknown as FilterSpecification,
      minzoom: 14,
      layout: {
        ...beside,
        "icon-image": icon(context, "key-unit"),
        "icon-size": symbolSize,
        "text-field": textFrom(16, get("name")),
        "text-font": fonts.medium,
        "text-size": 12,
        "text-radial-offset": 1.4,
      },
      paint: halo(context.palette.label.grid),
      metadata: pointMetadata(context, {
        key: "key-unit",
        order: 3.5,
        label: ["消防安全重点单位", "Fire key unit"],
        sample: {},
        group: "key_units",
      }),
    },
  ];
}

/** P14: 九小场所 and 三合一; names from z18. Where a reader is not told which are 三合一, all are of the first kind. */
export function smallPlaces(context: LayerContext): AtlasLayer[] {
  const layer = (id: string, minzoom: number, three: 0 | 1, order: number, label: Wording): AtlasLayer => ({
    id,
    type: "symbol",
    ...points("small_places"),
    filter: three === 1 ? is("three_in_one", 1) : (["!=", get("three_in_one"), 1] as unknown as FilterSpecification),
    minzoom,
    layout: {
      ...beside,
      "icon-image": icon(context, three === 1 ? "three-in-one" : "small-", three === 1 ? "" : get("kind")),
      "text-field": textFrom(18, get("name")),
      "text-font": fonts.regular,
      "text-size": 11,
      "text-radial-offset": 1.05,
    },
    paint: halo(context.palette.label.point),
    metadata: pointMetadata(context, {
      key: id,
      order,
      label,
      sample: { kind: "shop", three_in_one: three },
      group: "small_places",
    }),
  });
  return [
    layer("small-place", 16.5, 0, 8, ["九小场所", "Small place"]),
    layer("three-in-one", 16, 1, 7, ["三合一场所", "Three-in-one place"]),
  ];
}

/** P9: hydrants with number and size. */
export function hydrants(context: LayerContext): AtlasLayer[] {
  const size = ["case", ["has", "diameter_mm"], ["concat", " DN", ["to-string", get("diameter_mm")]], ""];
  return [
    {
      id: "hydrant",
      type: "symbol",
      ...components,
      filter: is("kind", "hydrant"),
      // From further out where hydrants are what the reader asks about.
      minzoom: context.options.marks?.reach ? 14 : 16,
      layout: {
        ...beside,
        "icon-image": icon(context, "hydrant-", get("status")),
        "icon-size": byZoom([14, 0.5], [16, 0.8], [17, 1]),
        "text-field": textFrom(17, ["concat", get("code"), size] as unknown as ExpressionSpecification),
        "text-font": fonts.regular,
        "text-size": 11,
        "text-radial-offset": 1.2,
      },
      paint: halo(context.palette.label.hydrant),
      metadata: pointMetadata(context, {
        key: "hydrant",
        order: 4,
        label: componentKinds.hydrant,
        sample: { status: "in_use" },
        group: "hydrants",
      }),
    },
  ];
}

/** P14: what pipes carry, drawn with them. */
export function pipeNodes(context: LayerContext): AtlasLayer[] {
  const node = (
    id: string,
    minzoom: number,
    image: ExpressionSpecification,
    order: number,
    label: Wording,
  ): AtlasLayer => ({
    id,
    type: "symbol",
    ...components,
    filter: is("kind", id),
    minzoom,
    layout: {
      ...beside,
      "icon-image": image,
      "icon-allow-overlap": id === "valve",
      "text-field": textFrom(19, get("code")),
      "text-font": fonts.regular,
      "text-size": 10.5,
      "text-radial-offset": 0.95,
    },
    paint: halo(context.palette.label.point),
    metadata: pointMetadata(context, {
      key: id,
      order,
      label,
      sample: { kind: id, pipe_kind: "JS", status: "in_use" },
      group: "pipes",
    }),
  });
  return [
    node("manhole", 17.5, icon(context, "component-manhole"), 12, componentKinds.manhole),
    node("source", 16.5, icon(context, "component-source"), 11, ["管网源点", "Pipe source"]),
    node("valve", 16.5, icon(context, "valve-", get("pipe_kind"), "-", get("status")), 10, componentKinds.valve),
  ];
}

/** P14: lamps, cameras, bins, boxes, signs. */
export function otherComponents(context: LayerContext): AtlasLayer[] {
  return [
    {
      id: "component",
      type: "symbol",
      ...components,
      filter: all(isOneOf("kind", ["lamp", "camera", "bin", "box", "sign"])),
      minzoom: 17.5,
      layout: {
        ...beside,
        "icon-image": icon(context, "component-", get("kind")),
        "text-field": textFrom(19, get("code")),
        "text-font": fonts.regular,
        "text-size": 10.5,
        "text-radial-offset": 0.9,
      },
      paint: halo(context.palette.label.point),
      metadata: pointMetadata(context, {
        key: "component",
        order: 13,
        label: ["城市部件", "City component"],
        sample: { kind: "lamp" },
        group: "components",
      }),
    },
  ];
}
