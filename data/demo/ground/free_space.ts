/** An obstacle for buildings: a segment and the distance they keep from it; metres. */
export interface Wall {
  ax: number;
  ay: number;
  bx: number;
  by: number;
  clear: number;
}

/** A frame turned against the ground: x' along the rows, y' across them. */
export interface Frame {
  cos: number;
  sin: number;
}

export function makeFrame(angle: number): Frame {
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
}

export function toFrame(frame: Frame, x: number, y: number): [number, number] {
  return [x * frame.cos + y * frame.sin, y * frame.cos - x * frame.sin];
}

export function fromFrame(frame: Frame, x: number, y: number): [number, number] {
  return [x * frame.cos - y * frame.sin, x * frame.sin + y * frame.cos];
}

export function wallsInFrame(walls: readonly Wall[], frame: Frame): Wall[] {
  return walls.map((wall) => {
    const [ax, ay] = toFrame(frame, wall.ax, wall.ay);
    const [bx, by] = toFrame(frame, wall.bx, wall.by);
    return { ax, ay, bx, by, clear: wall.clear };
  });
}

/** Lowest and highest y of all walls. */
export function heightOfWalls(walls: readonly Wall[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const wall of walls) {
    low = Math.min(low, wall.ay, wall.by);
    high = Math.max(high, wall.ay, wall.by);
  }
  return [low, high];
}

/**
 * Intervals of x in which a box from `low` to `high` may stand: each wall blocks the x-range of its part that lies
 * within its distance of the band, widened by that distance; of what remains, the pieces inside the rings of walls.
 * Never a collision, no polygon offsetting, linear in the walls.
 *
 * @param walls - in the frame; together they form closed rings (even-odd)
 * @returns x from, x to, … ascending
 */
export function freeIntervals(walls: readonly Wall[], low: number, high: number): number[] {
  const blocked: [number, number][] = [];
  const crossings: number[] = [];
  const middle = (low + high) / 2;
  for (const wall of walls) {
    const { ax, ay, bx, by, clear } = wall;
    if (ay > middle !== by > middle) crossings.push(ax + ((middle - ay) / (by - ay)) * (bx - ax));
    const floor = low - clear;
    const ceiling = high + clear;
    if ((ay < floor && by < floor) || (ay > ceiling && by > ceiling)) continue;
    let from = ax;
    let to = bx;
    if (ay !== by) {
      const slope = (bx - ax) / (by - ay);
      const y0 = Math.min(ceiling, Math.max(floor, ay));
      const y1 = Math.min(ceiling, Math.max(floor, by));
      from = ax + (y0 - ay) * slope;
      to = ax + (y1 - ay) * slope;
    }
    blocked.push(from < to ? [from - clear, to + clear] : [to - clear, from + clear]);
  }
  blocked.sort((p, q) => p[0] - q[0]);
  crossings.sort((p, q) => p - q);
  return insideGaps(blocked, crossings);
}

function insideGaps(blocked: readonly (readonly [number, number])[], crossings: readonly number[]): number[] {
  const free: number[] = [];
  let end = Number.POSITIVE_INFINITY;
  let passed = 0;
  for (const [from, to] of blocked) {
    if (from > end) {
      const middle = (end + from) / 2;
      while (passed < crossings.length && crossings[passed]! < middle) passed++;
      if (passed % 2 === 1) free.push(end, from);
    }
    end = end === Number.POSITIVE_INFINITY ? to : Math.max(end, to);
  }
  return free;
}
