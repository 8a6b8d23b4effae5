import type { ErrorEvent, Map as MapLibreMap, MapSourceDataEvent } from "maplibre-gl";
import { sourceIds, sourceTileLayers } from "../../data/cartography/sources.ts";

interface FaultEvents {
  failed(fault: { layers: string[]; basemap: boolean; message: string }): void;
  recovered(fault: { layers: string[]; basemap: boolean }): void;
}

/** Seconds until the next try; the last one repeats. */
const retryAfter = [2, 5, 10, 30];

/** Tells which tile layers are missing, asks for them again, and tells when they are back. The last tiles stay drawn. */
export class TileFaults {
  readonly #map: MapLibreMap;
  readonly #events: FaultEvents;
  readonly #failing = new Map<string, { tries: number; timer: number }>();

  constructor(map: MapLibreMap, events: FaultEvents) {
    this.#map = map;
    this.#events = events;
    map.on("error", (event) => this.#onError(event));
    map.on("sourcedata", (event) => this.#onData(event));
  }

  stop(): void {
    for (const { timer } of this.#failing.values()) window.clearTimeout(timer);
    this.#failing.clear();
  }

  #onError(event: ErrorEvent & { sourceId?: string }): void {
    const source = event.sourceId;
    if (source === undefined) {
      // Not a tile: a mistake of ours in the style or the code. It belongs on the console.
      console.error(event.error);
      return;
    }
    if (this.#failing.has(source)) return;
    this.#schedule(source, 0);
    this.#events.failed({ ...describe(source), message: event.error.message });
  }

  #schedule(source: string, tries: number): void {
    const seconds = retryAfter[Math.min(tries, retryAfter.length - 1)] ?? 30;
    const timer = window.setTimeout(() => {
      if (!this.#map.getSource(source)) return void this.#failing.delete(source);
      this.#schedule(source, tries + 1);
      this.#map.refreshTiles(source);
    }, seconds * 1000);
    this.#failing.set(source, { tries, timer });
  }

  #onData(event: MapSourceDataEvent): void {
    const failing = this.#failing.get(event.sourceId);
    if (!failing || event.tile === undefined || !event.isSourceLoaded) return;
    if (!this.#map.isSourceLoaded(event.sourceId)) return;
    window.clearTimeout(failing.timer);
    this.#failing.delete(event.sourceId);
    this.#events.recovered(describe(event.sourceId));
  }
}

function describe(source: string): { layers: string[]; basemap: boolean } {
  const layers = source in sourceTileLayers ? sourceTileLayers[source as keyof typeof sourceTileLayers] : [];
  return { layers: [...layers], basemap: source === sourceIds.basemap };
}
