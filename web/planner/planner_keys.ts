import { useEffect } from "react";
import { handWords } from "../../data/vocabulary/hand_words.ts";
import type { AtlasMap } from "../map/atlas_map.ts";
import { useKeys } from "../ui/keys.ts";
import { changeView, currentView } from "../ui/view_store.ts";
import { proposeMend } from "./mend_operation.ts";
import { issueZoom } from "./plan_places.ts";
import { usePlannerStore } from "./planner_store.ts";
import { useHand } from "./tools/hand_store.ts";

interface Parts {
  map: AtlasMap | null;
  onCompare: () => void;
  onIssue: () => void;
}

/** Keys of the whole editor; those of the tools are the palette's and the map's. */
export function usePlannerKeys({ map, onCompare, onIssue }: Parts): void {
  const store = usePlannerStore();
  const complain = (why: Parameters<NonNullable<ReturnType<typeof bench>>["complain"]>[0]) => bench()?.complain(why);
  const step = (by: 1 | -1) => {
    const { faults, warnings, pending, cancel } = store.getState();
    const issues = [...faults, ...warnings];
    if (issues.length === 0) {
      complain(handWords.no_issue);
      return;
    }
    const at = issues.findIndex(({ key }) => key === currentView().issue);
    const next = issues[(at + by + issues.length + (at < 0 && by < 0 ? 1 : 0)) % issues.length]!;
    if (pending) cancel();
    complain(null);
    onIssue();
    changeView({ issue: next.key }, "push");
    if (next.at) map?.flyTo(next.at, { zoom: issueZoom });
  };
  const mend = () => {
    const { faults, propose } = store.getState();
    const { issue } = currentView();
    const fault = faults.find(({ key }) => key === issue);
    if (!fault) complain(issue === null ? handWords.choose_issue : handWords.no_mend);
    else if (!proposeMend(fault, propose)) complain(store.getState().refusal ? null : handWords.no_mend);
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
      const { pending, confirm, undo, redo } = store.getState();
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      if (target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
      const act = actOf(event, pending !== null && !target.matches("button, a, [role=tab]"));
      if (!act) return;
      if (act === "cancel") {
        if (!stepBack(store)) return;
      } else ({ undo, redo, confirm })[act]();
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [store]);
}

function bench() {
  return useHand.getState().bench;
}

/** Esc, wherever the keyboard is. @returns whether there was something to take back */
function stepBack(store: ReturnType<typeof usePlannerStore>): boolean {
  const hand = bench();
  if (hand) return hand.cancel();
  const { pending, cancel } = store.getState();
  cancel();
  return pending !== null;
}

function actOf(event: KeyboardEvent, confirms: boolean): "undo" | "redo" | "confirm" | "cancel" | null {
  const { code, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (code === "KeyZ") return shiftKey ? "redo" : "undo";
    return code === "KeyY" ? "redo" : null;
  }
  if (code === "Escape") return "cancel";
  return confirms && (code === "Enter" || code === "NumpadEnter") ? "confirm" : null;
}
