import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import type { Network } from "../../data/schema/network.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { networksQuery } from "../api/queries.ts";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { useNarrow } from "../ui/media.ts";
import { OfflineBar } from "../ui/offline_bar.tsx";
import { usePageTitle } from "../ui/page_title.ts";
import { LanguageSwitch, ThemeSwitch } from "../ui/preference_switches.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { SessionBar } from "../ui/session_bar.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import type { DockPanel } from "../ui/view_address.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { panoramaWorkspace } from "../ui/workspaces.ts";
import { mayCheck, openOn } from "./check_scope.ts";
import { Banners } from "./banners.tsx";
import { MapCredit } from "./map_credit.tsx";
import { DetailsPanel } from "./details_panel.tsx";
import { Dock } from "./dock.tsx";
import { EmptyPage } from "./empty_page.tsx";
import { HoverCard } from "./hover_card.tsx";
import { Legend } from "./legend.tsx";
import { NorthArrow, ScaleBar, ZoomControls } from "./map_furniture.tsx";
import { MapStage } from "./map_stage.tsx";
import { NarrowBar, NarrowSheets } from "./narrow.tsx";
import { hasWebgl2, NoWebgl } from "../ui/no_webgl.tsx";
import { SearchBox } from "./search_box.tsx";
import { openSheet } from "./sheet_store.ts";
import { EditionSwitch, LevelSwitch, NetworkSwitch } from "./switches.tsx";
import { useNetwork, useOldEdition } from "./use_network.ts";
import { usePanoramaKeys } from "./use_panorama_keys.ts";
import "./panorama.css";
import "./map_area.css";

const ShortcutsDialog = lazy(() => import("../ui/shortcuts_dialog.tsx"));
const CheckOnMap = lazy(() => import("./check_on_map.tsx"));
const EditionsOnMap = lazy(() => import("./editions_on_map.tsx"));

/** 全景图: the whole division, found, read and linked to. */
export function Panorama() {
  usePageTitle(panoramaWorkspace.name);
  const query = useQuery(networksQuery());
  const known = useNetwork();
  // Panels wait until it is clear which edition the address means.
  const network = useOldEdition().ready ? known : undefined;
  const narrow = useNarrow();
  const sel = useView((view) => view.sel);
  const panel = useView((view) => view.panel);
  const search = useRef<HTMLInputElement>(null);
  const [shortcuts, setShortcuts] = useState(false);
  const checks = mayCheck(useSession());
  const isEmpty = query.data?.networks.length === 0;

  usePanoramaKeys({
    network,
    networks: query.data?.networks ?? [],
    focusSearch: () => search.current?.select(),
    showShortcuts: () => setShortcuts(true),
    openPanel: (opened) => openPanel(opened, narrow, network?.code),
    stepBack,
    checks,
  });

  const dock = panel === "none" ? "" : ` with-dock dock-${panel}`;
  const columns = narrow ? "panorama" : `panorama${dock}${sel ? " with-details" : ""}`;
  return (
    <div className="frame">
      <TopBar here={panoramaWorkspace}>
        {narrow ? (
          <NarrowBar search={search} onShortcuts={() => setShortcuts(true)} />
        ) : (
          <>
            <NetworkSwitch />
            <LevelSwitch />
            {!isEmpty && <SearchBox input={search} />}
            <span className="top-bar-gap" />
            <EditionSwitch />
            <ThemeSwitch />
            <LanguageSwitch />
          </>
        )}
      </TopBar>
      <OfflineBar />
      <SessionBar />
      {isEmpty ? (
        <EmptyPage />
      ) : (
        <div className={columns}>
          {!narrow && <Dock network={network} />}
          <MapArea network={network} />
          {!narrow && sel && <DetailsPanel sel={sel} ready={network !== undefined} />}
          {narrow && <NarrowSheets network={network} />}
        </div>
      )}
      {shortcuts && (
        <Suspense>
          <ShortcutsDialog onClose={() => setShortcuts(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** The map with its furniture; while networks are unknown, the land alone. */
function MapArea({ network }: { network: Network | undefined }) {
  const speak = useWords();
  const query = useQuery(networksQuery());
  return (
    <main className="map-area" aria-label={speak(panoramaWords.panorama_map)}>
      <ErrorBoundary>
        {!hasWebgl2 ? (
          <NoWebgl />
        ) : network ? (
          <>
            <MapStage network={network} />
            <HoverCard />
            <div className="map-corner-left">
              <div className="map-measure">
                <ScaleBar />
                <NorthArrow />
              </div>
              <MapCredit />
            </div>
            <ZoomControls />
            <Legend />
            <PanelMarks network={network} />
          </>
        ) : (
          <QueryPanel query={query} what={panoramaWords.map} className="map-waiting" skeleton={null}>
            {() => null}
          </QueryPanel>
        )}
        <Banners />
      </ErrorBoundary>
    </main>
  );
}

/** What checks found, or what changed between editions, on the map as long as that panel is open. */
function PanelMarks({ network }: { network: Network }) {
  const panel = useView((view) => view.panel);
  const checks = mayCheck(useSession());
  return (
    <Suspense>
      {panel === "check" && checks && <CheckOnMap network={network} />}
      {panel === "editions" && <EditionsOnMap network={network} />}
    </Suspense>
  );
}

function openPanel(panel: Exclude<DockPanel, "none">, narrow: boolean, network: string | undefined): void {
  if (panel === "editions") changeView({ panel, issue: null });
  else if (panel === "check" || panel === "crosswalk") changeView(openOn(panel, network));
  else if (!narrow) changeView({ panel });
  if (narrow) openSheet(panel);
  // The panel is drawn first, then its first item can take the focus.
  requestAnimationFrame(() => {
    const find = (selector: string) => document.querySelector<HTMLElement>(selector);
    const target = find('.dock-body [tabindex="0"]') ?? find(".dock-body button") ?? find(".dock-body input");
    (target ?? find('[role="tab"][aria-selected="true"]'))?.focus();
  });
}

/** Esc: the issue is let go, then the list or the checks shut, then the selection goes. */
function stepBack(): void {
  const view = currentView();
  const isGuest = ["list", "check", "crosswalk", "editions"].includes(view.panel);
  if (view.issue && view.panel === "check") changeView({ issue: null }, "push");
  else if (isGuest) changeView({ panel: "areas" });
  else if (view.sel) changeView({ sel: null }, "push");
}
