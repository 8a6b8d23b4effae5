import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import { toggled } from "./select_tool.ts";
import type { MapTool } from "./tool.ts";

/** Neighbours become one; the one with most households keeps its code. */
export const mergeTool: MapTool = {
  name: "merge",
  word: toolWords.merge,
  code: "KeyM",
  key: "M",
  cursor: "pointer",
  available(planner) {
    if (planner.locked) return toolWords.locked;
    return lowestAreas(planner.draft).length > 1 ? true : toolWords.needs_two;
  },
  start(context) {
    const propose = () => {
      const { selection, figures } = context.planner();
      if (selection.length < 2) return;
      const size = (id: string) => figures.get(id)?.households ?? 0;
      const [keep, ...areas] = [...selection].sort((a, b) => size(b) - size(a));
      context.actions.propose({ op: "merge", keep: keep!, areas });
    };
    propose();
    return {
      hint: () => toolWords.merge_hint,
      gesture({ kind, at }) {
        if (kind !== "click") return false;
        const id = context.areaAt(at)?.id;
        if (id === undefined) return false;
        context.complain(null);
        context.actions.cancel();
        context.actions.choose(toggled(context.planner().selection, id, true));
        propose();
        return false;
      },
      key: () => false,
      cancel() {
        const { selection } = context.planner();
        if (selection.length === 0) return false;
        context.actions.choose(selection.slice(0, -1));
        return true;
      },
      refresh: () => {},
    };
  },
};
