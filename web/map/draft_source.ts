import type { GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import type { DraftProperties, EchoProperties } from "../../data/cartography/layers/draft.ts";
import { sourceIds } from "../../data/cartography/sources.ts";
import type { GeoJsonGeometry } from "../../data/schema/check.ts";

type Collection = Extract<Exclude<GeoJSONSourceSpecification["data"], string>, { type: "FeatureCollection" }>;
type Feature = Collection["features"][number];

/** One thing of a draft on the map. `key` names it and all that it looks like: another look is another key. */
export interface DraftFeature {
  key: string;
  geometry: GeoJsonGeometry;
  properties: DraftProperties;
}

export interface EchoFeature {
  geometry: GeoJsonGeometry;
  properties: EchoProperties;
}

/** The division that is being redrawn, and what a tool would do to it. Of the draft only what differs is sent on. */
export class DraftSource {
  readonly #map: MapLibreMap;
  #drawn = new Map<string, Feature>();
  #echo: Feature[] = [];

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  /** Everything that is to be drawn; what was drawn already costs nothing. */
  set(features: readonly DraftFeature[]): void {
    const next = new Map<string, Feature>();
    const add: Feature[] = [];
    for (const { key, geometry, properties } of features) {
      const known = this.#drawn.get(key);
      const feature = known ?? asFeature(geometry, properties, key);
      next.set(key, feature);
      if (!known) add.push(feature);
    }
    const remove = [...this.#drawn.keys()].filter((key) => !next.has(key));
    this.#drawn = next;
    if (add.length === 0 && remove.length === 0) return;
    void this.#map.getSource<GeoJSONSource>(sourceIds.draft)?.updateData({ add, remove });
  }

  setEcho(features: readonly EchoFeature[]): void {
    if (features.length === 0 && this.#echo.length === 0) return;
    this.#echo = features.map(({ geometry, properties }) => asFeature(geometry, properties));
    this.#map.getSource<GeoJSONSource>(sourceIds.draft_echo)?.setData(collect(this.#echo));
  }

  /** Puts both into a style about to be set, so that setting it does not wipe them. */
  fill(style: StyleSpecification): void {
    const put = (id: string, features: Iterable<Feature>) => {
      const source = style.sources[id];
      if (source?.type === "geojson") source.data = collect([...features]);
    };
    put(sourceIds.draft, this.#drawn.values());
    put(sourceIds.draft_echo, this.#echo);
  }
}

function asFeature(geometry: GeoJsonGeometry, properties: object, id?: string): Feature {
  return {
    type: "Feature",
    ...(id === undefined ? {} : { id }),
    geometry: geometry as Feature["geometry"],
    properties: { ...properties },
  };
}

function collect(features: Feature[]): Collection {
  return { type: "FeatureCollection", features };
}
