import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatCount,
  formatDecimal,
  formatDistance,
  formatLarge,
  formatRange,
  formatShare,
  formatSurface,
} from "../../../data/vocabulary/format.ts";

test("counts carry thousands commas and lose none of their digits", () => {
  expect(formatCount(9470)).toBe("9,470");
  expect(formatCount(-1234)).toBe("-1,234");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (count) => {
      const text = formatCount(count);
      expect(Number(text.replaceAll(",", ""))).toBe(count);
      expect(text).toMatch(/^\d{1,3}(,\d{3})*$/);
    }),
  );
});

test("decimals keep their places and their commas", () => {
  expect(formatDecimal(1234.56, 1)).toBe("1,234.6");
  expect(formatDecimal(0.5, 0)).toBe("1");
});

test("large counts are shortened from ten thousand on", () => {
  expect(formatLarge(9_999, "zh-CN")).toBe("9,999");
  expect(formatLarge(12_345, "zh-CN")).toBe("1.2万");
  expect(formatLarge(12_345, "en")).toBe("12.3k");
});

test("grids are measured in hectares, communities and above in square kilometres", () => {
  expect(formatSurface(51_000, "grid", "zh-CN")).toEqual({ value: "5.1", unit: "公顷" });
  expect(formatSurface(51_000, "sub", "en")).toEqual({ value: "5.1", unit: "ha" });
  expect(formatSurface(1_435_000, "community", "zh-CN")).toEqual({ value: "1.44", unit: "km²" });
});

test("distances change to kilometres at a thousand metres", () => {
  expect(formatDistance(319.6)).toBe("320 m");
  expect(formatDistance(1234)).toBe("1.2 km");
});

test("a share is never shown as nothing", () => {
  expect(formatShare(0.004)).toBe("<1%");
  expect(formatShare(0.333)).toBe("33%");
  expect(formatShare(1)).toBe("100%");
});

test("a range of limits is written as far as it is limited", () => {
  expect(formatRange(300, 500)).toBe("300–500");
  expect(formatRange(300, null)).toBe("≥ 300");
  expect(formatRange(null, 3000)).toBe("≤ 3,000");
  expect(formatRange(null, null)).toBeUndefined();
});
