import fc from "fast-check";
import { expect, test } from "vitest";
import { neverDrawn, rankOf, rankVertices } from "../../../tiles/resident/generalise.ts";
import { unitAt } from "../../../tiles/tile_math.ts";
import { seeded } from "../../data/division/dissection.ts";

/** A wandering line in world units, some hundred metres long. */
function wander(count: number, seed: number): number[] {
  const random = seeded(seed);
  const line = [1e9, 5e8];
  for (let i = 1; i < count; i++)
    line.push(line.at(-2)! + (random() - 0.3) * 900, line.at(-2)! + (random() - 0.5) * 900);
  return line.map(Math.round);
}

function ranksOf(line: number[]): Uint8Array {
  const ranks = new Uint8Array(line.length / 2);
  rankVertices(line, 0, ranks.length - 1, ranks);
  return ranks;
}

function distanceToLine(x: number, y: number, line: number[]): number {
  let least = Infinity;
  for (let i = 2; i < line.length; i += 2) {
    const [ax, ay, dx, dy] = [line[i - 2]!, line[i - 1]!, line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!];
    const square = dx * dx + dy * dy;
    const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
    least = Math.min(least, Math.hypot(x - ax - share * dx, y - ay - share * dy));
  }
  return least;
}

test("at every zoom no vertex lies more than 3 tile units off the line that is drawn", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 80 }), fc.integer(), fc.integer({ min: 6, max: 15 }), (count, seed, z) => {
      const line = wander(count, seed);
      const ranks = ranksOf(line);
      const drawn = line.filter((_, i) => ranks[i >> 1]! <= z);
      for (let i = 0; i < line.length; i += 2) {
        expect(distanceToLine(line[i]!, line[i + 1]!, drawn)).toBeLessThanOrEqual(3 * unitAt(z) + 1e-6);
      }
    }),
  );
});

test("both ends are always drawn, a vertex on a straight line never", () => {
  expect([...ranksOf([0, 0, 500, 500, 1000, 1000])]).toEqual([0, neverDrawn, 0]);
});

test("a closed line keeps its start and the vertex farthest from it as long as it is larger than the tolerance", () => {
  const ranks = ranksOf([0, 0, 4000, 0, 4000, 4000, 0, 4000, 0, 0]);
  expect(ranks[0]).toBe(0);
  expect(ranks[2]).toBe(rankOf(Math.hypot(4000, 4000)));
});

test("a line turned round is drawn the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 60 }), fc.integer(), (count, seed) => {
      const line = wander(count, seed);
      const turned: number[] = [];
      for (let i = line.length - 2; i >= 0; i -= 2) turned.push(line[i]!, line[i + 1]!);
      expect([...ranksOf(turned)].reverse()).toEqual([...ranksOf(line)]);
    }),
  );
});
