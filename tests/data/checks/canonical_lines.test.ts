import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalLines } from "../../../data/checks/canonical_lines.ts";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";
import { aPlanarDivision, reversed } from "../../support/planar_division.ts";
import { seeded } from "../division/dissection.ts";

type Coded = { code: string; polygons: MultiPolygon };

function hashOf(areas: readonly Coded[]): string {
  const hash = createHash("sha256");
  for (const line of canonicalLines(areas)) hash.update(line);
  return hash.digest("hex");
}

const shapes = fc.record({
  columns: fc.integer({ min: 2, max: 5 }),
  rows: fc.integer({ min: 2, max: 5 }),
  areas: fc.integer({ min: 2, max: 4 }),
  detail: fc.integer({ min: 0, max: 2 }),
  seed: fc.integer(),
});
const coded = ({ areas }: { areas: { id: string; polygons: MultiPolygon }[] }): Coded[] =>
  areas.map(({ id, polygons }) => ({ code: id, polygons }));

test("the text is by code, in whole units of 1e-9°, from the westmost position", () => {
  const ring = [126.6, 45.7, 126.6, 45.8, 126.5, 45.8, 126.5, 45.7, 126.6, 45.7];
  const hole = [126.52, 45.72, 126.53, 45.72, 126.53, 45.73, 126.52, 45.72];
  const lines = [
    ...canonicalLines([
      { code: "b\n", polygons: [] },
      { code: "a", polygons: [[ring, hole]] },
    ]),
  ];
  expect(lines).toEqual([
    '"a"\n',
    "+ 126500000000 45700000000 126600000000 45700000000 126600000000 45800000000 126500000000 45800000000\n",
    "- 126520000000 45720000000 126530000000 45730000000 126530000000 45720000000\n",
    '"b\\n"\n',
  ]);
});

test("order of areas and pieces, start and direction of rings and noise below the grid do not matter", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const areas = coded(aPlanarDivision(shape));
      const random = seeded(shape.seed);
      const written = [...areas].reverse().map(({ code, polygons }) => ({
        code,
        polygons: [...polygons].reverse().map((polygon) =>
          polygon.map((ring) => {
            const turned = [...ring.slice(2), ring[2]!, ring[3]!].map((value) => value + (random() - 0.5) * 4e-11);
            const closed = [...turned.slice(0, -2), turned[0]!, turned[1]!];
            return random() < 0.5 ? reversed(closed) : closed;
          }),
        ),
      }));
      expect(hashOf(written)).toBe(hashOf(areas));
    }),
    { numRuns: 100 },
  );
});

test("a vertex moved by a unit, another code and a piece less give another hash", () => {
  fc.assert(
    fc.property(shapes, fc.nat(), (shape, pick) => {
      const areas = coded(aPlanarDivision(shape));
      const [first, ...others] = areas;
      const ring = first!.polygons[0]![0]!;
      const moved = [...ring];
      const at = 2 * (1 + (pick % (ring.length / 2 - 2)));
      moved[at] = Math.round(moved[at]! * 1e9 + 1) / 1e9;
      const changed: Coded[][] = [
        [{ ...first!, polygons: [[moved, ...first!.polygons[0]!.slice(1)], ...first!.polygons.slice(1)] }, ...others],
        [{ ...first!, code: "other" }, ...others],
        [{ ...first!, polygons: first!.polygons.slice(1) }, ...others],
        others,
      ];
      for (const one of changed) expect(hashOf(one)).not.toBe(hashOf(areas));
    }),
    { numRuns: 60 },
  );
});

test("areas without a code of their own are hashed whatever their order", () => {
  const [a, b] = coded(aPlanarDivision({ columns: 2, rows: 2, areas: 2, detail: 0, seed: 3 })).map(({ polygons }) => ({
    code: "",
    polygons,
  }));
  expect(hashOf([a!, b!])).toBe(hashOf([b!, a!]));
});
