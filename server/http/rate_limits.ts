import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "../../data/access/network_of.ts";
import { type KnownProblem, problem } from "../../data/schema/problem.ts";

/** How many requests of the API somebody may send; tiles and files are not counted. Counted in this process. */
export interface RateLimits {
  /** @returns seconds to wait, or null where the request may go on */
  fromAddress: (address: string) => Promise<number | null>;
  fromAccount: (accountId: string) => Promise<number | null>;
}

const minute = 60; // seconds

/**
 * A page that opens asks about twenty times, a map that is dragged a few times a second.
 * @param most - requests a minute: of an address, behind which a whole office may sit, and of one account
 */
export function rateLimits(most = { address: 6000, account: 1200 }): RateLimits {
  const addresses = new RateLimiterMemory({ keyPrefix: "address", points: most.address, duration: minute });
  const accounts = new RateLimiterMemory({ keyPrefix: "account", points: most.account, duration: minute });
  return {
    fromAddress: (address) => take(addresses, networkOf(address)),
    fromAccount: (accountId) => take(accounts, accountId),
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}

export function tooOften(seconds: number): KnownProblem {
  return problem("request.too_often", {
    detail: "短时间内请求过多，已暂停应答。",
    fix: `请在 ${seconds} 秒后重试。`,
  });
}
