import { lineShape, pointShape, polygonShape, type ShapeCollector } from "../../tiles/shape_columns.ts";

const sridFlag = 0x20000000;
const zFlag = 0x80000000;
const mFlag = 0x40000000;

interface Cursor {
  view: DataView;
  at: number;
}

/**
 * Reads one geometry (WKB or EWKB, two dimensions) into the collector, without objects in between: points, lines and
 * polygons, single or multiple. OGC 06-103r4 §8.
 *
 * @throws RangeError for collections, curves, and coordinates with height or measure
 */
export function readWkb(bytes: Uint8Array, into: ShapeCollector): void {
  const cursor = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  const type = readGeometry(cursor, into);
  into.endShape(type);
}

/** Reads parts; the caller ends the shape. @returns the shape's type */
function readGeometry(cursor: Cursor, into: ShapeCollector): number {
  const isLittle = cursor.view.getUint8(cursor.at) === 1;
  let type = cursor.view.getUint32(cursor.at + 1, isLittle);
  cursor.at += 5;
  if ((type & sridFlag) !== 0) cursor.at += 4;
  if ((type & zFlag) !== 0 || (type & mFlag) !== 0) throw new RangeError("geometry with height or measure");
  type &= 0xff;
  if (type === 1) {
    readPositions(cursor, 1, isLittle, into);
    into.endPart();
    return pointShape;
  }
  if (type === 2) {
    readPositions(cursor, readCount(cursor, isLittle), isLittle, into);
    into.endPart();
    return lineShape;
  }
  if (type === 3) {
    const rings = readCount(cursor, isLittle);
    for (let ring = 0; ring < rings; ring++) {
      readPositions(cursor, readCount(cursor, isLittle), isLittle, into);
      into.endPart(ring > 0);
    }
    return polygonShape;
  }
  if (type > 6) throw new RangeError(`geometry of type ${type}`);
  const count = readCount(cursor, isLittle);
  for (let i = 0; i < count; i++) readGeometry(cursor, into);
  return type - 3;
}

function readCount(cursor: Cursor, isLittle: boolean): number {
  const count = cursor.view.getUint32(cursor.at, isLittle);
  cursor.at += 4;
  return count;
}

function readPositions(cursor: Cursor, count: number, isLittle: boolean, into: ShapeCollector): void {
  for (let i = 0; i < count; i++) {
    into.addPosition(cursor.view.getFloat64(cursor.at, isLittle), cursor.view.getFloat64(cursor.at + 8, isLittle));
    cursor.at += 16;
  }
}
