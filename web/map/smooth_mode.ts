import type { Map as MapLibreMap, StyleSpecification } from "maplibre-gl";

/** Below so many frames a second over `watched` ms of movement, detail is left out while the map moves. */
const leastFrames = 24;
const watched = 2000;
/** Share of the screen's pixels, in each direction, that a moving map is drawn with. */
const coarse = 0.6;
/** ms of rest before full detail comes back */
const rest = 150;

/** What costs most and is missed least while everything moves. */
const leftOut = (id: string): boolean =>
  id === "building-outline" || id === "building-number" || id === "estate-wall" || id.startsWith("pipe-");

/**
 * 流畅模式: starts by itself where the machine is too slow to draw everything in time. Only paint changes, because
 * hiding a layer would parse its tiles again.
 */
export class SmoothMode {
  readonly #map: MapLibreMap;
  readonly #style: () => StyleSpecification;
  #active = false;
  #reduced = false;
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
    return this.#reduced;
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
    if (this.#active && this.#map.isMoving()) this.#reduce();
  };

  readonly #onFrame = (): void => {
    if (this.#active || !this.#map.isMoving()) return;
    const now = performance.now();
    if (this.#lastFrame > 0) {
      this.#time += now - this.#lastFrame;
      this.#frames++;
    }
    this.#lastFrame = now;
    if (this.#time < watched) return;
    this.#active = (this.#frames * 1000) / this.#time < leastFrames;
    this.#time = 0;
    this.#frames = 0;
  };

  readonly #onEnd = (): void => {
    if (!this.#reduced) return;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      if (!this.#map.isMoving()) this.#restore();
    }, rest);
  };

  #reduce(): void {
    if (this.#reduced) return;
    this.#reduced = true;
    this.#setOpacities(true);
    this.#setRatio(this.#map.getPixelRatio() * coarse);
  }

  #restore(): void {
    this.#setOpacities(false);
    this.#setRatio(null);
    this.#reduced = false;
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

  #setOpacities(hidden: boolean): void {
    for (const layer of this.#style().layers) {
      if (!leftOut(layer.id) || !this.#map.getLayer(layer.id)) continue;
      const name = layer.type === "symbol" ? "text-opacity" : "line-opacity";
      const full = (layer.paint as Record<string, number | undefined> | undefined)?.[name];
      this.#map.setPaintProperty(layer.id, `${name}-transition`, { duration: 0 }, { validate: false });
      this.#map.setPaintProperty(layer.id, name, hidden ? 0 : full, { validate: false });
    }
  }
}
