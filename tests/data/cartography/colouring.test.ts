import fc from "fast-check";
import { expect, test } from "vitest";
import { colourAreas } from "../../../data/cartography/colouring.ts";
import { buildArcs } from "../../../data/division/arcs.ts";
import { findNeighbours } from "../../../data/division/neighbours.ts";
import { cutIntoBoxes, seeded } from "../division/dissection.ts";

type Pair = { a: number; b: number };

/** A random triangulation: points dropped into triangles, then edges flipped. No plane map is harder to colour. */
function triangulation(count: number, seed: number): Pair[] {
  const random = seeded(seed);
  const triangles = [
    [0, 1, 2],
    [0, 2, 1],
  ];
  for (let point = 3; point < count; point++) {
    const [a, b, c] = triangles.splice(Math.floor(random() * triangles.length), 1)[0] as [number, number, number];
    triangles.push([a, b, point], [b, c, point], [c, a, point]);
  }
  const edges = new Set<string>();
  for (const [a, b, c] of triangles as [number, number, number][]) {
    for (const [p, q] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const)
      edges.add(p < q ? `${p} ${q}` : `${q} ${p}`);
  }
  const pairs = [...edges].map((edge) => edge.split(" ").map(Number));
  return pairs.map(([a, b]) => ({ a: a!, b: b! }));
}

function clashes(hues: Map<number, number>, pairs: Pair[]): Pair[] {
  return pairs.filter(({ a, b }) => hues.get(a) === hues.get(b));
}

const graph = fc.record({ count: fc.integer({ min: 4, max: 200 }), seed: fc.integer() });

test("no two neighbours share a hue and six hues suffice, on random triangulations", () => {
  fc.assert(
    fc.property(graph, ({ count, seed }) => {
      const pairs = triangulation(count, seed);
      const hues = colourAreas(
        Array.from({ length: count }, (_, i) => i),
        pairs,
      );
      expect(clashes(hues, pairs)).toEqual([]);
      for (const hue of hues.values()) expect(hue >= 1 && hue <= 6).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("a city of boxes needs only the four preferred hues nearly everywhere", () => {
  const faces = cutIntoBoxes(600, 11);
  const pairs = findNeighbours(buildArcs(faces));
  const hues = colourAreas(
    faces.map(({ id }) => id),
    pairs,
  );
  expect(clashes(hues, pairs)).toEqual([]);
  const rare = [...hues.values()].filter((hue) => hue > 4).length;
  expect(rare / faces.length).toBeLessThan(0.02);
});

test("former hues stay, whatever the order, as long as no neighbour has the same", () => {
  fc.assert(
    fc.property(graph, ({ count, seed }) => {
      const pairs = triangulation(count, seed);
      const ids = Array.from({ length: count }, (_, i) => i);
      const former = colourAreas(ids, pairs);
      expect(colourAreas([...ids].reverse(), pairs, former)).toEqual(new Map([...former].reverse()));
    }),
  );
});

test("after one split at most 5 % of the untouched areas are recoloured", () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 200 }), fc.integer(), (count, seed) => {
      const before = triangulation(count, seed);
      const former = colourAreas(
        Array.from({ length: count }, (_, i) => i),
        before,
      );
      const split = count >> 1;
      former.delete(split);
      // The new half takes every second neighbour of the old one.
      const beside = before.flatMap(({ a, b }) => (a === split ? [b] : b === split ? [a] : []));
      const given = new Set(beside.filter((_, i) => i % 2 === 0));
      const after = before.filter(({ a, b }) => !(a === split && given.has(b)) && !(b === split && given.has(a)));
      after.push({ a: split, b: count }, ...[...given].map((b) => ({ a: count, b })));
      const hues = colourAreas(
        Array.from({ length: count + 1 }, (_, i) => i),
        after,
        former,
      );
      expect(clashes(hues, after)).toEqual([]);
      const recoloured = [...former].filter(([id, hue]) => hues.get(id) !== hue).length;
      expect(recoloured).toBeLessThanOrEqual(count * 0.05);
    }),
  );
});

test("the first area in code order has hue 1 when all have as many neighbours, and the answer is always the same", () => {
  const ring = [1, 2, 3, 4].map((a) => ({ a, b: (a % 4) + 1 }));
  expect(colourAreas([1, 2, 3, 4], ring)).toEqual(
    new Map([
      [1, 1],
      [2, 2],
      [3, 1],
      [4, 2],
    ]),
  );
});

test("where six hues cannot suffice, as few neighbours as possible share one, and nothing fails", () => {
  const ids = Array.from({ length: 7 }, (_, i) => i + 1);
  const everyPair = ids.flatMap((a) => ids.filter((b) => b > a).map((b) => ({ a, b })));
  const hues = colourAreas(ids, everyPair);
  expect(clashes(hues, everyPair)).toHaveLength(1);
  for (const hue of hues.values()) expect(hue >= 1 && hue <= 6).toBe(true);
});
