import { create } from "zustand";
import type { AtlasMap } from "../map/atlas_map.ts";
import type { Camera, Hit, ScaleInfo } from "../map/map_types.ts";

/** What the map told last; panels read it, only the stage writes it. */
interface MapStore {
  map: AtlasMap | null;
  /** Codes of the networks that the map draws now. */
  drawnNetwork: string | null;
  overlay: string | null;
  camera: Camera | null;
  scale: ScaleInfo | null;
  /** Legend keys with something in view; null until the first map rests. */
  drawn: ReadonlySet<string> | null;
  hover: { hit: Hit | null; point: [number, number] };
  /** Tile layers that do not arrive now. */
  missing: readonly string[];
  /** Which basemap fails and since when (ISO time); null while none does. */
  basemapFailed: { id: string; since: string } | null;
}

const nothingDrawn: MapStore = {
  map: null,
  drawnNetwork: null,
  overlay: null,
  camera: null,
  scale: null,
  drawn: null,
  hover: { hit: null, point: [0, 0] },
  missing: [],
  basemapFailed: null,
};

export const useMapStore = create<MapStore>(() => nothingDrawn);

/** The map goes, and with it everything that it told: the next reader must find nothing of it. */
export function forgetMap(): void {
  useMapStore.setState(nothingDrawn);
}

/**
 * Leaves the next picture to the panels: the map's own drawing may cost far more than what the reader just asked for.
 *
 * @returns a function that calls it off
 */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/**
 * Moves the map to a place, if there is a map: when panels that open now have taken their room and are painted.
 *
 * @param zoom - of a point the least, of a box the most
 */
export function goTo(target: [number, number, number, number] | [number, number], zoom?: number): void {
  afterPaint(() => {
    const { map } = useMapStore.getState();
    if (!map) return;
    map.resize();
    if (target.length === 4) map.flyTo(target, zoom === undefined ? {} : { maxZoom: zoom });
    else map.flyTo(target, { zoom: Math.max(zoom ?? 17, map.camera().zoom) });
  });
}
