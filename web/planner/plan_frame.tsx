import { useCallback, useEffect, useRef, useState } from "react";
import type { Network } from "../../data/schema/network.ts";
import { toolWords } from "../../data/vocabulary/tool_words.ts";
import type { AtlasMap } from "../map/atlas_map.ts";
import { SessionBar } from "../ui/session_bar.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import type { PlanMode, PlanPanelName } from "../ui/view_address.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { plannerWorkspace } from "../ui/workspaces.ts";
import { PlanMap } from "./map/plan_map.tsx";
import { MapContext } from "./plan_places.ts";
import { PlanBanners } from "./plan_banners.tsx";
import { CompareMap } from "./compare_map.tsx";
import { nextMode } from "./compare_switch.tsx";
import { PlanPanel } from "./plan_panel.tsx";
import { PlanBar } from "./plan_bar.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { tools } from "./planner_types.ts";
import { Tour } from "./tour/tour.tsx";
import { ToolPalette } from "./tools/tool_palette.tsx";
import { usePlannerKeys } from "./planner_keys.ts";
import { useNamingKey } from "./use_naming.ts";
import { useFullCheck, usePublished } from "./use_plan_facts.ts";

/** The editor: tools, map and panel below one bar. */
export function PlanFrame({ network }: { network: Network }) {
  const speak = useWords();
  const store = usePlannerStore();
  const state = usePlanner((planner) => planner);
  const [map, setMap] = useState<AtlasMap | null>(null);
  const takeMap = useCallback((made: AtlasMap | null) => setMap(made), []);
  const { tab, mode, setTab, setMode } = usePlanView();
  const compare = useCallback(() => setMode(nextMode(currentView().mode)), [setMode]);
  useFullCheck();
  usePublished();
  useToolAddress();
  useNamingKey(useCallback(() => setTab("log"), [setTab]));
  usePlannerKeys({ map, onCompare: compare, onIssue: () => setTab("check") });
  return (
    <MapContext value={map}>
      <div className="frame planner-frame">
        <TopBar here={plannerWorkspace}>
          <PlanBar mode={mode} onCompare={compare} onMode={setMode} />
        </TopBar>
        <SessionBar />
        <PlanBanners onDiffer={() => setMode("edit")} />
        <div className="planner">
          <section aria-label={speak(toolWords.tools)}>
            <ToolPalette planner={state} actions={store.getState()} />
          </section>
          <main className="planner-map">
            {mode === "edit" ? (
              <PlanMap planner={state} actions={store.getState()} network={network} onMap={takeMap} />
            ) : (
              <CompareMap mode={mode} onMode={setMode} network={network} onMap={takeMap} />
            )}
          </main>
          <PlanPanel tab={tab} onTab={setTab} />
        </div>
        <Tour />
      </div>
    </MapContext>
  );
}

/** Which panel is open and how the plan is looked at: both stand in the address. */
function usePlanView() {
  const store = usePlannerStore();
  const tab = useView((view) => view.plan_panel);
  const asked = useView((view) => view.mode);
  const hasBase = usePlanner(({ plan }) => plan.base_edition !== null);
  const mode: PlanMode = hasBase ? asked : "edit";
  const setTab = useCallback((plan_panel: PlanPanelName) => changeView({ plan_panel }), []);
  const setMode = useCallback(
    (next: PlanMode) => {
      const { plan, cancel } = store.getState();
      cancel();
      const { plan_panel } = currentView();
      const left = plan_panel === "compare" ? "check" : plan_panel;
      changeView({
        mode: plan.base_edition === null ? "edit" : next,
        plan_panel: next === "edit" ? left : "compare",
      });
    },
    [store],
  );
  useEffect(() => {
    if (mode === "edit") return;
    const press = ({ code, defaultPrevented, target }: KeyboardEvent) => {
      if (code !== "Escape" || defaultPrevented || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      if (target instanceof HTMLElement && target.matches("textarea, input:not([type=range])")) return;
      setMode("edit");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [mode, setMode]);
  return { tab, mode, setTab, setMode };
}

/** The tool in the hand stands in the address; taking one up while comparing goes back to drawing. */
function useToolAddress(): void {
  const store = usePlannerStore();
  const tool = usePlanner((state) => state.tool);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      const asked = tools.find((name) => name === currentView().tool);
      if (asked && asked !== tool && !store.getState().locked) store.getState().setTool(asked);
      return;
    }
    const named = tool === "select" ? null : tool;
    changeView({ tool: named, ...(named !== null && { mode: "edit" as const }) });
  }, [store, tool]);
}
