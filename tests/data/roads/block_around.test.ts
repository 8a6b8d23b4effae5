import fc from "fast-check";
import { expect, test } from "vitest";
import { isInRing } from "../../../data/measure/in_ring.ts";
import { blockAround } from "../../../data/roads/block_around.ts";
import type { Road } from "../../../data/roads/road.ts";
import { buildRoadGraph } from "../../../data/roads/road_graph.ts";
import type { Position } from "../../../data/schema/geometry.ts";

const step = 0.001;
const at = (x: number, y: number): Position => [121 + x * step, 33 + y * step];

function aRoad(id: number, ...places: Position[]): Road {
  return { id, class: "side", name: null, lines: [places.flat()] };
}

/** Streets from west to east and from south to north, `count` of each, one step apart. */
function aTown(count: number): Road[] {
  return Array.from({ length: count }, (_, i) => [
    aRoad(i, at(0, i), at(count - 1, i)),
    aRoad(100 + i, at(i, 0), at(i, count - 1)),
  ]).flat();
}

const boxOf = (ring: readonly Position[]) => [
  Math.min(...ring.map(([lon]) => lon)),
  Math.min(...ring.map(([, lat]) => lat)),
  Math.max(...ring.map(([lon]) => lon)),
  Math.max(...ring.map(([, lat]) => lat)),
];

test("the block round a position is the ring of streets that encloses it", () => {
  const ring = blockAround(buildRoadGraph(aTown(4)), at(1.5, 2.5))!;
  expect(ring[0]).toEqual(ring.at(-1));
  expect(boxOf(ring)).toEqual([...at(1, 2), ...at(2, 3)].map((degrees) => expect.closeTo(degrees, 9)));
});

test("a dead end that reaches into a block bounds nothing", () => {
  const blind = aRoad(200, at(1.5, 2), at(1.5, 2.6), at(1.3, 2.6));
  const ring = blockAround(buildRoadGraph([...aTown(4), blind]), at(1.4, 2.5))!;
  expect(ring).toHaveLength(5 + 1); // its corner stays as a vertex of the street
  expect(boxOf(ring)[3]).toBeCloseTo(at(0, 3)[1], 9);
});

test("roads that hang together with no other are part of the block", () => {
  const island = aRoad(200, at(1.6, 2.4), at(1.8, 2.4), at(1.8, 2.6), at(1.6, 2.6), at(1.6, 2.4));
  const graph = buildRoadGraph([...aTown(4), island]);
  expect(boxOf(blockAround(graph, at(1.3, 2.5))!)[2]).toBeCloseTo(at(2, 0)[0], 9);
  expect(boxOf(blockAround(graph, at(1.7, 2.5))!)[2]).toBeCloseTo(at(1.8, 0)[0], 9);
});

test("beyond the last street there is no block", () => {
  expect(blockAround(buildRoadGraph(aTown(3)), at(2.5, 1.5))).toBeNull();
  expect(blockAround(buildRoadGraph([]), at(0, 0))).toBeNull();
});

test("roads that do not count are walked over", () => {
  const lane: Road = { ...aRoad(200, at(1.5, 2), at(1.5, 3)), class: "lane" };
  const graph = buildRoadGraph([...aTown(4), lane]);
  const counts = (road: number) => graph.roads[road]!.class !== "lane";
  expect(boxOf(blockAround(graph, at(1.4, 2.5), counts)!)[2]).toBeCloseTo(at(2, 0)[0], 9);
  expect(boxOf(blockAround(graph, at(1.4, 2.5))!)[2]).toBeCloseTo(at(1.5, 0)[0], 9);
});

test("wherever a place is, its block holds it, and every place in a block has that block", () => {
  const place = fc.tuple(
    fc.double({ min: 0.01, max: 3.99, noNaN: true }),
    fc.double({ min: 0.01, max: 3.99, noNaN: true }),
  );
  const line = fc.array(place, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), place, place, (lines, one, other) => {
      const more = lines.map((places, i) => aRoad(300 + i, ...places.map(([x, y]) => at(x, y))));
      const graph = buildRoadGraph([...aTown(5), ...more]);
      const ring = blockAround(graph, at(...one));
      if (!ring) return; // on a street
      expect(isInRing(ring.flat(), ...at(...one))).toBe(true);
      const same = blockAround(graph, at(...other));
      if (!same || !isInRing(ring.flat(), ...at(...other))) return;
      // a block within the block, or the same one
      expect(Math.abs(boxOf(same)[0]!)).toBeGreaterThanOrEqual(boxOf(ring)[0]! - 1e-9);
    }),
  );
});
