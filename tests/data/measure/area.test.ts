import fc from "fast-check";
import { expect, test } from "vitest";
import { areaOf, signedAreaOf } from "../../../data/measure/area.ts";
import { eccentricitySquared, radians, semiMajorAxis } from "../../../data/measure/ellipsoid.ts";

/** Surface of a lon/lat box by the closed formula (Snyder 1987, eq. 3-12). */
function boxArea(west: number, south: number, east: number, north: number): number {
  const e = Math.sqrt(eccentricitySquared);
  const q = (latitude: number) => {
    const s = Math.sin(latitude * radians);
    return s / (1 - eccentricitySquared * s * s) + Math.atanh(e * s) / e;
  };
  const half = (semiMajorAxis * semiMajorAxis * (1 - eccentricitySquared)) / 2;
  return half * (q(north) - q(south)) * (east - west) * radians;
}

const box = (w: number, s: number, e: number, n: number) => [w, s, e, s, e, n, w, n, w, s];

test("a box between meridians and parallels has the surface of the closed formula", () => {
  for (const [w, s, e, n] of [
    [121.4, 33.6, 121.46, 33.65],
    [-10, -40, 20, 60],
    [0, -90, 360, 90],
  ] as const) {
    const expected = boxArea(w, s, e, n);
    expect(Math.abs(areaOf([[box(w, s, e, n)]]) / expected - 1)).toBeLessThan(1e-11);
  }
});

test("the whole ellipsoid measures 510.0656 million km²", () => {
  expect(areaOf([[box(0, -90, 360, 90)]]) / 1e12).toBeCloseTo(510.0656, 4);
});

test("a slanted edge is straight in longitude and latitude: a thousand thin strips agree", () => {
  const triangle = areaOf([[[121, 33, 123, 33, 122.2, 34.5, 121, 33]]]);
  let strips = 0;
  const count = 20000;
  for (let i = 0; i < count; i++) {
    const share = (i + 0.5) / count;
    const latitude = 33 + 1.5 * share;
    const width = 2 * (1 - share);
    strips += boxArea(0, latitude - 0.75 / count, width, latitude + 0.75 / count);
  }
  expect(Math.abs(triangle / strips - 1)).toBeLessThan(1e-8);
});

test("holes are taken away and winding does not matter", () => {
  const outer = box(121, 33, 121.02, 33.02);
  const hole = box(121.005, 33.005, 121.01, 33.01);
  const backwards = [121, 33, 121, 33.02, 121.02, 33.02, 121.02, 33, 121, 33];
  expect(areaOf([[outer, hole]])).toBeCloseTo(areaOf([[outer]]) - areaOf([[hole]]), 6);
  expect(signedAreaOf(backwards)).toBeCloseTo(-signedAreaOf(outer), 6);
});

test("parts add up to the whole, with vertices on the cut that only one side has", () => {
  const near = fc.double({ min: 0.001, max: 0.019, noNaN: true });
  fc.assert(
    fc.property(near, near, fc.array(near, { maxLength: 5 }), (a, b, between) => {
      const bottom = 121 + a;
      const top = 121 + b;
      const onCut = between.sort((p, q) => p - q).flatMap((y) => [bottom + ((top - bottom) * y) / 0.02, 33 + y]);
      const left = [121, 33, bottom, 33, ...onCut, top, 33.02, 121, 33.02, 121, 33];
      const right = [bottom, 33, 121.02, 33, 121.02, 33.02, top, 33.02, bottom, 33];
      const whole = areaOf([[box(121, 33, 121.02, 33.02)]]);
      expect(Math.abs(areaOf([[left]]) + areaOf([[right]]) - whole)).toBeLessThan(1e-4);
    }),
  );
});
