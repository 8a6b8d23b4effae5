import fc from "fast-check";
import { expect, test } from "vitest";
import { type Arc, buildArcs } from "../../../data/division/arcs.ts";
import { signedAreaOf } from "../../../data/measure/area.ts";
import { cutIntoBoxes } from "./dissection.ts";

const box = (w: number, s: number, e: number, n: number) => [[w, s, e, s, e, n, w, n, w, s]];
const face = (id: number, ...polygons: number[][][]) => ({ id, polygons });
const sides = (arcs: Arc[]) =>
  arcs.map(({ left, right }) => `${Math.min(left, right)}|${Math.max(left, right)}`).sort();

test("two squares have three arcs, the shared border once", () => {
  const arcs = buildArcs([face(1, box(0, 0, 1, 1)), face(2, box(1, 0, 2, 1))]);
  expect(sides(arcs)).toEqual(["0|1", "0|2", "1|2"]);
  const shared = arcs.find((arc) => arc.left !== 0 && arc.right !== 0)!;
  expect(shared.line).toEqual(shared.left === 1 ? [1, 0, 1, 1] : [1, 1, 1, 0]);
});

test("a face alone is one closed arc", () => {
  const arcs = buildArcs([face(7, box(0, 0, 1, 1))]);
  expect(arcs).toHaveLength(1);
  expect(arcs[0]!.line).toHaveLength(10);
  expect(arcs[0]!.line.slice(0, 2)).toEqual(arcs[0]!.line.slice(-2));
});

test("a face in the hole of another shares one closed arc with it", () => {
  const hole = [1, 1, 1, 2, 2, 2, 2, 1, 1, 1];
  const arcs = buildArcs([face(1, [...box(0, 0, 3, 3), hole]), face(2, box(1, 1, 2, 2))]);
  expect(sides(arcs)).toEqual(["0|1", "1|2"]);
});

test("winding does not matter", () => {
  const backwards = [[0, 0, 0, 1, 1, 1, 1, 0, 0, 0]];
  const [arc] = buildArcs([face(1, backwards)]);
  expect(signedAreaOf(arc!.line) > 0).toBe(arc!.left === 1);
});

test("two pieces of one face have no border between them", () => {
  const arcs = buildArcs([face(1, box(0, 0, 1, 1), box(1, 0, 2, 1))]);
  expect(sides(arcs)).toEqual(["0|1"]);
});

test("a vertex in the middle of the neighbour's edge splits it", () => {
  //  ┌───┬───┐
  //  │ 2 │ 3 │
  //  ├───┴───┤   1 knows no vertex in the middle of its upper edge
  //  │   1   │
  //  └───────┘
  const arcs = buildArcs([face(1, box(0, 0, 2, 1)), face(2, box(0, 1, 1, 2)), face(3, box(1, 1, 2, 2))]);
  expect(sides(arcs)).toEqual(["0|1", "0|2", "0|3", "1|2", "1|3", "2|3"]);
});

test("faces that overlap keep both their borders", () => {
  const arcs = buildArcs([face(1, box(0, 0, 2, 2)), face(2, box(1, 1, 3, 3))]);
  expect(sides(arcs)).toEqual(["0|1", "0|2"]);
  const twice = buildArcs([face(1, box(0, 0, 1, 1)), face(2, box(0, 0, 1, 1))]);
  expect(new Set(sides(twice))).toEqual(new Set(["0|1", "0|2"]));
});

test("the arcs round a face enclose just its surface, in any dissection of a box", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer(), (count, seed) => {
      const faces = cutIntoBoxes(count, seed);
      const sums = new Map<number, number>();
      for (const { left, right, line } of buildArcs(faces)) {
        // By Green's theorem each arc adds its part to the face on the left and takes it from the one on the right.
        const part = shoelace(line);
        sums.set(left, (sums.get(left) ?? 0) + part);
        sums.set(right, (sums.get(right) ?? 0) - part);
      }
      for (const { id, polygons } of faces) expect(sums.get(id)).toBeCloseTo(shoelace(polygons[0]![0]!), 9);
    }),
  );
});

function shoelace(line: number[]): number {
  let sum = 0;
  for (let i = 2; i < line.length; i += 2) {
    sum += ((line[i - 2]! - line[i]!) * (line[i - 1]! + line[i + 1]! - 66)) / 2;
  }
  return sum;
}
