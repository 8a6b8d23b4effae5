import { useEffect } from "react";
import type { AtlasMap } from "../map/atlas_map.ts";
import { useKeys } from "../ui/keys.ts";
import { changeView, currentView } from "../ui/view_store.ts";
import { firstMend } from "./mend_operation.ts";
import { issueZoom } from "./plan_places.ts";
import { usePlannerStore } from "./planner_store.ts";

interface Parts {
  map: AtlasMap | null;
  onCompare: () => void;
  onIssue: () => void;
}

/** Keys of the whole editor; those of the tools are the palette's and the map's. */
export function usePlannerKeys({ map, onCompare, onIssue }: Parts): void {
  const store = usePlannerStore();
  const step = (by: 1 | -1) => {
    const { faults, warnings } = store.getState();
    const issues = [...faults, ...warnings];
    if (issues.length === 0) return;
    const at = issues.findIndex(({ key }) => key === currentView().issue);
    const next = issues[(at + by + issues.length + (at < 0 && by < 0 ? 1 : 0)) % issues.length]!;
    onIssue();
    changeView({ issue: next.key }, "push");
    if (next.at) map?.flyTo(next.at, { zoom: issueZoom });
  };
  const mend = () => {
    const { faults, propose } = store.getState();
    const fault = faults.find(({ key }) => key === currentView().issue);
    const operation = fault && firstMend(fault);
    if (operation) propose(operation);
  };
  useKeys([
    { code: "BracketRight", run: () => step(1) },
    { code: "BracketLeft", run: () => step(-1) },
    { code: "KeyF", run: mend },
    { code: "KeyC", run: onCompare },
  ]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const { pending, confirm, cancel, undo, redo } = store.getState();
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      if (target.matches("input, textarea, select")) return;
      const act = actOf(event, pending !== null && !target.matches("button, a, [role=tab]"));
      if (!act) return;
      event.preventDefault();
      ({ undo, redo, confirm, cancel })[act]();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [store]);
}

function actOf(event: KeyboardEvent, waits: boolean): "undo" | "redo" | "confirm" | "cancel" | null {
  const { code, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (code === "KeyZ") return shiftKey ? "redo" : "undo";
    return code === "KeyY" ? "redo" : null;
  }
  if (!waits) return null;
  return code === "Enter" || code === "NumpadEnter" ? "confirm" : code === "Escape" ? "cancel" : null;
}
