import type { AttributeValue } from "../rows.ts";
import { ByteWriter } from "./byte_writer.ts";

/**
 * Attribute values of a layer, each written as an MVT Value once, when it is first seen; features then hold numbers.
 * Number 0 means absent.
 */
export class ValueTable {
  private readonly numbers = new Map<string | number, number>();
  private readonly bytes = new ByteWriter();
  private ends: Uint32Array<ArrayBuffer> = new Uint32Array(256);
  private count = 1;

  /** How many numbers are in use, 0 among them. */
  get size(): number {
    return this.count;
  }

  numberOf(value: AttributeValue): number {
    if (value === null || value === undefined) return 0;
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    if (this.count === this.ends.length) {
      const wider = new Uint32Array(this.ends.length * 2);
      wider.set(this.ends);
      this.ends = wider;
    }
    writeValue(this.bytes, value);
    this.ends[this.count] = this.bytes.length;
    this.numbers.set(value, this.count);
    return this.count++;
  }

  /** Appends value `number` as field 4 (values) of a layer. */
  writeTo(layer: ByteWriter, number: number): void {
    const from = this.ends[number - 1]!;
    const to = this.ends[number]!;
    layer.field(4, 2);
    layer.varint(to - from);
    layer.reserve(to - from);
    for (let i = from; i < to; i++) layer.bytes[layer.length++] = this.bytes.bytes[i]!;
  }
}

const text = new TextEncoder();

function writeValue(writer: ByteWriter, value: string | number): void {
  if (typeof value === "string") writer.block(1, text.encode(value));
  else if (!Number.isSafeInteger(value)) {
    writer.field(3, 1);
    writer.double(value);
  } else if (value >= 0) {
    writer.field(5, 0);
    writer.varint(value);
  } else {
    writer.field(6, 0);
    writer.zigzag(value);
  }
}
