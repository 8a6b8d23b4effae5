import type { ErrorEvent, Map as MapLibreMap } from "maplibre-gl";
import { sourceIds, sourceTileLayers } from "../../data/cartography/sources.ts";

interface FaultEvents {
  failed(fault: { layers: string[]; basemap: boolean; message: string }): void;
  recovered(fault: { layers: string[]; basemap: boolean }): void;
  /** Asks for a new token after a 401; without it, or when it did not help, a refusal is a failure like others. */
  renewAccess?: (() => Promise<unknown>) | undefined;
}

interface TileId {
  z: number;
  x: number;
  y: number;
}

/** What MapLibre adds to an error of a tile. */
type TileErrorEvent = ErrorEvent & { sourceId?: string; tile?: { tileID: { canonical: TileId } } };

/** MapLibre's error of an answer that is no success carries its status. */
const isRefusal = (error: object): boolean => "status" in error && error.status === 401;

interface Failing {
  tiles: Map<string, TileId>;
  tries: number;
  /** Waits for a new token and was not told yet. */
  renewing: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Seconds until the next try; the last one repeats. */
const retryAfter = [2, 5, 10, 30];

/** Tells which tile layers are missing, asks for them again, and tells when they are back. The last tiles stay drawn. */
export class TileFaults {
  readonly #map: MapLibreMap;
  readonly #events: FaultEvents;
  readonly #failing = new Map<string, Failing>();

  constructor(map: MapLibreMap, events: FaultEvents) {
    this.#map = map;
    this.#events = events;
    map.on("error", (event) => this.#onError(event));
  }

  isFailing(source: string): boolean {
    return this.#failing.has(source);
  }

  /** Its next failure is told as a first one. */
  forget(source: string): void {
    clearTimeout(this.#failing.get(source)?.timer);
    this.#failing.delete(source);
  }

  stop(): void {
    for (const { timer } of this.#failing.values()) clearTimeout(timer);
    this.#failing.clear();
  }

  #onError({ sourceId, tile, error }: TileErrorEvent): void {
    if (sourceId === undefined || tile === undefined) {
      // No tile: a mistake of ours in the style or the code. It belongs on the console.
      console.error(error);
      return;
    }
    const { z, x, y } = tile.tileID.canonical;
    const known = this.#failing.get(sourceId);
    const failing: Failing = known ?? { tiles: new Map(), tries: 0, renewing: false, timer: undefined };
    failing.tiles.set(`${z}/${x}/${y}`, { z, x, y });
    if (known) return;
    this.#failing.set(sourceId, failing);
    const { renewAccess } = this.#events;
    if (isRefusal(error) && renewAccess) {
      failing.renewing = true;
      const retry = () => this.#failing.get(sourceId) === failing && this.#retry(sourceId, failing);
      renewAccess().then(retry, retry);
      return;
    }
    this.#schedule(sourceId, failing);
    this.#events.failed({ ...describe(sourceId), message: error.message });
  }

  #schedule(source: string, failing: Failing): void {
    const seconds = retryAfter[Math.min(failing.tries, retryAfter.length - 1)] ?? 30;
    failing.timer = setTimeout(() => this.#retry(source, failing), seconds * 1000);
  }

  /** Tiles by name: asked to refresh a whole source, MapLibre waits for ever for a tile that failed at its first try. */
  #retry(source: string, failing: Failing): void {
    if (!this.#map.getSource(source)) {
      this.#failing.delete(source);
      return;
    }
    const tiles = [...failing.tiles.values()];
    failing.tiles.clear();
    failing.tries++;
    this.#map.once("idle", () => this.#judge(source, failing));
    this.#map.refreshTiles(source, tiles);
    this.#map.triggerRepaint();
  }

  /** Everything asked for has answered: what failed again has put itself back on the list, the rest is there or out of view. */
  #judge(source: string, failing: Failing): void {
    if (this.#failing.get(source) !== failing) return;
    const wasTold = !failing.renewing;
    failing.renewing = false;
    if (failing.tiles.size > 0) {
      this.#schedule(source, failing);
      if (!wasTold) this.#events.failed({ ...describe(source), message: "refused" });
      return;
    }
    this.#failing.delete(source);
    if (wasTold) this.#events.recovered(describe(source));
  }
}

function describe(source: string): { layers: string[]; basemap: boolean } {
  const layers = source in sourceTileLayers ? sourceTileLayers[source as keyof typeof sourceTileLayers] : [];
  return { layers: [...layers], basemap: source === sourceIds.basemap };
}
