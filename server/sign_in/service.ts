import type { Outcome } from "../../data/schema/problem.ts";
import type { SignIn } from "../../data/schema/session.ts";
import type { Actor, RecordAudit } from "../audit/event.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { AddressLimits } from "./address_limits.ts";
import { acceptGuess, countGuess, type Guess, type GuessedAccount, uncountGuess } from "./guesses.ts";
import type { HashQueue, Turn } from "./hash_queue.ts";
import { stepOfCode } from "./one_time_code.ts";
import { isPasswordOf } from "./password_hash.ts";
import { codeNeeded, locked, refuse, tooOften, wrongCode, wrongPassword } from "./refusals.ts";
import { tellAccess } from "../access/access_changes.ts";

/** Where somebody comes from. */
export interface Visit {
  address: string;
  /** Of the request in the log. */
  reference: string;
  /** From this machine itself, where the demo's accounts exist. */
  is_local: boolean;
}

/** What a session is made of. */
export interface Entry {
  account_id: string;
  name: string;
  epoch: number;
}

export interface SignInService {
  signIn: (input: SignIn, visit: Visit) => Promise<Outcome<Entry>>;
  /**
   * Compares password and code of somebody who signed in already; counts like a guess at the door.
   * `code` undefined: not asked for.
   */
  prove: (accountId: string, given: { password: string; code?: string }, visit: Visit) => Promise<Outcome<Proof>>;
  signOut: (sessionId: string, actor: Actor) => Promise<void>;
}

/** Of a right password (and code); `accept` in the transaction of what it was given for. */
export interface Proof {
  account: GuessedAccount;
  step: number | null;
}

export interface SignInParts {
  db: Db;
  audit: RecordAudit;
  hashes: HashQueue;
  limits: AddressLimits;
  /** What is remembered of an account's access, and its tokens, hold no more. */
  forget: (accountId: string) => void;
  /** ms since 1970 */
  now: () => number;
}

const shortWait = 5; // s to wait where too many sign in at once

export function signInService(parts: SignInParts): SignInService {
  return {
    signIn: (input, visit) => signIn(parts, input, visit),
    prove: (accountId, given, visit) => prove(parts, accountId, given, visit),
    async signOut(sessionId, actor) {
      await parts.db.transaction(async (tx) => {
        await tx.query(sql`delete from session where sid = ${sessionId}`);
        // the token of the tiles would outlive the session; other sessions of the account get a new one
        if (actor.account_id !== null) await tellAccess(tx, [actor.account_id]);
        await parts.audit(tx, actor, { action: "sign_out", target: `account:${actor.account_id}` });
      });
      if (actor.account_id !== null) parts.forget(actor.account_id);
    },
  };
}

async function signIn(parts: SignInParts, input: SignIn, visit: Visit): Promise<Outcome<Entry>> {
  if (parts.limits.wasJustLocked(input.name)) return refuse(locked());
  return withTurn(parts, visit, async (turn) => {
    const guess = await countGuess(parts.db, { name: input.name }, { demos: visit.is_local });
    const judged = await judgePassword(parts, guess, { ...input, turn });
    if (!judged.ok) return refused(parts, guess, visit, judged);
    const account = judged.value;
    let step: number | null = null;
    if (account.totp_confirmed) {
      if (input.code === undefined) {
        await uncountGuess(parts.db, account.id);
        await parts.limits.giveBack(visit.address);
        return refuse(codeNeeded());
      }
      step = stepOf(account, input.code, parts.now());
      if (step === null) return refused(parts, guess, visit, refuse(wrongCode()));
    }
    const epoch = await enter(parts, { account, step }, visit);
    // changed while the password was compared, or the code was taken by another request
    if (epoch === undefined) return refused(parts, guess, visit, refuse(step === null ? wrongPassword() : wrongCode()));
    await parts.limits.giveBack(visit.address);
    return { ok: true, value: { account_id: account.id, name: account.name, epoch } };
  });
}

