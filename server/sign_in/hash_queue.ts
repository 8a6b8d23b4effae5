/** A place in the queue for hashes; `leave` it whatever happens. */
export interface Turn {
  /** Waits until it is this one's turn, then works. */
  run<T>(work: () => Promise<T>): Promise<T>;
  leave(): void;
}

/**
 * Lets few hashes be computed at once, so that the thread pool and the processor go on serving maps, and few wait.
 * A place is taken before anything is counted: who finds the queue full has not tried.
 */
export class HashQueue {
  readonly #places: number;
  readonly #free: (() => void)[] = [];
  #idle: number;
  #taken = 0;

  /** @param atOnce - how many run; @param waiting - how many more may hold a place */
  constructor({ atOnce, waiting }: { atOnce: number; waiting: number }) {
    this.#idle = atOnce;
    this.#places = atOnce + waiting;
  }

  /** Null: full. */
  take(): Turn | null {
    if (this.#taken >= this.#places) return null;
    this.#taken++;
    let left = false;
    return {
      run: (work) => this.#run(work),
      leave: () => {
        if (!left) this.#taken--;
        left = true;
      },
    };
  }

  /** One piece of work in a turn of its own; null: full. */
  async inTurn<T>(work: () => Promise<T>): Promise<T | null> {
    const turn = this.take();
    if (!turn) return null;
    try {
      return await turn.run(work);
    } finally {
      turn.leave();
    }
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#idle > 0) this.#idle--;
    else await new Promise<void>((go) => this.#free.push(go));
    try {
      return await work();
    } finally {
      const next = this.#free.shift();
      if (next) next();
      else this.#idle++;
    }
  }
}
