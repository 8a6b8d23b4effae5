import {
  expression,
  type LayerSpecification,
  latest,
  type StylePropertySpecification,
} from "@maplibre/maplibre-gl-style-spec";

export type Attributes = Readonly<Record<string, string | number>>;

const geometryOfType: Readonly<Record<string, "Polygon" | "LineString" | "Point">> = {
  fill: "Polygon",
  line: "LineString",
  symbol: "Point",
  circle: "Point",
};

/**
 * What a paint or layout property of a layer comes to, for one feature at one zoom: the same value the map draws with.
 *
 * @param name - as the style specification has it: `line-width`, `icon-image` …
 * @param attributes - of the feature that the legend shows
 * @returns text (colours as `rgba(…)`), number or array; undefined where the layer does not set it
 */
export function resolveProperty(
  layer: LayerSpecification,
  kind: "paint" | "layout",
  name: string,
  zoom: number,
  attributes: Attributes,
): unknown {
  const set = (layer[kind] as Record<string, unknown> | undefined)?.[name];
  const spec = specOf(`${kind}_${layer.type}`, name);
  if (set === undefined || !spec) return undefined;
  // A bare list of numbers is a value; every expression begins with a word.
  if (Array.isArray(set) && typeof set[0] === "number") return set;
  const parsed = expression.createPropertyExpression(set, name, spec);
  if (parsed.result === "error") return undefined;
  const type = geometryOfType[layer.type] ?? "Unknown";
  const value: unknown = parsed.value.evaluate({ zoom }, { type, properties: { ...attributes } }, {});
  return value !== null && typeof value === "object" && !Array.isArray(value) ? String(value) : value;
}

/** What the specification says of a property, `paint_line` and `line-width`. */
function specOf(group: string, name: string): StylePropertySpecification | undefined {
  const entry: [string, unknown] | undefined = Object.entries(latest).find(([key]) => key === group);
  const table = entry?.[1] as Record<string, StylePropertySpecification> | undefined;
  return table?.[name];
}

/** The same as a number; `otherwise` where the layer does not set it. */
export function resolveNumber(
  layer: LayerSpecification,
  name: string,
  zoom: number,
  attributes: Attributes,
  otherwise: number,
): number {
  const kind = name.startsWith("icon-size") || name.startsWith("text-size") ? "layout" : "paint";
  const value = resolveProperty(layer, kind, name, zoom, attributes);
  return typeof value === "number" ? value : otherwise;
}

/** The same as a colour that CSS and SVG read. */
export function resolveColour(layer: LayerSpecification, name: string, zoom: number, attributes: Attributes): string {
  const value = resolveProperty(layer, "paint", name, zoom, attributes);
  return typeof value === "string" ? value : "transparent";
}
