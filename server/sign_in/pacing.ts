/**
 * Lets what is handed to it go on one at a time, each in a turn of the event loop of its own: between two of them
 * everything else that came meanwhile is answered. Two hundred guesses at once then delay a tile by one guess, not by
 * two hundred.
 */
export class Pacing {
  readonly #waiting: (() => void)[] = [];

  /** `go` is called in a later turn, after those that wait already. */
  pass(go: () => void): void {
    this.#waiting.push(go);
    if (this.#waiting.length === 1) setImmediate(() => this.#next());
  }

  #next(): void {
    const go = this.#waiting[0]!;
    try {
      go();
    } finally {
      this.#waiting.shift();
      if (this.#waiting.length > 0) setImmediate(() => this.#next());
    }
  }
}
