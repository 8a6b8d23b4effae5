import { each } from "@mapbox/mvt-fixtures";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { expect, test } from "vitest";
import { ByteWriter } from "../../../tiles/encode/byte_writer.ts";
import { GeometryWriter } from "../../../tiles/encode/geometry_writer.ts";
import { LayerWriter } from "../../../tiles/encode/layer_writer.ts";
import { Path } from "../../../tiles/encode/path.ts";
import { ValueTable } from "../../../tiles/encode/value_table.ts";
import { type ReadLayer, readStrictly } from "../strict_reader.ts";

interface Fixture {
  id: string;
  description: string;
  validity: { v2: boolean };
  buffer: Buffer;
}

const fixtures: Fixture[] = [];
each((fixture: Fixture) => fixtures.push(fixture));

/** Valid by the letter, but nothing that we should write: an unknown type, version 1, positions beyond 32 bits. */
const oddities = ["016", "039", "049", "050", "057"];

const usable = fixtures.filter(({ id, validity }) => validity.v2 && !oddities.includes(id));

test("the strict reader takes every valid tile of @mapbox/mvt-fixtures", () => {
  for (const { buffer } of usable) expect(() => readStrictly(buffer)).not.toThrow();
  expect(usable.length).toBeGreaterThan(25);
});

test("the strict reader refuses every invalid tile of @mapbox/mvt-fixtures", () => {
  for (const { id, description, buffer, validity } of fixtures) {
    if (validity.v2) continue;
    expect(() => readStrictly(buffer), `${id} ${description}`).toThrow();
  }
});

test("what the valid tiles hold, written by us, reads back the same", () => {
  for (const { id, buffer } of usable) {
    const layers = readStrictly(buffer).filter(({ features }) => features.length > 0);
    if (layers.some(({ features }) => features.some((feature) => !isPlain(feature)))) continue;
    expect(contentOf(readStrictly(rewrite(layers))), id).toEqual(contentOf(layers));
  }
});

test("Mapbox's own reader sees in our tiles what the strict reader sees", () => {
  const layers = readStrictly(fixtures.find(({ id }) => id === "022")!.buffer);
  const tile = new VectorTile(new PbfReader(rewrite(layers)));
  const feature = tile.layers.hello!.feature(0);
  expect(feature.properties).toEqual({ id: 1, hello: "world" });
  expect(feature.loadGeometry().map((ring) => ring.length)).toEqual([5, 5, 5]);
});

/** Our features always have a whole id; our values are text and numbers. */
function isPlain({ attributes }: ReadLayer["features"][number]): boolean {
  return Object.values(attributes).every(
    (value) => typeof value !== "boolean" && Number.isFinite(Number(value)) === (typeof value === "number"),
  );
}

function rewrite(layers: ReadLayer[]): Uint8Array {
  const tile = new ByteWriter();
  const writer = new LayerWriter();
  for (const { name, features } of layers) {
    const table = new ValueTable();
    const keys = [...new Set(features.flatMap(({ attributes }) => Object.keys(attributes)))].filter(
      (key) => key !== "id",
    );
    const numbers = features.map(({ attributes }) =>
      Uint32Array.from(keys, (key) => table.numberOf(attributes[key] as string | number | undefined)),
    );
    writer.begin(keys, table);
    features.forEach((feature, i) => {
      writer.feature(feature.id ?? 0, feature.type, numbers[i]!, 0, geometryOf(feature));
    });
    writer.finish(name, tile);
  }
  return tile.finish();
}

function geometryOf({ type, parts }: ReadLayer["features"][number]): ByteWriter {
  const geometry = new GeometryWriter();
  const path = new Path();
  geometry.begin();
  if (type === 1) geometry.writePoints(Float64Array.from(parts.flat()), parts.length * 2);
  else {
    for (const part of parts) {
      path.reset();
      for (let i = 0; i < part.length; i += 2) path.add(part[i]!, part[i + 1]!);
      if (type === 2) geometry.writeLine(path);
      else {
        path.add(part[0]!, part[1]!);
        geometry.writeRing(path, isHole(part));
      }
    }
  }
  return geometry.out;
}

function isHole(ring: number[]): boolean {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!;
  }
  return sum < 0;
}

function contentOf(layers: ReadLayer[]) {
  return layers.map(({ name, features }) => ({
    name,
    features: features.map(({ id, type, attributes, parts }) => ({
      type,
      parts,
      attributes: { ...attributes, id: id ?? 0 },
    })),
  }));
}
