import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { Origin } from "./repository.ts";

/** After so many wrong guesses in a row an account is locked for so long. */
export const guessesAllowed = 5;
export const lockMinutes = 15;

/** An account of which a guess was counted; its secrets stay in this folder. */
export interface GuessedAccount {
  id: string;
  name: string;
  origin: Origin;
  password_hash: string;
  totp_secret: string | null;
  totp_confirmed: boolean;
  totp_last_step: number;
}

export type Guess =
  | { kind: "counted"; account: GuessedAccount }
  | { kind: "locked"; account_id: string }
  | { kind: "unknown" };

/**
 * Counts a guess before anything is compared, so that of many at once only so many are looked at. The guess that
 * reaches the limit locks the account and is still looked at: a right one opens it again.
 * @param who - the name that was typed, or the id of who is signed in
 * @param demos - whether accounts of the demo, whose password everybody knows, count as existing
 */
export async function countGuess(
  db: Queries,
  who: { name: string } | { id: string },
  { demos }: { demos: boolean },
): Promise<Guess> {
  const named = "name" in who ? sql`a.name = ${who.name}` : sql`a.id = ${who.id}::bigint`;
  const which = sql`${named} and a.password_hash is not null and not a.disabled and (${demos} or a.origin <> 'demo')`;
  const [row] = await db.query(sql<GuessedAccount & { counted: boolean }>`
    with counted as (
      update account a set
        failures = case when a.locked_until is null then a.failures + 1 else 1 end,
        locked_until = case when a.locked_until is null and a.failures + 1 >= ${guessesAllowed}
          then now() + make_interval(mins => ${lockMinutes}) end
      where ${which} and (a.locked_until is null or a.locked_until <= now())
      returning a.id)
    select a.id::text as id, a.name, a.origin, a.password_hash, a.totp_secret, a.totp_confirmed, a.totp_last_step,
      exists (select 1 from counted) as counted
    from account a where ${which}`);
  if (!row) return { kind: "unknown" };
  const { counted, ...account } = row;
  return counted ? { kind: "counted", account } : { kind: "locked", account_id: account.id };
}

/** The password was right and only a code is missing: this one guess was none. Others stay counted. */
export async function uncountGuess(db: Queries, accountId: string): Promise<void> {
  await db.query(sql`
    update account set failures = greatest(failures - 1, 0),
      locked_until = case when failures - 1 >= ${guessesAllowed} then locked_until end
    where id = ${accountId}::bigint`);
}

/**
 * Ends the count: everything that was asked for was right. Nothing happens where the account was changed while the
 * password was compared, or the code was taken by somebody else in the meantime.
 * @param step - time step of the code that was given; null if none was asked for
 * @returns the epoch that a session of now holds with; undefined where nothing happened
 */
export async function acceptGuess(
  db: Queries,
  { id, password_hash }: GuessedAccount,
  step: number | null,
): Promise<number | undefined> {
  const [row] = await db.query(sql<{ session_epoch: number }>`
    update account set failures = 0, locked_until = null, totp_last_step = coalesce(${step}::bigint, totp_last_step)
    where id = ${id}::bigint and password_hash = ${password_hash} and not disabled
      and (${step}::bigint is null or totp_last_step < ${step}::bigint)
    returning session_epoch`);
  return row?.session_epoch;
}
