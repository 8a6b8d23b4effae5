import type { Logger } from "pino";
import type { Change } from "../../data/schema/change.ts";
import type { ChangeRepository } from "./repository.ts";

export interface Follower {
  /** The last change handed on. */
  rev: () => number;
  /** Asks now; resolves when everything committed so far was handed on. */
  catchUp: () => Promise<void>;
  stop: () => void;
}

const batch = 500;

/**
 * Hands every committed change to `take`, in order, exactly once, from the revision `from` on.
 * Asks on a timer: a database that is away is asked again, and nothing is lost meanwhile.
 */
export function followChanges(options: {
  changes: ChangeRepository;
  from: number;
  every_ms: number;
  take: (changes: Change[]) => Promise<void>;
  log: Logger;
}): Follower {
  const { changes, every_ms, take, log } = options;
  let rev = options.from;
  let asking: Promise<void> | undefined;
  let coming: Promise<void> | undefined;
  let failed = false;

  async function ask(): Promise<void> {
    for (;;) {
      const found = await changes.since(rev, batch);
      if (found.length === 0) return;
      await take(found);
      rev = found[found.length - 1].rev;
    }
  }

  function catchUp(): Promise<void> {
    if (!asking) {
      asking = ask().finally(() => {
        asking = undefined;
        coming = undefined;
      });
      return asking;
    }
    // what is being asked may have been asked before the caller's commit
    coming ??= asking.then(catchUp, catchUp);
    return coming;
  }

  const timer = setInterval(() => {
    catchUp().then(
      () => {
        if (failed) log.info({ rev }, "following changes again");
        failed = false;
      },
      (error: unknown) => {
        // Once, not every few seconds: an outage of an hour is one line.
        if (!failed) log.warn({ err: error, rev }, "cannot follow changes");
        failed = true;
      },
    );
  }, every_ms);
  timer.unref();
  return { rev: () => rev, catchUp, stop: () => clearInterval(timer) };
}
