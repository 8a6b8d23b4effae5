import { Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { buildStyle } from "../../data/cartography/build_style.ts";
import { metresPerPixel, scaleBar } from "../../data/cartography/scale_bar.ts";
import type {
  LayerSwitches,
  LevelPin,
  StyledBasemap,
  StyledNetwork,
  StyleOptions,
  Theme,
} from "../../data/cartography/style_options.ts";
import type { Bbox, Position } from "../../data/schema/geometry.ts";
import type { Language } from "../../data/vocabulary/language.ts";
import { createEmitter } from "./emitter.ts";
import type {
  AtlasMapEvents,
  AtlasMapOptions,
  Camera,
  DrawnFeature,
  MapPadding,
  MapSelection,
  ScaleInfo,
} from "./map_types.ts";
import "maplibre-gl/dist/maplibre-gl.css";

setWorkerUrl(workerUrl);

declare global {
  interface Window {
    __atlas_map?: AtlasMap;
  }
}

const noPadding: MapPadding = { top: 0, right: 0, bottom: 0, left: 0 };

/** The map of a page. Panels hand it data and listen; MapLibre stays inside this folder. */
export class AtlasMap {
  readonly #map: MapLibreMap;
  readonly #events = createEmitter<AtlasMapEvents>();
  #style: StyleOptions;
  #padding: MapPadding;

  constructor(options: AtlasMapOptions) {
    this.#style = {
      theme: options.theme,
      language: options.language,
      tiles: new URL(options.tiles, location.href).href,
      network: options.network,
      edition: options.edition,
      overlay: options.overlay,
      level: options.level,
      layers: options.layers,
      basemap: options.basemap,
      bounds: options.bounds,
    };
    this.#padding = { ...noPadding, ...options.padding };
    this.#map = new MapLibreMap({
      container: options.container,
      style: buildStyle(this.#style),
      attributionControl: false,
      maxPitch: 45,
      maxZoom: 20,
    });
    if (options.expose) window.__atlas_map = this;
  }

  /** @returns a function that stops listening */
  on<Name extends keyof AtlasMapEvents>(name: Name, listener: (event: AtlasMapEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Frees the canvas and the worker's memory; the object is of no use afterwards. */
  destroy(): void {
    this.#events.clear();
    this.#map.remove();
    if (window.__atlas_map === this) delete window.__atlas_map;
  }

  setTheme(theme: Theme): void {
    this.#restyle({ theme });
  }
  setLanguage(language: Language): void {
    this.#restyle({ language });
  }
  setNetwork(network: StyledNetwork, edition?: number): void {
    this.#restyle({ network, edition });
  }
  setOverlay(overlay: StyledNetwork | null): void {
    this.#restyle({ overlay });
  }
  setLevel(level: LevelPin): void {
    this.#restyle({ level });
  }
  setLayers(layers: LayerSwitches): void {
    this.#restyle({ layers });
  }
  setBasemap(basemap: StyledBasemap | null): void {
    this.#restyle({ basemap });
  }

  camera(): Camera {
    const { lat, lng } = this.#map.getCenter();
    return { zoom: this.#map.getZoom(), lat, lng, bearing: this.#map.getBearing(), pitch: this.#map.getPitch() };
  }

  /** Jumps, without animation. */
  setCamera(camera: Camera): void {
    const { lat, lng, zoom, bearing = 0, pitch = 0 } = camera;
    this.#map.jumpTo({ center: [lng, lat], zoom, bearing, pitch });
  }

  /** Moves until the box (or the point at `zoom`) is in the part of the map that no panel covers. */
  flyTo(target: Bbox | Position, options: { zoom?: number; maxZoom?: number } = {}): void {
    if (target.length === 4) this.#map.fitBounds(target, { padding: 40, maxZoom: options.maxZoom ?? 17 });
    else this.#map.easeTo({ center: target, zoom: options.zoom ?? this.#map.getZoom() });
  }

  zoomBy(steps: number): void {
    this.#map.zoomTo(this.#map.getZoom() + steps);
  }

  northUp(): void {
    this.#map.easeTo({ bearing: 0, pitch: 0 });
  }

  /** Px that panels cover: the camera's middle is the middle of the rest. */
  setPadding(padding: Partial<MapPadding>): void {
    this.#padding = { ...noPadding, ...padding };
    this.#map.setPadding(this.#padding);
  }

  /** Marks one thing as selected, or none. */
  select(_selection: MapSelection | null): void {}

  /** Outlines a thing as if the pointer were on it (a list item under the pointer or focus). */
  hover(_selection: MapSelection | null): void {}

  /** Softly marks several things: neighbours, search results. */
  highlight(_selections: MapSelection[]): void {}

  scale(): ScaleInfo {
    return scaleBar(metresPerPixel(this.#map.getZoom(), this.#map.getCenter().lat));
  }

  /** What is drawn in view now. Costs tens of milliseconds: for tests and the feature list. */
  renderedFeatures(): DrawnFeature[] {
    return [];
  }

  /** Pixel of a position relative to the map's container. */
  project(at: Position): [number, number] {
    const { x, y } = this.#map.project(at);
    return [x, y];
  }

  resize(): void {
    this.#map.resize();
  }

  #restyle(change: Partial<StyleOptions>): void {
    this.#style = { ...this.#style, ...change };
    this.#map.setStyle(buildStyle(this.#style), { diff: true });
  }
}
