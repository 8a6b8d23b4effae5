import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import { distanceBetween, lengthOf } from "../../../data/measure/distance.ts";
import { sharedShare } from "../../../data/roads/alternative_paths.ts";
import { distancesFrom } from "../../../data/roads/distances_from.ts";
import { nearestOnRoads, placeOnEdge, type RoadPlace } from "../../../data/roads/nearest_on_roads.ts";
import { buildRoadGraph, type RoadGraph } from "../../../data/roads/road_graph.ts";
import type { ClassCosts } from "../../../data/roads/search_roads.ts";
import { alternatives, type RoadWay, shortestPath } from "../../../data/roads/shortest_path.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { allCosts } from "./brute_force.ts";
import { aRoad, metres, positionAt, someRoads, stretchesOf } from "./road_sets.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A graph and some places on it, ends of edges among them. */
const aGraphWithPlaces = fc
  .tuple(
    someRoads({ size: 6, most: 8 }),
    fc.array(fc.tuple(share, fc.oneof(share, fc.constantFrom(0, 1))), { minLength: 2, maxLength: 5 }),
  )
  .map(([roads, picks]) => {
    const graph = buildRoadGraph(roads);
    const places = graph.edgeCount === 0 ? [] : picks.map(([which, along]) => pick(graph, which, along));
    return { graph, places };
  })
  .filter(({ places }) => places.length > 0);

function pick(graph: RoadGraph, which: number, along: number): RoadPlace {
  const edge = Math.min(graph.edgeCount - 1, Math.floor(which * graph.edgeCount));
  return placeOnEdge(graph, edge, along * graph.edgeLength[edge]!);
}

const someCosts: fc.Arbitrary<ClassCosts> = fc.constantFrom(
  {},
  { main: 0.5, lane: 3 },
  { side: 2, main: Number.POSITIVE_INFINITY },
);

/** The line is made of positions of the graph, from place to place, as long as it says. */
function expectSound(graph: RoadGraph, way: RoadWay, from: Position, to: Position): void {
  expect(way.line.slice(0, 2)).toEqual(from);
  expect(way.line.slice(-2)).toEqual(to);
  expect(Math.abs(lengthOf(way.line) - way.length)).toBeLessThan(0.002);
  const known = new Set(stretchesOf(graph).flatMap(({ a, b }) => [a.join(), b.join()]));
  const inner = Array.from({ length: way.line.length / 2 }, (_, i) => positionAt(way.line, i).join()).slice(1, -1);
  for (const at of inner) expect(known).toContain(at);
  expect(new Set(inner).size).toBe(inner.length);
}

