import { extent } from "../tile_math.ts";
import { ByteWriter } from "./byte_writer.ts";
import type { ValueTable } from "./value_table.ts";

const text = new TextEncoder();

/**
 * Writes one MVT 2.1 layer (https://github.com/mapbox/vector-tile-spec/tree/master/2.1) feature by feature.
 * Keys and values are numbered as they are first used. One writer is used for one layer after another: it keeps its
 * buffers.
 */
export class LayerWriter {
  private readonly features = new ByteWriter(65_536);
  private readonly values = new ByteWriter(16_384);
  private readonly tags = new ByteWriter(256);
  private readonly head = new ByteWriter(256);
  private keyNames: readonly string[] = [];
  private keyNumbers = new Int32Array(0);
  private usedKeys: number[] = [];
  private valueCount = 0;
  private featureCount = 0;
  private table: ValueTable | undefined;
  /** For each number of the value table, its place in this layer, valid while `stamps` says so. */
  private places: Int32Array<ArrayBuffer> = new Int32Array(0);
  private stamps: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  private stamp = 0;

  /** @param keys - names of the attributes besides `id`, in the order in which features give their values */
  begin(keys: readonly string[], table: ValueTable): void {
    this.features.reset();
    this.values.reset();
    this.keyNames = ["id", ...keys];
    this.keyNumbers = new Int32Array(this.keyNames.length).fill(-1);
    this.usedKeys = [];
    this.valueCount = 0;
    this.featureCount = 0;
    this.table = table;
    this.stamp++;
    if (this.places.length < table.size || this.stamp > 0xfffffff0) {
      this.places = new Int32Array(table.size * 2);
      this.stamps = new Uint32Array(table.size * 2);
      this.stamp = 1;
    }
  }

  /**
   * @param type - 1 points, 2 lines, 3 polygons
   * @param numbers - values in the value table, 0 = absent; `keys.length` of them from `at`
   * @param geometry - encoded commands
   * @param hidden - 1 for each attribute to leave out; null = none
   */
  feature(
    id: number,
    type: number,
    numbers: Uint32Array,
    at: number,
    geometry: ByteWriter,
    hidden: Uint8Array | null = null,
  ): void {
    const tags = this.tags;
    tags.reset();
    tags.varint(this.keyNumber(0));
    tags.varint(this.addNumber(id));
    for (let key = 1; key < this.keyNames.length; key++) {
      const number = numbers[at + key - 1]!;
      if (number === 0 || hidden?.[key - 1] === 1) continue;
      tags.varint(this.keyNumber(key));
      tags.varint(this.placeOf(number));
    }
    const out = this.features;
    const size =
      1 +
      varintSize(id) +
      1 +
      varintSize(tags.length) +
      tags.length +
      2 +
      1 +
      varintSize(geometry.length) +
      geometry.length;
    out.field(2, 2);
    out.varint(size);
    out.field(1, 0);
    out.varint(id);
    out.block(2, tags.bytes, tags.length);
    out.field(3, 0);
    out.varint(type);
    out.block(4, geometry.bytes, geometry.length);
    this.featureCount++;
  }

  private keyNumber(key: number): number {
    const known = this.keyNumbers[key]!;
    if (known >= 0) return known;
    this.usedKeys.push(key);
    this.keyNumbers[key] = this.usedKeys.length - 1;
    return this.usedKeys.length - 1;
  }

  private placeOf(number: number): number {
    if (this.stamps[number] === this.stamp) return this.places[number]!;
    this.table!.writeTo(this.values, number);
    this.stamps[number] = this.stamp;
    this.places[number] = this.valueCount;
    return this.valueCount++;
  }

  /** Ids differ from feature to feature, so each is a value of its own. */
  private addNumber(id: number): number {
    this.values.field(4, 2);
    this.values.varint(1 + varintSize(id));
    this.values.field(5, 0);
    this.values.varint(id);
    return this.valueCount++;
  }

  /** Appends the layer, as field 3 of a tile, to `tile`; nothing if it has no features. */
  finish(name: string, tile: ByteWriter): void {
    if (this.featureCount === 0) return;
    const head = this.head;
    head.reset();
    head.field(15, 0);
    head.varint(2);
    head.block(1, text.encode(name));
    const tail = this.tags;
    tail.reset();
    for (const key of this.usedKeys) tail.block(3, text.encode(this.keyNames[key]!));
    const size = head.length + this.features.length + tail.length + this.values.length + 3;
    tile.field(3, 2);
    tile.varint(size);
    tile.raw(head.bytes, head.length);
    tile.raw(this.features.bytes, this.features.length);
    tile.raw(tail.bytes, tail.length);
    tile.raw(this.values.bytes, this.values.length);
    tile.field(5, 0);
    tile.varint(extent);
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) size++;
  return size;
}
