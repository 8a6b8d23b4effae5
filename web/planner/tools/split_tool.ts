import type { DraftArea } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { MapGesture } from "../../map/gestures.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import type { PendingOperation, Planner } from "../planner_types.ts";
import { type Snap, snapReach } from "./find_snap.ts";
import { nextNames } from "./next_names.ts";
import { movedBy } from "./positions.ts";
import { type MapTool, noEcho, type ToolContext, type ToolSession } from "./tool.ts";

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
  start: (context) => new SplitSession(context),
};

/** Metres that the line reaches over a border between two vertices: a position on it is only nearly on it. */
const overshoot = 0.05;

class SplitSession implements ToolSession {
  readonly #context: ToolContext;
  #line: Position[] = [];
  /** The line is whole: it waits for Enter. */
  #done = false;
  /** Vertex of the whole line in the hand. */
  #dragged = -1;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  hint() {
    if (!this.#area()) return toolWords.split_hint_area;
    if (this.#done) return handWords.split_bends;
    return this.#line.length === 0 ? toolWords.split_hint_start : toolWords.split_hint_end;
  }

  gesture(gesture: MapGesture): boolean {
    switch (gesture.kind) {
      case "double":
        return true;
      case "leave":
        this.#show(null, null);
        return false;
      case "down":
        return this.#grab(gesture);
      case "move":
        this.#move(gesture);
        return false;
      case "up":
        this.#letGo();
        return true;
      case "click":
        this.#click(gesture);
        return false;
    }
  }

  key(event: KeyboardEvent): boolean {
    if (this.#done || this.#line.length === 0 || event.code !== "Backspace") return false;
    return this.cancel();
  }

  cancel(): boolean {
    if (this.#line.length === 0) return false;
    this.#line = this.#done ? [] : this.#line.slice(0, -1);
    this.#done = false;
    this.#show(null, null);
    return true;
  }

  refresh(): void {
    // What waited was done, or given up.
    if (this.#done && this.#dragged < 0 && !this.#context.planner().pending) {
      this.#done = false;
      this.#line = [];
    }
    this.#show(null, null);
  }

  #area(): DraftArea | null {
    const { selection, draft } = this.#context.planner();
    const chosen = selection.length === 1 ? draft.area(selection[0]!) : undefined;
    return chosen && lowestAreas(draft).includes(chosen) ? chosen : null;
  }

  #grab({ point }: MapGesture): boolean {
    if (!this.#done) return false;
    this.#dragged = this.#vertexAt(point);
    if (this.#dragged >= 0) this.#context.hold(true);
    return this.#dragged >= 0;
  }

  #move({ point, at }: MapGesture): void {
    const cut = this.#area();
    if (!cut) return;
    if (this.#dragged >= 0) {
      const isEnd = this.#dragged === 0 || this.#dragged === this.#line.length - 1;
      const snap = isEnd ? this.#context.snapAt(point, "borders", cut.id) : this.#context.snapAt(point);
      if (isEnd && !snap) return;
      const before = this.#line;
      this.#line = before.map((each, i) => (i === this.#dragged ? (snap?.at ?? movedBy(at, 0, 0)) : each));
      if (!this.#propose(cut.id)) this.#line = before;
      this.#show(null, snap);
      return;
    }
    const snap = this.#line.length === 0 ? this.#context.snapAt(point, "borders", cut.id) : this.#context.snapAt(point);
    this.#show(this.#line.length > 0 ? (snap?.at ?? at) : null, this.#done ? null : snap);
  }

  #letGo(): void {
    if (this.#dragged < 0) return;
    this.#dragged = -1;
    this.#context.hold(false);
    const cut = this.#area();
    // what was refused last is not what stands
    if (cut && !this.#context.planner().pending) this.#propose(cut.id);
    this.#context.complain(null);
    this.#show(null, null);
  }

  #click({ point, at }: MapGesture): void {
    if (this.#done) return;
    const context = this.#context;
    context.complain(null);
    const cut = this.#area();
    if (!cut) {
      const id = context.areaAt(at)?.id;
      if (id !== undefined) context.actions.choose([id]);
      return;
    }
    const border = context.snapAt(point, "borders", cut.id);
    if (this.#line.length === 0 && !border) context.complain(refusalWords.misses);
    else if (this.#line.length === 0 || border) {
      this.#line = [...this.#line, border!.at];
      if (this.#line.length > 1) this.#finish(cut.id);
    } else this.#line = [...this.#line, context.snapAt(point)?.at ?? movedBy(at, 0, 0)];
    this.#show(null, null);
  }

  #finish(id: string): void {
    this.#done = this.#propose(id);
    // the bends stay: only the end has to be set anew
    if (!this.#done) this.#line = this.#line.slice(0, -1);
  }

  /** As the reader had chosen who keeps the code; at first it is the larger half. */
  #propose(id: string): boolean {
    const context = this.#context;
    const keepsFewer = isSplit(context.planner().pending) && !keepsLarger(context.planner().pending!);
    const propose = (side: "left" | "right") =>
      context.actions.propose(splitBy(context.planner(), id, reachOver(this.#line), side));
    const first = propose("left");
    if (!first) return false;
    return keepsLarger(first) === !keepsFewer || propose("right") !== null;
  }

  #vertexAt(point: [number, number]): number {
    let [best, least] = [-1, snapReach];
    this.#line.forEach((at, index) => {
      const [x, y] = this.#context.project(at);
      const far = Math.hypot(x - point[0], y - point[1]);
      if (far < least) [best, least] = [index, far];
    });
    return best;
  }

  #show(next: Position | null, snap: Snap | null): void {
    const { planner, wordPending } = this.#context;
    const line = this.#line;
    const isHeld = this.#dragged >= 0 && planner().pending !== null;
    this.#context.echo({
      ...noEcho,
      lines: [{ path: next && !this.#done ? [...line, next] : line, look: "draft" }],
      handles: line.map((at, i) => ({
        at,
        look: i === this.#dragged ? "grabbed" : i === 0 || (this.#done && i === line.length - 1) ? "end" : "vertex",
      })),
      snap,
      note: isHeld ? { at: line[this.#dragged]!, lines: wordPending() } : null,
    });
  }
}

function isSplit(pending: PendingOperation | null): boolean {
  return pending?.operation.op === "split" && pending.operation.by.kind === "line";
}

/** Whether the half with more households keeps the code. */
export function keepsLarger({ figures }: Pick<PendingOperation, "figures">): boolean {
  const households = (isNew: boolean) =>
    figures.find(({ before, after }) => after !== null && (before === null) === isNew)?.after?.households ?? 0;
  return households(true) <= households(false);
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