describe("on any roads", () => {
  test("no path is cheaper than the one found, and distances from a place agree", () => {
    fc.assert(
      fc.property(aGraphWithPlaces, someCosts, ({ graph, places }, costs) => {
        const truth = allCosts(graph, places, costs);
        places.forEach((from, i) => {
          const distances = distancesFrom(graph, from, { costs });
          places.forEach((to, j) => {
            const way = shortestPath(graph, from, to, costs);
            if (truth[i]![j] === Number.POSITIVE_INFINITY) {
              expect(way).toBeNull();
              expect(distances.to(to)).toBe(Number.POSITIVE_INFINITY);
              return;
            }
            expect(Math.abs(way!.cost - truth[i]![j]!)).toBeLessThan(0.01);
            expect(Math.abs(distances.to(to) - truth[i]![j]!)).toBeLessThan(0.01);
            expectSound(graph, way!, from.at, to.at);
          });
        });
      }),
      { numRuns: 300 },
    );
  });

  test("alternatives come by rising cost after the best, and really differ", () => {
    fc.assert(
      fc.property(aGraphWithPlaces, someCosts, ({ graph, places: [from, to] }, costs) => {
        const ways = alternatives(graph, from!, to ?? from!, 3, costs);
        const best = shortestPath(graph, from!, to ?? from!, costs);
        expect(ways.length).toBeLessThanOrEqual(4);
        expect(ways[0]?.cost).toBe(best?.cost);
        ways.forEach((way, i) => {
          expectSound(graph, way, from!.at, (to ?? from!).at);
          for (const other of ways.slice(0, i)) {
            expect(way.cost).toBeGreaterThanOrEqual(other.cost);
            expect(sharedShare(way, other)).toBeLessThanOrEqual(0.97);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  test("a limit leaves out what lies beyond, and changes nothing else", () => {
    fc.assert(
      fc.property(aGraphWithPlaces, fc.integer({ min: 0, max: 150 }), ({ graph, places }, limit) => {
        const [whole, within] = [distancesFrom(graph, places[0]!), distancesFrom(graph, places[0]!, { limit })];
        whole.nodes.forEach((far, node) => {
          expect(within.nodes[node]).toBe(far <= limit ? far : Number.POSITIVE_INFINITY);
        });
        for (const place of places) {
          const far = whole.to(place);
          expect(within.to(place)).toBe(far <= limit ? far : Number.POSITIVE_INFINITY);
        }
      }),
    );
  });

  test("no point of any road is nearer than the nearest found, and each edge comes once", () => {
    const anywhere = fc.tuple(fc.integer({ min: -90, max: 150 }), fc.integer({ min: -90, max: 150 }));
    fc.assert(
      fc.property(aGraphWithPlaces, anywhere, ({ graph, places }, [east, north]) => {
        const at = metres(east, north);
        const [nearest] = nearestOnRoads(graph, at);
        const all = nearestOnRoads(graph, at, { most: 1000 });
        expect(all[0]).toEqual(nearest);
        expect(distanceBetween(at, nearest!.at)).toBeCloseTo(nearest!.distance, 2);
        for (const place of places) expect(nearest!.distance).toBeLessThan(distanceBetween(at, place.at) + 0.001);
        expect(new Set(all.map(({ edge }) => edge)).size).toBe(all.length);
        const within = nearestOnRoads(graph, at, { most: 1000, within: 40 });
        expect(within).toEqual(all.filter(({ distance }) => distance <= 40));
      }),
      { numRuns: 300 },
    );
  });
});

/** A block of 200 m by 80 m between four streets that go on beyond. */
const block = buildRoadGraph([
  aRoad(1, [
    [-50, 0],
    [250, 0],
  ]),
  aRoad(2, [
    [-50, 80],
    [250, 80],
  ]),
  aRoad(3, [
    [0, -50],
    [0, 130],
  ]),
  aRoad(
    4,
    [
      [200, -50],
      [200, 130],
    ],
    "main",
  ),
]);
const [south, north] = [nearestOnRoads(block, metres(100, 0))[0]!, nearestOnRoads(block, metres(100, 80))[0]!];

test("the other way round the block is the alternative", () => {
  const west = nearestOnRoads(block, metres(80, 0))[0]!;
  const [best, other, ...rest] = alternatives(block, west, north, 1);
  expect(best!.length).toBeCloseTo(80 + 80 + 100, 1);
  expect(other!.length).toBeCloseTo(120 + 80 + 100, 1);
  expect(best!.line.slice(2, 4)).toEqual(metres(0, 0));
  expect(other!.line.slice(2, 4)).toEqual(metres(200, 0));
  expect(rest).toEqual([]);
});

test("a dearer class is gone round, one without a way through is not used", () => {
  const east = nearestOnRoads(block, metres(120, 0))[0]!;
  expect(shortestPath(block, east, north)!.line.slice(2, 4)).toEqual(metres(200, 0));
  expect(shortestPath(block, east, north, { main: 4 })!.line.slice(2, 4)).toEqual(metres(0, 0));
  expect(alternatives(block, east, north, 3, { main: Number.POSITIVE_INFINITY })).toHaveLength(1);
  expect(shortestPath(block, south, north, { side: Number.POSITIVE_INFINITY })).toBeNull();
  expect(() => shortestPath(block, south, north, { side: 0 })).toThrow(RangeError);
});

test("between a place and itself lies nothing", () => {
  expect(shortestPath(block, south, south)).toEqual({ line: [...south.at], length: 0, cost: 0, steps: [] });
});

test("several near roads are found by rising distance, those not wanted left out", () => {
  const at = metres(10, 20);
  const near = nearestOnRoads(block, at, { most: 5, within: 30 });
  expect(near.map(({ distance }) => Math.round(distance))).toEqual([10, 20, 22]);
  const others = nearestOnRoads(block, at, { most: 1, accept: (road) => block.roads[road]!.class === "main" });
  expect(others.map(({ distance }) => Math.round(distance))).toEqual([190]);
  expect(nearestOnRoads(block, metres(60_000, 0), { most: 1 }).map(({ distance }) => Math.round(distance))).toEqual([
    59_750,
  ]);
  expect(nearestOnRoads(buildRoadGraph([]), at)).toEqual([]);
});

test("across the demo district the guided search finds what the blind one does", () => {
  const roads = generateDemo({ size: "district" }).road;
  const graph = buildRoadGraph(roads.map(({ geom, ...road }) => ({ ...road, lines: geom })));
  for (let i = 0; i < 20; i++) {
    const from = pick(graph, ((i * 7919) % 1000) / 1000, 0.3);
    const distances = distancesFrom(graph, from);
    for (let j = 0; j < 20; j++) {
      const to = pick(graph, ((j * 104_729 + i) % 1000) / 1000, 0.6);
      const way = shortestPath(graph, from, to);
      expect(way?.cost ?? Number.POSITIVE_INFINITY).toBeCloseTo(distances.to(to), 6);
    }
  }
});
