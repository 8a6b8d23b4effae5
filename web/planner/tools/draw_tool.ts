import type { Position } from "../../../data/schema/geometry.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import { type Snap, snapReach } from "./find_snap.ts";
import { nextNames } from "./next_names.ts";
import { movedBy } from "./positions.ts";
import { type MapTool, noEcho, type ToolContext } from "./tool.ts";

/** Draws a special grid (专属网格) out of those that lie there. */
export const drawTool: MapTool = {
  name: "draw",
  word: toolWords.draw,
  code: "KeyD",
  key: "D",
  cursor: "crosshair",
  available(planner) {
    if (planner.locked) return toolWords.locked;
    return lowestAreas(planner.draft).length > 0 ? true : toolWords.needs_one;
  },
  start: (context) => startDrawing(context),
};

function startDrawing(context: ToolContext): ReturnType<MapTool["start"]> {
  let ring: Position[] = [];
  let done = false;
  const show = (next: Position | null, snap: Snap | null) =>
    context.echo({
      ...noEcho,
      lines: [{ path: done ? [...ring, ring[0]!] : next ? [...ring, next] : ring, look: "draft" }],
      handles: ring.map((at, i) => ({ at, look: i === 0 ? "end" : "vertex" })),
      snap: done ? null : snap,
    });
  const isStart = (point: [number, number]) => {
    if (ring.length < 3) return false;
    const [x, y] = context.project(ring[0]!);
    return Math.hypot(x - point[0], y - point[1]) <= snapReach;
  };
  const finish = () => {
    const below = context.areaAt(ring[0]!);
    if (!below?.parent_id) {
      context.complain(refusalWords.outside);
      return;
    }
    const { name, short_name } = nextNames(context.planner().draft, below.id);
    const place = [[[...ring, ring[0]!]]];
    done =
      context.actions.propose({
        op: "create_special",
        place,
        parent: below.parent_id,
        name,
        short_name,
        code: null,
      }) !== null;
  };
  return {
    hint: () => toolWords.draw_hint,
    gesture({ kind, at, point }) {
      if (kind === "double") return true;
      const snap = kind === "move" || kind === "click" ? context.snapAt(point) : null;
      if (kind === "leave") show(null, null);
      if (kind === "move") show(snap?.at ?? at, snap);
      if (kind !== "click" || done) return false;
      context.complain(null);
      if (isStart(point)) finish();
      else ring = [...ring, snap?.at ?? movedBy(at, 0, 0)];
      show(null, null);
      return false;
    },
    key: () => false,
    cancel() {
      if (ring.length === 0) return false;
      if (!done) ring = ring.slice(0, -1);
      done = false;
      show(null, null);
      return true;
    },
    refresh() {
      if (done && !context.planner().pending) {
        done = false;
        ring = [];
      }
      show(null, null);
    },
  };
}
