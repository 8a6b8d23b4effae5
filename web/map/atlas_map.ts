import { type Map as MapLibreMap, prewarm, type StyleSpecification, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { buildStyle } from "../../data/cartography/build_style.ts";
import { palettes } from "../../data/cartography/palette.ts";
import { metresPerPixel, scaleBar } from "../../data/cartography/scale_bar.ts";
import { sourceIds } from "../../data/cartography/sources.ts";
import type {
  ChangeMarks,
  DraftMarks,
  LayerSwitches,
  LevelPin,
  MapMarks,
  StyledBasemap,
  StyledNetwork,
  StyleOptions,
  Theme,
} from "../../data/cartography/style_options.ts";
import type { Bbox, Position } from "../../data/schema/geometry.ts";
import type { Language } from "../../data/vocabulary/language.ts";
import { listDrawnFeatures } from "./drawn_features.ts";
import { DrawingWatch } from "./drawing_watch.ts";
import { createEmitter } from "./emitter.ts";
import { DraftSource } from "./draft_source.ts";
import { FilledSource } from "./filled_source.ts";
import { Focus } from "./focus.ts";
import { Gestures } from "./gestures.ts";
import { MapKeyboard } from "./keyboard.ts";
import { findMissingFaces } from "./label_fonts.ts";
import { absoluteBasemap, createMap, styleOptions } from "./map_setup.ts";
import type {
  AtlasMapEvents,
  AtlasMapOptions,
  Camera,
  DrawnFeature,
  MapChange,
  MapFinding,
  MapPadding,
  MapSelection,
  ScaleInfo,
} from "./map_types.ts";
import { Pointing } from "./pointing.ts";
import { SmoothMode } from "./smooth_mode.ts";
import { supplySymbols } from "./symbol_images.ts";
import { TileFaults } from "./tile_faults.ts";
import "maplibre-gl/dist/maplibre-gl.css";

setWorkerUrl(workerUrl);
// The workers start while the networks are still being asked for: a fifth of the way to the first map.
prewarm();

declare global {
  interface Window {
    __atlas_map?: AtlasMap;
  }
}

const noPadding: MapPadding = { top: 0, right: 0, bottom: 0, left: 0 };
/** px kept free around a box that the camera goes to */
const marginOfBox = 32;
/** ms of a flight; none where the reader wants less motion */
const flight = 600;

/** The map of a page. Panels hand it data and listen; MapLibre stays inside this folder. */
export class AtlasMap {
  /** A division that is being redrawn; drawn while `setDraft` says so. */
  readonly draft: DraftSource;
  /** The pointer, for tools. */
  readonly gestures: Gestures;
  readonly #map: MapLibreMap;
  readonly #events = createEmitter<AtlasMapEvents>();
  readonly #focus: Focus;
  readonly #findings: FilledSource<MapFinding["properties"]>;
  readonly #changes: FilledSource<MapChange["properties"]>;
  readonly #watch: DrawingWatch;
  readonly #faults: TileFaults;
  readonly #smooth: SmoothMode;
  readonly #keyboard: MapKeyboard;
  readonly #pointing: Pointing;
  #options: StyleOptions;
  #style: StyleSpecification;
  /** Only where the system has no Han font. */
  #faces: StyleSpecification["font-faces"];
  /** The style may only be changed once the first one is in. */
  #ready = false;
  #idle = false;

  /** @throws if the browser has no WebGL 2: ask `AtlasMap.isSupported()` before */
  constructor(options: AtlasMapOptions) {
    this.#options = styleOptions(options);
    this.#style = buildStyle(this.#options);
    this.#map = createMap(options, this.#style);
    supplySymbols(this.#map);
    this.#focus = new Focus(this.#map);
    this.#findings = new FilledSource(this.#map, sourceIds.findings);
    this.#changes = new FilledSource(this.#map, sourceIds.changes);
    this.draft = new DraftSource(this.#map, (milliseconds) => this.#events.emit("redrawn", { milliseconds }));
    this.gestures = new Gestures(this.#map);
    this.#watch = new DrawingWatch(this.#map, () => this.#style, {
      isComplete: () => !this.#faults.isFailing(sourceIds.areas),
      meaningful: (milliseconds) => this.#events.emit("meaningful", { milliseconds }),
      drawn: (keys) => this.#events.emit("drawn", { keys }),
    });
    this.#smooth = new SmoothMode(this.#map, () => this.#style);
    this.#faults = new TileFaults(this.#map, {
      failed: (fault) => this.#events.emit("tileerror", fault),
      recovered: (fault) => this.#events.emit("tilerecovered", fault),
      renewAccess: options.renewAccess,
    });
    this.#pointing = new Pointing(
      this.#map,
      () => this.#style,
      (hit, point) => {
        this.#focus.mark("hover", hit ? [hit] : []);
        this.#events.emit("hover", { hit, point });
      },
      () => this.gestures.taken,
    );
    this.#keyboard = new MapKeyboard(this.#map, {
      northUp: () => this.northUp(),
      click: () =>
        this.gestures.taken
          ? this.gestures.actAt("click", this.#keyboard.centre())
          : this.#click(this.#keyboard.centre()),
      pointAtCentre: (shown) => {
        this.#events.emit("crosshair", { shown });
        if (this.gestures.taken) return shown ? this.gestures.actAt("move", this.#keyboard.centre()) : undefined;
        this.#pointing.pointAt(shown ? this.#keyboard.centre() : null);
      },
    });
    this.#listen();
    this.#colourCrosshair();
    this.#start(options);
    void this.#completeFonts();
    if (options.expose) window.__atlas_map = this;
  }

  /** Whether this browser can draw the map at all. */
  static isSupported(): boolean {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  }

  /** @returns a function that stops listening */
  on<Name extends keyof AtlasMapEvents>(name: Name, listener: (event: AtlasMapEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Frees the canvas and the worker's memory; the object is of no use afterwards. */
  destroy(): void {
    this.#events.clear();
    this.#faults.stop();
    this.#smooth.stop();
    this.#pointing.stop();
    this.gestures.stop();
    this.#map.remove();
    if (window.__atlas_map === this) delete window.__atlas_map;
  }

  setTheme(theme: Theme): void {
    if (theme === this.#options.theme) return;
    this.#restyle({ theme });
    this.#colourCrosshair();
  }

  setLanguage(language: Language): void {
    if (language === this.#options.language) return;
    this.#restyle({ language });
  }

  /** Another network, or another edition of it. A pinned level that it lacks counts as "auto". */
  setNetwork(network: StyledNetwork, edition?: number): void {
    this.#focus.forgetAreas();
    this.#restyle({ network, edition });
  }

  setOverlay(overlay: StyledNetwork | null): void {
    this.#restyle({ overlay });
  }

  setLevel(level: LevelPin): void {
    this.#restyle({ level });
  }

  /** Groups that are not named keep their default. */
  setLayers(layers: LayerSwitches): void {
    this.#restyle({ layers });
  }

  setBasemap(basemap: StyledBasemap | null): void {
    // What is known of another one's failures, or of an earlier try's, says nothing of this one.
    this.#faults.forget(sourceIds.basemap);
    this.#restyle({ basemap: absoluteBasemap(basemap) });
  }

  /** What checks lay over the map, or nothing. */
  setMarks(marks: MapMarks | null): void {
    this.#restyle({ marks });
  }

  /** Faults, warnings and places out of reach; drawn while `setMarks` says so. */
  setFindings(findings: readonly MapFinding[]): void {
    this.#findings.set(findings);
  }

  /** What changed since another edition is laid over the map, or nothing. */
  setComparison(changes: ChangeMarks | null): void {
    this.#restyle({ changes });
  }

  /** Ground that changed hands; drawn while `setComparison` says so. A hit of kind `change` has the number, from 1. */
  setChanges(changes: readonly MapChange[]): void {
    this.#changes.set(changes);
  }

  /** A draft takes the place of published areas, or they come back. */
  setDraft(draft: DraftMarks | null): void {
    this.#restyle({ draft });
  }

  /** The style as it is drawn now: what the legend is made from. */
  style(): StyleSpecification {
    return this.#style;
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

  /** Moves until the box (or the point, at `zoom`) is in the part of the map that no panel covers. */
  flyTo(target: Bbox | Position, options: { zoom?: number; maxZoom?: number } = {}): void {
    if (target.length === 4) {
      const camera = this.#map.cameraForBounds(target, { padding: marginOfBox, maxZoom: options.maxZoom ?? 17 });
      if (camera) this.#map.flyTo({ ...camera, duration: flight });
    } else {
      this.#map.flyTo({ center: target, zoom: options.zoom ?? this.#map.getZoom(), duration: flight });
    }
  }

  zoomBy(steps: number): void {
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: 200 });
  }

  northUp(): void {
    this.#map.easeTo({ bearing: 0, pitch: 0, duration: 300 });
  }

  /** Px that panels cover: the camera's middle is the middle of the rest. */
  setPadding(padding: Partial<MapPadding>): void {
    this.#map.easeTo({ padding: { ...noPadding, ...padding }, duration: 0 });
  }

  /** Marks one thing as selected, or none. */
  select(selection: MapSelection | null): void {
    this.#focus.mark("selected", selection ? [selection] : []);
  }

  /** Outlines a thing as if the pointer were on it (a list item under the pointer or focus). */
  hover(selection: MapSelection | null): void {
    this.#focus.mark("hover", selection ? [selection] : []);
  }

  /** Softly marks several things: neighbours, search results. */
  highlight(selections: MapSelection[]): void {
    this.#focus.mark("near", selections);
  }

  scale(): ScaleInfo {
    return scaleBar(metresPerPixel(this.#map.getZoom(), this.#map.getCenter().lat));
  }

  /** What is drawn in view now. Costs tens of milliseconds: for tests and the feature list. */
  renderedFeatures(): DrawnFeature[] {
    return listDrawnFeatures(this.#map, this.#style);
  }

  /** All tiles are drawn, all labels have their places and nothing moves. */
  isIdle(): boolean {
    return this.#idle;
  }

  /** Pixel of a position relative to the map's container. */
  project(at: Position): [number, number] {
    const { x, y } = this.#map.project(at);
    return [x, y];
  }

  /** Position of a pixel relative to the map's container. */
  unproject(point: [number, number]): Position {
    const { lng, lat } = this.#map.unproject(point);
    return [lng, lat];
  }

  /** What is in view, degrees. */
  box(): Bbox {
    return this.#map.getBounds().toArray().flat() as Bbox;
  }

  /** Puts the keyboard focus on the map. */
  focus(): void {
    this.#map.getCanvas().focus({ preventScroll: true });
  }

  resize(): void {
    this.#map.resize();
  }

  #start({ camera, bounds, padding }: AtlasMapOptions): void {
    this.#map.setPadding({ ...noPadding, ...padding });
    const start = bounds ? this.#map.cameraForBounds(bounds, { padding: marginOfBox }) : undefined;
    if (camera) this.setCamera(camera);
    else if (start) this.#map.jumpTo(start);
  }

  #listen(): void {
    const map = this.#map;
    const tellMove = (settled: boolean) =>
      this.#events.emit("move", { camera: this.camera(), scale: this.scale(), settled });
    map.on("move", () => tellMove(false));
    map.on("moveend", () => tellMove(true));
    for (const busy of ["movestart", "render", "dataloading"] as const) map.on(busy, () => this.#setIdle(false));
    map.on("idle", () => this.#setIdle(!this.#smooth.reduced));
    map.on("webglcontextlost", () => this.#events.emit("canvas", { lost: true }));
    map.on("webglcontextrestored", () => this.#events.emit("canvas", { lost: false }));
    map.on("style.load", () => this.#onStyle());
    map.on("click", (event) => this.gestures.taken || this.#click([event.point.x, event.point.y]));
  }

  #setIdle(idle: boolean): void {
    this.#idle = idle;
    if (idle) this.#events.emit("idle", {});
  }

  #onStyle(): void {
    const first = !this.#ready;
    this.#ready = true;
    // What was asked for while the first style was still being read.
    if (first) this.#restyle({});
    else this.draft.restore();
    this.#focus.restore();
  }

  #restyle(change: Partial<StyleOptions>): void {
    this.#options = { ...this.#options, ...change };
    this.#style = buildStyle(this.#options);
    this.#watch.forget();
    if (this.#faces) this.#style["font-faces"] = this.#faces;
    if (!this.#ready) return;
    this.#focus.fill(this.#style);
    this.#findings.fill(this.#style);
    this.#changes.fill(this.#style);
    this.draft.fill(this.#style);
    this.#setIdle(false);
    this.#map.setStyle(this.#style, { diff: true });
    // A change that changes nothing would never become idle again.
    this.#map.triggerRepaint();
  }

  async #completeFonts(): Promise<void> {
    const faces = await findMissingFaces();
    if (!faces) return;
    this.#faces = faces;
    this.#restyle({});
  }

  #colourCrosshair(): void {
    const { selected } = palettes[this.#options.theme];
    this.#keyboard.setColours(selected.fill, selected.casing);
  }

  #click(point: [number, number]): void {
    const { lng, lat } = this.#map.unproject(point);
    this.#events.emit("click", { at: [lng, lat], point, hits: this.#pointing.hitsAt(point) });
  }
}
