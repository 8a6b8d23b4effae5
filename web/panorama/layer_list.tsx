import { useQuery } from "@tanstack/react-query";
import Checkbox from "antd/es/checkbox";
import Radio from "antd/es/radio";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { type LayerGroup, layerGroups } from "../../data/cartography/style_options.ts";
import { layerGroupNames } from "../../data/vocabulary/layer_words.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { basemapsQuery } from "../api/queries.ts";
import { useSession } from "../ui/reader.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { offeredGroups } from "./guarded_layers.ts";
import { nameOf } from "./switches.tsx";
import { useNetwork, useNetworks, useOverlay } from "./use_network.ts";

/** 图层: what the map draws, the overlaid network, the backdrop. */
export function LayerList() {
  const speak = useWords();
  const changed = useView((view) => Object.keys(view.layers).length > 0);
  const shown = useView((view) => view.layers);
  const offered = offeredGroups(useSession());
  return (
    <div className="dock-body layer-list" data-state="ready">
      <fieldset>
        <legend>
          {speak(panoramaWords.layers_shown)}
          {changed && (
            <button type="button" className="link" onClick={() => changeView({ layers: {} })}>
              {speak(panoramaWords.layers_reset)}
            </button>
          )}
        </legend>
        {offered.map(({ group, ownAreas }) => (
          <Checkbox
            key={group}
            checked={shown[group] ?? layerGroups[group]}
            onChange={(event) => switchLayer(group, event.target.checked)}
          >
            {speak(layerGroupNames[group])}
            {ownAreas && <span className="layer-note">{speak(readerWords.own_areas)}</span>}
          </Checkbox>
        ))}
      </fieldset>
      <OverlayChoice />
      <BasemapChoice />
    </div>
  );
}

/** The address keeps only what differs from the default. */
function switchLayer(group: LayerGroup, on: boolean): void {
  const { [group]: _former, ...others } = currentView().layers;
  changeView({ layers: on === layerGroups[group] ? others : { ...others, [group]: on } });
}

function OverlayChoice() {
  const speak = useWords();
  const language = useLanguage();
  const network = useNetwork();
  const overlay = useOverlay();
  const others = useNetworks().filter((other) => other.code !== network?.code && other.area_count > 0);
  if (others.length === 0) return null;
  return (
    <fieldset>
      <legend>{speak(panoramaWords.overlay)}</legend>
      <Radio.Group
        value={overlay?.code ?? ""}
        onChange={(event) => changeView({ overlay: event.target.value === "" ? null : event.target.value })}
      >
        <Radio value="">{speak(panoramaWords.overlay_none)}</Radio>
        {others.map((other) => (
          <Radio key={other.code} value={other.code}>
            <span className={`mark mark-${other.code}`}>{other.mark}</span> {nameOf(other, language)}
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}

function BasemapChoice() {
  const speak = useWords();
  const base = useView((view) => view.base);
  const basemaps = useQuery(basemapsQuery()).data?.basemaps ?? [];
  if (basemaps.length === 0) return null;
  return (
    <fieldset>
      <legend>{speak(panoramaWords.basemap)}</legend>
      <Radio.Group
        value={basemaps.some((basemap) => basemap.id === base) ? base : ""}
        onChange={(event) => changeView({ base: event.target.value === "" ? null : event.target.value })}
      >
        <Radio value="">{speak(panoramaWords.basemap_none)}</Radio>
        {basemaps.map((basemap) => (
          <Radio key={basemap.id} value={basemap.id}>
            {basemap.name}
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}
