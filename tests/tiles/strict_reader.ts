import { PbfReader } from "pbf";

export interface ReadFeature {
  id: number | undefined;
  type: number;
  attributes: Record<string, string | number | boolean>;
  /** Points, lines or rings: x, y, … in tile units; rings are not closed. */
  parts: number[][];
}

export interface ReadLayer {
  name: string;
  extent: number;
  features: ReadFeature[];
}

const problem = (text: string): never => {
  throw new Error(text);
};

/** The wire types that MVT's schema gives each field: 0 varint, 1 eight bytes, 2 block, 5 four bytes. */
const wireTypes = {
  tile: { 3: 2 },
  layer: { 15: 0, 1: 2, 2: 2, 3: 2, 4: 2, 5: 0 },
  feature: { 1: 0, 2: 2, 3: 0, 4: 2 },
  value: { 1: 2, 2: 5, 3: 1, 4: 0, 5: 0, 6: 0, 7: 0 },
} as const;

/** Hands over each field of a message; a field of unknown number or wrong wire type is refused. */
function readFields(reader: PbfReader, end: number, kind: keyof typeof wireTypes, take: (field: number) => void): void {
  while (reader.pos < end) {
    const tag = reader.readVarint();
    const field = tag >> 3;
    const known: Record<number, number> = wireTypes[kind];
    if (known[field] === undefined) problem(`${kind}: unknown field ${field}`);
    if (known[field] !== (tag & 7)) problem(`${kind}: field ${field} has wire type ${tag & 7}`);
    take(field);
  }
  if (reader.pos !== end) problem(`${kind}: runs over its end`);
}

/**
 * Reads a tile and refuses whatever the specification (MVT 2.1) does not allow, geometry included: commands, counts,
 * windings, surfaces, repeated positions.
 */
export function readStrictly(bytes: Uint8Array): ReadLayer[] {
  const reader = new PbfReader(bytes);
  const layers: ReadLayer[] = [];
  readFields(reader, bytes.length, "tile", () => {
    const end = reader.readVarint() + reader.pos;
    layers.push(readLayer(reader, end));
  });
  const names = layers.map(({ name }) => name);
  if (new Set(names).size !== names.length) problem("two layers of one name");
  return layers;
}

function readLayer(reader: PbfReader, end: number): ReadLayer {
  let version = 1;
  let name: string | undefined;
  let extent = 4096;
  const keys: string[] = [];
  const values: (string | number | boolean)[] = [];
  const places: [number, number][] = [];
  readFields(reader, end, "layer", (field) => {
    if (field === 15) version = reader.readVarint();
    else if (field === 1) name = reader.readString();
    else if (field === 3) keys.push(reader.readString());
    else if (field === 5) extent = reader.readVarint();
    else {
      const stop = reader.readVarint() + reader.pos;
      if (field === 4) values.push(readValue(reader, stop));
      else places.push([reader.pos, stop]);
      reader.pos = stop;
    }
  });
  if (version !== 2) problem(`version ${version}`);
  if (!name) problem("no layer name");
  if (extent <= 0) problem("no extent");
  const features = places.map(([from, to]) => {
    reader.pos = from;
    return readFeature(reader, to, keys, values);
  });
  reader.pos = end;
  return { name: name!, extent, features };
}

function readValue(reader: PbfReader, end: number): string | number | boolean {
  const found: (string | number | boolean)[] = [];
  readFields(reader, end, "value", (field) => {
    if (field === 1) found.push(reader.readString());
    else if (field === 2) found.push(reader.readFloat());
    else if (field === 3) found.push(reader.readDouble());
    else if (field === 4) found.push(reader.readVarint(true));
    else if (field === 5) found.push(reader.readVarint());
    else if (field === 6) found.push(reader.readSVarint());
    else found.push(reader.readBoolean());
  });
  if (found.length !== 1) problem(`a value with ${found.length} contents`);
  return found[0]!;
}

function readFeature(
  reader: PbfReader,
  end: number,
  keys: string[],
  values: (string | number | boolean)[],
): ReadFeature {
  let id: number | undefined;
  let type = 0;
  let tags: number[] = [];
  let geometry: number[] | undefined;
  readFields(reader, end, "feature", (field) => {
    if (field === 1) id = reader.readVarint();
    else if (field === 3) type = reader.readVarint();
    else {
      const list: number[] = [];
      const stop = reader.readVarint() + reader.pos;
      while (reader.pos < stop) list.push(reader.readVarint());
      if (field === 2) tags = list;
      else if (geometry) problem("two geometries");
      else geometry = list;
    }
  });
  if (type < 1 || type > 3) problem(`geometry type ${type}`);
  if (!geometry || geometry.length === 0) problem("no geometry");
  return { id, type, attributes: readTags(tags, keys, values), parts: readGeometry(type, geometry!) };
}

function readTags(tags: number[], keys: string[], values: (string | number | boolean)[]): ReadFeature["attributes"] {
  if (tags.length % 2 !== 0) problem("odd number of tags");
  const attributes: ReadFeature["attributes"] = {};
  for (let i = 0; i < tags.length; i += 2) {
    const key = keys[tags[i]!] ?? problem("key out of range");
    if (key in attributes) problem(`key ${key} twice`);
    if (tags[i + 1]! >= values.length) problem("value out of range");
    attributes[key] = values[tags[i + 1]!]!;
  }
  return attributes;
}

function readGeometry(type: number, commands: number[]): number[][] {
  const parts: number[][] = [];
  let at = 0;
  let [x, y] = [0, 0];
  const next = () => (at < commands.length ? commands[at++]! : problem("geometry ends early"));
  const delta = (value: number) => (value >>> 1) ^ -(value & 1);
  const move = (): [number, number] => {
    const [dx, dy] = [delta(next()), delta(next())];
    x += dx;
    y += dy;
    return [dx, dy];
  };
  const command = (expected: number, name: string): number => {
    const head = next();
    if ((head & 7) !== expected) problem(`expected ${name}, found command ${head & 7}`);
    if (head >> 3 === 0) problem(`${name} without count`);
    return head >> 3;
  };
  if (type === 1) {
    const count = command(1, "MoveTo");
    for (let i = 0; i < count; i++) {
      move();
      parts.push([x, y]);
    }
    if (at !== commands.length) problem("more after the points");
    return parts;
  }
  while (at < commands.length) {
    if (command(1, "MoveTo") !== 1) problem("MoveTo of several in a line or ring");
    move();
    const part = [x, y];
    const count = command(2, "LineTo");
    if (type === 3 && count < 2) problem("ring of two positions");
    for (let i = 0; i < count; i++) {
      const [dx, dy] = move();
      if (dx === 0 && dy === 0) problem("LineTo of no length");
      part.push(x, y);
    }
    if (type === 3) checkRing(part, command(7, "ClosePath"), parts.length === 0);
    parts.push(part);
  }
  return parts;
}

function checkRing(ring: number[], closes: number, isFirst: boolean): void {
  if (closes !== 1) problem("ClosePath more than once");
  const last = ring.length - 2;
  if (ring[0] === ring[last] && ring[1] === ring[last + 1]) problem("ring repeats its first position");
  const area = ringArea(ring);
  if (area === 0) problem("ring without surface");
  if (isFirst && area < 0) problem("first ring is a hole");
}

/** Twice the surface by the surveyor's formula, y down: positive for exteriors. */
export function ringArea(ring: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!;
  }
  return sum;
}
