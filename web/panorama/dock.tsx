import { type KeyboardEvent, lazy, Suspense, useRef } from "react";
import type { Network } from "../../data/schema/network.ts";
import { editionWords } from "../../data/vocabulary/edition_words.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { useSession } from "../ui/reader.ts";
import { useWords } from "../ui/use_words.ts";
import type { DockPanel } from "../ui/view_address.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { AreaTree } from "./area_tree.tsx";
import { mayCheck, openOn } from "./check_scope.ts";
import { FeatureList } from "./feature_list.tsx";
import { LayerList } from "./layer_list.tsx";
import { useOverlay } from "./use_network.ts";
import "./dock.css";

const CheckPanel = lazy(() => import("./check_panel.tsx"));
const CrosswalkPanel = lazy(() => import("./crosswalk_panel.tsx"));
const EditionPanel = lazy(() => import("./edition_panel.tsx"));

type Tab = Exclude<DockPanel, "none">;

const dockTabs: readonly (readonly [Tab, Wording])[] = [
  ["areas", panoramaWords.tab_areas],
  ["layers", panoramaWords.tab_layers],
  ["list", panoramaWords.tab_list],
  ["check", findingWords.check],
  ["crosswalk", findingWords.tab_crosswalk],
  ["editions", editionWords.tab],
];

/**
 * Checks are for those who may make them; a crosswalk needs a second network; to editions leads their menu. An open panel
 * has its tab in any case.
 */
function useOfferedTabs(chosen: Tab): typeof dockTabs {
  const checks = mayCheck(useSession());
  const overlay = useOverlay();
  return dockTabs.filter(
    ([tab]) =>
      tab === chosen || (tab !== "editions" && (tab === "crosswalk" ? checks && overlay : tab !== "check" || checks)),
  );
}

/** What choosing a tab changes. */
function patchOf(tab: Tab, network: Network | undefined) {
  return tab === "check" || tab === "crosswalk" ? openOn(tab, network?.code) : { panel: tab };
}

/** The panel at the left: area tree, layers, and the map's contents as a list. */
export function Dock({ network }: { network: Network | undefined }) {
  const panel = useView((view) => view.panel);
  if (panel === "none") return null;
  return (
    <aside className="dock">
      <DockTabs chosen={panel} network={network} />
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
  if (panel === "check" || panel === "crosswalk" || panel === "editions") {
    const Panel = { check: CheckPanel, crosswalk: CrosswalkPanel, editions: EditionPanel }[panel];
    return (
      <Suspense fallback={<div className="dock-body" data-state="loading" />}>
        <Panel network={network} />
      </Suspense>
    );
  }
  return panel === "areas" ? <AreaTree network={network} /> : <FeatureList network={network} />;
}

function DockTabs({ chosen, network }: { chosen: Tab; network: Network | undefined }) {
  const speak = useWords();
  const list = useRef<HTMLDivElement>(null);
  const tabs = useOfferedTabs(chosen);
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    const at = tabs.findIndex(([tab]) => tab === chosen);
    const next = (at + by + tabs.length) % tabs.length;
    changeView(patchOf(tabs[next]![0], network));
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div className="tabs" role="tablist" ref={list} aria-label={speak(panoramaWords.tabs)} onKeyDown={step}>
      {tabs.map(([tab, name]) => (
        <button
          key={tab}
          id={`dock-tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === chosen}
          aria-controls="dock-panel"
          tabIndex={tab === chosen ? 0 : -1}
          className="tab"
          onClick={() => changeView(patchOf(tab, network))}
        >
          {speak(name)}
        </button>
      ))}
    </div>
  );
}
