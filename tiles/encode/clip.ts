import type { Path } from "./path.ts";

/**
 * Cuts a closed ring by the square from `low` to `high` in both directions (Sutherland & Hodgman, CACM 17, 1974): side
 * after side, what lies beyond is replaced by stretches along the side. A ring may come out empty.
 *
 * @param ring - last position repeats the first; so does the result in `out`
 * @param spare - changed too
 */
export function clipRing(ring: Path, low: number, high: number, out: Path, spare: Path): void {
  clipSide(ring, 0, low, 1, spare);
  clipSide(spare, 0, high, -1, out);
  clipSide(out, 1, low, 1, spare);
  clipSide(spare, 1, high, -1, out);
}

/** Keeps what lies on the side `sign` of `bound` along axis 0 (x) or 1 (y). */
function clipSide(ring: Path, axis: 0 | 1, bound: number, sign: 1 | -1, out: Path): void {
  out.reset();
  const { values, length } = ring;
  if (length === 0) return;
  for (let i = 0; i + 2 < length; i += 2) {
    const insideA = (values[i + axis]! - bound) * sign >= 0;
    const insideB = (values[i + 2 + axis]! - bound) * sign >= 0;
    if (insideA) out.add(values[i]!, values[i + 1]!);
    if (insideA !== insideB) addCrossing(values, i, axis, bound, out);
  }
  if (out.length > 0) out.add(out.values[0]!, out.values[1]!);
}

/** The same position for both directions of an edge, so that neighbours stay together. */
function addCrossing(values: Float64Array, i: number, axis: 0 | 1, bound: number, out: Path): void {
  const turned = values[i + axis]! > values[i + 2 + axis]!;
  const a = turned ? i + 2 : i;
  const b = turned ? i : i + 2;
  const share = (bound - values[a + axis]!) / (values[b + axis]! - values[a + axis]!);
  const other = values[a + 1 - axis]! + share * (values[b + 1 - axis]! - values[a + 1 - axis]!);
  if (axis === 0) out.add(bound, other);
  else out.add(other, bound);
}

/**
 * Cuts a line by the square from `low` to `high` (Liang & Barsky, ACM TOG 3, 1984) and hands over each piece that lies
 * inside, in order; the piece is only valid during the call.
 */
export function clipLine(line: Path, low: number, high: number, piece: Path, take: (piece: Path) => void): void {
  piece.reset();
  const { values, length } = line;
  for (let i = 0; i + 2 < length; i += 2) {
    const [ax, ay] = [values[i]!, values[i + 1]!];
    const [dx, dy] = [values[i + 2]! - ax, values[i + 3]! - ay];
    let enter = 0;
    let leave = 1;
    if (dx === 0 ? ax < low || ax > high : false) leave = -1;
    else if (dx !== 0) {
      const [near, far] = dx > 0 ? [low, high] : [high, low];
      enter = Math.max(enter, (near - ax) / dx);
      leave = Math.min(leave, (far - ax) / dx);
    }
    if (dy === 0 ? ay < low || ay > high : false) leave = -1;
    else if (dy !== 0) {
      const [near, far] = dy > 0 ? [low, high] : [high, low];
      enter = Math.max(enter, (near - ay) / dy);
      leave = Math.min(leave, (far - ay) / dy);
    }
    if (enter > leave) {
      if (piece.length > 0) take(piece);
      piece.reset();
      continue;
    }
    if (piece.length === 0) piece.add(ax + enter * dx, ay + enter * dy);
    piece.add(ax + leave * dx, ay + leave * dy);
    if (leave < 1) {
      take(piece);
      piece.reset();
    }
  }
  if (piece.length > 0) take(piece);
  piece.reset();
}
