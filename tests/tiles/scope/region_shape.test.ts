import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RegionShape } from "../../../tiles/scope/region_shape.ts";
import { ShapeCollector } from "../../../tiles/shape_columns.ts";

type Point = [number, number];

function shapeOf(...rings: Point[][]): RegionShape {
  const shapes = new ShapeCollector();
  shapes.addPolygons([rings.map((ring) => [...ring, ring[0]!].flat())]);
  return new RegionShape(shapes.finish(), 0);
}

/** A ring round the middle with a corner in each of many directions: a star, so any ray meets it an odd number of times. */
const aStar: fc.Arbitrary<Point[]> = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 60 })
  .map((reaches) =>
    reaches.map((reach, i): Point => {
      const angle = (2 * Math.PI * i) / reaches.length;
      return [Math.round(reach * Math.cos(angle) * 1e6) / 1e6, Math.round(reach * Math.sin(angle) * 1e6) / 1e6];
    }),
  );
const aPoint: fc.Arbitrary<Point> = fc.tuple(
  fc.integer({ min: -45_000, max: 45_000 }).map((n) => n / 1000 + 1e-5),
  fc.integer({ min: -45_000, max: 45_000 }).map((n) => n / 1000 + 1e-5),
);

/** By the plain even-odd rule over every edge. */
function isInside(ring: Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[j]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

describe("a region", () => {
  test("covers what the plain rule says, however many corners it has", () => {
    fc.assert(
      fc.property(aStar, fc.array(aPoint, { minLength: 20, maxLength: 20 }), (ring, points) => {
        const shape = shapeOf(ring);
        for (const point of points) expect(shape.covers(...point)).toBe(isInside(ring, point));
      }),
    );
  });

  test("covers its corners and its straight borders, and not what lies in its holes", () => {
    const square: Point[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ];
    const hole: Point[] = [
      [1, 1],
      [3, 1],
      [3, 3],
      [1, 3],
    ];
    const shape = shapeOf(square, hole);
    for (const corner of [...square, ...hole]) expect(shape.covers(...corner)).toBe(true);
    for (const at of [
      [2, 0],
      [0, 2],
      [4, 3],
      [1, 4],
      [2, 1],
      [3, 2],
    ] as Point[])
      expect(shape.covers(...at)).toBe(true);
    expect(shape.covers(2, 2)).toBe(false);
    expect(shape.covers(0.5, 2)).toBe(true);
    expect(shape.covers(Number.NaN, 2)).toBe(false);
  });

  test("is met by a line that passes through it, though none of its points lies inside", () => {
    const shape = shapeOf([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    expect(shape.meetsLine([-1, 0.5, 2, 0.5], 0, 2)).toBe(true);
    expect(shape.meetsLine([-1, 0, -0.5, 3], 0, 2)).toBe(false);
    expect(shape.meetsLine([-1, 1, 2, 1], 0, 2)).toBe(true);
    expect(shape.meetsLine([9, 9, -1, 2, 1, 0.5], 1, 3)).toBe(true);
  });

  test("lies to a box as its points do: all inside, none, or some of each", () => {
    fc.assert(
      fc.property(
        aStar,
        aPoint,
        fc.integer({ min: 1, max: 200 }),
        fc.array(aPoint),
        (ring, [west, south], tenths, more) => {
          const shape = shapeOf(ring);
          const size = tenths / 10;
          const meeting = shape.meet([west, south, west + size, south + size]);
          const inBox = more.map(([x, y]): Point => [west + ((x + 45) / 90) * size, south + ((y + 45) / 90) * size]);
          if (meeting === "inside") expect(inBox.every((point) => shape.covers(...point))).toBe(true);
          if (meeting === "outside") expect(inBox.some((point) => shape.covers(...point))).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("in a box or round it is told from one beside it", () => {
    const shape = shapeOf([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]);
    expect(shape.meet([1, 1, 2, 2])).toBe("inside");
    expect(shape.meet([-1, -1, 5, 5])).toBe("border");
    expect(shape.meet([3, 3, 5, 5])).toBe("border");
    expect(shape.meet([5, 0, 6, 1])).toBe("outside");
  });
});
