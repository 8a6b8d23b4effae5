import type { StyleSpecification } from "@maplibre/maplibre-gl-style-spec";
import type { StyleOptions } from "./style_options.ts";

/** The whole map as a style that MapLibre draws, and from which prints and legends are made. */
export function buildStyle(options: StyleOptions): StyleSpecification {
  const land = options.theme === "light" ? "#F6F7F5" : "#10161F";
  return {
    version: 8,
    sources: {},
    layers: [{ id: "land", type: "background", paint: { "background-color": land }, metadata: { legend: false } }],
  };
}
