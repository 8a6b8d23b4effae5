import type { Line, MultiLine, MultiPolygon, Polygon, Position, Shape } from "../../data/schema/geometry.ts";

/**
 * Flat geometry as EWKB in hex, as COPY takes it for geometry columns: little-endian, EPSG:4490.
 * Coordinates are snapped to 1e-9° here, on their way into the store.
 */
const srid = 4490;
const withSrid = 0x20000000;
const types = { point: 1, line: 2, polygon: 3, multi_line: 5, multi_polygon: 6 } as const;

export function pointHex([lon, lat]: Position): string {
  const writer = open(types.point, 16);
  writer.number(lon).number(lat);
  return writer.hex();
}

export function lineHex(line: Line): string {
  const writer = open(types.line, lineSize(line));
  writer.line(line);
  return writer.hex();
}

export function polygonHex(polygon: Polygon): string {
  const writer = open(types.polygon, polygonSize(polygon));
  writer.polygon(polygon);
  return writer.hex();
}

export function multiLineHex(lines: MultiLine): string {
  const writer = open(types.multi_line, 4 + sum(lines, (line) => 5 + lineSize(line)));
  writer.count(lines.length);
  for (const line of lines) writer.head(types.line).line(line);
  return writer.hex();
}

export function multiPolygonHex(polygons: MultiPolygon): string {
  const writer = open(types.multi_polygon, 4 + sum(polygons, (polygon) => 5 + polygonSize(polygon)));
  writer.count(polygons.length);
  for (const polygon of polygons) writer.head(types.polygon).polygon(polygon);
  return writer.hex();
}

export function shapeHex(shape: Shape): string {
  if (shape.type === "Point") return pointHex(shape.at);
  return shape.type === "MultiLineString" ? multiLineHex(shape.lines) : multiPolygonHex(shape.polygons);
}

/** The rectangle [west, south, east, north] as a polygon. */
export function boxHex([west, south, east, north]: readonly [number, number, number, number]): string {
  return polygonHex([[west, south, east, south, east, north, west, north, west, south]]);
}

/** To 1e-9°, a tenth of a millimetre: what is stored and compared. */
export function snap(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9;
}

function lineSize(line: Line): number {
  return 4 + line.length * 8;
}

function polygonSize(polygon: Polygon): number {
  return 4 + sum(polygon, lineSize);
}

function sum<T>(values: readonly T[], size: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += size(value);
  return total;
}

function open(type: number, size: number): Writer {
  return new Writer(9 + size, type);
}

class Writer {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number, type: number) {
    this.#bytes = Buffer.allocUnsafe(size);
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, size);
    this.head(type + withSrid).count(srid);
  }

  head(type: number): this {
    this.#view.setUint8(this.#at++, 1);
    return this.count(type);
  }

  count(count: number): this {
    this.#view.setUint32(this.#at, count, true);
    this.#at += 4;
    return this;
  }

  number(degrees: number): this {
    this.#view.setFloat64(this.#at, snap(degrees), true);
    this.#at += 8;
    return this;
  }

  line(line: Line): this {
    this.count(line.length / 2);
    for (const degrees of line) this.number(degrees);
    return this;
  }

  polygon(polygon: Polygon): this {
    this.count(polygon.length);
    for (const ring of polygon) this.line(ring);
    return this;
  }

  hex(): string {
    return this.#bytes.toString("hex");
  }
}
