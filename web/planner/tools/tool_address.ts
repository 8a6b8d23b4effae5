import { useEffect } from "react";
import { changeView, currentView, useArrivals } from "../../ui/view_store.ts";
import { type PlannerStore, usePlannerStore } from "../planner_store.ts";
import { tools } from "../planner_types.ts";
import { toolOf } from "./tool_list.ts";

/** The tool in the hand and the address say the same: a link opens the plan with its tool. */
export function useToolAddress(): void {
  const store = usePlannerStore();
  const arrivals = useArrivals();
  useEffect(() => {
    void arrivals;
    takeFromAddress(store);
    return store.subscribe(({ tool }, before) => {
      if (tool !== before.tool) changeView({ tool: tool === "select" ? null : tool });
    });
  }, [store, arrivals]);
}

function takeFromAddress(store: PlannerStore): void {
  const said = currentView().tool ?? "select";
  const tool = tools.find((each) => each === said) ?? "select";
  const state = store.getState();
  if (state.tool === tool) return;
  // a tool that cannot act here is not taken; the address follows the hand
  if (toolOf(tool).available(state) === true) state.setTool(tool);
  else changeView({ tool: null });
}
