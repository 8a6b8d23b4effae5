import { areaOf } from "../../../data/measure/area.ts";
import { lengthOf } from "../../../data/measure/distance.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { formatCount, formatDecimal } from "../../../data/vocabulary/format.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import type { Snap } from "./find_snap.ts";
import { isSame, movedBy } from "./positions.ts";
import { type MapTool, noEcho, type ToolContext, type ToolSession } from "./tool.ts";

/** Measures along a line, and the surface that it encloses. Changes nothing, so it may be used by whoever only reads. */
export const measureTool: MapTool = {
  name: "measure",
  word: handWords.measure,
  code: "KeyG",
  key: "G",
  cursor: "crosshair",
  available: () => true,
  start: (context) => startMeasuring(context),
};

function startMeasuring(context: ToolContext): ToolSession {
  let line: Position[] = [];
  let done = false;
  const show = (next: Position | null, snap: Snap | null) => {
    const path = next && !done ? [...line, next] : line;
    const ring: Position[] = path.length > 2 ? [path.at(-1)!, path[0]!] : [];
    context.echo({
      ...noEcho,
      lines: [
        { path: ring, look: "lasso" },
        { path, look: "chosen" },
      ],
      handles: line.map((at, i) => ({ at, look: i === 0 ? "end" : "vertex" })),
      snap: done ? null : snap,
      note: path.length > 1 ? { at: path.at(-1)!, lines: wordMeasure(path, context) } : null,
    });
  };
  const finish = () => {
    done = line.length > 1;
    show(null, null);
  };
  return {
    hint: () => (done ? handWords.measure_done : handWords.measure_hint),
    gesture({ kind, at, point }) {
      if (kind === "double") {
        finish();
        return true;
      }
      const snap = kind === "move" || kind === "click" ? context.snapAt(point) : null;
      if (kind === "leave") show(null, null);
      if (kind === "move") show(snap?.at ?? at, snap);
      if (kind !== "click") return false;
      const place = snap?.at ?? movedBy(at, 0, 0);
      if (done) [line, done] = [[], false];
      // the second click of a double one sets nothing new
      if (line.length === 0 || !isSame(line.at(-1)!, place)) line = [...line, place];
      show(null, null);
      return false;
    },
    key({ code }) {
      if (code === "Backspace" && line.length > 0 && !done) line = line.slice(0, -1);
      else if ((code === "Enter" || code === "NumpadEnter") && line.length > 1 && !done && isCursorOn(context, line)) {
        finish();
      } else return false;
      show(null, null);
      return true;
    },
    cancel() {
      if (line.length === 0) return false;
      line = done ? [] : line.slice(0, -1);
      done = false;
      show(null, null);
      return true;
    },
    refresh: () => show(null, null),
  };
}

/** By the keyboard Enter sets points: the one that was just set is the end. */
function isCursorOn(context: ToolContext, line: readonly Position[]): boolean {
  const cursor = context.cursor();
  if (!cursor) return true;
  const [a, b] = [context.project(cursor), context.project(line.at(-1)!)];
  return Math.hypot(a[0] - b[0], a[1] - b[1]) < 2;
}

/** 「距离 312 米」 and, from three points on, 「围成 1.20 公顷」. */
export function wordMeasure(path: readonly Position[], { say }: Pick<ToolContext, "say">): string[] {
  const metres = lengthOf(path.flat());
  const lines = [
    metres < 10_000
      ? say(handWords.distance, { n: metres < 100 ? formatDecimal(metres, 1) : formatCount(Math.round(metres)) })
      : say(handWords.distance_km, { n: formatDecimal(metres / 1000, 2) }),
  ];
  if (path.length < 3) return lines;
  const surface = Math.abs(areaOf([[[...path, path[0]!].flat()]]));
  lines.push(
    surface < 10_000
      ? say(handWords.surface, { n: formatCount(Math.round(surface)) })
      : say(handWords.surface_ha, { n: formatDecimal(surface / 10_000, 2) }),
  );
  return lines;
}
