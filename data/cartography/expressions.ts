import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
} from "@maplibre/maplibre-gl-style-spec";

type Value = number | ExpressionSpecification;

/**
 * A number that grows straight between zooms.
 *
 * @param stops - [zoom, value], zooms rising
 */
export function byZoom(...stops: [zoom: number, value: Value][]): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], ...stops.flat()] as unknown as ExpressionSpecification;
}

/** A width that doubles with each zoom beyond the stops as little as the table says: widths at z12, 14, 16, 18. */
export function widths(z12: number | null, z14: number | null, z16: number, z18: number): ExpressionSpecification {
  const stops: [number, number][] = [];
  if (z12 !== null) stops.push([12, z12]);
  if (z14 !== null) stops.push([14, z14]);
  stops.push([16, z16], [18, z18]);
  return ["interpolate", ["exponential", 1.4], ["zoom"], ...stops.flat()] as unknown as ExpressionSpecification;
}

/** The same widths, each `more` px wider: for a casing. */
export function widthsPlus(
  base: [number | null, number | null, number, number],
  more: number,
): ExpressionSpecification {
  const [z12, z14, z16, z18] = base;
  return widths(z12 === null ? null : z12 + more, z14 === null ? null : z14 + more, z16 + more, z18 + more);
}

export function get(attribute: string): ExpressionSpecification {
  return ["get", attribute];
}

export function is(attribute: string, value: string | number): FilterSpecification {
  return ["==", ["get", attribute], value];
}

export function isOneOf(attribute: string, values: readonly (string | number)[]): FilterSpecification {
  return ["in", ["get", attribute], ["literal", [...values]]] as FilterSpecification;
}

export function all(...filters: FilterSpecification[]): FilterSpecification {
  return ["all", ...filters] as FilterSpecification;
}

export function any(...filters: FilterSpecification[]): FilterSpecification {
  return ["any", ...filters] as FilterSpecification;
}

/** Ground metres a px spans at zoom 0 at 30° north: near enough to judge whether a name has room. */
const metresAtZoom0 = 67_800;

/**
 * True for areas that are about `pixels` px wide or more at a zoom, by their attribute `size` (m²). Labels of smaller
 * ones would only be laid out to be dropped, and a tile of thousands cannot hold them.
 *
 * @param filter - holds besides; a zoom may stand in a filter only at its top, so it is asked at each step
 * @param deepest - last zoom at which the size is asked anew; further in it stays
 */
export function isAtLeast(pixels: number, filter: FilterSpecification, deepest = 16): FilterSpecification {
  return byWidth(pixels, ">=", filter, deepest);
}

/** The others: what is less than about `pixels` px wide at a zoom. */
export function isBelow(pixels: number, filter: FilterSpecification, deepest = 16): FilterSpecification {
  return byWidth(pixels, "<", filter, deepest);
}

function byWidth(
  pixels: number,
  comparison: ">=" | "<",
  filter: FilterSpecification,
  deepest: number,
): FilterSpecification {
  const size = (zoom: number) => Math.round(((pixels * metresAtZoom0) / 2 ** zoom) ** 2);
  const test = (zoom: number) => ["all", filter, [comparison, ["get", "size"], size(zoom)]];
  const zooms = Array.from({ length: deepest - 3 }, (_, index) => index + 4);
  return ["step", ["zoom"], test(3), ...zooms.flatMap((zoom) => [zoom, test(zoom)])] as unknown as FilterSpecification;
}

/** True while the map has set this feature state. Only paint may ask. */
export function inState(state: "hover" | "selected" | "near" | "dim"): ExpressionSpecification {
  return ["boolean", ["feature-state", state], false];
}

/** Picks the colour of the area's hue, 1…6; an unknown hue is drawn as the first. */
export function byHue(colours: readonly string[]): DataDrivenPropertyValueSpecification<string> {
  const pairs = colours.flatMap((colour, index) => [index + 1, colour]);
  return ["match", ["get", "hue"], ...pairs, colours[0]] as unknown as ExpressionSpecification;
}

/** A choice by attribute. */
export function match(
  attribute: string,
  cases: Readonly<Record<string, string>>,
  otherwise: string,
): ExpressionSpecification {
  const pairs = Object.entries(cases).flat();
  return ["match", ["get", attribute], ...pairs, otherwise] as unknown as ExpressionSpecification;
}
