/** Positions of one ring or line in tile units, not rounded: x, y, x, y, … Reused from call to call. */
export class Path {
  values = new Float64Array(256);
  /** Numbers used: twice the positions. */
  length = 0;

  reset(): void {
    this.length = 0;
  }

  add(x: number, y: number): void {
    if (this.length + 2 > this.values.length) {
      const wider = new Float64Array(this.values.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = x;
    this.values[this.length++] = y;
  }
}
