/** Plane geometry of the registers, in local metres; rings are x,y,x,y,… counter-clockwise, not closed. */

/** A line as two lists of coordinates. */
export interface PlaneLine {
  x: number[];
  y: number[];
}

export function lineLength(line: PlaneLine): number {
  let sum = 0;
  for (let i = 1; i < line.x.length; i++) sum += stretch(line, i);
  return sum;
}

/** Where a line is after `distance` metres, with its direction there (unit vector). */
export function pointAlong(line: PlaneLine, distance: number): { x: number; y: number; dx: number; dy: number } {
  let rest = distance;
  const last = line.x.length - 1;
  for (let i = 1; i <= last; i++) {
    const size = stretch(line, i);
    if (rest <= size || i === last) {
      const share = size === 0 ? 0 : Math.max(0, Math.min(1, rest / size));
      const dx = size === 0 ? 1 : (line.x[i]! - line.x[i - 1]!) / size;
      const dy = size === 0 ? 0 : (line.y[i]! - line.y[i - 1]!) / size;
      return { x: line.x[i - 1]! + dx * size * share, y: line.y[i - 1]! + dy * size * share, dx, dy };
    }
    rest -= size;
  }
  throw new Error("a line has two points at least");
}

/** The part of a line between two distances from its beginning; `from` < `to`. */
export function cutLine(line: PlaneLine, from: number, to: number): PlaneLine {
  const start = pointAlong(line, from);
  const cut: PlaneLine = { x: [start.x], y: [start.y] };
  let passed = 0;
  for (let i = 1; i < line.x.length - 1; i++) {
    passed += stretch(line, i);
    if (passed > from && passed < to) {
      cut.x.push(line.x[i]!);
      cut.y.push(line.y[i]!);
    }
  }
  const end = pointAlong(line, to);
  cut.x.push(end.x);
  cut.y.push(end.y);
  return cut;
}

/**
 * The parallel of a line, `distance` metres to its left (negative: right). Corners are mitred, at most twice as
 * far out as the distance.
 */
export function offsetLine(line: PlaneLine, distance: number): PlaneLine {
  const out: PlaneLine = { x: [], y: [] };
  const last = line.x.length - 1;
  let before = normalOf(line, 1);
  for (let i = 0; i <= last; i++) {
    const after = i < last ? normalOf(line, i + 1) : before;
    const nx = before.x + after.x;
    const ny = before.y + after.y;
    const scale = distance / Math.max(0.5, (nx * nx + ny * ny) / 2);
    out.x.push(line.x[i]! + nx * scale);
    out.y.push(line.y[i]! + ny * scale);
    before = after;
  }
  return out;
}

/** The point of a line that lies nearest to (x, y). `side` is 1 where (x, y) lies to its left, −1 to its right. */
export function nearestOnSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number) {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
  const px = ax + dx * share;
  const py = ay + dy * share;
  return {
    x: px,
    y: py,
    share,
    distance: Math.hypot(x - px, y - py),
    side: dx * (y - ay) - dy * (x - ax) >= 0 ? 1 : -1,
  };
}

export function ringBox(ring: readonly number[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    west = Math.min(west, ring[i]!);
    east = Math.max(east, ring[i]!);
    south = Math.min(south, ring[i + 1]!);
    north = Math.max(north, ring[i + 1]!);
  }
  return [west, south, east, north];
}

export function ringArea(ring: readonly number[]): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    twice += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!;
  }
  return Math.abs(twice) / 2;
}

function stretch(line: PlaneLine, i: number): number {
  return Math.hypot(line.x[i]! - line.x[i - 1]!, line.y[i]! - line.y[i - 1]!);
}

/** Unit vector to the left of the i-th stretch. */
function normalOf(line: PlaneLine, i: number): { x: number; y: number } {
  const size = stretch(line, i) || 1;
  return { x: -(line.y[i]! - line.y[i - 1]!) / size, y: (line.x[i]! - line.x[i - 1]!) / size };
}
