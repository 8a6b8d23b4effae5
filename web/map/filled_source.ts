import type { GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import type { SourceId } from "../../data/cartography/sources.ts";
import type { MapMark } from "./map_types.ts";

type Collection = Extract<Exclude<GeoJSONSourceSpecification["data"], string>, { type: "FeatureCollection" }>;

/** Hands marks to a GeoJSON source of the map, and again whenever the style was exchanged. */
export class FilledSource<Properties extends object> {
  readonly #map: MapLibreMap;
  readonly #source: SourceId;
  #collection: Collection = { type: "FeatureCollection", features: [] };

  constructor(map: MapLibreMap, source: SourceId) {
    this.#map = map;
    this.#source = source;
  }

  /** They are numbered from 1 in their order. */
  set(marks: readonly MapMark<Properties>[]): void {
    this.#collection = {
      type: "FeatureCollection",
      features: marks.map(({ geometry, properties }, index) => ({
        type: "Feature",
        id: index + 1,
        geometry: geometry as Collection["features"][number]["geometry"],
        properties: { ...properties },
      })),
    };
    this.#map.getSource<GeoJSONSource>(this.#source)?.setData(this.#collection);
  }

  /** Puts them into a style about to be set, so that setting it does not wipe them. */
  fill(style: StyleSpecification): void {
    const source = style.sources[this.#source];
    if (source?.type === "geojson") source.data = this.#collection;
  }
}
