import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import { useKeys } from "../../ui/keys.ts";
import { useWords } from "../../ui/use_words.ts";
import type { Planner, PlannerActions, Tool } from "../planner_types.ts";
import { useHand } from "./hand_store.ts";
import { mapTools } from "./tool_list.ts";
import "./tool_palette.css";

interface Props {
  planner: Planner;
  actions: PlannerActions;
}

/** The tools, left of the map. One that cannot act keeps its place in the order of keys, and says why. */
export function ToolPalette({ planner, actions }: Props) {
  const speak = useWords();
  const take = (name: Tool) => {
    const reason = mapTools.find((each) => each.name === name)!.available(planner);
    const { bench } = useHand.getState();
    if (reason !== true) {
      bench?.complain(speak(toolWords.not_available, { why: speak(reason) }));
      return;
    }
    actions.setTool(name);
    // what the tool does is done on the map: the next key belongs there
    bench?.focus();
  };
  useKeys(mapTools.map(({ code, name }) => ({ code, run: () => take(name) })));
  return (
    <div className="tool-palette" role="toolbar" aria-orientation="vertical" aria-label={speak(toolWords.tools)}>
      {mapTools.map(({ name, word, key, available }) => {
        const reason = available(planner);
        const why = reason === true ? null : speak(toolWords.not_available, { why: speak(reason) });
        return (
          <button
            key={name}
            type="button"
            className="tool-button"
            data-tool={name}
            data-tip={why === null ? `${speak(word)} ${key}` : `${speak(word)} ${key} · ${why}`}
            aria-pressed={planner.tool === name}
            aria-disabled={why !== null}
            aria-keyshortcuts={key}
            aria-label={why === null ? undefined : `${speak(word)} · ${why}`}
            onClick={() => take(name)}
          >
            <svg className="icon" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
              <path d={drawings[name]} />
            </svg>
            {speak(word)}
          </button>
        );
      })}
    </div>
  );
}

const drawings: Readonly<Record<Tool, string>> = {
  select: "M5 3l10 6.500-4.500 1L8 15Z",
  border: "M3 15l4-7 5 3 5-7M3 15h.01M7 8h.01M12 11h.01M17 4h.01",
  split: "M4 4h12v12H4ZM10 2v16",
  merge: "M3 5h14v10H3ZM7 10h6M10 7.500v5",
  give: "M3 7h12l-3-3M17 13H5l3 3",
  trace: "M5 17c0-5 10-5 10-10M5 17h.01M15 4.500a2 2 0 1 1 0 .01",
  draw: "M4 16l1-4 8-8 3 3-8 8Z",
  measure: "M3 13L13 3l4 4L7 17ZM6 10l2 2M9 7l1.500 1.500M12 4l2 2",
};
