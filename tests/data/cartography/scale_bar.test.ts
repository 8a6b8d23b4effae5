import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metresPerPixel, scaleBar, scaleRatio } from "../../../data/cartography/scale_bar.ts";
import { distanceBetween } from "../../../data/measure/distance.ts";

describe("the scale bar", () => {
  test("is 1, 2 or 5 times a power of ten and 80 to 160 px wide, or as near below 80 as the steps allow", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 50_000, noNaN: true }), (perPixel) => {
        const { width, metres } = scaleBar(perPixel);
        expect(Number((metres / 10 ** Math.floor(Math.log10(metres) + 1e-9)).toFixed(6))).toBeOneOf([1, 2, 5]);
        expect(width).toBeGreaterThanOrEqual(63.99);
        expect(width).toBeLessThanOrEqual(160.01);
        expect(width * perPixel).toBeCloseTo(metres, 6);
      }),
    );
  });

  test("is within 1 % of the geodesic length at 18°, 30° and 45° north", () => {
    for (const lat of [18, 30, 45]) {
      for (const zoom of [10, 12, 14, 16, 18]) {
        const { width, metres } = scaleBar(metresPerPixel(zoom, lat));
        const degrees = (width / (512 * 2 ** zoom)) * 360;
        const geodesic = distanceBetween([120, lat], [120 + degrees, lat]);
        expect(Math.abs(metres / geodesic - 1)).toBeLessThan(0.01);
      }
    }
  });

  test("gives the ratios of the frame at 30° north and 96 dpi", () => {
    expect(scaleRatio(14, 30)).toBeCloseTo(15_600, -3);
    expect(scaleRatio(16, 30)).toBeCloseTo(3_900, -2);
    expect(scaleRatio(18, 30)).toBeCloseTo(980, -1);
  });

  test("words kilometres and metres", () => {
    expect(scaleBar(15).text).toBe("2 km");
    expect(scaleBar(1.2).text).toBe("100 m");
  });
});
