import fc from "fast-check";
import { expect, test } from "vitest";
import { createEdge, type Edge, type Points } from "../../../data/coverage/edge.ts";
import { nodeEdges } from "../../../data/coverage/node_edges.ts";
import { createVertexTable } from "../../../data/division/vertex_table.ts";

type Place = readonly [number, number];

function wallsOf(segments: (readonly [Place, Place])[]): { edges: Edge[]; points: Points } {
  const points = createVertexTable(16, 1);
  const edges = segments
    .map(([a, b]) => ({ from: points.add(...a), to: points.add(...b) }))
    .filter(({ from, to }) => from !== to)
    .map(({ from, to }) => createEdge(points, { from, to, areaStep: 0, containerStep: 0, wall: true, origin: null }));
  return { edges, points };
}

/** Twice the signed area of three places. */
const turn = (a: Place, b: Place, c: Place) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Whether two segments have a point in common that is no end of both. */
function meetInside([a, b]: [Place, Place], [c, d]: [Place, Place]): boolean {
  const same = (p: Place, q: Place) => p[0] === q[0] && p[1] === q[1];
  const on = (p: Place, q: Place, r: Place) =>
    turn(p, q, r) === 0 &&
    Math.min(p[0], q[0]) <= r[0] &&
    r[0] <= Math.max(p[0], q[0]) &&
    Math.min(p[1], q[1]) <= r[1] &&
    r[1] <= Math.max(p[1], q[1]);
  const inside = (p: Place, q: Place, r: Place) => !same(p, r) && !same(q, r) && on(p, q, r);
  if ([c, d].some((end) => inside(a, b, end)) || [a, b].some((end) => inside(c, d, end))) return true;
  const apart = (p: Place, q: Place, r: Place, s: Place) => Math.sign(turn(p, q, r)) * Math.sign(turn(p, q, s)) < 0;
  return apart(a, b, c, d) && apart(c, d, a, b);
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
