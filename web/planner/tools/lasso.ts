import type { Position } from "../../../data/schema/geometry.ts";
import type { MapGesture } from "../../map/gestures.ts";
import { noEcho, type ToolContext } from "./tool.ts";

/** px between positions of a lasso */
const step = 4;

/** A closed line drawn with Shift and the pointer down. */
export function createLasso(context: ToolContext, done: (ring: Position[]) => void) {
  let ring: Position[] | null = null;
  let last: [number, number] = [0, 0];
  return {
    /** @returns whether the gesture was the lasso's */
    gesture({ kind, at, point, shift }: MapGesture): boolean {
      if (kind === "down" && shift) {
        ring = [at];
        last = point;
        return true;
      }
      if (!ring) return false;
      if (kind === "move" && Math.hypot(point[0] - last[0], point[1] - last[1]) >= step) {
        ring.push(at);
        last = point;
        context.echo({ ...noEcho, lines: [{ path: [...ring, ring[0]!], look: "lasso" }] });
      }
      if (kind !== "up") return true;
      const drawn = ring;
      ring = null;
      context.echo(noEcho);
      // a click with Shift is none
      if (drawn.length > 3) done([...drawn, drawn[0]!]);
      return true;
    },
  };
}
