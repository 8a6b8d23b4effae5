import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { formatTime } from "../../data/vocabulary/format.ts";
import { editionWords } from "../../data/vocabulary/edition_words.ts";
import { tileLayerNames } from "../../data/vocabulary/layer_words.ts";
import { sayCode } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { Icon } from "../ui/icons.tsx";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { useMapStore } from "./map_store.ts";
import { useBasemap } from "./use_basemap.ts";
import { openEditions } from "./sheet_store.ts";
import { useNetwork, useNetworks, useOldEdition } from "./use_network.ts";

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
  const panel = useView((view) => view.panel);
  const network = useNetwork();
  if (!old && !unknown) return null;
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="warning" size={18} />
      <span>
        {old
          ? speak(panoramaWords.edition_old, { number: old.number, day: old.from_day })
          : typeof asked === "number"
            ? speak(panoramaWords.edition_unknown, { edition: asked })
            : speak(panoramaWords.edition_none_on, { day: asked ?? "" })}
      </span>
      {old && panel !== "editions" && network?.edition && old.number < network.edition.number && (
        <button type="button" className="link" onClick={() => compareWithPresent(old.number)}>
          {speak(editionWords.compare_with_present)}
        </button>
      )}
      <button type="button" className="link" onClick={() => changeView({ edition: null, on: null }, "push")}>
        {speak(panoramaWords.edition_back)}
      </button>
    </div>
  );
}

function compareWithPresent(former: number): void {
  changeView({ edition: null, on: null, former });
  openEditions();
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

/** A backdrop that fails, or that cannot lie where our data lie. */
function BasemapBanner() {
  const speak = useWords();
  const { basemap, failedSince } = useBasemap();
  if (!basemap || (failedSince === null && basemap.datum !== "GCJ02")) return null;
  const { name } = basemap;
  const retry = () => useMapStore.setState({ basemapFailed: null });
  const withoutIt = () => {
    retry();
    changeView({ base: null });
  };
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="warning" size={18} />
      <span>
        {failedSince === null
          ? speak(panoramaWords.basemap_shifted, { name })
          : speak(panoramaWords.basemap_failed, { name, time: formatTime(failedSince).slice(0, 5) })}
      </span>
      {failedSince !== null && (
        <button type="button" className="link" onClick={retry}>
          {speak(frameWords.retry)}
        </button>
      )}
      <button type="button" className="link" onClick={withoutIt}>
        {speak(failedSince === null ? panoramaWords.basemap_none : frameWords.close)}
      </button>
    </div>
  );
}
