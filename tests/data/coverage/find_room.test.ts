import fc from "fast-check";
import { expect, test } from "vitest";
import { findRoom } from "../../../data/coverage/find_room.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { Position, Ring } from "../../../data/schema/geometry.ts";

const [perLon, perLat] = metresPerDegree(33.6);

/** A closed ring from corners in metres, turned by an angle; counter-clockwise as given. */
function ringOf(corners: Position[], angle = 0): Ring {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const units = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
  return [...corners, corners[0]!].flatMap(([x, y]) => [
    units(121.4 + (x * cos - y * sin) / perLon),
    units(33.6 + (x * sin + y * cos) / perLat),
  ]);
}

const strip = (length: number, width: number): Position[] => [
  [0, 0],
  [length, 0],
  [length, width],
  [0, width],
];
const anyAngle = fc.double({ min: 0, max: 7, noNaN: true });

test("a strip of 2 mm has room at any angle and length, one of 0.4 mm has none", () => {
  fc.assert(
    fc.property(anyAngle, fc.double({ min: 0.01, max: 5000, noNaN: true }), (angle, length) => {
      expect(findRoom([[ringOf(strip(length, 0.002), angle)]])).not.toBeNull();
      expect(findRoom([[ringOf(strip(length, 0.0004), angle)]])).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test("one bulge of 5 mm in a crack of 100 m with ten thousand vertices is found", () => {
  const bank = (y: number, bulge: number): Position[] =>
    Array.from({ length: 10_000 }, (_, i) => [i / 100, i === 7777 ? y + bulge : y]);
  const crack = (bulge: number) => [[ringOf([...bank(0, 0), ...bank(0.0003, bulge).reverse()])]];
  expect(findRoom(crack(0))).toBeNull();
  const room = findRoom(crack(0.005))!;
  expect((room[0] - 121.4) * perLon).toBeCloseTo(77.77, 1);
});

test("where the only room lies at a corner that points inwards, it is found", () => {
  //  ╲__   a star whose inside is widest in the middle, between four corners
  const star: Position[] = Array.from({ length: 8 }, (_, i) => {
    const reach = i % 2 === 0 ? 0.01 : 0.0015;
    return [reach * Math.cos((i * Math.PI) / 4), reach * Math.sin((i * Math.PI) / 4)];
  });
  fc.assert(
    fc.property(anyAngle, (angle) => {
      expect(findRoom([[ringOf(star, angle)]])).not.toBeNull();
    }),
  );
});

test("needles end in no room, however long they are", () => {
  fc.assert(
    fc.property(anyAngle, fc.double({ min: 1, max: 30_000, noNaN: true }), (angle, length) => {
      const needle: Position[] = [
        [0, 0],
        [length, 0],
        [0, 0.0004],
      ];
      expect(findRoom([[ringOf(needle, angle)]])).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test("what surrounds a hole counts by its own width", () => {
  const frame = (width: number) => [
    [
      ringOf(strip(10, 10)),
      ringOf([
        [width, width],
        [width, 10 - width],
        [10 - width, 10 - width],
        [10 - width, width],
      ]),
    ],
  ];
  expect(findRoom(frame(0.0003))).toBeNull();
  expect(findRoom(frame(0.003))).not.toBeNull();
});
