import { useContext } from "react";
import type { PlanLogEntry } from "../../data/schema/plan.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { logWords } from "../../data/vocabulary/log_words.ts";
import { operationNames, plannerWords } from "../../data/vocabulary/planner_words.ts";
import type { EchoFeature } from "../map/draft_source.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { geometryOf } from "./map/draft_features.ts";
import { MapContext, useFly } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import type { LogTurn } from "./log_steps.ts";
import { walkRows } from "./walk_rows.ts";

interface Props {
  entry: PlanLogEntry;
  /** The way to before this step, or back to after it; null: none now. */
  turn: LogTurn;
  onTurn: () => void;
}

const mostNames = 3;

/** One step: what, where, who and when; pointed at, what it changed is outlined on the map. */
export function LogLine({ entry, turn, onTurn }: Props) {
  const speak = useWords();
  const name = useRomanise();
  const store = usePlannerStore();
  const map = useContext(MapContext);
  const draft = usePlanner((state) => state.draft);
  const version = usePlanner((state) => state.version);
  const { toArea } = useFly();
  void version; // the draft is one object that changes
  const areas = entry.changed.flatMap((id) => draft.area(id) ?? []);
  // the smallest say where; those above only followed
  const level = Math.max(0, ...areas.map((area) => area.level));
  const lowest = areas.filter((area) => area.level === level);
  const outlines = lowest.map(
    ({ id, polygons }): EchoFeature => ({
      geometry: geometryOf(polygons),
      properties: { mark: "ghost", look: id.startsWith("new-") ? "new" : "kept" },
    }),
  );
  const show = () => map?.draft.setOutlined(outlines);
  const hide = () => map?.draft.setOutlined([]);
  const said = lowest
    .slice(0, mostNames)
    .map(({ short_name }) => name(short_name))
    .join(speak(["、", ", "]));
  const isBegin = entry.operation.op === "begin" || entry.operation.op === "rebase";
  const moment = (at: string) => formatMoment(at).slice(5, 16);
  return (
    <li data-state={entry.state} onPointerEnter={show} onPointerLeave={hide}>
      <button
        type="button"
        className="plan-log-line"
        data-row
        aria-disabled={lowest.length === 0}
        onFocus={show}
        onBlur={hide}
        onKeyDown={walkRows}
        onClick={() => {
          if (lowest.length === 0) return;
          store.getState().choose(lowest.map(({ id }) => id));
          toArea(lowest[0]);
        }}
      >
        <b>{speak(operationNames[entry.operation.op as keyof typeof operationNames])}</b>
        <span className="note">{said || (isBegin ? "" : speak(logWords.gone))}</span>
        {entry.state !== "done" && (
          <span className="plan-tag">
            {speak(entry.state === "undone" ? plannerWords.log_undone : plannerWords.log_dropped)}
          </span>
        )}
        <span className="note plan-log-by">
          {speak(plannerWords.log_line, { by: name(entry.by.display_name, "person"), time: moment(entry.at) })}
          {entry.state === "undone" &&
            ` · ${speak(logWords.turned_by, {
              by: name(entry.state_since.by.display_name, "person"),
              time: moment(entry.state_since.at),
            })}`}
        </span>
      </button>
      {turn && (
        <button type="button" className="link plan-log-back" onClick={onTurn}>
          {speak(turn.which === "undo" ? logWords.undo_to : logWords.redo_to, { count: turn.count })}
        </button>
      )}
    </li>
  );
}
