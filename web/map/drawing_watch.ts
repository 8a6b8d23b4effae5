import type { Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import { layerMetadata } from "../../data/cartography/legend_metadata.ts";

interface WatchEvents {
  /** Whether all tiles of areas have arrived, when the map has come to rest. */
  isComplete(): boolean;
  meaningful(milliseconds: number): void;
  drawn(keys: ReadonlySet<string>): void;
}

/** A first map is meaningful with so many names on it. */
const enoughNames = 8;
/** ms between two looks while the first map is drawn; a look costs a few ms. */
const lookEvery = 60;

/** Watches what is on the canvas: when the first map means something, and which lines the legend needs. */
export class DrawingWatch {
  readonly #map: MapLibreMap;
  readonly #events: WatchEvents;
  readonly #style: () => StyleSpecification;
  #meaningful = false;
  #lastLook = 0;
  #lastKeys = "";

  constructor(map: MapLibreMap, style: () => StyleSpecification, events: WatchEvents) {
    this.#map = map;
    this.#style = style;
    this.#events = events;
    map.on("render", this.#onRender);
    map.on("idle", () => {
      this.#lookForMeaning(true);
      this.#tellKeys();
    });
  }

  /** The legend must be told again, although the set of keys is the same (language, theme). */
  forget(): void {
    this.#lastKeys = "";
  }

  readonly #onRender = (): void => {
    const now = performance.now();
    if (now - this.#lastLook < lookEvery) return;
    this.#lastLook = now;
    this.#lookForMeaning(false);
  };

  /** @param settled - nothing more will come: what is drawn now is all that lies in this view */
  #lookForMeaning(settled: boolean): void {
    if (this.#meaningful) return;
    const isComplete = settled && this.#events.isComplete();
    const edges = this.#count((id) => id.startsWith("area-edge-"), 1);
    const names = this.#count((id) => id.startsWith("area-name-"), enoughNames);
    if (!isComplete && (edges < 1 || names < enoughNames)) return;
    this.#meaningful = true;
    this.#map.off("render", this.#onRender);
    performance.mark("map-meaningful");
    this.#events.meaningful(performance.now());
  }

  #count(chosen: (id: string) => boolean, enough: number): number {
    let count = 0;
    for (const { id } of this.#style().layers) {
      if (!chosen(id) || !this.#map.getLayer(id)) continue;
      count += this.#map.queryRenderedFeatures({ layers: [id] }).length;
      if (count >= enough) break;
    }
    return count;
  }

  #tellKeys(): void {
    const keys = drawnKeys(this.#map, this.#style());
    const written = [...keys].sort().join(" ");
    if (written === this.#lastKeys) return;
    this.#lastKeys = written;
    this.#events.drawn(keys);
  }
}

/**
 * Legend keys of which at least one feature is on the canvas: one question for one layer of each key. Of several the
 * lowest is asked: in the middle of a river there is water, but no bank.
 */
function drawnKeys(map: MapLibreMap, style: StyleSpecification): Set<string> {
  const layerOf = new Map<string, string>();
  for (const layer of style.layers) {
    const { legend } = layerMetadata(layer);
    const isShown = isInRange(map.getZoom(), layer) && layer.layout?.visibility !== "none";
    if (!legend || !isShown || layerOf.has(legend.key) || !map.getLayer(layer.id)) continue;
    layerOf.set(legend.key, layer.id);
  }
  const drawn = new Set(map.queryRenderedFeatures({ layers: [...layerOf.values()] }).map(({ layer }) => layer.id));
  return new Set([...layerOf].filter(([, id]) => drawn.has(id)).map(([key]) => key));
}

/** Whether a layer is drawn at a zoom at all. */
export function isInRange(
  zoom: number,
  { minzoom = 0, maxzoom = 24 }: { minzoom?: number; maxzoom?: number },
): boolean {
  return zoom >= minzoom && zoom < maxzoom;
}
