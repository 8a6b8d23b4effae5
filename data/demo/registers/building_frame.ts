import type { PlanBuilding } from "../ground_plan.ts";
import type { GroundPlan } from "../ground_plan.ts";

/** A building in its own axes: `along` its longest wall (pointing east), `across` to the north. */
export interface BuildingFrame {
  /** Unit vector along; across is (−dy, dx). */
  dx: number;
  dy: number;
  /** Extent in the frame: least and most along and across, measured from the coordinate origin. */
  along: [number, number];
  across: [number, number];
}

export function frameBuilding(building: PlanBuilding): BuildingFrame {
  const { ring } = building;
  let [dx, dy, longest] = [1, 0, 0];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ex, ey] = [ring[i]! - ring[j]!, ring[i + 1]! - ring[j + 1]!];
    const size = Math.hypot(ex, ey);
    if (size > longest + 0.01) {
      longest = size;
      [dx, dy] = ex < 0 || (ex === 0 && ey < 0) ? [-ex / size, -ey / size] : [ex / size, ey / size];
    }
  }
  const frame: BuildingFrame = { dx, dy, along: [Infinity, -Infinity], across: [Infinity, -Infinity] };
  for (let i = 0; i < ring.length; i += 2) {
    const along = ring[i]! * dx + ring[i + 1]! * dy;
    const across = ring[i + 1]! * dx - ring[i]! * dy;
    frame.along = [Math.min(frame.along[0], along), Math.max(frame.along[1], along)];
    frame.across = [Math.min(frame.across[0], across), Math.max(frame.across[1], across)];
  }
  return frame;
}

/**
 * A point inside a building: the middle of the widest part of its cross-section at `share` (0 west … 1 east) of its
 * length.
 */
export function pointInside(building: PlanBuilding, frame: BuildingFrame, share: number): [number, number] {
  const along = frame.along[0] + (frame.along[1] - frame.along[0]) * Math.max(0.03, Math.min(0.97, share));
  const cuts = crossSection(building, frame, along);
  let [best, middle] = [-1, (frame.across[0] + frame.across[1]) / 2];
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const width = cuts[i + 1]! - cuts[i]!;
    if (width > best) {
      best = width;
      middle = (cuts[i]! + cuts[i + 1]!) / 2;
    }
  }
  return fromFrame(frame, along, middle);
}

/** The point of the northern wall at `share` of the length, on the outline. */
export function pointOnNorthWall(building: PlanBuilding, frame: BuildingFrame, share: number): [number, number] {
  const along = frame.along[0] + (frame.along[1] - frame.along[0]) * share;
  const cuts = crossSection(building, frame, along);
  return fromFrame(frame, along, cuts.at(-1) ?? frame.across[1]);
}

export function fromFrame(frame: BuildingFrame, along: number, across: number): [number, number] {
  return [along * frame.dx - across * frame.dy, along * frame.dy + across * frame.dx];
}

/** Where a line across the building crosses its outline, from south to north. */
function crossSection(building: PlanBuilding, frame: BuildingFrame, along: number): number[] {
  const { ring } = building;
  const cuts: number[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const a = ring[j]! * frame.dx + ring[j + 1]! * frame.dy;
    const b = ring[i]! * frame.dx + ring[i + 1]! * frame.dy;
    if (a > along === b > along) continue;
    const share = (along - a) / (b - a);
    const [x, y] = [ring[j]! + (ring[i]! - ring[j]!) * share, ring[j + 1]! + (ring[i + 1]! - ring[j + 1]!) * share];
    cuts.push(y * frame.dx - x * frame.dy);
  }
  return cuts.sort((a, b) => a - b);
}

export function frameBuildings(plan: GroundPlan): BuildingFrame[] {
  return plan.buildings.map(frameBuilding);
}
