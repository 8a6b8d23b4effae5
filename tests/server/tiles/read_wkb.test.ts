import { expect, test } from "vitest";
import { readWkb } from "../../../server/tiles/read_wkb.ts";
import { polygonsOf, ShapeCollector } from "../../../tiles/shape_columns.ts";

/** Written by PostGIS 3.3: st_asbinary, st_asewkb. */
const samples = {
  point: "0101000000000000000000f03f0000000000000040",
  pointWithSrid: "01010000208a110000000000000000f03f0000000000000040",
  pointBigEndian: "00000000013ff00000000000004000000000000000",
  line: "01020000000200000000000000000000000000000000000000000000000000f03f0000000000000040",
  lines:
    "01050000000200000001020000000200000000000000000000000000000000000000000000000000f03f000000000000004001020000000200000000000000000008400000000000000840000000000000104000000000000010" +
    "40",
  pointWithHeight: "01e9030000000000000000f03f00000000000000400000000000000840",
  collection: "010700000000000000",
};

function read(hex: string) {
  const shapes = new ShapeCollector();
  readWkb(Buffer.from(hex, "hex"), shapes);
  return shapes.finish();
}

test("points are read in either byte order, with and without a reference system", () => {
  for (const hex of [samples.point, samples.pointWithSrid, samples.pointBigEndian]) {
    const { count, types, coordinates } = read(hex);
    expect([count, types[0], ...coordinates]).toEqual([1, 1, 1, 2]);
  }
});

test("a line and lines of several parts are both lines", () => {
  expect(read(samples.line)).toMatchObject({ count: 1, types: Uint8Array.of(2), ends: Uint32Array.of(2) });
  const lines = read(samples.lines);
  expect(lines.ends).toEqual(Uint32Array.of(2, 4));
  expect([...lines.coordinates]).toEqual([0, 0, 1, 2, 3, 3, 4, 4]);
});

test("polygons keep their holes with their exterior", () => {
  const ring = (values: number[]) => {
    const bytes = Buffer.alloc(4 + values.length * 8);
    bytes.writeUInt32LE(values.length / 2);
    values.forEach((value, i) => {
      bytes.writeDoubleLE(value, 4 + i * 8);
    });
    return bytes.toString("hex");
  };
  const [outer, hole] = [
    [0, 0, 9, 0, 9, 9, 0, 0],
    [2, 1, 3, 1, 3, 2, 2, 1],
  ];
  const polygon = (...rings: number[][]) =>
    `0103000000${Buffer.of(rings.length, 0, 0, 0).toString("hex")}${rings.map(ring).join("")}`;
  const shapes = read(`010600000002000000${polygon(outer!, hole!)}${polygon(outer!)}`);
  expect(polygonsOf(shapes, 0)).toEqual([[outer, hole], [outer]]);
});

test("heights and collections are refused, not flattened", () => {
  expect(() => read(samples.pointWithHeight)).toThrow(RangeError);
  expect(() => read(samples.collection)).toThrow(RangeError);
});
