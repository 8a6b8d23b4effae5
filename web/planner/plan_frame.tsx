import { useCallback, useState } from "react";
import type { Network } from "../../data/schema/network.ts";
import { toolWords } from "../../data/vocabulary/tool_words.ts";
import type { AtlasMap } from "../map/atlas_map.ts";
import { SessionBar } from "../ui/session_bar.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import { plannerWorkspace } from "../ui/workspaces.ts";
import { PlanMap } from "./map/plan_map.tsx";
import { MapContext } from "./plan_places.ts";
import { PlanBanners } from "./plan_banners.tsx";
import { PlanPanel, type PanelTab } from "./plan_panel.tsx";
import { PlanBar } from "./plan_bar.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { ToolPalette } from "./tools/tool_palette.tsx";
import { usePlannerKeys } from "./planner_keys.ts";
import { useFullCheck, usePublished } from "./use_plan_facts.ts";

/** The editor: tools, map and panel below one bar. */
export function PlanFrame({ network }: { network: Network }) {
  const speak = useWords();
  const store = usePlannerStore();
  const state = usePlanner((planner) => planner);
  const [map, setMap] = useState<AtlasMap | null>(null);
  const [tab, setTab] = useState<PanelTab>("check");
  const takeMap = useCallback((made: AtlasMap | null) => setMap(made), []);
  const compare = useCallback(() => setTab((now) => (now === "compare" ? "check" : "compare")), []);
  useFullCheck();
  usePublished();
  usePlannerKeys({ map, onCompare: compare, onIssue: () => setTab("check") });
  return (
    <MapContext value={map}>
      <div className="frame planner-frame">
        <TopBar here={plannerWorkspace}>
          <PlanBar isComparing={tab === "compare"} onCompare={compare} />
        </TopBar>
        <SessionBar />
        <PlanBanners onCompare={() => setTab("compare")} />
        <div className="planner">
          <section aria-label={speak(toolWords.tools)}>
            <ToolPalette planner={state} actions={store.getState()} />
          </section>
          <main className="planner-map">
            <PlanMap planner={state} actions={store.getState()} network={network} onMap={takeMap} />
          </main>
          <PlanPanel tab={tab} onTab={setTab} />
        </div>
      </div>
    </MapContext>
  );
}
