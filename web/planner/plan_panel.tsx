import type { ReactNode } from "react";
import { formatCount } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { useWords } from "../ui/use_words.ts";
import { type PlanPanelName, planPanels } from "../ui/view_address.ts";
import { CheckTab } from "./check_tab.tsx";
import { CompareTab } from "./compare_tab.tsx";
import { GridsTab, useLowest } from "./grids_tab.tsx";
import { LogTab } from "./log_tab.tsx";
import { PendingFoot } from "./pending_foot.tsx";
import { usePlanner } from "./planner_store.ts";
import { RulesTab } from "./rules_tab.tsx";

type PanelTab = PlanPanelName;

const names = {
  check: plannerWords.tab_check,
  grids: plannerWords.tab_grids,
  log: plannerWords.tab_log,
  rules: plannerWords.tab_rules,
  compare: plannerWords.tab_compare,
} as const;

/** The panel right of the map. */
export function PlanPanel({ tab, onTab }: { tab: PanelTab; onTab: (tab: PanelTab) => void }) {
  const speak = useWords();
  const issues = usePlanner(({ faults, warnings }) => faults.length + warnings.length);
  const isWrong = usePlanner(({ faults }) => faults.length > 0);
  const grids = useLowest().length;
  const steps = usePlanner(({ plan }) => plan.can_undo);
  const counts: Record<PanelTab, number | null> = { check: issues, grids, log: steps, rules: null, compare: null };
  const bodies: Record<PanelTab, ReactNode> = {
    check: <CheckTab />,
    grids: <GridsTab />,
    log: <LogTab />,
    rules: <RulesTab />,
    compare: <CompareTab />,
  };
  const walk = (by: number) => {
    const next = planPanels[(planPanels.indexOf(tab) + by + planPanels.length) % planPanels.length]!;
    onTab(next);
    document.getElementById(`plan-tab-${next}`)?.focus();
  };
  return (
    <aside className="plan-panel" aria-label={speak(plannerWords.panel)}>
      <h2 className="spoken">{speak(names[tab])}</h2>
      <div className="plan-tabs" role="tablist" aria-label={speak(plannerWords.panel)}>
        {planPanels.map((each) => (
          <button
            key={each}
            id={`plan-tab-${each}`}
            type="button"
            role="tab"
            className="plan-tab"
            aria-selected={each === tab}
            aria-controls="plan-panel-body"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => onTab(each)}
            onKeyDown={({ key }) => {
              if (key === "ArrowRight" || key === "ArrowLeft") walk(key === "ArrowRight" ? 1 : -1);
            }}
          >
            {speak(names[each])}
            {counts[each] ? (
              <span className={each === "check" && isWrong ? "plan-count plan-count-wrong" : "plan-count"}>
                {formatCount(counts[each])}
              </span>
            ) : null}
          </button>
        ))}
      </div>
      <div id="plan-panel-body" role="tabpanel" aria-labelledby={`plan-tab-${tab}`} className="plan-panel-body">
        <ErrorBoundary key={tab}>{bodies[tab]}</ErrorBoundary>
      </div>
      <PendingFoot />
    </aside>
  );
}
