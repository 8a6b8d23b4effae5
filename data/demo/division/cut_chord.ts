import { doubleArea, ringHolds, type Vertices } from "./trace_areas.ts";

/** Where a chord meets the ring: at the vertex `ring[at]` (share 0), or on the edge that begins there. */
export interface ChordEnd {
  at: number;
  x: number;
  y: number;
  onEdge: boolean;
}

export interface Chord {
  from: ChordEnd;
  to: ChordEnd;
  /** Lower is better. */
  score: number;
  /** How many obstacles it crosses. */
  crossed: number;
}

/** Whether the edge from → to takes no new vertex: cuts then end at one of its vertices. */
export type IsFixed = (from: number, to: number) => boolean;

/** Outer rings x,y,x,y,… of what a chord should not cross. */
export type Obstacles = readonly (readonly number[])[];

const snapWithin = 14; // metres: nearer than this, a cut ends at the vertex
const tilts = [0, 0.1, -0.1, 0.22, -0.22]; // radians off the straight cut
const goodEnough = 0.62; // a straight cut of a square in two even halves has 0.35 and 0.12 for each new vertex
const crossingCosts = 4; // more than any other fault of a cut
const fineShifts = Array.from({ length: 31 }, (_, step) => (step - 15) * 0.02);
const shifts = [0, -0.05, 0.05, -0.11, 0.11, -0.17, 0.17]; // of the extent, beside the wanted share

/**
 * Finds the best straight cut across a ring: short, across its long axis, near the wanted share of the area, through
 * no obstacle if that can be. Null where no candidate stays inside.
 */
export function findChord(
  ring: readonly number[],
  vertices: Vertices,
  { share, obstacles, isFixed }: { share: number; obstacles: Obstacles; isFixed: IsFixed },
): Chord | null {
  const axis = longAxis(ring, vertices);
  const search: Search = { share, obstacles, isFixed, tilts, shifts };
  const along = bestAcross(ring, vertices, axis, search);
  if (along && along.score < 1) return along;
  const turned = bestAcross(ring, vertices, axis + Math.PI / 2, search);
  const best = better(along, turned, 0.35); // cuts along the long axis make strips
  if (best && best.score < crossingCosts) return best;
  // Between the rows of houses: along their walls, anywhere.
  const rows = obstacles.length > 0 ? wallDirection(obstacles) : axis;
  const fine: Search = { share, obstacles, isFixed, tilts: [0], shifts: fineShifts };
  const beside = bestAcross(ring, vertices, rows, fine);
  const between = bestAcross(ring, vertices, rows + Math.PI / 2, fine);
  return better(best, better(beside, between, 0), 0);
}

interface Search {
  share: number;
  obstacles: Obstacles;
  isFixed: IsFixed;
  tilts: readonly number[];
  shifts: readonly number[];
}

/** The better of two, the second only if it is so by more than `handicap`. */
function better(one: Chord | null, other: Chord | null, handicap: number): Chord | null {
  if (!one || !other) return one ?? other;
  return one.score <= other.score + handicap ? one : other;
}

function bestAcross(
  ring: readonly number[],
  vertices: Vertices,
  axis: number,
  { share, obstacles, isFixed, tilts, shifts }: Search,
): Chord | null {
  const whole = Math.abs(doubleArea(ring, vertices)) / 2;
  let best: Chord | null = null;
  for (const tilt of tilts) {
    const extent = extentAlong(ring, vertices, axis + tilt);
    for (const shift of shifts) {
      const offset = extent.low + (share + shift) * (extent.high - extent.low);
      const ends = crossings(ring, vertices, { angle: axis + tilt, offset, isFixed });
      if (!ends || !chordStaysInside(ring, vertices, ends)) continue;
      const chord = rate(ring, vertices, ends, { share, whole, obstacles });
      chord.score += Math.abs(tilt) * 0.3;
      if (!best || chord.score < best.score - 1e-9) best = chord;
      if (best.score < goodEnough) return best;
    }
  }
  return best;
}

