import type { Position } from "../schema/geometry.ts";

/** Why a geometry encloses no clear surface, and where. */
export interface Invalidity {
  reason: "empty" | "collapsed" | "crosses_itself" | "touches_itself" | "nested" | "disconnected";
  at: Position | null;
}
