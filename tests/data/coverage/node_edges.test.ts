import fc from "fast-check";
import { expect, test } from "vitest";
import { createEdge, type Edge, type Points } from "../../../data/coverage/edge.ts";
import { nodeEdges } from "../../../data/coverage/node_edges.ts";
import { createVertexTable } from "../../../data/division/vertex_table.ts";
import { meetInside, type Place } from "../../support/segments.ts";

function wallsOf(segments: (readonly [Place, Place])[]): { edges: Edge[]; points: Points } {
  const points = createVertexTable(16, 1);
  const edges = segments
    .map(([a, b]) => ({ from: points.add(...a), to: points.add(...b) }))
    .filter(({ from, to }) => from !== to)
    .map(({ from, to }) => createEdge(points, { from, to, areaStep: 0, containerStep: 0, wall: true, origin: null }));
  return { edges, points };
}

function crossings({ edges, points }: { edges: Edge[]; points: Points }): number {
  const ends = nodeEdges(edges, points).map(({ from, to }): [Place, Place] => [
    [points.lonOf(from), points.latOf(from)],
    [points.lonOf(to), points.latOf(to)],
  ]);
  return ends.flatMap((one, i) => ends.slice(i + 1).filter((other) => meetInside(one, other))).length;
}

test("the diagonals of a square of one unit are not bent into each other for ever", () => {
  const square = wallsOf([
    [
      [0, 0],
      [1, 1],
    ],
    [
      [0, 1],
      [1, 0],
    ],
  ]);
  expect(crossings(square)).toBe(0);
});

test("whatever lies on a few units ends, and meets at its ends only", () => {
  const place = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 14 }), (segments) => {
      expect(crossings(wallsOf(segments))).toBe(0);
    }),
    { numRuns: 2000 },
  );
});
