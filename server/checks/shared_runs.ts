/** Thrown where too many wait already. */
export class TooManyRuns extends Error {}

export interface SharedRuns<T> {
  /**
   * Runs the work in its turn; who asks for the same key meanwhile waits for the same run. Whoever leaves by the signal
   * waits no longer, and a run that nobody waits for any more is ended, or never begun.
   * @throws TooManyRuns, the reason of the signal, or what the work throws
   */
  run: (key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) => Promise<T>;
}

interface Run<T> {
  outcome: Promise<T>;
  waiting: number;
  stop: AbortController;
}

/** @param turns - whose turn it is; several kinds of runs may have one queue */
export function sharedRuns<T>(turns: TurnQueue): SharedRuns<T> {
  const runs = new Map<string, Run<T>>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<T>): Run<T> {
    const stop = new AbortController();
    const run: Run<T> = { outcome: inTurn(turns, () => work(stop.signal), stop.signal), waiting: 0, stop };
    runs.set(key, run);
    const forget = () => {
      if (runs.get(key) === run) runs.delete(key);
    };
    run.outcome.then(forget, forget);
    return run;
  }

  return {
    run(key, work, signal) {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const run = runs.get(key) ?? begin(key, work);
      run.waiting++;
      return new Promise<T>((resolve, reject) => {
        const leave = () => {
          reject(signal.reason as Error);
          if (--run.waiting > 0) return;
          if (runs.get(key) === run) runs.delete(key); // who comes now begins anew
          run.stop.abort(signal.reason);
        };
        signal.addEventListener("abort", leave, { once: true });
        run.outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      });
    },
  };
}

export interface TurnQueue {
  /** Resolves when it is one's turn. @throws TooManyRuns, or the reason of the signal */
  take: (signal: AbortSignal) => Promise<void>;
  /** Hands the turn on. */
  pass: () => void;
}

async function inTurn<T>(turns: TurnQueue, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  await turns.take(signal);
  try {
    return await work();
  } finally {
    turns.pass();
  }
}

/** First come, first served: so many at once, and so many more may wait. */
export function turnQueue({ at_once, waiting }: { at_once: number; waiting: number }): TurnQueue {
  let busy = 0;
  const queue: (() => void)[] = [];
  return {
    take(signal) {
      if (busy < at_once) {
        busy++;
        return Promise.resolve();
      }
      if (queue.length >= waiting) return Promise.reject(new TooManyRuns());
      return new Promise((resolve, reject) => {
        const leave = () => {
          queue.splice(queue.indexOf(begin), 1);
          reject(signal.reason as Error);
        };
        const begin = () => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        queue.push(begin);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
    pass() {
      const next = queue.shift();
      if (next) next();
      else busy--;
    },
  };
}
