import fc from "fast-check";
import { expect, test } from "vitest";
import { crossingOf } from "../../../data/coverage/crossing.ts";
import { orient } from "../../../data/coverage/orientation.ts";

/** Whole numbers as large as a longitude in units of 1e-9°. */
const unit = fc.integer({ min: -180_000_000_000, max: 180_000_000_000 });
const near = fc.integer({ min: -3, max: 3 });

test("the side of a point is exact, also a unit beside a line across the world", () => {
  fc.assert(
    fc.property(
      unit,
      unit,
      unit,
      unit,
      fc.integer({ min: -9, max: 9 }),
      near,
      near,
      (ax, ay, bx, by, times, dx, dy) => {
        const [cx, cy] = [ax + times * (bx - ax) + dx, ay + times * (by - ay) + dy];
        const exact =
          (BigInt(bx) - BigInt(ax)) * (BigInt(cy) - BigInt(ay)) - (BigInt(by) - BigInt(ay)) * (BigInt(cx) - BigInt(ax));
        expect(Math.sign(orient(ax, ay, bx, by, cx, cy)) + 0).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0);
      },
    ),
    { numRuns: 2000 },
  );
});

test("the side of a point is exact for degrees as well", () => {
  // 0.1, 0.2 and 0.3 are not on one line as doubles
  expect(orient(0.1, 0.1, 0.2, 0.2, 0.3, 0.3)).toBe(0);
  expect(orient(0.1, 0.1, 0.3, 0.3, 0.2, 0.2 + 2 ** -55)).toBeGreaterThan(0);
});

test("a crossing is rounded to the nearest position, also between lines almost parallel", () => {
  fc.assert(
    fc.property(unit, unit, unit, unit, near, near, near, near, (ax, ay, bx, by, cx, cy, dx, dy) => {
      const [px, py, qx, qy] = [ax + cx, ay + cy, bx + dx, by + dy];
      const crossing = crossingOf(ax, ay, bx, by, px, py, qx, qy);
      if (!crossing) return;
      const [ux, uy, vx, vy] = [bx - ax, by - ay, qx - px, qy - py].map(BigInt) as [bigint, bigint, bigint, bigint];
      const down = ux * vy - uy * vx;
      const up = BigInt(px - ax) * vy - BigInt(py - ay) * vx;
      // |2 · (x − exact)| ≤ 1, with a hundredth for what doubles may lose
      for (const [along, from, found] of [
        [ux, ax, crossing[0]],
        [uy, ay, crossing[1]],
      ] as const) {
        const off = 100n * (BigInt(found - from) * down - up * along);
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(52n * (down < 0n ? -down : down));
      }
    }),
    { numRuns: 2000 },
  );
});

test("segments that only touch do not cross", () => {
  expect(crossingOf(0, 0, 10, 0, 5, 0, 5, 5)).toBeNull();
  expect(crossingOf(0, 0, 10, 0, 20, -1, 20, 1)).toBeNull();
  expect(crossingOf(0, 0, 10, 0, 3, -1, 4, 2)).toEqual([3, 0]);
});
