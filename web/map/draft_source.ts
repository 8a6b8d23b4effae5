import type { GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import type { DraftProperties, EchoProperties } from "../../data/cartography/layers/draft.ts";
import { sourceIds } from "../../data/cartography/sources.ts";
import type { GeoJsonGeometry } from "../../data/schema/check.ts";

type Collection = Extract<Exclude<GeoJSONSourceSpecification["data"], string>, { type: "FeatureCollection" }>;
type Feature = Collection["features"][number];

/** One thing of a draft on the map. */
export interface DraftFeature {
  /** Names it for as long as it is there. */
  key: string;
  geometry: GeoJsonGeometry;
  properties: DraftProperties;
}

/** What became of a draft on the map. */
export interface DraftChange {
  /** Nothing of what was drawn stays. */
  anew: boolean;
  /** New ones, and those that look different now. */
  put: readonly DraftFeature[];
  /** Keys of those that are no more. */
  drop: readonly string[];
}

export interface EchoFeature {
  geometry: GeoJsonGeometry;
  properties: EchoProperties;
}

/** The division that is being redrawn, and what a tool would do to it. Of the draft only what differs is sent on. */
export class DraftSource {
  readonly #map: MapLibreMap;
  readonly #redrawn: (milliseconds: number) => void;
  readonly #drawn = new Map<string, Feature>();
  #echo: Feature[] = [];
  /** What a panel points at. */
  #outlined: Feature[] = [];
  /** The map has all of it: not so before its first style is in. */
  #isGiven = true;
  #isEchoGiven = true;
  /** Changes that the map has been given and not drawn yet. */
  #waiting = 0;

  /** @param redrawn - called after the frame in which the last change is seen */
  constructor(map: MapLibreMap, redrawn: (milliseconds: number) => void) {
    this.#map = map;
    this.#redrawn = redrawn;
  }

  change({ anew, put, drop }: DraftChange): void {
    const remove = anew ? [...this.#drawn.keys()] : drop.filter((key) => this.#drawn.has(key));
    for (const key of remove) this.#drawn.delete(key);
    const add = put.map(({ key, geometry, properties }) => asFeature(geometry, properties, key));
    for (const feature of add) this.#drawn.set(String(feature.id), feature);
    if (add.length === 0 && remove.length === 0) return;
    const source = this.#map.getSource<GeoJSONSource>(sourceIds.draft);
    this.#isGiven = source !== undefined;
    if (source) this.#awaitDrawing(source.updateData({ remove, add }));
  }

  setEcho(features: readonly EchoFeature[]): void {
    if (features.length === 0 && this.#echo.length === 0) return;
    this.#echo = features.map(({ geometry, properties }) => asFeature(geometry, properties));
    this.#giveEchoes();
  }

  /** What a line of a list that is pointed at is about; no tool knows of it. */
  setOutlined(features: readonly EchoFeature[]): void {
    if (features.length === 0 && this.#outlined.length === 0) return;
    this.#outlined = features.map(({ geometry, properties }) => asFeature(geometry, properties));
    this.#giveEchoes();
  }

  #giveEchoes(): void {
    const source = this.#map.getSource<GeoJSONSource>(sourceIds.draft_echo);
    this.#isEchoGiven = source !== undefined;
    void source?.setData(collect([...this.#outlined, ...this.#echo]));
  }

  /** Before a style is set: it must not wipe what these sources have. */
  fill(style: StyleSpecification): void {
    const put = (id: string, features: () => Feature[], isGiven: boolean) => {
      const source = style.sources[id];
      if (source?.type !== "geojson") return;
      const known = this.#map.getSource<GeoJSONSource>(id);
      if (!known) {
        source.data = collect(features());
        return;
      }
      // Told as it stands in the style, or every change of a colour would compare all coordinates.
      known.serialize = () => source;
      if (!isGiven) this.#give(id, features);
    };
    put(sourceIds.draft, () => [...this.#drawn.values()], this.#isGiven);
    put(sourceIds.draft_echo, () => [...this.#outlined, ...this.#echo], this.#isEchoGiven);
    this.#isGiven = true;
    this.#isEchoGiven = true;
  }

  /** After a style was loaded as a whole (the canvas was lost): its sources are new and know nothing. */
  restore(): void {
    if (this.#drawn.size > 0) this.#give(sourceIds.draft, () => [...this.#drawn.values()]);
    if (this.#echo.length > 0) this.#give(sourceIds.draft_echo, () => this.#echo);
  }

  #give(id: string, features: () => Feature[]): void {
    const source = this.#map.getSource<GeoJSONSource>(id);
    if (!source) return;
    if (id === sourceIds.draft) this.#awaitDrawing(source.updateData({ removeAll: true, add: features() }));
    else void source.setData(collect(features()));
  }

  #awaitDrawing(loaded: Promise<unknown>): void {
    const turn = ++this.#waiting;
    const look = (): void => {
      if (turn !== this.#waiting) return;
      if (this.#map.isSourceLoaded(sourceIds.draft)) this.#redrawn(performance.now());
      else this.#map.once("render", look);
    };
    void loaded.then(() => this.#map.once("render", look));
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
