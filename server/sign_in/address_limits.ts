import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "../../data/access/network_of.ts";
import { guessesAllowed, lockMinutes } from "./guesses.ts";

/** An office stands behind one address: enough for a morning, too few for a list of passwords. */
const triesOfAddress = { points: 60, duration: 5 * 60 }; // wrong ones, seconds
const beginnings = { points: 60, duration: 5 * 60 }; // ways to the identity provider

export interface AddressLimits {
  /** Seconds to wait, or null: go on. A try counts until it is given back. */
  tryFrom: (address: string) => Promise<number | null>;
  /** It was a right one. */
  giveBack: (address: string) => Promise<void>;
  /** The same for ways to the identity provider, each of which leaves a session behind. */
  beginFrom: (address: string) => Promise<number | null>;
  /** Names that do not exist lock like those that do, so that nobody can tell them apart. */
  isNameLocked: (name: string) => Promise<boolean>;
  /** The name was found locked: for a moment nobody needs to ask the database. */
  rememberLock: (name: string) => void;
  wasJustLocked: (name: string) => boolean;
  /** Some account was changed: it may be open again. */
  forgetLocks: () => void;
  /** Whether one more refusal of a locked account is worth a line in the log. */
  mayNote: (account: string) => Promise<boolean>;
}

/** How long a lock is believed without the database. */
const lockBelieved = 1_000; // ms
const mostLocks = 1_000; // names

/** @param now - ms since 1970 */
export function addressLimits(now: () => number): AddressLimits {
  const locks = new Map<string, number>();
  const tries = new RateLimiterMemory(triesOfAddress);
  const ways = new RateLimiterMemory(beginnings);
  const names = new RateLimiterMemory({ points: guessesAllowed, duration: lockMinutes * 60 });
  const notes = new RateLimiterMemory({ points: 10, duration: lockMinutes * 60 });
  return {
    tryFrom: (address) => take(tries, networkOf(address)),
    giveBack: async (address) => {
      await tries.reward(networkOf(address), 1);
    },
    beginFrom: (address) => take(ways, networkOf(address)),
    isNameLocked: async (name) => (await take(names, name)) !== null,
    rememberLock: (name) => {
      if (locks.size >= mostLocks) locks.clear();
      locks.set(name, now() + lockBelieved);
    },
    wasJustLocked: (name) => (locks.get(name) ?? 0) > now(),
    forgetLocks: () => locks.clear(),
    mayNote: async (account) => (await take(notes, account)) === null,
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (full) {
    if (full instanceof RateLimiterRes) return Math.max(1, Math.ceil(full.msBeforeNext / 1000));
    throw full;
  }
}
