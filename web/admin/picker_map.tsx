import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { LayerSwitches } from "../../data/cartography/style_options.ts";
import type { AreaDetail } from "../../data/schema/area.ts";
import type { Network } from "../../data/schema/network.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { readerTag, renewSession } from "../api/session.ts";
import type { AtlasMap } from "../map/atlas_map.ts";
import { loadFonts } from "../ui/fonts.ts";
import { useSession } from "../ui/reader.ts";
import { useWords } from "../ui/use_words.ts";
import { currentView, useView } from "../ui/view_store.ts";

/** Areas are what is looked for; houses and shops would only hide them. */
const layers: LayerSwitches = {
  buildings: false,
  estates: false,
  facilities: false,
  key_units: false,
  small_places: false,
  hydrants: false,
  legal_entities: false,
  pipes: false,
  components: false,
};

interface Props {
  network: Network;
  /** Ordinal of the level that clicks mean; null = the one that the zoom shows. */
  level: number | null;
  chosen: AreaDetail | null;
  /** Whether the map moves to what is chosen: not where it was clicked on the map itself. */
  go: boolean;
  /** @param key - `network:code` */
  onChoose: (key: string) => void;
}

/** A map of one network on which areas are chosen by pointer, or by the crosshair of the keyboard. */
export function PickerMap({ network, level, chosen, go, onChoose }: Props) {
  const speak = useWords();
  const client = useQueryClient();
  const session = useSession();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<AtlasMap | null>(null);
  const [broken, setBroken] = useState<Error | null>(null);
  const theme = useView((view) => view.theme);
  const lang = useView((view) => view.lang);
  const label = speak(adminWords.pick_map);
  const latest = useRef({ network, level, session, label, onChoose });
  useEffect(() => {
    latest.current = { network, level, session, label, onChoose };
  });

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let left = false;
    let made: AtlasMap | undefined;
    let watch: ResizeObserver | undefined;
    const make = async () => {
      const [code] = await Promise.all([import("../map/atlas_map.ts"), loadFonts()]);
      if (left) return;
      const now = latest.current;
      made = new code.AtlasMap({
        container: element,
        theme: currentView().theme,
        language: currentView().lang,
        tiles: "/tiles",
        reader: readerTag(now.session),
        renewAccess: () => renewSession(client),
        network: now.network,
        level: now.level ?? "auto",
        layers,
        bounds: now.network.bbox,
        label: now.label,
        expose: true,
      });
      made.on("click", ({ hits }) => {
        const area = hits.find(({ kind }) => kind === "area");
        if (area) latest.current.onChoose(`${latest.current.network.code}:${area.properties.code}`);
      });
      watch = new ResizeObserver(() => made?.resize());
      watch.observe(element);
      setMap(made);
    };
    make().catch(setBroken);
    return () => {
      left = true;
      watch?.disconnect();
      setMap(null);
      made?.destroy();
    };
  }, [client]);

  useEffect(() => map?.setTheme(theme), [map, theme]);
  useEffect(() => map?.setLanguage(lang), [map, lang]);
  useEffect(() => map?.setNetwork(network), [map, network]);
  useEffect(() => map?.setLevel(level ?? "auto"), [map, level]);
  useEffect(() => {
    const isHere = chosen?.network === network.code;
    map?.select(isHere ? { kind: "area", id: chosen.id, at: chosen.at, name: chosen.short_name } : null);
    if (isHere && go) map?.flyTo(chosen.bbox, { maxZoom: 15 });
  }, [map, chosen, go, network]);

  if (broken) throw broken;
  return <div ref={container} className="picker-map map-canvas" />;
}
