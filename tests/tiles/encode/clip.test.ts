import fc from "fast-check";
import { expect, test } from "vitest";
import { clipLine, clipRing } from "../../../tiles/encode/clip.ts";
import { Path } from "../../../tiles/encode/path.ts";
import { seeded } from "../../data/division/dissection.ts";

const [low, high] = [-96, 4192];

function pathOf(values: number[]): Path {
  const path = new Path();
  for (let i = 0; i < values.length; i += 2) path.add(values[i]!, values[i + 1]!);
  return path;
}

const numbersOf = ({ values, length }: Path) => Array.from(values.subarray(0, length));

/** A simple ring: a star round a middle. */
const star = fc.record({ seed: fc.integer(), corners: fc.integer({ min: 3, max: 40 }) }).map(({ seed, corners }) => {
  const random = seeded(seed);
  const [x, y] = [random() * 6000 - 1000, random() * 6000 - 1000];
  const ring: number[] = [];
  for (let i = 0; i < corners; i++) {
    const reach = 100 + random() * 4000;
    const angle = (2 * Math.PI * (i + random() * 0.8)) / corners;
    ring.push(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  return [...ring, ring[0]!, ring[1]!];
});

function isInside(ring: number[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 2; i < ring.length; i += 2) {
    const [ax, ay, bx, by] = [ring[i - 2]!, ring[i - 1]!, ring[i]!, ring[i + 1]!];
    if (by > y !== ay > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside;
  }
  return inside;
}

test("a clipped ring holds the points of the square that the ring held, and nothing beyond it", () => {
  fc.assert(
    fc.property(star, fc.integer(), (ring, seed) => {
      const clipped = new Path();
      clipRing(pathOf(ring), low, high, clipped, new Path());
      const values = numbersOf(clipped);
      for (const value of values) expect(value >= low && value <= high).toBe(true);
      if (values.length > 0) expect(values.slice(0, 2)).toEqual(values.slice(-2));
      const random = seeded(seed);
      for (let i = 0; i < 40; i++) {
        const [x, y] = [low + random() * (high - low), low + random() * (high - low)];
        expect(isInside(values, x, y)).toBe(isInside(ring, x, y));
      }
    }),
  );
});

test("a ring round the square becomes the square, a ring beyond it nothing", () => {
  const clipped = new Path();
  clipRing(pathOf([-9e5, -9e5, 9e5, -9e5, 9e5, 9e5, -9e5, 9e5, -9e5, -9e5]), low, high, clipped, new Path());
  expect(new Set(numbersOf(clipped))).toEqual(new Set([low, high]));
  clipRing(pathOf([5000, 0, 6000, 0, 6000, 900, 5000, 0]), low, high, clipped, new Path());
  expect(clipped.length).toBe(0);
});

test("an edge is cut at the same place whichever way it runs, so that neighbours stay together", () => {
  fc.assert(
    fc.property(star, (ring) => {
      const [there, back] = [new Path(), new Path()];
      const turned: number[] = [];
      for (let i = ring.length - 2; i >= 0; i -= 2) turned.push(ring[i]!, ring[i + 1]!);
      clipRing(pathOf(ring), low, high, there, new Path());
      clipRing(pathOf(turned), low, high, back, new Path());
      const corners = (path: Path) =>
        new Set(
          Array.from({ length: path.length / 2 }, (_, i) =>
            numbersOf(path)
              .slice(i * 2, i * 2 + 2)
              .join(" "),
          ),
        );
      expect(corners(there)).toEqual(corners(back));
    }),
  );
});

test("the pieces of a clipped line are all of it inside the square, in order", () => {
  fc.assert(
    fc.property(star, (line) => {
      const pieces: number[][] = [];
      clipLine(pathOf(line), low, high, new Path(), (piece) => pieces.push(numbersOf(piece)));
      let length = 0;
      for (const piece of pieces) {
        expect(piece.length).toBeGreaterThanOrEqual(4);
        for (const value of piece) expect(value >= low - 1e-6 && value <= high + 1e-6).toBe(true);
        length += lengthOf(piece);
      }
      expect(Math.abs(length - lengthInside(line))).toBeLessThan(1 + line.length);
    }),
  );
});

test("a line that lies inside stays one piece as it is", () => {
  const line = [0, 0, 100, 50, 4000, 4000];
  const pieces: number[][] = [];
  clipLine(pathOf(line), low, high, new Path(), (piece) => pieces.push(numbersOf(piece)));
  expect(pieces).toEqual([line]);
});

function lengthOf(line: number[]): number {
  let sum = 0;
  for (let i = 2; i < line.length; i += 2) sum += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
  return sum;
}

/** In two thousand steps an edge. */
function lengthInside(line: number[]): number {
  const steps = 2_000;
  let sum = 0;
  for (let i = 2; i < line.length; i += 2) {
    const [ax, ay, dx, dy] = [line[i - 2]!, line[i - 1]!, line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!];
    let inside = 0;
    for (let k = 0; k < steps; k++) {
      const [x, y] = [ax + (dx * (k + 0.5)) / steps, ay + (dy * (k + 0.5)) / steps];
      if (x >= low && x <= high && y >= low && y <= high) inside++;
    }
    sum += (Math.hypot(dx, dy) * inside) / steps;
  }
  return sum;
}
