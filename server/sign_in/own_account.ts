import { createHash } from "node:crypto";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { ChangePassword, SecondFactorSecret, SessionList } from "../../data/schema/session.ts";
import type { Actor, AuditEvent, RecordAudit } from "../audit/event.ts";
import type { Db, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { endSessions, tellAccess } from "../access/access_changes.ts";
import { acceptGuess } from "./guesses.ts";
import type { HashQueue } from "./hash_queue.ts";
import type { Known } from "./known_accounts.ts";
import { newSecret, stepOfCode, uriOf } from "./one_time_code.ts";
import { hashPassword } from "./password_hash.ts";
import { keptElsewhere, refuse, tooOften, weakPassword, wrongCode, wrongPassword } from "./refusals.ts";
import { actorFor, type SignInService, type Visit } from "./service.ts";

export interface OwnAccountService {
  /** @returns the epoch that the session of the one who changed it must take over */
  changePassword: (known: Known, input: ChangePassword, visit: Visit) => Promise<Outcome<number>>;
  newSecondFactor: (known: Known, visit: Visit) => Promise<Outcome<SecondFactorSecret>>;
  confirmSecondFactor: (known: Known, code: string, visit: Visit) => Promise<Outcome<null>>;
  removeSecondFactor: (known: Known, given: { password: string; code: string }, visit: Visit) => Promise<Outcome<null>>;
  sessions: (known: Known, currentSessionId: string) => Promise<SessionList>;
  endSessions: (known: Known, visit: Visit) => Promise<void>;
}

export interface OwnAccountParts {
  db: Db;
  audit: RecordAudit;
  hashes: HashQueue;
  signIn: SignInService;
  /** Length of a session without activity, ms. */
  idle_ms: number;
  now: () => number;
  needsSecondFactor: (known: Known) => boolean;
  /** Something about access changed here: what is kept of it must go at once. */
  forget: (accountId: string) => void;
}

export function ownAccountService(parts: OwnAccountParts): OwnAccountService {
  return {
    changePassword: (known, input, visit) => changePassword(parts, known, input, visit),
    newSecondFactor: (known) => newSecondFactor(parts, known),
    confirmSecondFactor: (known, code, visit) => confirmSecondFactor(parts, known, code, visit),
    removeSecondFactor: (known, given, visit) => removeSecondFactor(parts, known, given, visit),
    sessions: (known, current) => listSessions(parts, known, current),
    async endSessions(known, visit) {
      await change(parts, actorFor(known.row, visit), "sessions_end", async (tx) => {
        await endSessions(tx, known.row.id);
        return true;
      });
    },
  };
}

async function changePassword(
  parts: OwnAccountParts,
  known: Known,
  { current, next }: ChangePassword,
  visit: Visit,
): Promise<Outcome<number>> {
  if (known.row.origin !== "local") return keptElsewhere();
  const weak = weakPassword(next, known.row.name, "next");
  if (weak) return refuse(weak);
  if (next.normalize("NFKC") === current.normalize("NFKC")) {
    return failed("access.password", { detail: "新密码与当前密码相同。", fix: "请换一个密码。", pointer: "next" });
  }
  const proof = await parts.signIn.prove(known.row.id, { password: current }, visit);
  if (!proof.ok) return proof;
  const hash = await parts.hashes.inTurn(() => hashPassword(next));
  if (hash === null) return refuse(tooOften(5));
  let epoch: number | undefined;
  const done = await change(parts, actorFor(known.row, visit), "password_change", async (tx) => {
    if ((await acceptGuess(tx, proof.value.account, null)) === undefined) return false;
    const [row] = await tx.query(sql<{ session_epoch: number }>`
      update account set password_hash = ${hash}, must_change_password = false
      where id = ${known.row.id}::bigint returning session_epoch`);
    epoch = row.session_epoch;
    await tx.query(sql`delete from session where account_id = ${known.row.id}::bigint`);
    return true;
  });
  return done && epoch !== undefined ? { ok: true, value: epoch } : refuse(wrongPassword());
}

async function newSecondFactor({ db }: OwnAccountParts, { row }: Known): Promise<Outcome<SecondFactorSecret>> {
  if (row.origin !== "local") return keptElsewhere();
  const secret = newSecret();
  const taken = await db.query(sql`
    update account set totp_secret = ${secret}
    where id = ${row.id}::bigint and not totp_confirmed returning id`);
  if (taken.length > 0) return { ok: true, value: { secret, uri: uriOf(secret, row.name) } };
  return failed("access.forbidden", {
    detail: "该账号已绑定动态口令。",
    fix: "如需更换，请先解除绑定；手机遗失请联系安全管理员。",
  });
}

async function confirmSecondFactor(
  parts: OwnAccountParts,
  { row }: Known,
  code: string,
  visit: Visit,
): Promise<Outcome<null>> {
  if (row.origin !== "local") return keptElsewhere();
  const [kept] = await parts.db.query(sql<{ totp_secret: string | null }>`
    select totp_secret from account where id = ${row.id}::bigint and not totp_confirmed`);
  const secret = kept?.totp_secret;
  const step = secret ? stepOfCode(secret, code, { now: parts.now(), lastStep: 0 }) : null;
  if (!secret || step === null) {
    await parts.audit(parts.db, actorFor(row, visit), {
      action: "second_factor_change",
      target: `account:${row.id}`,
      outcome: "refused",
      problem: "access.wrong",
    });
    return refuse(wrongCode());
  }
  const done = await change(
    parts,
    actorFor(row, visit),
    "second_factor_change",
    async (tx) => {
      const confirmed = await tx.query(sql`
        update account set totp_confirmed = true, totp_last_step = ${step}
        where id = ${row.id}::bigint and not totp_confirmed and totp_secret = ${secret} returning id`);
      return confirmed.length > 0;
    },
    { before: { second_factor: false }, after: { second_factor: true } },
  );
  return done ? { ok: true, value: null } : refuse(wrongCode());
}

async function removeSecondFactor(
  parts: OwnAccountParts,
  known: Known,
  given: { password: string; code: string },
  visit: Visit,
): Promise<Outcome<null>> {
  if (known.row.origin !== "local") return keptElsewhere();
  if (parts.needsSecondFactor(known)) {
    return failed("access.forbidden", {
      detail: "您的角色必须使用动态口令，不能解除。",
      fix: "如需更换手机，请联系安全管理员重置。",
    });
  }
  const proof = await parts.signIn.prove(known.row.id, given, visit);
  if (!proof.ok) return proof;
  const done = await change(
    parts,
    actorFor(known.row, visit),
    "second_factor_change",
    async (tx) => {
      if ((await acceptGuess(tx, proof.value.account, proof.value.step)) === undefined) return false;
      await tx.query(sql`
        update account set totp_confirmed = false, totp_secret = null where id = ${known.row.id}::bigint`);
      return true;
    },
    { before: { second_factor: true }, after: { second_factor: false } },
  );
  return done ? { ok: true, value: null } : refuse(wrongCode());
}

async function listSessions(
  { db, idle_ms, now }: OwnAccountParts,
  { row }: Known,
  current: string,
): Promise<SessionList> {
  const rows = await db.query(sql<{ sid: string; sess: Record<string, string>; expire: Date }>`
    select sid, sess, expire from session
    where account_id = ${row.id}::bigint and expire > ${new Date(now())}
      and (sess ->> 'epoch')::int = ${row.session_epoch}
    order by expire desc limit 100`);
  return {
    sessions: rows.map(({ sid, sess, expire }) => ({
      // the sid itself opens the session
      id: createHash("sha256").update(sid).digest("base64url").slice(0, 16),
      current: sid === current,
      signed_in_at: sess.signed_in_at,
      seen_at: new Date(expire.getTime() - idle_ms).toISOString(),
      address: sess.address,
      agent: sess.agent,
    })),
  };
}

/** One change of access: the change, the word to other instances and the line of the log, or nothing. */
async function change(
  { db, audit, forget }: OwnAccountParts,
  actor: Actor,
  action: AuditEvent["action"],
  work: (tx: Queries) => Promise<boolean>,
  facts: Pick<AuditEvent, "before" | "after"> = {},
): Promise<boolean> {
  const done = await db.transaction(async (tx) => {
    if (!(await work(tx))) return false;
    await tellAccess(tx, [actor.account_id!]);
    await audit(tx, actor, { action, target: `account:${actor.account_id}`, ...facts });
    return true;
  });
  if (done) forget(actor.account_id!);
  return done;
}