async function prove(
  parts: SignInParts,
  accountId: string,
  given: { password: string; code?: string },
  visit: Visit,
): Promise<Outcome<Proof>> {
  return withTurn(parts, visit, async (turn) => {
    const guess = await countGuess(parts.db, { id: accountId }, { demos: false });
    const judged = await judgePassword(parts, guess, { name: "", password: given.password, turn });
    if (!judged.ok) return refused(parts, guess, visit, judged);
    const account = judged.value;
    const step = given.code === undefined ? null : stepOf(account, given.code, parts.now());
    if (given.code !== undefined && step === null) return refused(parts, guess, visit, refuse(wrongCode()));
    await parts.limits.giveBack(visit.address);
    return { ok: true, value: { account, step } };
  });
}

/** A place in the queue and a try of the address are taken before anything is counted. */
async function withTurn<T>(
  parts: SignInParts,
  visit: Visit,
  work: (turn: Turn) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const wait = await parts.limits.tryFrom(visit.address);
  if (wait !== null) return refuse(tooOften(wait));
  const turn = parts.hashes.take();
  if (!turn) {
    await parts.limits.giveBack(visit.address);
    return refuse(tooOften(shortWait));
  }
  try {
    return await work(turn);
  } finally {
    turn.leave();
  }
}

async function judgePassword(
  parts: SignInParts,
  guess: Guess,
  { name, password, turn }: { name: string; password: string; turn: Turn },
): Promise<Outcome<GuessedAccount>> {
  const isLocked = guess.kind === "locked" || (guess.kind === "unknown" && (await parts.limits.isNameLocked(name)));
  if (isLocked) {
    if (name !== "") parts.limits.rememberLock(name);
    return refuse(locked());
  }
  const account = guess.kind === "counted" ? guess.account : null;
  const isRight = await turn.run(() => isPasswordOf(password, account?.password_hash ?? null));
  return isRight && account ? { ok: true, value: account } : refuse(wrongPassword());
}

function stepOf({ totp_secret, totp_last_step }: GuessedAccount, code: string, now: number): number | null {
  return totp_secret === null ? null : stepOfCode(totp_secret, code, { now, lastStep: totp_last_step });
}

/** @returns the epoch of the session; undefined where the account changed meanwhile */
async function enter({ db, audit }: SignInParts, { account, step }: Proof, visit: Visit): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    const epoch = await acceptGuess(tx, account, step);
    if (epoch === undefined) return undefined;
    await tx.query(sql`update account set last_sign_in_at = now() where id = ${account.id}::bigint`);
    await audit(tx, actorFor(account, visit), { action: "sign_in", target: `account:${account.id}` });
    return epoch;
  });
}

/** Writes the refusal down. A name that does not exist is not: people type their password there. */
async function refused<T>(
  { db, audit, limits }: SignInParts,
  guess: Guess,
  visit: Visit,
  outcome: Outcome<T> & { ok: false },
): Promise<Outcome<T>> {
  const id = guess.kind === "counted" ? guess.account.id : guess.kind === "locked" ? guess.account_id : null;
  if (outcome.problem.code === "access.locked") {
    // nothing was compared: colleagues behind the same address go on signing in, and the log is not flooded
    await limits.giveBack(visit.address);
    if (!(await limits.mayNote(`${id ?? visit.address}`))) return outcome;
  }
  await audit(db, nobody(visit), {
    action: "sign_in_refused",
    ...(id === null ? {} : { target: `account:${id}` }),
    outcome: "refused",
    problem: outcome.problem.code,
  });
  return outcome;
}

export function actorFor(account: { id: string; name: string }, { address, reference }: Visit): Actor {
  return { account_id: account.id, account_name: account.name, address, reference };
}

export function nobody({ address, reference }: Visit): Actor {
  return { account_id: null, account_name: null, address, reference };
}
