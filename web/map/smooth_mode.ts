import type { LayerSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";

/** Below so many frames a second over `watched` ms of movement, detail is left out while the map moves. */
const leastFrames = 24;
const watched = 2000;
/** Where that is not enough for this many frames a second over `watchedReduced` ms, the next step leaves out more. */
const leastReduced = 12;
const watchedReduced = 1000;
/** ms of rest before full detail comes back */
const rest = 150;

/** What costs most and is missed least while everything moves. */
const finePrint = (id: string): boolean =>
  id === "building-outline" || id === "building-number" || id === "estate-wall" || id.startsWith("pipe-");

/** `ratio`: share of the screen's pixels, in each direction, that a moving map is drawn with. */
const steps: { ratio: number; leavesOut: (id: string) => boolean }[] = [
  { ratio: 0.6, leavesOut: finePrint },
  { ratio: 0.45, leavesOut: finePrint },
  { ratio: 0.45, leavesOut: (id) => finePrint(id) || (id.startsWith("building-") && id !== "building-focus") },
];

/**
 * 流畅模式: starts by itself where the machine is too slow to draw everything in time. Only paint changes, because
 * hiding a layer would parse its tiles again.
 */
export class SmoothMode {
  readonly #map: MapLibreMap;
  readonly #style: () => StyleSpecification;
  /** Of `steps`: the one that this machine needs, and the one that the map is drawn with now. −1: everything. */
  #needed = -1;
  #drawn = -1;
  /** Ids of layers. */
  #hidden: ReadonlySet<string> = new Set();
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  /** ms of movement looked at, and the frames drawn in it. */
  #time = 0;
  #frames = 0;
  #lastFrame = 0;

  constructor(map: MapLibreMap, style: () => StyleSpecification) {
    this.#map = map;
    this.#style = style;
    map.on("movestart", this.#onStart);
    map.on("move", this.#onMove);
    map.on("render", this.#onFrame);
    map.on("moveend", this.#onEnd);
  }

  /** The map is drawn with less detail than it will have at rest. */
  get reduced(): boolean {
    return this.#drawn >= 0;
  }

  stop(): void {
    clearTimeout(this.#restTimer);
  }

  readonly #onStart = (): void => {
    clearTimeout(this.#restTimer);
    this.#lastFrame = 0;
  };

  /** Told before a frame is drawn: a canvas that changes its size is empty until the next one. A jump is no movement. */
  readonly #onMove = (): void => {
    if (this.#drawn < this.#needed && this.#map.isMoving()) this.#reduce();
  };

  readonly #onFrame = (): void => {
    if (this.#needed === steps.length - 1 || !this.#map.isMoving()) return;
    const now = performance.now();
    if (this.#lastFrame > 0) {
      this.#time += now - this.#lastFrame;
      this.#frames++;
    }
    this.#lastFrame = now;
    const [enough, least] = this.#needed < 0 ? [watched, leastFrames] : [watchedReduced, leastReduced];
    if (this.#time < enough) return;
    if ((this.#frames * 1000) / this.#time < least) this.#needed++;
    this.#time = 0;
    this.#frames = 0;
  };

  readonly #onEnd = (): void => {
    if (!this.reduced) return;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      if (!this.#map.isMoving()) this.#restore();
    }, rest);
  };

  #reduce(): void {
    this.#drawn = this.#needed;
    const { ratio, leavesOut } = steps[this.#drawn]!;
    this.#hide(leavesOut);
    this.#setRatio(window.devicePixelRatio * ratio);
  }

  #restore(): void {
    this.#show();
    this.#setRatio(null);
    this.#drawn = -1;
  }

  /**
   * What `setPixelRatio` does, but for its `stop()`, which would take the map out of the reader's hand.
   *
   * @param ratio - null = that of the screen
   */
  #setRatio(ratio: number | null): void {
    this.#map._overridePixelRatio = ratio;
    this.#map._resizeInternal(false);
    this.#map.triggerRepaint();
  }

  #hide(leavesOut: (id: string) => boolean): void {
    const hidden = this.#style().layers.filter(({ id }) => leavesOut(id));
    for (const layer of hidden) this.#setOpacity(layer, 0);
    this.#hidden = new Set(hidden.map(({ id }) => id));
  }

  #show(): void {
    // The style may have been exchanged meanwhile; what it says now is what comes back.
    for (const layer of this.#style().layers) if (this.#hidden.has(layer.id)) this.#setOpacity(layer);
    this.#hidden = new Set();
  }

  /** @param opacity - without one: that of the style */
  #setOpacity(layer: LayerSpecification, opacity?: number): void {
    const name = opacityOf(layer);
    if (!name || !this.#map.getLayer(layer.id)) return;
    const full = (layer.paint as Record<string, number | undefined> | undefined)?.[name];
    this.#map.setPaintProperty(layer.id, `${name}-transition`, { duration: 0 }, { validate: false });
    this.#map.setPaintProperty(layer.id, name, opacity ?? full, { validate: false });
  }
}

function opacityOf({ type }: LayerSpecification) {
  if (type === "fill") return "fill-opacity";
  if (type === "line") return "line-opacity";
  return type === "symbol" ? "text-opacity" : undefined;
}
