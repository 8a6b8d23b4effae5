import { type RefObject, useEffect, useRef } from "react";
import type { Network } from "../../data/schema/network.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { editionWords } from "../../data/vocabulary/edition_words.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { LanguageSwitch, ThemeSwitch } from "../ui/preference_switches.tsx";
import { useSession } from "../ui/reader.ts";
import { useWords } from "../ui/use_words.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { mayCheck, openOn } from "./check_scope.ts";
import { DetailsPanel } from "./details_panel.tsx";
import { DockContent } from "./dock.tsx";
import { useMapStore } from "./map_store.ts";
import { SearchBox } from "./search_box.tsx";
import { openSheet, type Sheet, useSheet } from "./sheet_store.ts";
import { EditionSwitch, LevelSwitch, NetworkSwitch } from "./switches.tsx";
import "./narrow.css";

/** What fits into the top bar of a narrow page: the search, and a way to the rest. */
export function NarrowBar({
  search,
  onShortcuts,
}: {
  search: RefObject<HTMLInputElement | null>;
  onShortcuts: () => void;
}) {
  const speak = useWords();
  const sheet = useSheet((state) => state.sheet);
  return (
    <>
      <SearchBox input={search} />
      <button
        type="button"
        className="icon-button narrow-only-wide"
        aria-label={speak(frameWords.shortcuts)}
        onClick={onShortcuts}
      >
        <Icon name="keyboard" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={speak(frameWords.more)}
        aria-expanded={sheet === "more"}
        onClick={() => openSheet(sheet === "more" ? "none" : "more")}
      >
        <Icon name="more" />
      </button>
    </>
  );
}

const tabs: readonly (readonly [Sheet, Wording, IconName])[] = [
  ["none", panoramaWords.tab_map, "map"],
  ["areas", panoramaWords.tab_areas, "tree"],
  ["layers", panoramaWords.tab_layers, "layers"],
  ["list", panoramaWords.tab_list, "list"],
  ["check", findingWords.check, "check_list"],
  ["editions", editionWords.tab, "history"],
  ["details", panoramaWords.tab_details, "details"],
];

/** Opens a sheet. What checks draw stays on the map until the reader goes back to the areas. */
function open(tab: Sheet, network: Network | undefined): void {
  if (tab === "check" || tab === "crosswalk") changeView(openOn(tab, network?.code));
  else if (tab === "areas") changeView({ panel: "areas" });
  openSheet(tab);
}

/** Panels as sheets over the lower part of the map, and the row of buttons that opens them. */
export function NarrowSheets({ network }: { network: Network | undefined }) {
  const speak = useWords();
  const sel = useView((view) => view.sel);
  const sheet = useSheet((state) => state.sheet);
  const panel = useRef<HTMLDivElement>(null);
  const checks = mayCheck(useSession());
  const isComparing = useView((view) => view.panel === "editions");
  const offered = tabs.filter(([tab]) => (tab === "editions" ? isComparing : tab !== "check" || checks));
  const map = useMapStore((state) => state.map);
  useEffect(() => {
    // The middle of the map is the middle of what the sheet leaves.
    map?.setPadding({ bottom: sheet === "none" ? 0 : (panel.current?.offsetHeight ?? 0) });
  }, [map, sheet]);
  // A link to checks opens their sheet; what is selected goes before.
  useEffect(() => {
    const { panel: asked, sel: selected } = currentView();
    if (!selected && (asked === "check" || asked === "crosswalk" || asked === "editions")) openSheet(asked);
  }, []);
  const about = sel ? `${sel.kind}:${sel.key}` : null;
  useEffect(() => {
    if (about) openSheet("details");
    else if (useSheet.getState().sheet === "details") openSheet("none");
  }, [about]);
  return (
    <>
      {sheet !== "none" && (
        <div ref={panel} className="sheet" data-sheet={sheet}>
          <ErrorBoundary about={sheet}>
            {sheet === "details" ? (
              sel && <DetailsPanel sel={sel} ready={network !== undefined} />
            ) : (
              <SheetContent sheet={sheet} network={network} />
            )}
          </ErrorBoundary>
        </div>
      )}
      <nav className="sheet-bar" aria-label={speak(panoramaWords.tabs)}>
        {offered.map(([tab, name, icon]) => (
          <button
            key={tab}
            type="button"
            className="sheet-tab"
            aria-pressed={tab === sheet}
            disabled={tab === "details" && !sel}
            onClick={() => open(tab, network)}
          >
            <Icon name={icon} />
            <span>{speak(name)}</span>
          </button>
        ))}
      </nav>
    </>
  );
}

function SheetContent({ sheet, network }: { sheet: Exclude<Sheet, "none" | "details">; network: Network | undefined }) {
  if (sheet !== "more") return <DockContent panel={sheet} network={network} />;
  return (
    <div className="dock-body sheet-more" data-state="ready">
      <NetworkSwitch />
      <LevelSwitch />
      <EditionSwitch />
      <ThemeSwitch />
      <LanguageSwitch />
    </div>
  );
}
