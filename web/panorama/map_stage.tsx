import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { LayerSwitches } from "../../data/cartography/style_options.ts";
import type { Network } from "../../data/schema/network.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { readerTag, renewSession } from "../api/session.ts";
import { loadFonts } from "../ui/fonts.ts";
import { useSession } from "../ui/reader.ts";
import { useWords } from "../ui/use_words.ts";
import { currentView, useArrivals, useView } from "../ui/view_store.ts";
import { allowedSwitches } from "./guarded_layers.ts";
import { listenToMap } from "./listen_to_map.ts";
import { forgetMap, useMapStore } from "./map_store.ts";
import { styledBasemap } from "./styled_basemap.ts";
import { useBasemap } from "./use_basemap.ts";
import { useOldEdition, useOverlay } from "./use_network.ts";
import { useMapSelection } from "./use_map_selection.ts";

// Both begin before anything is known of the city: they are most of the way to the first map.
const mapCode = import("../map/atlas_map.ts");
const fonts = loadFonts();

/** Holds the map: makes it once, then hands it what changes. Everything else about maps is in web/map. */
export function MapStage({ network }: { network: Network }) {
  const speak = useWords();
  const container = useRef<HTMLDivElement>(null);
  const [broken, setBroken] = useState<Error | null>(null);
  const { old, ready } = useOldEdition();
  const overlay = useOverlay();
  const basemap = useChosenBasemap();
  const client = useQueryClient();
  const session = useSession();
  const layers = useAllowedSwitches();
  const label = `${speak(panoramaWords.map)} · ${speak(panoramaWords.map_help)}`;
  const fresh = useRef({ network, old, overlay, basemap, layers, session, label });
  useEffect(() => {
    fresh.current = { network, old, overlay, basemap, layers, session, label };
  });

  useEffect(() => {
    const element = container.current;
    if (!element || !ready) return;
    let left = false;
    let stop: (() => void) | undefined;
    const make = async () => {
      const [{ AtlasMap }] = await Promise.all([mapCode, fonts]);
      if (left) return;
      const now = fresh.current;
      const view = currentView();
      const map = new AtlasMap({
        container: element,
        theme: view.theme,
        language: view.lang,
        tiles: "/tiles",
        reader: readerTag(now.session),
        renewAccess: () => renewSession(client),
        network: now.network,
        edition: now.old?.number,
        overlay: now.overlay,
        level: view.level ?? "auto",
        layers: now.layers,
        basemap: now.basemap,
        camera: view.map,
        bounds: now.network.bbox,
        label: now.label,
        expose: true,
      });
      const silence = listenToMap(map);
      useMapStore.setState({ map, camera: map.camera(), scale: map.scale() });
      stop = () => {
        silence();
        forgetMap();
        map.destroy();
      };
    };
    make().catch(setBroken);
    return () => {
      left = true;
      stop?.();
    };
  }, [ready, client]);

  if (broken) throw broken;
  useMapUpkeep(network, container);
  useMapSelection(network);
  return <div ref={container} className="map-canvas" />;
}

/**
 * The layers that the address wishes for and the reader may see; one object until one of both changes: a session that
 * was only renewed draws nothing anew.
 */
function useAllowedSwitches(): LayerSwitches {
  const { layers } = useSession();
  const wished = useView((view) => view.layers);
  return useMemo(() => allowedSwitches({ layers }, wished as LayerSwitches), [layers, wished]);
}

/** Hands the map each change of the view; the map itself compares and does no needless work. */
function useMapUpkeep(network: Network, container: React.RefObject<HTMLDivElement | null>): void {
  const map = useMapStore((state) => state.map);
  const theme = useView((view) => view.theme);
  const lang = useView((view) => view.lang);
  const level = useView((view) => view.level);
  const layers = useAllowedSwitches();
  const overlay = useOverlay();
  const basemap = useChosenBasemap();
  const { old } = useOldEdition();
  const arrivals = useArrivals();
  const known = useRef(network.code);

  useEffect(() => map?.setTheme(theme), [map, theme]);
  useEffect(() => map?.setLanguage(lang), [map, lang]);
  useEffect(() => map?.setLevel(level ?? "auto"), [map, level]);
  useEffect(() => map?.setLayers(layers), [map, layers]);
  useEffect(() => {
    map?.setOverlay(overlay);
    useMapStore.setState({ overlay: overlay?.code ?? null });
  }, [map, overlay]);
  useEffect(() => map?.setBasemap(basemap), [map, basemap]);
  useEffect(() => {
    map?.setNetwork(network, old?.number);
    useMapStore.setState({ drawnNetwork: network.code });
    if (known.current === network.code) return;
    known.current = network.code;
    if (map && network.bbox && !isInside(map.camera(), network.bbox)) map.flyTo(network.bbox);
  }, [map, network, old?.number]);
  useEffect(() => {
    const { map: camera } = currentView();
    if (map && camera && arrivals > 1) map.setCamera(camera);
  }, [map, arrivals]);
  useEffect(() => {
    if (!map || !container.current) return;
    const watch = new ResizeObserver(() => map.resize());
    watch.observe(container.current);
    return () => watch.disconnect();
  }, [map, container]);
}

function isInside({ lng, lat }: { lng: number; lat: number }, [west, south, east, north]: readonly number[]): boolean {
  return lng >= west! && lng <= east! && lat >= south! && lat <= north!;
}

function useChosenBasemap() {
  const { basemap: chosen, failedSince } = useBasemap();
  const key = chosen && failedSince === null ? chosen.id : null;
  const [kept, keep] = useState<{ key: string | null; basemap: ReturnType<typeof styledBasemap> | null }>({
    key: null,
    basemap: null,
  });
  // One object as long as the choice is the same, or the map would draw itself again with every move.
  if (kept.key !== key) keep({ key, basemap: chosen && key !== null ? styledBasemap(chosen) : null });
  return kept.basemap;
}
