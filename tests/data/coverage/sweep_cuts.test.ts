import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import { createEdge, type Edge, keyOf, type Points } from "../../../data/coverage/edge.ts";
import { sweepCuts } from "../../../data/coverage/sweep_cuts.ts";
import { createSweepLine } from "../../../data/coverage/sweep_line.ts";
import { TangledCoverage } from "../../../data/coverage/tangled.ts";
import { createVertexTable } from "../../../data/division/vertex_table.ts";

type Place = readonly [number, number];
type Segment = readonly [Place, Place];

function edgesOf(segments: readonly Segment[]): { edges: Edge[]; points: Points } {
  const points = createVertexTable(16, 1);
  const edges = new Map<number, Edge>();
  for (const [a, b] of segments) put(edges, points, points.add(...a), points.add(...b));
  return { edges: [...edges.values()], points };
}

function put(edges: Map<number, Edge>, points: Points, from: number, to: number): void {
  if (from === to) return;
  const edge = createEdge(points, { from, to, areaStep: 0, containerStep: 0, wall: true, origin: null });
  edges.set(keyOf(edge), edge);
}

/** Sweeps and cuts until nothing crosses. */
function noded({ edges, points }: { edges: Edge[]; points: Points }): { edges: Edge[]; rounds: number } {
  let open = edges;
  for (let rounds = 1; ; rounds++) {
    const cuts = sweepCuts(open, points);
    if (!cuts) return { edges: open, rounds };
    if (rounds > 40) throw new Error("it does not come to rest");
    const pieces = new Map<number, Edge>();
    open.forEach(({ from, to }, i) => {
      const [dx, dy] = [points.lonOf(to) - points.lonOf(from), points.latOf(to) - points.latOf(from)];
      const along = (point: number) => points.lonOf(point) * dx + points.latOf(point) * dy;
      const stations = [...(cuts[i] ?? [])].sort((a, b) => along(a) - along(b));
      [...stations, to].reduce((before, point) => {
        put(pieces, points, before, point);
        return point;
      }, from);
    });
    open = [...pieces.values()];
  }
}

/** Twice the signed area of three places, exactly. */
const turn = (a: Place, b: Place, c: Place) =>
  BigInt(b[0] - a[0]) * BigInt(c[1] - a[1]) - BigInt(b[1] - a[1]) * BigInt(c[0] - a[0]);
const sign = (value: bigint) => (value > 0n ? 1 : value < 0n ? -1 : 0);

/** Whether two segments have a point in common that is no end of both. */
function meetInside([a, b]: Segment, [c, d]: Segment): boolean {
  const same = (p: Place, q: Place) => p[0] === q[0] && p[1] === q[1];
  const inside = (p: Place, q: Place, r: Place) =>
    !same(p, r) &&
    !same(q, r) &&
    turn(p, q, r) === 0n &&
    Math.min(p[0], q[0]) <= r[0] &&
    r[0] <= Math.max(p[0], q[0]) &&
    Math.min(p[1], q[1]) <= r[1] &&
    r[1] <= Math.max(p[1], q[1]);
  if ([c, d].some((end) => inside(a, b, end)) || [a, b].some((end) => inside(c, d, end))) return true;
  const apart = (p: Place, q: Place, r: Place, s: Place) => sign(turn(p, q, r)) * sign(turn(p, q, s)) < 0;
  return apart(a, b, c, d) && apart(c, d, a, b);
}

function crossings(edges: readonly Edge[], points: Points): number {
  const ends = edges.map(
    ({ from, to }): Segment => [
      [points.lonOf(from), points.latOf(from)],
      [points.lonOf(to), points.latOf(to)],
    ],
  );
  return ends.flatMap((one, i) => ends.slice(i + 1).filter((other) => meetInside(one, other))).length;
}

describe("a sweep finds a cut if, and only if, two edges meet inside,", () => {
  const cases: [string, number, number, number][] = [
    ["on a few units, where everything touches", 6, 14, 3000],
    ["on some dozen units", 40, 24, 1000],
    ["on units of a city", 100_000_000, 24, 500],
  ];
  test.each(cases)("%s; cut again and again it ends", (_, side, most, numRuns) => {
    const place = fc.tuple(fc.integer({ min: 0, max: side }), fc.integer({ min: 0, max: side }));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: most }), (segments) => {
        const laid = edgesOf(segments);
        if (crossings(laid.edges, laid.points) > 0) expect(sweepCuts(laid.edges, laid.points)).not.toBeNull();
        const { edges } = noded(laid);
        expect(crossings(edges, laid.points)).toBe(0);
      }),
      { numRuns },
    );
  });
});

test("a fan of edges that meet in one point, and a star round them, has nothing to cut", () => {
  const rim = (i: number): Place => [
    Math.round(1e8 * Math.cos(i * 0.01 * Math.PI)),
    Math.round(1e8 * Math.sin(i * 0.01 * Math.PI)),
  ];
  const fan = Array.from({ length: 200 }, (_, i): Segment => [[0, 0], rim(i)]);
  const { edges, points } = edgesOf([...fan, ...Array.from({ length: 200 }, (_, i): Segment => [rim(i), rim(i + 1)])]);
  expect(sweepCuts(edges, points)).toBeNull();
  expect(noded(edgesOf([...fan, [rim(90), [1e8, 5e7]]])).rounds).toBeLessThan(6);
});

test("the line of the sweep says the same as a plain array, however long it is", () => {
  const step = fc.record({ at: fc.nat(), count: fc.nat(3000), fresh: fc.nat(2500) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const line = createSweepLine();
      const plain: number[] = [];
      let name = 0;
      for (const { at, count, fresh } of steps) {
        const place = at % (plain.length + 1);
        const taken = Math.min(count, plain.length - place);
        const edges = Array.from({ length: fresh }, () => name++);
        line.replace(place, taken, edges);
        plain.splice(place, taken, ...edges);
        expect(line.length).toBe(plain.length);
        expect(line.slice(0, plain.length)).toEqual(plain);
        const cut = at % (plain.length + 1);
        expect(line.slice(cut, Math.min(plain.length, cut + count))).toEqual(plain.slice(cut, cut + count));
        if (cut < plain.length) expect(line.at(cut)).toBe(plain[cut]);
        const places = new Map(plain.map((edge, i) => [edge, i]));
        expect(line.countBelow((edge) => places.get(edge)! < cut)).toBe(cut);
      }
    }),
    { numRuns: 60 },
  );
});

/** n squares, each a little beside the one before: every two cross, and n² places have up to n owners. */
function heap(n: number) {
  const box = (w: number, s: number) => [w, s, w + 0.01, s, w + 0.01, s + 0.01, w, s + 0.01, w, s];
  const snapped = (ring: number[]) => ring.map((degrees) => Math.round(degrees * 1e9) / 1e9);
  return Array.from({ length: n }, (_, i) => ({
    id: String(i),
    polygons: [[snapped(box(126.6 + i * 1e-6, 45.7 + i * 7e-7))]],
  }));
}

test("a heap whose places have millions of owners is refused, a small one is told place by place", () => {
  expect(findFaults(heap(20)).length).toBeGreaterThan(20 * 15);
  expect(() => findFaults(heap(1000))).toThrow(TangledCoverage);
});
