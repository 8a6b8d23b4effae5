/**
 * Bytes of a protocol buffer, growing as needed. Only what MVT uses: varints, length-delimited fields, doubles.
 * Wire format: https://protobuf.dev/programming-guides/encoding
 */
export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 4096) {
    this.bytes = new Uint8Array(capacity);
  }

  reset(): void {
    this.length = 0;
  }

  /** Makes room for that many more bytes. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const wider = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    wider.set(this.bytes.subarray(0, this.length));
    this.bytes = wider;
  }

  /** An unsigned integer up to 2^53. */
  varint(value: number): void {
    this.reserve(10);
    while (value > 0x7fffffff) {
      this.bytes[this.length++] = (value % 128) | 0x80;
      value = Math.floor(value / 128);
    }
    while (value > 0x7f) {
      this.bytes[this.length++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.bytes[this.length++] = value;
  }

  /** A signed integer, ZigZag: 0, −1, 1, −2 … become 0, 1, 2, 3 …; up to 2^52 either way. */
  zigzag(value: number): void {
    if (value >= -0x40000000 && value < 0x40000000) this.varint(((value << 1) ^ (value >> 31)) >>> 0);
    else this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  field(number: number, wireType: 0 | 1 | 2): void {
    this.varint((number << 3) | wireType);
  }

  double(value: number): void {
    this.reserve(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** A length-delimited field. */
  block(number: number, content: Uint8Array, length = content.length): void {
    this.field(number, 2);
    this.varint(length);
    this.raw(content, length);
  }

  raw(content: Uint8Array, length = content.length): void {
    this.reserve(length);
    this.bytes.set(length === content.length ? content : content.subarray(0, length), this.length);
    this.length += length;
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}
