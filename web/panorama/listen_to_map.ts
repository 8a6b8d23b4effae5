import type { AtlasMap } from "../map/atlas_map.ts";
import { changeView, currentView, noteCamera } from "../ui/view_store.ts";
import { useMapStore } from "./map_store.ts";
import { selectionOfHit } from "./selection.ts";

/**
 * Writes what the map tells into the store and the view.
 *
 * @returns a function that stops listening
 */
export function listenToMap(map: AtlasMap): () => void {
  const stops = [
    map.on("move", ({ camera, scale, settled }) => {
      useMapStore.setState({ camera, scale });
      if (settled) noteCamera({ zoom: camera.zoom, lat: camera.lat, lng: camera.lng });
    }),
    map.on("hover", (hover) => useMapStore.setState({ hover })),
    map.on("click", ({ hits }) => {
      // Ground that changed hands belongs to an area: that is what a click means.
      const hit = hits.find(({ kind }) => kind !== "change");
      const { drawnNetwork, overlay } = useMapStore.getState();
      if (hit && drawnNetwork) changeView({ sel: selectionOfHit(hit, drawnNetwork, overlay) }, "push");
      else if (currentView().sel) changeView({ sel: null }, "push");
    }),
    map.on("drawn", ({ keys }) => useMapStore.setState({ drawn: keys })),
    map.on("tileerror", ({ layers, basemap }) => {
      const { base } = currentView();
      useMapStore.setState((state) =>
        basemap
          ? { basemapFailed: base === null ? null : { id: base, since: new Date().toISOString() } }
          : { missing: [...new Set([...state.missing, ...layers])] },
      );
    }),
    map.on("tilerecovered", ({ layers, basemap }) =>
      useMapStore.setState((state) =>
        basemap ? {} : { missing: state.missing.filter((name) => !layers.includes(name)) },
      ),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
