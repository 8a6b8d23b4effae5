import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import { distanceBetween, lengthOf } from "../../../data/measure/distance.ts";
import { buildRoadGraph } from "../../../data/roads/road_graph.ts";
import { type BorderTrace, traceBorder } from "../../../data/roads/trace_border.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { aRoad, metres, someRoads } from "./road_sets.ts";

/** Two streets 80 m apart, joined at both ends; a loose one far away. */
const graph = buildRoadGraph([
  aRoad(1, [
    [0, 0],
    [60, 0],
    [200, 0],
  ]),
  aRoad(2, [
    [0, 80],
    [200, 80],
  ]),
  aRoad(3, [
    [0, 0],
    [0, 80],
  ]),
  aRoad(4, [
    [200, 0],
    [200, 80],
  ]),
  aRoad(5, [
    [1000, 0],
    [1100, 0],
  ]),
]);

function traced(from: Position, to: Position, options = {}): BorderTrace[] {
  const found = traceBorder(graph, from, to, options);
  if (!found.ok) throw new Error(found.reason);
  return found.traces;
}

function refusal(from: Position, to: Position, options = {}) {
  const found = traceBorder(graph, from, to, options);
  return found.ok ? null : found;
}

describe("a border traced along roads", () => {
  test("goes from its vertex to the road by the shortest link, along it, and to the other vertex", () => {
    const [from, to] = [metres(20, 10), metres(150, -12)];
    const [trace] = traced(from, to);
    expect(trace!.path).toEqual([from, metres(20, 0), metres(60, 0), metres(150, 0), to]);
    expect(trace!.length).toBeCloseTo(10 + 130 + 12, 1);
    expect(trace!.on_roads).toBeCloseTo(130, 1);
    expect(trace!.roads).toEqual([0]);
    expect(PlanOperation.safeParse({ op: "reshape", path: trace!.path }).success).toBe(true);
  });

  test("needs no link where the vertex stands on the road", () => {
    const [trace] = traced(metres(20, 0), metres(200, 30.00004));
    expect(trace!.path).toEqual([metres(20, 0), metres(60, 0), metres(200, 0), metres(200, 30.00004)]);
    const [beside] = traced(metres(20, 0.05), metres(150, 0));
    expect(beside!.path).toEqual([metres(20, 0.05), metres(60, 0), metres(150, 0)]);
  });

  test("comes with the ways round the other side", () => {
    const [best, other, ...rest] = traced(metres(20, 10), metres(150, 90), { more: 3 });
    expect(best!.roads).toEqual([0, 2, 1]);
    expect(other!.roads).toEqual([0, 3, 1]);
    expect(other!.length).toBeGreaterThan(best!.length);
    expect(rest).toEqual([]);
  });

  test("is refused with the place and the reason where there is no road to follow", () => {
    const at = metres(100, 40);
    expect(refusal(metres(20, 0), at)).toMatchObject({ reason: "no_road_near", at });
    expect(refusal(metres(20, 0), at)!.nearest).toBeCloseTo(40, 1);
    expect(refusal(metres(20, 0), at, { reach: 45 })).toBeNull();
    expect(refusal(metres(20, 0), metres(1050, 5))).toMatchObject({ reason: "not_joined" });
    expect(refusal(at, at)).toMatchObject({ reason: "same_place" });
    expect(refusal(metres(210, -3), metres(208, -8))).toMatchObject({ reason: "nothing_to_follow" });
    const empty = traceBorder(buildRoadGraph([]), at, metres(20, 0));
    expect(empty).toMatchObject({ ok: false, reason: "no_road_near", nearest: null });
  });

  test("does not use a class that is shut", () => {
    const shut = { side: Number.POSITIVE_INFINITY };
    expect(refusal(metres(20, 10), metres(150, 10), { costs: shut })).toMatchObject({
      reason: "no_road_near",
      nearest: null,
    });
  });
});

test("on any roads no trace crosses itself", () => {
  const anywhere = fc.tuple(fc.integer({ min: -20, max: 80 }), fc.integer({ min: -20, max: 80 }));
  fc.assert(
    fc.property(someRoads(), anywhere, anywhere, (roads, from, to) => {
      const found = traceBorder(buildRoadGraph(roads), metres(...from), metres(...to), { more: 3 });
      for (const { path } of found.ok ? found.traces : []) expect(crossings(path)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

describe("in the demo district", () => {
  const roads = generateDemo({ size: "district" }).road;
  const district = buildRoadGraph(roads.map(({ geom, ...road }) => ({ ...road, lines: geom })));

  test("every trace runs from vertex to vertex, never crosses itself, and fits the operation", () => {
    const node = fc.integer({ min: 0, max: district.nodeCount - 1 });
    const off = fc.tuple(
      fc.double({ min: -2e-4, max: 2e-4, noNaN: true }),
      fc.double({ min: -2e-4, max: 2e-4, noNaN: true }),
    );
    fc.assert(
      fc.property(node, node, off, off, (a, b, offA, offB) => {
        const [from, to] = [beside(a, offA), beside(b, offB)];
        const found = traceBorder(district, from, to, { more: 2 });
        if (!found.ok) {
          expect(["same_place", "nothing_to_follow", "not_joined"]).toContain(found.reason);
          return;
        }
        for (const { path, length } of found.traces) {
          expect(path[0]).toEqual(from);
          expect(path.at(-1)).toEqual(to);
          expect(length).toBeCloseTo(lengthOf(path.flat()), 2);
          expect(length).toBeGreaterThan(distanceBetween(from, to) - 0.01);
          expect(PlanOperation.safeParse({ op: "reshape", path }).success).toBe(true);
          expect(crossings(path)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  function beside(node: number, [east, north]: [number, number]): Position {
    const snapped = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
    const [lon, lat] = [district.nodePositions[2 * node]!, district.nodePositions[2 * node + 1]!];
    return [snapped(lon + east), snapped(lat + north)];
  }
});

/** Pairs of stretches that cross, the slow way. */
function crossings(path: readonly Position[]): number {
  const turn = (a: Position, b: Position, c: Position) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  let count = 0;
  for (let i = 1; i < path.length; i++) {
    for (let j = i + 2; j < path.length; j++) {
      const [a, b, c, d] = [path[i - 1]!, path[i]!, path[j - 1]!, path[j]!];
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) count++;
    }
  }
  return count;
}
