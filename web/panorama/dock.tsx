import { type KeyboardEvent, useRef } from "react";
import type { Network } from "../../data/schema/network.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { useWords } from "../ui/use_words.ts";
import type { DockPanel } from "../ui/view_address.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { AreaTree } from "./area_tree.tsx";
import { FeatureList } from "./feature_list.tsx";
import { LayerList } from "./layer_list.tsx";
import "./dock.css";

type Tab = Exclude<DockPanel, "none">;

const dockTabs: readonly (readonly [Tab, Wording])[] = [
  ["areas", panoramaWords.tab_areas],
  ["layers", panoramaWords.tab_layers],
  ["list", panoramaWords.tab_list],
];

/** The panel at the left: area tree, layers, and the map's contents as a list. */
export function Dock({ network }: { network: Network | undefined }) {
  const panel = useView((view) => view.panel);
  if (panel === "none") return null;
  return (
    <aside className="dock">
      <DockTabs chosen={panel} />
      <div role="tabpanel" id="dock-panel" aria-labelledby={`dock-tab-${panel}`} className="dock-panel">
        <ErrorBoundary about={panel}>
          <DockContent panel={panel} network={network} />
        </ErrorBoundary>
      </div>
    </aside>
  );
}

export function DockContent({ panel, network }: { panel: Tab; network: Network | undefined }) {
  if (panel === "layers") return <LayerList />;
  if (!network) return <div className="dock-body" data-state="loading" />;
  return panel === "areas" ? <AreaTree network={network} /> : <FeatureList network={network} />;
}

function DockTabs({ chosen }: { chosen: Tab }) {
  const speak = useWords();
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    const at = dockTabs.findIndex(([tab]) => tab === chosen);
    const next = (at + by + dockTabs.length) % dockTabs.length;
    changeView({ panel: dockTabs[next]![0] });
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div className="tabs" role="tablist" ref={list} aria-label={speak(panoramaWords.tabs)} onKeyDown={step}>
      {dockTabs.map(([tab, name]) => (
        <button
          key={tab}
          id={`dock-tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === chosen}
          aria-controls="dock-panel"
          tabIndex={tab === chosen ? 0 : -1}
          className="tab"
          onClick={() => changeView({ panel: tab })}
        >
          {speak(name)}
        </button>
      ))}
    </div>
  );
}
