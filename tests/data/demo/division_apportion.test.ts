import fc from "fast-check";
import { expect, test } from "vitest";
import { apportion, apportionWithin } from "../../../data/demo/division/apportion.ts";

const weights = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 });
const sum = (shares: number[]) => shares.reduce((all, share) => all + share, 0);

test("shares are whole, sum to the total and stay within one of the exact quota", () => {
  fc.assert(
    fc.property(fc.nat(20_000), weights, (total, by) => {
      const shares = apportion(total, by);
      expect(sum(shares)).toBe(total);
      const all = sum(by);
      shares.forEach((share, item) => {
        expect(Number.isInteger(share)).toBe(true);
        const quota = all > 0 ? (total * by[item]!) / all : total / by.length;
        expect(Math.abs(share - quota)).toBeLessThanOrEqual(1 + 1e-6);
      });
    }),
  );
});

test("equal remainders go to the earlier item, so that the answer is one", () => {
  expect(apportion(5, [1, 1, 1])).toEqual([2, 2, 1]);
  expect(apportion(7, [2, 0, 5])).toEqual([2, 0, 5]);
  expect(apportion(3, [0, 0])).toEqual([2, 1]);
});

test("nothing to share out needs nobody to take it; something does", () => {
  expect(apportion(0, [])).toEqual([]);
  expect(() => apportion(1, [])).toThrow(RangeError);
});

test("shares kept within limits still sum to the total", () => {
  fc.assert(
    fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (by, fullness) => {
      const limits = { least: 92, most: 148 };
      const total = Math.round(by.length * (92 + fullness * 56));
      const shares = apportionWithin(total, by, limits);
      expect(sum(shares)).toBe(total);
      for (const share of shares) {
        expect(share).toBeGreaterThanOrEqual(limits.least);
        expect(share).toBeLessThanOrEqual(limits.most);
      }
    }),
  );
});

test("limits that leave no room are refused", () => {
  expect(() => apportionWithin(10, [1, 1], { least: 6, most: 9 })).toThrow(/10 does not fit/);
});
