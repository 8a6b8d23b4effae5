import fc from "fast-check";
import { expect, test } from "vitest";
import { buildArcs } from "../../../data/division/arcs.ts";
import { findNeighbours } from "../../../data/division/neighbours.ts";
import { distanceBetween } from "../../../data/measure/distance.ts";
import { cutIntoBoxes } from "./dissection.ts";

const box = (w: number, s: number, e: number, n: number) => [[w, s, e, s, e, n, w, n, w, s]];
const face = (id: number, ...polygons: number[][][]) => ({ id, polygons });

test("a corner is no border", () => {
  const four = [
    face(1, box(121, 33, 121.01, 33.01)),
    face(2, box(121.01, 33, 121.02, 33.01)),
    face(3, box(121, 33.01, 121.01, 33.02)),
    face(4, box(121.01, 33.01, 121.02, 33.02)),
  ];
  const pairs = findNeighbours(buildArcs(four)).map(({ a, b }) => `${a}-${b}`);
  expect(pairs).toEqual(["1-2", "1-3", "2-4", "3-4"]);
});

test("the border is measured in metres, all stretches together", () => {
  const [pair] = findNeighbours(
    buildArcs([face(5, box(121, 33, 121.01, 33.01)), face(3, box(121.01, 33, 121.02, 33.01))]),
  );
  expect(pair).toMatchObject({ a: 3, b: 5 });
  expect(pair!.border_m).toBeCloseTo(distanceBetween([121.01, 33], [121.01, 33.01]), 6);
});

test("neighbours are found across a sliver of a few centimetres, and not across a street", () => {
  const sliver = 3e-7; // degrees: about 3 cm
  const street = 1e-4; // degrees: about 9 m
  const faces = [
    face(1, box(121, 33, 121.01, 33.01)),
    face(2, box(121.01 + sliver, 33.002, 121.02, 33.008)),
    face(3, box(120.99, 33, 121 - street, 33.01)),
  ];
  const pairs = findNeighbours(buildArcs(faces));
  expect(pairs.map(({ a, b }) => `${a}-${b}`)).toEqual(["1-2"]);
  expect(pairs[0]!.border_m).toBeCloseTo(distanceBetween([121.01, 33.002], [121.01, 33.008]), 2);
});

test("in any dissection of a box the neighbours are those whose sides touch", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 50 }), fc.integer(), (count, seed) => {
      const faces = cutIntoBoxes(count, seed);
      const found = findNeighbours(buildArcs(faces)).map(({ a, b }) => `${a}-${b}`);
      expect(found).toEqual(touchingPairs(faces));
    }),
  );
});

/** Every pair tried, box against box. */
function touchingPairs(faces: ReturnType<typeof cutIntoBoxes>): string[] {
  const pairs: string[] = [];
  for (const one of faces) {
    for (const other of faces) {
      if (one.id >= other.id) continue;
      const [w, s, e, , , n] = one.polygons[0]![0]! as [number, number, number, number, number, number];
      const [w2, s2, e2, , , n2] = other.polygons[0]![0]! as [number, number, number, number, number, number];
      const [west, east] = [Math.max(w, w2), Math.min(e, e2)];
      const [south, north] = [Math.max(s, s2), Math.min(n, n2)];
      const touches = (west === east && south < north) || (south === north && west < east);
      if (touches && distanceBetween([west, south], [east, north]) > 1) pairs.push(`${one.id}-${other.id}`);
    }
  }
  return pairs;
}
