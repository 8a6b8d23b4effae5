import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteWriter } from "../../../tiles/encode/byte_writer.ts";
import { GeometryWriter } from "../../../tiles/encode/geometry_writer.ts";
import { LayerWriter } from "../../../tiles/encode/layer_writer.ts";
import { Path } from "../../../tiles/encode/path.ts";
import { ValueTable } from "../../../tiles/encode/value_table.ts";
import { readStrictly, ringArea } from "../strict_reader.ts";

function partsOf(type: number, geometry: GeometryWriter): number[][] {
  const writer = new LayerWriter();
  const tile = new ByteWriter();
  writer.begin([], new ValueTable());
  writer.feature(1, type, new Uint32Array(0), 0, geometry.out);
  writer.finish("layer", tile);
  return readStrictly(tile.finish())[0]!.features[0]!.parts;
}

function pathOf(values: number[]): Path {
  const path = new Path();
  for (let i = 0; i < values.length; i += 2) path.add(values[i]!, values[i + 1]!);
  return path;
}

test("exteriors get a positive surface, holes a negative one, whatever way they were drawn", () => {
  const square = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0];
  const turned = [0, 0, 0, 10, 10, 10, 10, 0, 0, 0];
  for (const exterior of [square, turned]) {
    for (const hole of [square, turned]) {
      const geometry = new GeometryWriter();
      geometry.begin();
      geometry.writeRing(pathOf(exterior), false);
      geometry.writeRing(pathOf(hole.map((value) => value / 2 + 2)), true);
      const [first, second] = partsOf(3, geometry);
      expect(ringArea(first!)).toBe(200);
      expect(ringArea(second!)).toBe(-50);
    }
  }
});

test("spikes and repeated positions vanish, a ring without surface is not written", () => {
  const geometry = new GeometryWriter();
  geometry.begin();
  const spiked = [0, 0, 10, 0, 10, 0.2, 30, 0, 10, 0, 10, 10, 0, 10, 0, 20, 0, 10, 0, 0];
  expect(geometry.writeRing(pathOf(spiked), false)).toBe(true);
  expect(partsOf(3, geometry)).toEqual([[0, 0, 10, 0, 10, 10, 0, 10]]);
  geometry.begin();
  expect(geometry.writeRing(pathOf([0, 0, 10, 0, 5, 0, 0, 0]), false)).toBe(false);
  expect(geometry.writeRing(pathOf([0, 0, 0.2, 0.1, 0.3, 0.3, 0, 0]), false)).toBe(false);
  expect(geometry.out.length).toBe(0);
});

test("a line of one position is not written", () => {
  const geometry = new GeometryWriter();
  geometry.begin();
  expect(geometry.writeLine(pathOf([5, 5, 5.2, 5.1]))).toBe(false);
  expect(geometry.out.length).toBe(0);
});

test("any ring either is refused or reads back as a valid one of the same surface", () => {
  const coordinate = fc.integer({ min: -96, max: 40 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 12 }),
      fc.boolean(),
      (corners, isHole) => {
        const ring = [...corners, corners[0]!].flat();
        const geometry = new GeometryWriter();
        geometry.begin();
        geometry.writeRing(pathOf([-200, -200, 200, -200, 200, 200, -200, 200, -200, -200]), false);
        if (!geometry.writeRing(pathOf(ring), isHole)) {
          expect(ringArea(ring)).toBe(0);
          return;
        }
        const written = partsOf(3, geometry)[1]!;
        expect(Math.abs(ringArea(written))).toBe(Math.abs(ringArea(ring)));
        expect(ringArea(written) < 0).toBe(isHole);
      },
    ),
    { numRuns: 500 },
  );
});

test("whole numbers of any size, fractions, negative numbers and text read back as they were", () => {
  const values = [
    0,
    1,
    127,
    128,
    2 ** 31,
    2 ** 40 + 7,
    2 ** 53 - 1,
    -1,
    -(2 ** 35),
    0.5,
    "",
    "慧泽03",
    "a".repeat(300),
  ];
  const table = new ValueTable();
  const writer = new LayerWriter();
  const geometry = new GeometryWriter();
  const tile = new ByteWriter();
  geometry.begin();
  geometry.writePoints(Float64Array.of(3, 4), 2);
  const numbers = values.map((value) => Uint32Array.of(table.numberOf(value), table.numberOf(null)));
  writer.begin(["value", "absent"], table);
  values.forEach((_, i) => {
    writer.feature(2 ** 40 + i, 1, numbers[i]!, 0, geometry.out);
  });
  writer.finish("values", tile);
  const { features } = readStrictly(tile.finish())[0]!;
  expect(features.map(({ attributes }) => attributes.value)).toEqual(values);
  expect(features.map(({ id, attributes }) => id === attributes.id)).not.toContain(false);
  expect(features.some(({ attributes }) => "absent" in attributes)).toBe(false);
});
