import type { DraftArea } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import type { Planner } from "../planner_types.ts";
import type { Snap } from "./find_snap.ts";
import { nextNames } from "./next_names.ts";
import { movedBy } from "./positions.ts";
import { type MapTool, noEcho, type ToolContext } from "./tool.ts";

/** Cuts an area by a line from border to border. */
export const splitTool: MapTool = {
  name: "split",
  word: toolWords.split,
  code: "KeyX",
  key: "X",
  cursor: "crosshair",
  available(planner) {
    if (planner.locked) return toolWords.locked;
    return lowestAreas(planner.draft).length > 0 ? true : toolWords.needs_one;
  },
  start: (context) => startSplit(context),
};

/** Metres that the line reaches over a border between two vertices: a position on it is only nearly on it. */
const overshoot = 0.05;

function startSplit(context: ToolContext): ReturnType<MapTool["start"]> {
  let line: Position[] = [];
  let done = false;
  const area = (): DraftArea | null => {
    const { selection, draft } = context.planner();
    const chosen = selection.length === 1 ? draft.area(selection[0]!) : undefined;
    return chosen && lowestAreas(draft).includes(chosen) ? chosen : null;
  };
  const show = (next: Position | null, snap: Snap | null) =>
    context.echo({
      ...noEcho,
      lines: [{ path: next && !done ? [...line, next] : line, look: "draft" }],
      handles: line.map((at, i) => ({ at, look: i === 0 || (done && i === line.length - 1) ? "end" : "vertex" })),
      snap,
    });
  const finish = (id: string) => {
    done = true;
    const proposed = proposeSplit(context, id, reachOver(line));
    if (proposed) return;
    done = false;
    line = line.slice(0, -1);
  };
  return {
    hint() {
      if (!area()) return toolWords.split_hint_area;
      return line.length === 0 ? toolWords.split_hint_start : toolWords.split_hint_end;
    },
    gesture({ kind, at, point }) {
      const cut = area();
      if (kind === "double") return true;
      if (kind === "leave") show(null, null);
      if (kind === "move" && cut) {
        const snap = context.snapAt(point);
        show(line.length > 0 ? (snap?.at ?? at) : null, done ? null : snap);
      }
      if (kind !== "click" || done) return false;
      context.complain(null);
      if (!cut) {
        const id = context.areaAt(at)?.id;
        if (id !== undefined) context.actions.choose([id]);
        return false;
      }
      const border = context.snapAt(point, "borders", cut.id);
      if (line.length === 0 && !border) context.complain(refusalWords.misses);
      else if (line.length === 0 || border) {
        line = [...line, border!.at];
        if (line.length > 1) finish(cut.id);
      } else line = [...line, context.snapAt(point)?.at ?? movedBy(at, 0, 0)];
      show(null, null);
      return false;
    },
    key: () => false,
    cancel() {
      if (line.length === 0) return false;
      line = done ? [] : line.slice(0, -1);
      done = false;
      show(null, null);
      return true;
    },
    refresh() {
      // What waited was done, or given up.
      if (done && !context.planner().pending) {
        done = false;
        line = [];
      }
      show(null, null);
    },
  };
}

/** The larger half keeps the code. */
function proposeSplit(context: ToolContext, id: string, line: Position[]): boolean {
  const planner = context.planner();
  const first = splitBy(planner, id, line, "left");
  const pending = context.actions.propose(first);
  if (!pending) return false;
  const households = (isNew: boolean) =>
    pending.figures.find(({ before, after }) => after !== null && (before === null) === isNew)?.after?.households ?? 0;
  if (households(true) <= households(false)) return true;
  return context.actions.propose(splitBy(planner, id, line, "right")) !== null;
}

function splitBy(planner: Planner, id: string, line: Position[], new_side: "left" | "right"): PlanOperation {
  return {
    op: "split",
    area: id,
    by: { kind: "line", line, new_side },
    ...nextNames(planner.draft, id),
    code: null,
  };
}

function reachOver(line: readonly Position[]): Position[] {
  const longer = (end: Position, before: Position): Position => {
    const [east, north] = [end[0] - before[0], end[1] - before[1]];
    // about metres: only the direction counts
    const long = Math.hypot(east, north) * 111_000 || 1;
    return movedBy([end[0] + (east / long) * overshoot, end[1] + (north / long) * overshoot], 0, 0);
  };
  return [longer(line[0]!, line[1]!), ...line.slice(1, -1), longer(line.at(-1)!, line.at(-2)!)];
}
