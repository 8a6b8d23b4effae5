import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import { distanceBetween, lengthOf } from "../../../data/measure/distance.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { Road } from "../../../data/roads/road.ts";
import { buildRoadGraph, type RoadGraph } from "../../../data/roads/road_graph.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { meetInside, type Place } from "../../support/segments.ts";
import { aRoad, metres, positionAt, type Stretch, someRoads, stretchesOf } from "./road_sets.ts";

const units = ([lon, lat]: Position): Place => [Math.round(lon * 1e9), Math.round(lat * 1e9)];

const inUnits = ({ a, b }: Stretch): [Place, Place] => [units(a), units(b)];

const keyOf = ({ a, b }: Pick<Stretch, "a" | "b">) => [a.join(), b.join()].sort().join(" ");

/** Metres between a position and a segment. */
function away(p: Position, [a, b]: [Position, Position]): number {
  const [perLon, perLat] = metresPerDegree(p[1]);
  const [ax, ay] = [(a[0] - p[0]) * perLon, (a[1] - p[1]) * perLat];
  const [dx, dy] = [(b[0] - p[0]) * perLon - ax, (b[1] - p[1]) * perLat - ay];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square));
  return Math.hypot(ax + share * dx, ay + share * dy);
}

function segmentsOf(roads: readonly Road[]): [Position, Position][] {
  const segments: [Position, Position][] = [];
  for (const line of roads.flatMap(({ lines }) => lines)) {
    for (let i = 1; i < line.length / 2; i++) segments.push([positionAt(line, i - 1), positionAt(line, i)]);
  }
  return segments.filter(([a, b]) => a[0] !== b[0] || a[1] !== b[1]);
}

const summed = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
const degreeOf = ({ nodeStart }: RoadGraph, node: number) => nodeStart[node + 1]! - nodeStart[node]!;
const degrees = (graph: RoadGraph) =>
  Array.from({ length: graph.nodeCount }, (_, node) => degreeOf(graph, node)).sort((a, b) => a - b);

