import { useQuery } from "@tanstack/react-query";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { formatTime } from "../../data/vocabulary/format.ts";
import { tileLayerNames } from "../../data/vocabulary/layer_words.ts";
import { sayCode } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { basemapsQuery } from "../api/queries.ts";
import { Icon } from "../ui/icons.tsx";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { useMapStore } from "./map_store.ts";
import { useNetworks, useOldEdition } from "./use_network.ts";

/** What the reader must know of the map before reading it: an old edition, layers that are missing. */
export function Banners() {
  return (
    <div className="banners">
      <EditionBanner />
      <NetworkBanner />
      <MissingTiles />
      <BasemapBanner />
    </div>
  );
}

function EditionBanner() {
  const speak = useWords();
  const { old, unknown } = useOldEdition();
  const asked = useView((view) => view.edition ?? view.on);
  if (!old && !unknown) return null;
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="warning" size={18} />
      <span>
        {old
          ? speak(panoramaWords.edition_old, { number: old.number, day: old.from_day })
          : speak(panoramaWords.edition_unknown, { edition: asked ?? "" })}
      </span>
      <button type="button" className="link" onClick={() => changeView({ edition: null, on: null }, "push")}>
        {speak(panoramaWords.edition_back)}
      </button>
    </div>
  );
}

/** A link may name a network that this server does not have; the map then shows the first. */
function NetworkBanner() {
  const speak = useWords();
  const code = useView((view) => view.network);
  const networks = useNetworks();
  if (code === null || networks.length === 0 || networks.some((network) => network.code === code)) return null;
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="warning" size={18} />
      <span>{speak(panoramaWords.missing_network, { code, name: networks[0]!.name })}</span>
      <button type="button" className="link" onClick={() => changeView({ network: null })}>
        {speak(frameWords.close)}
      </button>
    </div>
  );
}

function MissingTiles() {
  const speak = useWords();
  const language = useLanguage();
  const missing = useMapStore((state) => state.missing);
  if (missing.length === 0) return null;
  const layers = missing.map((layer) => sayCode(tileLayerNames, layer, language)).join(language === "en" ? ", " : "、");
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="warning" size={18} />
      <span>{speak(panoramaWords.tiles_missing, { layers })}</span>
    </div>
  );
}

function BasemapBanner() {
  const speak = useWords();
  const since = useMapStore((state) => state.basemapFailed);
  const base = useView((view) => view.base);
  const { data } = useQuery({ ...basemapsQuery(), enabled: base !== null });
  if (since === null || base === null) return null;
  const name = data?.basemaps.find((basemap) => basemap.id === base)?.name ?? base;
  const dismiss = () => {
    useMapStore.setState({ basemapFailed: null });
    changeView({ base: null });
  };
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="warning" size={18} />
      <span>{speak(panoramaWords.basemap_failed, { name, time: formatTime(since).slice(0, 5) })}</span>
      <button type="button" className="link" onClick={() => useMapStore.setState({ basemapFailed: null })}>
        {speak(frameWords.retry)}
      </button>
      <button type="button" className="link" onClick={dismiss}>
        {speak(frameWords.close)}
      </button>
    </div>
  );
}
