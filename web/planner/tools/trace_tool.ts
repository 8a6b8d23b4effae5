import type { Position } from "../../../data/schema/geometry.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { traceWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import { traceBorder } from "../../../data/roads/trace_border.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import type { Snap } from "./find_snap.ts";
import { positionsOf } from "./positions.ts";
import { type MapTool, noEcho, type ToolContext } from "./tool.ts";

/** Lays a border along roads between two of its vertices. */
export const traceTool: MapTool = {
  name: "trace",
  word: toolWords.trace,
  code: "KeyR",
  key: "R",
  cursor: "crosshair",
  available(planner) {
    if (planner.locked) return toolWords.locked;
    return lowestAreas(planner.draft).length > 0 ? true : toolWords.needs_one;
  },
  start: (context) => startTrace(context),
};

/** Other ways besides the best. */
const others = 3;

function startTrace(context: ToolContext): ReturnType<MapTool["start"]> {
  let ends: Position[] = [];
  let ways: Position[][] = [];
  let chosen = 0;
  const show = (snap: Snap | null = null) => {
    const arc = ends.length === 0 ? snap?.arc : null;
    context.echo({
      ...noEcho,
      lines: [
        ...(arc ? [{ path: positionsOf(arc.line), look: "chosen" as const }] : []),
        ...ways.map((path, i) => ({ path, look: i === chosen ? ("draft" as const) : ("former" as const) })),
      ],
      handles: ends.map((at) => ({ at, look: "end" as const })),
      snap: ways.length > 0 ? null : snap,
    });
  };
  const propose = () => context.actions.propose({ op: "reshape", path: ways[chosen]! });
  const trace = () => {
    if (context.ground.roads().edgeCount === 0) {
      context.complain(handWords.ground_unread);
      ends = ends.slice(0, 1);
      return;
    }
    const found = traceBorder(context.ground.roads(), ends[0]!, ends[1]!, { more: others });
    if (!found.ok) {
      context.complain(traceWords[found.reason]);
      ends = ends.slice(0, 1);
      return;
    }
    ways = found.traces.map(({ path }) => path);
    // The first that can be a border; where none can, the refusal of the last says why.
    for (chosen = 0; chosen < ways.length; chosen++) if (propose()) return;
    chosen = 0;
    ways = [];
    ends = ends.slice(0, 1);
  };
  return {
    hint() {
      if (ways.length > 1) return context.say(handWords.ways, { n: chosen + 1, of: ways.length });
      if (ways.length === 1) return handWords.one_way;
      return ends.length === 0 ? toolWords.trace_hint : toolWords.trace_hint_end;
    },
    gesture({ kind, point }) {
      const snap = kind === "move" || kind === "click" ? vertexNear(context, point) : null;
      if (kind === "double") return true;
      if (kind === "leave" || kind === "move") show(snap);
      if (kind !== "click" || ways.length > 0 || !snap) return false;
      context.complain(null);
      ends = [...ends, snap.at];
      if (ends.length === 2) trace();
      show();
      return false;
    },
    key(event) {
      const step = event.code === "ArrowDown" ? 1 : event.code === "ArrowUp" ? -1 : 0;
      if (!event.altKey || step === 0 || ways.length < 2) return false;
      // ways that cannot be a border are passed over
      for (let tries = 0; tries < ways.length; tries++) {
        chosen = (chosen + step + ways.length) % ways.length;
        if (propose()) break;
      }
      show();
      return true;
    },
    cancel() {
      if (ends.length === 0) return false;
      ends = ways.length > 0 ? [] : ends.slice(0, -1);
      ways = [];
      show();
      return true;
    },
    refresh() {
      if (ways.length > 0 && !context.planner().pending && !context.planner().refusal) {
        ways = [];
        ends = [];
      }
      show();
    },
  };
}

/** A border is laid from one of its vertices: where it is hit in between, the nearer vertex is meant. */
function vertexNear(context: ToolContext, point: [number, number]): Snap | null {
  const snap = context.snapAt(point, "borders");
  if (!snap?.arc || snap.kind === "node") return snap;
  const [a, b] = positionsOf(snap.arc.line.slice(2 * snap.stretch, 2 * snap.stretch + 4)) as [Position, Position];
  const far = (at: Position) => {
    const [x, y] = context.project(at);
    return Math.hypot(x - point[0], y - point[1]);
  };
  return { ...snap, kind: "node", at: far(a) <= far(b) ? a : b };
}
