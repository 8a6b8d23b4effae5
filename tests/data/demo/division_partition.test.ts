import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Border,
  type FaceGraph,
  faceGraph,
  findPieces,
  subgraph,
} from "../../../data/demo/division/face_graph.ts";
import { partition } from "../../../data/demo/division/partition.ts";
import { groupBy } from "../../../data/demo/division/plan_graph.ts";

/** A raster of faces, 100 m each, with the given homes; rows of `wall` between two columns cost nothing to cut. */
function aRaster(columns: number, rows: number, homes: (face: number) => number, streetAt = -1): FaceGraph {
  const faces = Array.from({ length: columns * rows }, (_, face) => face);
  const borders: Border[] = [];
  for (const face of faces) {
    const column = face % columns;
    if (column + 1 < columns) borders.push({ a: face, b: face + 1, cost: column === streetAt ? 100 : 200 });
    if (face + columns < faces.length) borders.push({ a: face, b: face + columns, cost: 200 });
  }
  const loads = Float64Array.from(faces, homes);
  return faceGraph(
    {
      load: loads,
      homes: loads,
      buildings: new Float64Array(faces.length).fill(1),
      x: Float64Array.from(faces, (face) => 100 * (face % columns)),
      y: Float64Array.from(faces, (face) => 100 * Math.floor(face / columns)),
    },
    borders,
  );
}

const aTask = fc.record({
  columns: fc.integer({ min: 2, max: 9 }),
  rows: fc.integer({ min: 2, max: 9 }),
  parts: fc.integer({ min: 1, max: 7 }),
  key: fc.string({ maxLength: 6 }),
  homes: fc.array(fc.nat(80), { minLength: 81, maxLength: 81 }),
});

test("every part is connected and has a face, and every face is in a part", () => {
  fc.assert(
    fc.property(aTask, ({ columns, rows, parts, key, homes }) => {
      const graph = aRaster(columns, rows, (face) => homes[face]!);
      const wanted = Math.min(parts, columns * rows);
      const groups = groupBy(partition(graph, { parts: wanted, key }), wanted);
      expect(groups.flat().sort((a, b) => a - b)).toEqual([...graph.load.keys()]);
      for (const group of groups) {
        expect(group.length).toBeGreaterThan(0);
        expect(findPieces(subgraph(graph, group)).pieces).toBe(1);
      }
    }),
    { numRuns: 200 },
  );
});

test("the same key gives the same parts", () => {
  const graph = aRaster(9, 9, (face) => (face * 7) % 30);
  expect(partition(graph, { parts: 6, key: "a" })).toEqual(partition(graph, { parts: 6, key: "a" }));
});

test("equal faces come out as parts of about equal load", () => {
  const graph = aRaster(12, 12, () => 10);
  const loads = groupBy(partition(graph, { parts: 9, key: "even" }), 9).map((group) => group.length * 10);
  expect(Math.min(...loads)).toBeGreaterThanOrEqual(0.75 * 160);
  expect(Math.max(...loads)).toBeLessThanOrEqual(1.25 * 160);
});

test("a border settles on a big street rather than beside it", () => {
  const graph = aRaster(8, 6, () => 10, 3);
  const part = partition(graph, { parts: 2, key: "street" });
  const sides = new Set([...graph.load.keys()].map((face) => `${face % 8 > 3} ${part[face]}`));
  expect(sides.size).toBe(2);
});

test("what lies apart and is too light for a part counts as touching its nearest neighbour", () => {
  const lonely = aRaster(4, 4, () => 10);
  const graph = faceGraph(
    {
      load: Float64Array.from([...lonely.load, 1]),
      homes: Float64Array.from([...lonely.homes, 1]),
      buildings: Float64Array.from([...lonely.buildings, 1]),
      x: Float64Array.from([...lonely.x, 500]),
      y: Float64Array.from([...lonely.y, 0]),
    },
    [...lonely.load.keys()].flatMap((face) =>
      Array.from(lonely.to.slice(lonely.start[face], lonely.start[face + 1]))
        .filter((other) => other > face)
        .map((other) => ({ a: face, b: other, cost: 100 })),
    ),
  );
  const part = partition(graph, { parts: 2, key: "apart" });
  expect(part[16]).toBe(part[3]); // (500, 0) is nearest to (300, 0)
});

test("pieces heavy enough for parts of their own share the parts by load", () => {
  const one = aRaster(3, 3, () => 10);
  const borders = (offset: number) =>
    [...one.load.keys()].flatMap((face) =>
      Array.from(one.to.slice(one.start[face], one.start[face + 1]))
        .filter((other) => other > face)
        .map((other) => ({ a: offset + face, b: offset + other, cost: 100 })),
    );
  const twice = (values: Float64Array, shift = 0) => Float64Array.from([...values, ...values.map((v) => v + shift)]);
  const graph = faceGraph(
    {
      load: twice(one.load),
      homes: twice(one.homes),
      buildings: twice(one.buildings),
      x: twice(one.x, 9000),
      y: twice(one.y),
    },
    [...borders(0), ...borders(9)],
  );
  const part = partition(graph, { parts: 4, key: "two" });
  expect(new Set(part.slice(0, 9)).size).toBe(2);
  expect(new Set(part.slice(9)).size).toBe(2);
});

test("more parts than faces are refused", () => {
  expect(() =>
    partition(
      aRaster(2, 1, () => 1),
      { parts: 3, key: "" },
    ),
  ).toThrow(RangeError);
});
