import type { GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import { sourceIds } from "../../data/cartography/sources.ts";
import type { MapFinding } from "./map_types.ts";

type Collection = Extract<Exclude<GeoJSONSourceSpecification["data"], string>, { type: "FeatureCollection" }>;

/** Hands what checks found to the map, and again whenever the style was exchanged. */
export class Findings {
  readonly #map: MapLibreMap;
  #collection: Collection = { type: "FeatureCollection", features: [] };

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  set(findings: readonly MapFinding[]): void {
    this.#collection = {
      type: "FeatureCollection",
      features: findings.map(({ geometry, properties }) => ({
        type: "Feature",
        geometry: geometry as Collection["features"][number]["geometry"],
        properties: { ...properties },
      })),
    };
    this.#map.getSource<GeoJSONSource>(sourceIds.findings)?.setData(this.#collection);
  }

  /** Puts them into a style about to be set, so that setting it does not wipe them. */
  fill(style: StyleSpecification): void {
    const source = style.sources[sourceIds.findings];
    if (source?.type === "geojson") source.data = this.#collection;
  }
}
