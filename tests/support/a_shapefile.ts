/** Rings of one shape, positions [x, y]. */
export type Shape = [number, number][][];

/** Bytes of a `.shp` with polygons. */
export function aShp(shapes: readonly Shape[], type = 5): DataView {
  const bodies = shapes.map((rings) => {
    const points = rings.flat();
    const body = new DataView(new ArrayBuffer(44 + 4 * rings.length + 16 * points.length));
    body.setInt32(0, rings.length > 0 ? type : 0, true);
    body.setInt32(36, rings.length, true);
    body.setInt32(40, points.length, true);
    let start = 0;
    rings.forEach((ring, i) => {
      body.setInt32(44 + 4 * i, start, true);
      start += ring.length;
    });
    points.forEach(([x, y], i) => {
      const at = 44 + 4 * rings.length + 16 * i;
      body.setFloat64(at, x, true);
      body.setFloat64(at + 8, y, true);
    });
    return body;
  });
  const length = 100 + bodies.reduce((sum, body) => sum + 8 + body.byteLength, 0);
  const shp = new DataView(new ArrayBuffer(length));
  shp.setInt32(0, 9994);
  shp.setInt32(24, length / 2);
  shp.setInt32(28, 1000, true);
  shp.setInt32(32, type, true);
  let at = 100;
  bodies.forEach((body, i) => {
    shp.setInt32(at, i + 1);
    shp.setInt32(at + 4, body.byteLength / 2);
    new Uint8Array(shp.buffer).set(new Uint8Array(body.buffer), at + 8);
    at += 8 + body.byteLength;
  });
  return shp;
}

/** Bytes of a `.dbf` with text fields. */
export function aDbf(fields: readonly string[], rows: readonly (readonly string[])[], width = 30): DataView {
  const first = 32 * (fields.length + 1) + 1;
  const size = 1 + width * fields.length;
  const dbf = new DataView(new ArrayBuffer(first + rows.length * size));
  const bytes = new Uint8Array(dbf.buffer);
  dbf.setUint8(0, 3);
  dbf.setUint32(4, rows.length, true);
  dbf.setUint16(8, first, true);
  dbf.setUint16(10, size, true);
  fields.forEach((name, i) => {
    bytes.set(new TextEncoder().encode(name), 32 * (i + 1));
    dbf.setUint8(32 * (i + 1) + 11, "C".charCodeAt(0));
    dbf.setUint8(32 * (i + 1) + 16, width);
  });
  dbf.setUint8(first - 1, 0x0d);
  rows.forEach((row, r) => {
    bytes.fill(0x20, first + r * size, first + (r + 1) * size);
    for (const [i, text] of row.entries()) bytes.set(new TextEncoder().encode(text), first + r * size + 1 + width * i);
  });
  return dbf;
}