/** Direction (radians) of the longest wall. */
function wallDirection(obstacles: Obstacles): number {
  let longest = 0;
  let direction = 0;
  for (const ring of obstacles) {
    for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
      const dx = ring[at]! - ring[before]!;
      const dy = ring[at + 1]! - ring[before + 1]!;
      const length = dx * dx + dy * dy;
      if (length <= longest + 1e-6) continue;
      longest = length;
      direction = Math.atan2(dy, dx);
    }
  }
  return Math.round(direction * 1e3) / 1e3;
}

/** Direction (radians) of the largest extent, by the second moments of the border. */
function longAxis(ring: readonly number[], { x, y }: Vertices): number {
  let length = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  ring.forEach((a, at) => {
    const b = ring[(at + 1) % ring.length]!;
    const weight = Math.sqrt((x[b]! - x[a]!) ** 2 + (y[b]! - y[a]!) ** 2);
    const mx = (x[a]! + x[b]!) / 2;
    const my = (y[a]! + y[b]!) / 2;
    length += weight;
    sx += weight * mx;
    sy += weight * my;
    sxx += weight * mx * mx;
    syy += weight * my * my;
    sxy += weight * mx * my;
  });
  const cxx = sxx / length - (sx / length) ** 2;
  const cyy = syy / length - (sy / length) ** 2;
  const cxy = sxy / length - (sx / length) * (sy / length);
  // A thousandth of a radian: beyond what engines may differ in.
  return Math.round(0.5 * Math.atan2(2 * cxy, cxx - cyy) * 1e3) / 1e3;
}

function extentAlong(ring: readonly number[], { x, y }: Vertices, angle: number): { low: number; high: number } {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const vertex of ring) {
    const along = x[vertex]! * cos + y[vertex]! * sin;
    low = Math.min(low, along);
    high = Math.max(high, along);
  }
  return { low, high };
}

/** The longest inner piece of the line that lies `offset` along `angle`, its ends snapped to near vertices. */
function crossings(
  ring: readonly number[],
  { x, y }: Vertices,
  { angle, offset, isFixed }: { angle: number; offset: number; isFixed: IsFixed },
): [ChordEnd, ChordEnd] | null {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const found: { at: number; along: number; t: number }[] = [];
  ring.forEach((a, at) => {
    const b = ring[(at + 1) % ring.length]!;
    const da = x[a]! * cos + y[a]! * sin - offset;
    const db = x[b]! * cos + y[b]! * sin - offset;
    if (da > 0 === db > 0) return;
    const t = da / (da - db);
    const px = x[a]! + t * (x[b]! - x[a]!);
    const py = y[a]! + t * (y[b]! - y[a]!);
    found.push({ at, t, along: -px * sin + py * cos });
  });
  found.sort((one, other) => one.along - other.along);
  let best = -1;
  let longest = 0;
  for (let pair = 0; pair + 1 < found.length; pair += 2) {
    const length = found[pair + 1]!.along - found[pair]!.along;
    if (length <= longest) continue;
    longest = length;
    best = pair;
  }
  if (best === -1) return null;
  const end = ({ at, t }: { at: number; t: number }) => chordEnd(ring, { x, y }, { at, t, isFixed });
  return [end(found[best]!), end(found[best + 1]!)];
}

function chordEnd(
  ring: readonly number[],
  { x, y }: Vertices,
  { at, t, isFixed }: { at: number; t: number; isFixed: IsFixed },
): ChordEnd {
  const after = (at + 1) % ring.length;
  const a = ring[at]!;
  const b = ring[after]!;
  const length = Math.sqrt((x[b]! - x[a]!) ** 2 + (y[b]! - y[a]!) ** 2);
  const within = isFixed(a, b) ? length : snapWithin;
  if (t * length < within && t <= 0.5) return { at, x: x[a]!, y: y[a]!, onEdge: false };
  if ((1 - t) * length < within) return { at: after, x: x[b]!, y: y[b]!, onEdge: false };
  const round = (metres: number) => Math.round(metres * 100) / 100;
  return { at, x: round(x[a]! + t * (x[b]! - x[a]!)), y: round(y[a]! + t * (y[b]! - y[a]!)), onEdge: true };
}

