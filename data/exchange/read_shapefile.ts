import { isInRing } from "../measure/in_ring.ts";

/** The files of a shapefile that are read; without a table its shapes have no names. */
export interface ShapefileParts {
  shp: DataView;
  dbf: DataView | null;
  /** Text of a table's field; how it is encoded the `.cpg` says, and whoever calls decides. */
  decode: (bytes: Uint8Array) => string;
}

interface Feature {
  type: "Feature";
  properties: Record<string, string>;
  geometry: { type: "MultiPolygon"; coordinates: [number, number][][][] } | null;
}

/** 「FeatureCollection」 of polygons, coordinates as the file has them. */
export interface ShapefileRead {
  type: "FeatureCollection";
  features: Feature[];
}

const fileCode = 9994;
const headerBytes = 100;
/** Polygon, PolygonZ, PolygonM; 0 is a shape without geometry. */
const polygonTypes: readonly number[] = [5, 15, 25];

/**
 * Reads a shapefile of polygons (ESRI Shapefile Technical Description, July 1998). Clockwise rings are exteriors, the
 * others holes of the exterior that they lie in; nothing is repaired.
 *
 * @returns null where it is no shapefile, or one of points or lines
 */
export function readShapefile({ shp, dbf, decode }: ShapefileParts): ShapefileRead | null {
  if (shp.byteLength < headerBytes || shp.getInt32(0) !== fileCode) return null;
  if (!polygonTypes.includes(shp.getInt32(32, true))) return null;
  const rows = dbf ? readTable(dbf, decode) : [];
  if (rows === null) return null;
  const features: Feature[] = [];
  for (let at = headerBytes; at + 12 <= shp.byteLength; ) {
    const length = 2 * shp.getInt32(at + 4); // 16 bit words
    const end = at + 8 + length;
    if (length < 4 || end > shp.byteLength) return null;
    const type = shp.getInt32(at + 8, true);
    if (type !== 0 && !polygonTypes.includes(type)) return null;
    const rings = type === 0 ? [] : readRings(shp, at + 8, end);
    if (rings === null) return null;
    features.push({
      type: "Feature",
      properties: rows[features.length] ?? {},
      geometry: rings.length > 0 ? { type: "MultiPolygon", coordinates: nestRings(rings) } : null,
    });
    at = end;
  }
  return { type: "FeatureCollection", features };
}

type PlainRing = [number, number][];

/** Type, box (4 doubles), counts of parts and points, where each part begins, points. */
function readRings(shp: DataView, at: number, end: number): PlainRing[] | null {
  if (at + 44 > end) return null;
  const [parts, points] = [shp.getInt32(at + 36, true), shp.getInt32(at + 40, true)];
  const from = at + 44 + 4 * parts;
  if (parts < 0 || points < 0 || from + 16 * points > end) return null;
  const starts = Array.from({ length: parts }, (_, i) => shp.getInt32(at + 44 + 4 * i, true));
  return starts.map((start, i) => {
    const ring: PlainRing = [];
    for (let p = Math.max(0, start); p < Math.min(points, starts[i + 1] ?? points); p++) {
      ring.push([shp.getFloat64(from + 16 * p, true), shp.getFloat64(from + 16 * p + 8, true)]);
    }
    return ring;
  });
}

/** Counter-clockwise is positive. */
function signedSurface(ring: PlainRing): number {
  let sum = 0;
  const [x0, y0] = ring[0] ?? [0, 0];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[i + 1]!];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}

function nestRings(rings: readonly PlainRing[]): PlainRing[][] {
  const isHole = rings.map((ring) => signedSurface(ring) > 0);
  const exteriors = rings.filter((_, i) => !isHole[i]);
  // a file written the other way round has nothing but what we would call holes
  if (exteriors.length === 0) return rings.map((ring) => [ring]);
  const polygons = exteriors.map((exterior) => [exterior]);
  rings.forEach((ring, i) => {
    if (!isHole[i]) return;
    const [x, y] = ring[0]!;
    const around = exteriors.findIndex((exterior) => isInRing(exterior.flat(), x, y));
    polygons[Math.max(0, around)]!.push(ring);
  });
  return polygons;
}

const fieldBytes = 32;
const endOfFields = 0x0d;
const deleted = 0x2a;

/** Rows of a dBASE table as text; deleted ones keep their place, for shapes are counted with them. */
function readTable(dbf: DataView, decode: (bytes: Uint8Array) => string): Record<string, string>[] | null {
  if (dbf.byteLength < fieldBytes) return null;
  const [count, first, size] = [dbf.getUint32(4, true), dbf.getUint16(8, true), dbf.getUint16(10, true)];
  const text = (at: number, length: number) =>
    decode(new Uint8Array(dbf.buffer, dbf.byteOffset + at, length))
      .replace(/\0[\s\S]*$/, "")
      .trim();
  const fields: { name: string; at: number; length: number }[] = [];
  let offset = 1; // the mark of deleted rows
  for (let at = fieldBytes; at + fieldBytes <= first && dbf.getUint8(at) !== endOfFields; at += fieldBytes) {
    const length = dbf.getUint8(at + 16);
    fields.push({ name: text(at, 11), at: offset, length });
    offset += length;
  }
  if (offset > size || first + count * size > dbf.byteLength) return null;
  return Array.from({ length: count }, (_, row) => {
    const at = first + row * size;
    if (dbf.getUint8(at) === deleted) return {};
    return Object.fromEntries(fields.map((field) => [field.name, text(at + field.at, field.length)]));
  });
}
