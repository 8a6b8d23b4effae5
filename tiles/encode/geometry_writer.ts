import { ByteWriter } from "./byte_writer.ts";
import type { Path } from "./path.ts";

const moveTo = 1;
const lineTo = 2;
const closePath = 7;

/** Tile units: side of the square drawn in place of a polygon too small to have a surface. Half a pixel. */
const leastSide = 4;

/**
 * Encodes the geometry of one feature (MVT 2.1 §4.3): whole tile units, each position relative to the one before.
 * Rounds, drops repeated positions, turns rings so that exteriors have positive area (y down) and holes negative.
 */
export class GeometryWriter {
  readonly out = new ByteWriter(4096);
  private x = 0;
  private y = 0;
  private points = new Int32Array(512);

  begin(): void {
    this.out.reset();
    this.x = 0;
    this.y = 0;
  }

  /** All points of a feature in one command; `length` numbers x, y, … */
  writePoints(values: Float64Array, length: number): void {
    const count = this.round(values, length, false) >> 1;
    if (count === 0) return;
    this.out.varint((count << 3) | moveTo);
    for (let i = 0; i < count; i++) this.moveBy(this.points[i * 2]!, this.points[i * 2 + 1]!);
  }

  /** @returns whether there was more than one position */
  writeLine(line: Path): boolean {
    const count = this.round(line.values, line.length, false) >> 1;
    if (count < 2) return false;
    this.writePath(count);
    return true;
  }

  /** @returns whether the ring has a surface in whole units; if not nothing is written */
  writeRing(ring: Path, isHole: boolean): boolean {
    const length = this.dropSpikes(this.round(ring.values, ring.length, true));
    if (length < 6) return false;
    const area = this.twiceArea(length);
    if (area === 0) return false;
    if (area > 0 === isHole) this.turn(length);
    this.writePath(length >> 1);
    this.out.varint((1 << 3) | closePath);
    return true;
  }

  /** A small square round a position: what is left of a polygon too small to be seen, so that it is not lost. */
  writeSquare(x: number, y: number): void {
    const [left, top] = [Math.round(x) - leastSide / 2, Math.round(y) - leastSide / 2];
    const corners = [left, top, left + leastSide, top, left + leastSide, top + leastSide, left, top + leastSide];
    this.points.set(corners);
    this.writePath(4);
    this.out.varint((1 << 3) | closePath);
  }

  /** Rounds into `points` without repetitions. @returns how many numbers are there; a closing position is left out */
  private round(values: Float64Array, length: number, isRing: boolean): number {
    if (length > this.points.length) this.points = new Int32Array(length * 2);
    const points = this.points;
    let size = 0;
    for (let i = 0; i < length; i += 2) {
      const x = Math.round(values[i]!);
      const y = Math.round(values[i + 1]!);
      if (size > 0 && points[size - 2] === x && points[size - 1] === y) continue;
      points[size++] = x;
      points[size++] = y;
    }
    while (isRing && size >= 4 && points[0] === points[size - 2] && points[1] === points[size - 1]) size -= 2;
    return size;
  }

  /** Takes out positions where a ring turns straight back (a → b → a): they enclose nothing. */
  private dropSpikes(length: number): number {
    const points = this.points;
    let size = 0;
    for (let i = 0; i < length; i += 2) {
      points[size] = points[i]!;
      points[size + 1] = points[i + 1]!;
      size += 2;
      while (size >= 6 && this.isSpike(size - 6, size - 4, size - 2)) {
        points[size - 4] = points[size - 2]!;
        points[size - 3] = points[size - 1]!;
        size -= 2;
        if (points[size - 2] === points[size - 4] && points[size - 1] === points[size - 3]) size -= 2;
      }
    }
    while (size >= 6) {
      if (this.isSpike(size - 4, size - 2, 0)) size -= 2;
      else if (this.isSpike(size - 2, 0, 2)) size = this.dropFirst(size);
      else break;
      while (size >= 4 && points[0] === points[size - 2] && points[1] === points[size - 1]) size -= 2;
    }
    return size;
  }

  private dropFirst(size: number): number {
    this.points.copyWithin(0, 2, size);
    return size - 2;
  }

  private isSpike(a: number, b: number, c: number): boolean {
    const p = this.points;
    const [ux, uy] = [p[b]! - p[a]!, p[b + 1]! - p[a + 1]!];
    const [vx, vy] = [p[c]! - p[b]!, p[c + 1]! - p[b + 1]!];
    return ux * vy === uy * vx && ux * vx + uy * vy < 0;
  }

  private twiceArea(length: number): number {
    const p = this.points;
    let sum = p[length - 2]! * p[1]! - p[0]! * p[length - 1]!;
    for (let i = 2; i < length; i += 2) sum += p[i - 2]! * p[i + 1]! - p[i]! * p[i - 1]!;
    return sum;
  }

  private turn(length: number): void {
    const p = this.points;
    for (let i = 0, j = length - 2; i < j; i += 2, j -= 2) {
      [p[i], p[j]] = [p[j]!, p[i]!];
      [p[i + 1], p[j + 1]] = [p[j + 1]!, p[i + 1]!];
    }
  }

  private writePath(count: number): void {
    const p = this.points;
    this.out.reserve(count * 10 + 20);
    this.out.varint((1 << 3) | moveTo);
    this.moveBy(p[0]!, p[1]!);
    this.out.varint(((count - 1) << 3) | lineTo);
    for (let i = 1; i < count; i++) this.moveBy(p[i * 2]!, p[i * 2 + 1]!);
  }

  private moveBy(x: number, y: number): void {
    this.out.zigzag(x - this.x);
    this.out.zigzag(y - this.y);
    this.x = x;
    this.y = y;
  }
}