describe("any roads, noded", () => {
  const anything = fc.oneof(someRoads(), someRoads({ size: 5, step: 1, most: 8 }), someRoads({ size: 6, step: 7 }));

  test("meet at ends of their stretches only, and no stretch is there twice", () => {
    fc.assert(
      fc.property(anything, (roads) => {
        const stretches = stretchesOf(buildRoadGraph(roads, 0));
        const crossing = stretches.flatMap((one, i) =>
          stretches.slice(i + 1).filter((other) => meetInside(inUnits(one), inUnits(other))),
        );
        expect(crossing).toEqual([]);
        expect(new Set(stretches.map(keyOf)).size).toBe(stretches.length);
      }),
      { numRuns: 500 },
    );
  });

  test("keep their course and their length", () => {
    fc.assert(
      fc.property(someRoads(), (roads) => {
        const stretches = stretchesOf(buildRoadGraph(roads, 0));
        const segments = segmentsOf(roads);
        const isOn = ({ a, b }: Stretch, segment: [Position, Position]) =>
          away(a, segment) < 0.001 && away(b, segment) < 0.001;
        for (const stretch of stretches) expect(segments.some((segment) => isOn(stretch, segment))).toBe(true);
        for (const segment of segments) {
          const along = stretches.filter((stretch) => isOn(stretch, segment));
          const sum = summed(along.map(({ a, b }) => distanceBetween(a, b)));
          expect(Math.abs(sum - distanceBetween(...segment))).toBeLessThan(0.003);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("have nodes where not exactly two stretches of one road meet, and nowhere else but on loops", () => {
    fc.assert(
      fc.property(someRoads(), (roads) => {
        const graph = buildRoadGraph(roads, 0);
        const ends = new Map<string, number[]>();
        for (const { edge, a, b } of stretchesOf(graph)) {
          for (const at of [a, b]) {
            ends.set(at.join(), [...(ends.get(at.join()) ?? []), graph.edgeRoad[edge]!]);
          }
        }
        const nodes = new Set<string>();
        for (let node = 0; node < graph.nodeCount; node++) nodes.add(positionAt(graph.nodePositions, node).join());
        expect(nodes.size).toBe(graph.nodeCount);
        for (const [at, around] of ends) {
          const goesOn = around.length === 2 && around[0] === around[1];
          if (!goesOn) expect(nodes).toContain(at);
        }
        for (let edge = 0; edge < graph.edgeCount; edge++) {
          const [from, to] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
          const [first, last] = [graph.edgeStart[edge]!, graph.edgeStart[edge + 1]! - 1];
          expect(positionAt(graph.positions, first)).toEqual(positionAt(graph.nodePositions, from));
          expect(positionAt(graph.positions, last)).toEqual(positionAt(graph.nodePositions, to));
          for (let at = first + 1; at < last; at++) expect(nodes).not.toContain(positionAt(graph.positions, at).join());
          const line = [...graph.positions.slice(2 * first, 2 * last + 2)];
          expect(graph.edgeLength[edge]).toBeCloseTo(lengthOf(line), 3);
        }
        expect(summed(degrees(graph))).toBe(2 * graph.edgeCount);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a road graph", () => {
  test("of no road is empty", () => {
    expect(buildRoadGraph([])).toMatchObject({ nodeCount: 0, edgeCount: 0, index: null });
    expect(
      buildRoadGraph([{ id: 1, class: "lane", name: null, lines: [[], [121, 33], [121, 33, 121, 33]] }]),
    ).toMatchObject({ nodeCount: 0, edgeCount: 0, index: null });
  });

  test("has one node where two roads cross, whether or not they have a vertex there", () => {
    const across = aRoad(1, [
      [-50, 0],
      [50, 0],
    ]);
    for (const course of [
      [[0, -50] as const, [0, 50] as const],
      [[0, -50] as const, [0, 0] as const, [0, 50] as const],
    ]) {
      const graph = buildRoadGraph([across, aRoad(2, course)]);
      expect(degrees(graph)).toEqual([1, 1, 1, 1, 4]);
      expect(summed(graph.edgeLength)).toBeCloseTo(200, 2);
    }
  });

  test("gives a stretch that two roads share to the first of them", () => {
    const graph = buildRoadGraph([
      aRoad(7, [
        [0, 0],
        [100, 0],
      ]),
      aRoad(8, [
        [40, 0],
        [60, 0],
        [60, 30],
      ]),
    ]);
    expect(summed(graph.edgeLength)).toBeCloseTo(130, 2);
    const ofSecond = [...graph.edgeLength].filter((_, edge) => graph.roads[graph.edgeRoad[edge]!]!.id === 8);
    expect(ofSecond).toHaveLength(1);
    expect(ofSecond[0]).toBeCloseTo(30, 2);
  });

  test("has one node on a ring that nothing joins", () => {
    const graph = buildRoadGraph([
      aRoad(1, [
        [0, 0],
        [50, 0],
        [50, 50],
        [0, 0],
      ]),
    ]);
    expect(graph).toMatchObject({ nodeCount: 1, edgeCount: 1 });
    expect(degrees(graph)).toEqual([2]);
    expect(graph.edgeLength[0]).toBeCloseTo(100 + Math.hypot(50, 50), 2);
  });

  test("refuses coordinates that are no numbers", () => {
    expect(() => buildRoadGraph([{ id: 1, class: "lane", name: null, lines: [[121, 33, Number.NaN, 33]] }])).toThrow(
      RangeError,
    );
  });
});

describe("a loose end", () => {
  const through = aRoad(1, [
    [-50, 0],
    [20, 0],
    [50, 0],
  ]);
  const sideRoad = (east: number, north: number) =>
    aRoad(2, [
      [east, 40],
      [east, north],
    ]);

  test("that misses a road by less than the snapping distance is led to it; the road keeps its course", () => {
    for (const miss of [0.4, 0, -0.4]) {
      const graph = buildRoadGraph([through, sideRoad(0, miss)]);
      expect(degrees(graph)).toEqual([1, 1, 1, 3]);
      const node = graph.nodeStart.findIndex((_, at) => degreeOf(graph, at) === 3);
      expect(away(positionAt(graph.nodePositions, node), [metres(0, 0), metres(0, 0)])).toBeLessThan(0.001);
      expect(summed(graph.edgeLength)).toBeCloseTo(140, 2);
    }
  });

  test("is led to the vertex, where the road has one that near", () => {
    const graph = buildRoadGraph([through, sideRoad(20.3, 0.2)]);
    expect(degrees(graph)).toEqual([1, 1, 1, 3]);
    const positions = stretchesOf(graph).flatMap(({ a, b }) => [a, b].map(String));
    expect(new Set(positions)).toEqual(
      new Set(
        [
          [-50, 0],
          [20, 0],
          [50, 0],
          [20.3, 40],
        ].map(([x, y]) => String(metres(x!, y!))),
      ),
    );
  });

  test("further away stays loose", () => {
    expect(degrees(buildRoadGraph([through, sideRoad(0, 0.6)]))).toEqual([1, 1, 1, 1]);
    expect(degrees(buildRoadGraph([through, sideRoad(0, 0.6)], 1))).toEqual([1, 1, 1, 3]);
  });

  test("facing another becomes one node with it", () => {
    const graph = buildRoadGraph([
      aRoad(1, [
        [0, 0],
        [50, 0],
      ]),
      aRoad(2, [
        [50.3, 0.1],
        [90, 0],
      ]),
    ]);
    expect(degrees(graph)).toEqual([1, 1, 2]);
  });

  test("is not led back to its own line, however dense its vertices", () => {
    const dense = Array.from({ length: 60 }, (_, i) => [i * 0.1, Math.sin(i / 9)] as const);
    expect(degrees(buildRoadGraph([aRoad(1, dense)]))).toEqual([1, 1]);
  });

  test("is led to another part of its own line", () => {
    const graph = buildRoadGraph([
      aRoad(1, [
        [0, 0],
        [50, 0],
        [50, 50],
        [25, 50],
        [25, 0.3],
      ]),
    ]);
    expect(degrees(graph)).toEqual([1, 3]);
  });
});

describe("the demo district's roads", () => {
  const roads = generateDemo({ size: "district" }).road.map(({ geom, ...road }) => ({ ...road, lines: geom }));
  const graph = buildRoadGraph(roads);

  test("are noded without losing a metre", () => {
    const whole = summed(roads.flatMap(({ lines }) => lines.map(lengthOf)));
    expect(Math.abs(summed(graph.edgeLength) - whole)).toBeLessThan(1);
    const stretches = stretchesOf(graph);
    expect(new Set(stretches.map(keyOf)).size).toBe(stretches.length);
  });

  test("hang together", () => {
    const reached = new Set([graph.edgeFrom[0]!]);
    for (const node of reached) {
      for (let i = graph.nodeStart[node]!; i < graph.nodeStart[node + 1]!; i++) {
        const edge = graph.nodeEdges[i]! >> 1;
        reached.add(graph.edgeFrom[edge]!).add(graph.edgeTo[edge]!);
      }
    }
    expect(reached.size).toBeGreaterThan(0.99 * graph.nodeCount);
  });
});
