import type { Position } from "../../../data/schema/geometry.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import { isInside } from "../map/city_ground.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
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
    return true;
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
    const operation = operationFor(context, ring);
    if (!operation) context.complain(refusalWords.outside);
    else done = context.actions.propose(operation) !== null;
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

/**
 * Where grids lie, a special one is cut out of them; on ground that none has yet, the first ones are drawn.
 * Null where nothing may be drawn.
 */
function operationFor(context: ToolContext, ring: readonly Position[]): PlanOperation | null {
  const { draft, plan } = context.planner();
  const place = [[[...ring, ring[0]!]]];
  const below = context.areaAt(ring[0]!);
  const own = plan.area === null ? undefined : draft.area(plan.area.id);
  if (below && below.id !== own?.id) {
    if (!below.parent_id) return null;
    const names = nextNames(draft, below.id);
    return { op: "create_special", place, parent: below.parent_id, ...names, code: null };
  }
  const [lon, lat] = ring[0]!;
  const gap = draft.uncovered().find(({ polygons }) => isInside(polygons, lon, lat));
  const parent = gap ? gap.parent_id : (own?.id ?? null);
  const others = lowestAreas(draft).filter(({ id }) => id !== own?.id);
  const sibling = others.find(({ parent_id }) => parent_id === parent) ?? others[0];
  const level = sibling?.level ?? (own ? own.level + 1 : 1);
  const names = sibling ? nextNames(draft, sibling.id) : firstNames(own?.short_name ?? plan.network_name);
  return { op: "add_area", place, level, parent, kind: "basic", ...names, code: null };
}

function firstNames(above: string): { name: string; short_name: string } {
  const short_name = `${above.replace(/社区$/, "")}01`.slice(-60);
  return { name: `${above}01`.slice(-60), short_name };
}