function chordStaysInside(ring: readonly number[], vertices: Vertices, [from, to]: [ChordEnd, ChordEnd]): boolean {
  const { x, y } = vertices;
  const size = ring.length;
  const apart = Math.abs(from.at - to.at);
  if (apart === 0) return false;
  if (!from.onEdge && !to.onEdge && (apart === 1 || apart === size - 1)) return false;
  const onOneLine = (end: ChordEnd, vertex: ChordEnd) =>
    end.onEdge && !vertex.onEdge && (vertex.at === end.at || vertex.at === (end.at + 1) % size);
  if (onOneLine(from, to) || onOneLine(to, from)) return false;
  for (let at = 0; at < size; at++) {
    const after = (at + 1) % size;
    const touches = (end: ChordEnd) => end.at === at || (!end.onEdge && end.at === after);
    if (touches(from) || touches(to)) continue;
    const a = ring[at]!;
    const b = ring[after]!;
    if (segmentsMeet(from.x, from.y, to.x, to.y, x[a]!, y[a]!, x[b]!, y[b]!)) return false;
  }
  return [0.02, 0.5, 0.98].every((t) =>
    ringHolds(ring, from.x + t * (to.x - from.x), from.y + t * (to.y - from.y), vertices),
  );
}

function rate(
  ring: readonly number[],
  vertices: Vertices,
  [from, to]: [ChordEnd, ChordEnd],
  { share, whole, obstacles }: { share: number; whole: number; obstacles: Obstacles },
): Chord {
  const x = [from.x];
  const y = [from.y];
  for (let at = (from.at + 1) % ring.length; ; at = (at + 1) % ring.length) {
    if (at === to.at && !to.onEdge) break;
    x.push(vertices.x[ring[at]!]!);
    y.push(vertices.y[ring[at]!]!);
    if (at === to.at) break;
  }
  x.push(to.x);
  y.push(to.y);
  const piece = Math.abs(doubleArea([...x.keys()], { x, y })) / 2 / whole;
  const off = Math.min(Math.abs(piece - share), Math.abs(1 - piece - share));
  const length = Math.sqrt((from.x - to.x) ** 2 + (from.y - to.y) ** 2);
  const crossed = obstacles.filter((obstacle) => crosses(obstacle, from, to)).length;
  const ends = (from.onEdge ? 0.12 : 0) + (to.onEdge ? 0.12 : 0);
  return { from, to, crossed, score: 3 * off + (0.35 * length) / Math.sqrt(whole) + ends + crossingCosts * crossed };
}

function crosses(obstacle: readonly number[], from: ChordEnd, to: ChordEnd): boolean {
  for (let at = 0, before = obstacle.length - 2; at < obstacle.length; before = at, at += 2) {
    const [ax, ay, bx, by] = [obstacle[before]!, obstacle[before + 1]!, obstacle[at]!, obstacle[at + 1]!];
    if (segmentsMeet(from.x, from.y, to.x, to.y, ax, ay, bx, by)) return true;
  }
  return false;
}

function segmentsMeet(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number) =>
    (qx - px) * (ry - py) - (qy - py) * (rx - px);
  const a = side(cx, cy, dx, dy, ax, ay);
  const b = side(cx, cy, dx, dy, bx, by);
  const c = side(ax, ay, bx, by, cx, cy);
  const d = side(ax, ay, bx, by, dx, dy);
  return a > 0 !== b > 0 && c > 0 !== d > 0;
}
