import { randomBytes } from "node:crypto";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { Setup } from "../../data/schema/session.ts";
import type { RecordAudit } from "../audit/event.ts";
import { type Db, type Queries, QueryError } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { AddressLimits } from "./address_limits.ts";
import type { HashQueue } from "./hash_queue.ts";
import { hashToken } from "./known_accounts.ts";
import { tellAccess } from "../access/access_changes.ts";
import { hashPassword } from "./password_hash.ts";
import { linkEnded, refuse, tooOften, weakPassword } from "./refusals.ts";
import { actorFor, type Entry, nobody, type Visit } from "./service.ts";

/** Ways in that a link opens once. */
export interface FirstEntryService {
  /** Makes the security administrator. */
  setUp: (input: Setup, visit: Visit) => Promise<Outcome<Entry>>;
  /** A screen gives the token of its link and gets that of its cookie. */
  pair: (token: string, visit: Visit) => Promise<Outcome<{ token: string }>>;
}

export interface FirstEntryParts {
  db: Db;
  audit: RecordAudit;
  hashes: HashQueue;
  limits: AddressLimits;
  /** Ids of accounts whose access changed here. */
  forget: (accountId: string) => void;
}

const setupHours = 24;
const pairingDays = 7;

/** No security administrator who can sign in, demo accounts apart. */
const nobodyAdministers = sql`not exists (
  select 1 from role_grant g join account a on a.id = g.account_id
  where g.role = 'security_admin' and a.origin <> 'demo' and not a.disabled)`;

/**
 * The token of a new link where nobody looks after accounts yet; null where somebody does. Links of other instances
 * that start now hold too, until one of them was used.
 */
export async function prepareSetup(db: Db): Promise<string | null> {
  const token = newToken();
  const made = await db.transaction(async (tx) => {
    await tx.query(sql`delete from setup_link where expires_at <= now()`);
    return tx.query(sql`
      insert into setup_link (token_hash, expires_at)
      select ${hashToken(token)}, now() + make_interval(hours => ${setupHours}) where ${nobodyAdministers}
      returning expires_at`);
  });
  return made.length > 0 ? token : null;
}

/** What the operator reads at the start. The token stands behind #, which no server and no proxy gets to see. */
export function setupSentence(address: string, token: string): string {
  const link = `${address.replace(/\/\/(0\.0\.0\.0|\[::\])/, "//localhost")}/sign-in#setup=${token}`;
  return (
    `  尚无安全管理员，请在 ${setupHours} 小时内打开以下链接建立（仅可使用一次）：\n` +
    `  Nobody administers accounts yet; open this link within ${setupHours} hours, once:\n  ${link}`
  );
}

export function firstEntryService(parts: FirstEntryParts): FirstEntryService {
  return {
    setUp: (input, visit) => setUp(parts, input, visit),
    pair: (token, visit) => pair(parts, token, visit),
  };
}

async function setUp(parts: FirstEntryParts, input: Setup, visit: Visit): Promise<Outcome<Entry>> {
  const { db, limits } = parts;
  const wait = await limits.tryFrom(visit.address);
  if (wait !== null) return refuse(tooOften(wait));
  const link = hashToken(input.token);
  const [holds] = await db.query(sql`
    select 1 from setup_link where token_hash = ${link} and expires_at > now() and ${nobodyAdministers}`);
  if (!holds) return refuseLink(parts, "setup", visit);
  await limits.giveBack(visit.address);
  const weak = weakPassword(input.password, input.name, "password");
  if (weak) return refuse(weak);
  const hash = await parts.hashes.inTurn(() => hashPassword(input.password));
  if (hash === null) return refuse(tooOften(5));
  try {
    const entry = await db.transaction((tx) => makeAdministrator(tx, parts.audit, { ...input, link, hash }, visit));
    return entry ? { ok: true, value: entry } : refuseLink(parts, "setup", visit);
  } catch (error) {
    if (!(error instanceof QueryError && error.sqlstate === "23505")) throw error;
    return failed("account.name_taken", { detail: "用户名已被使用。", fix: "请换一个用户名。", pointer: "name" });
  }
}

async function makeAdministrator(
  tx: Queries,
  audit: RecordAudit,
  { name, display_name, link, hash }: Setup & { link: Buffer; hash: string },
  visit: Visit,
): Promise<Entry | null> {
  // whoever deletes the link first has used it; the others wait here and find nothing
  const used = await tx.query(sql`delete from setup_link where token_hash = ${link} returning 1`);
  if (used.length === 0) return null;
  await tx.query(sql`delete from setup_link`);
  const [account] = await tx.query(sql<{ id: string; session_epoch: number }>`
    insert into account (name, display_name, origin, password_hash, last_sign_in_at)
    values (${name}, ${display_name}, 'local', ${hash}, now()) returning id::text as id, session_epoch`);
  await tx.query(sql`insert into role_grant (account_id, role) values (${account.id}::bigint, 'security_admin')`);
  await tellAccess(tx, [account.id]);
  const actor = actorFor({ id: account.id, name }, visit);
  const target = `account:${account.id}`;
  await audit(tx, actor, {
    action: "account_create",
    target,
    after: { name, display_name, roles: ["security_admin"] },
  });
  await audit(tx, actor, { action: "sign_in", target, after: { way: "setup" } });
  return { account_id: account.id, name, epoch: account.session_epoch };
}

/** The token of the link is used up: what the screen keeps is another one, so that nobody enters with the link again. */
async function pair(parts: FirstEntryParts, token: string, visit: Visit): Promise<Outcome<{ token: string }>> {
  const { db, limits, audit } = parts;
  const wait = await limits.tryFrom(visit.address);
  if (wait !== null) return refuse(tooOften(wait));
  const kept = newToken();
  const account = await db.transaction(async (tx) => {
    const [paired] = await tx.query(sql<{ id: string; name: string; device_id: string }>`
      update device d set token_hash = ${hashToken(kept)}, paired_at = now(), seen_at = now()
      from account a
      where a.id = d.account_id and not a.disabled and d.token_hash = ${hashToken(token)} and d.paired_at is null
        and d.revoked_at is null and d.created_at > now() - make_interval(days => ${pairingDays})
      returning a.id::text as id, a.name, d.id::text as device_id`);
    if (!paired) return undefined;
    await tellAccess(tx, [paired.id]);
    await audit(tx, actorFor(paired, visit), { action: "device_pair", target: `device:${paired.device_id}` });
    return paired;
  });
  if (!account) return refuseLink(parts, "device", visit);
  parts.forget(account.id);
  await limits.giveBack(visit.address);
  return { ok: true, value: { token: kept } };
}

async function refuseLink(
  { db, audit }: FirstEntryParts,
  what: "setup" | "device",
  visit: Visit,
): Promise<Outcome<never>> {
  await audit(db, nobody(visit), {
    action: "sign_in_refused",
    target: `link:${what}`,
    outcome: "refused",
    problem: "access.link",
  });
  return refuse(linkEnded(what));
}

/** 32 bytes that nobody guesses, fit for a link. */
function newToken(): string {
  return randomBytes(32).toString("base64url");
}
