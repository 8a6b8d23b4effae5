type Numbers = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A typed array that grows at its end; `trimmed` gives what was put in, in an array of just that size. */
export class Growing<T extends Numbers> {
  values: T;
  length = 0;
  private readonly make: (size: number) => T;

  constructor(make: (size: number) => T, capacity = 1024) {
    this.make = make;
    this.values = make(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(1);
    this.values[this.length++] = value;
  }

  /** Makes room for that many more. */
  reserve(more: number): void {
    if (this.length + more <= this.values.length) return;
    const wider = this.make(Math.max(this.values.length * 2, this.length + more));
    wider.set(this.values as ArrayLike<number>);
    this.values = wider;
  }

  trimmed(): T {
    return this.values.slice(0, this.length) as T;
  }
}
