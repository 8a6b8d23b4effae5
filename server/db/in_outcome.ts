import type { Outcome } from "../../data/schema/problem.ts";
import type { Db, Queries } from "./db.ts";

/** Carries a refusal out of a transaction, which it rolls back. */
class Refusal extends Error {
  readonly outcome: Outcome<never> & { ok: false };
  constructor(outcome: Outcome<never> & { ok: false }) {
    super(outcome.problem.code);
    this.outcome = outcome;
  }
}

/** A transaction that commits what went well; a refusal leaves everything as it was. */
export async function inOutcome<T>(db: Db, work: (tx: Queries) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await db.transaction(async (tx) => {
      const outcome = await work(tx);
      if (!outcome.ok) throw new Refusal(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Refusal) return error.outcome;
    throw error;
  }
}
