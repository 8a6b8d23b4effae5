import fc from "fast-check";
import { expect, test } from "vitest";
import { readShapefile } from "../../../data/exchange/read_shapefile.ts";
import { aDbf, aShp, type Shape } from "../../support/a_shapefile.ts";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** Clockwise, as exteriors are written; the other way round it is a hole. */
const square = (x: number, y: number, side: number): [number, number][] => [
  [x, y],
  [x, y + side],
  [x + side, y + side],
  [x + side, y],
  [x, y],
];
const hole = (...args: Parameters<typeof square>) => square(...args).reverse();

test("polygons come with their rows, holes in the exterior that they lie in", () => {
  const shapes: Shape[] = [[square(0, 0, 1), square(4, 0, 3), hole(5, 1, 1)], [square(2, 0, 1)]];
  const read = readShapefile({
    shp: aShp(shapes),
    dbf: aDbf(
      ["NAME", "编码"],
      [
        ["东街01", "9001"],
        ["东街02", "9002"],
      ],
    ),
    decode,
  });
  expect(read?.features.map(({ properties }) => properties)).toEqual([
    { NAME: "东街01", 编码: "9001" },
    { NAME: "东街02", 编码: "9002" },
  ]);
  expect(read?.features.map(({ geometry }) => geometry?.coordinates.map((polygon) => polygon.length))).toEqual([
    [1, 2],
    [1],
  ]);
  expect(read?.features[0]?.geometry?.coordinates[1]).toEqual([square(4, 0, 3), hole(5, 1, 1)]);
});

test("shapes without a table or without geometry keep their place", () => {
  const read = readShapefile({ shp: aShp([[square(0, 0, 1)], [], [square(2, 0, 1)]]), dbf: null, decode });
  expect(read?.features.map(({ geometry }) => geometry !== null)).toEqual([true, false, true]);
});

test("points, lines and what is no shapefile are not read", () => {
  expect(readShapefile({ shp: aShp([[square(0, 0, 1)]], 3), dbf: null, decode })).toBeNull();
  expect(readShapefile({ shp: new DataView(new ArrayBuffer(20)), dbf: null, decode })).toBeNull();
});

test("a file that was cut short or scrambled is refused, and never breaks the page", () => {
  const whole = aShp([[square(0, 0, 1)], [square(2, 0, 1), hole(2.2, 0.2, 0.3)]]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.byteLength }), fc.nat(), fc.nat({ max: 255 }), (length, at, value) => {
      const bytes = new Uint8Array(whole.buffer.slice(0, length));
      if (bytes.length > 0) bytes[at % bytes.length] = value;
      const read = readShapefile({ shp: new DataView(bytes.buffer), dbf: null, decode });
      expect(read === null || read.type === "FeatureCollection").toBe(true);
    }),
    { numRuns: 500 },
  );
});
