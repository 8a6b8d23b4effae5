import { isId } from "../../data/schema/parameters.ts";
import { endSessions, tellAccess } from "../access/access_changes.ts";
import type { Grant } from "../../data/access/roles.ts";
import type {
  AccountChange,
  AccountList,
  AccountListQuery,
  AccountSummary,
  AccountWithPassword,
  NewAccount,
  OrganisationList,
  ReleaseAccount,
} from "../../data/schema/account.ts";
import type { AuditAction } from "../../data/schema/audit.ts";
import type { Outcome, KnownProblem } from "../../data/schema/problem.ts";
import type { ProblemCode } from "../../data/schema/problem_codes.ts";
import type { Reader } from "../access/reader.ts";
import type { AuditEvent, RecordAudit } from "../audit/event.ts";
import { actorOf, type AuditService } from "../audit/service.ts";
import { type Db, type Queries, QueryError } from "../db/db.ts";
import { inOutcome } from "../db/in_outcome.ts";
import { makeFirstPassword } from "./first_password.ts";
import { grantKey, resolveGrants } from "./grants.ts";
import { findOrganisations } from "./places.ts";
import {
  keptElsewhere,
  lastAdministrator,
  nameTaken,
  ownAccount,
  revisionNeeded,
  stale,
  unknownAccount,
} from "./refusals.ts";
import {
  type AccountRow,
  deleteGrants,
  findAccount,
  findAccounts,
  findGrants,
  hasActive,
  insertAccount,
  insertGrants,
  isNameTaken,
  lockAccounts,
  releaseAccount,
  setFirstPassword,
  updateAccount,
} from "./repository.ts";
import { factsOf, summaryOf, summariesOf } from "./summaries.ts";

/** Accounts of persons and what they are granted. A security administrator looks after all of the system. */
export interface AccountService {
  list: (query: AccountListQuery) => Promise<AccountList>;
  one: (id: string) => Promise<Outcome<AccountSummary>>;
  create: (reader: Reader, input: NewAccount) => Promise<Outcome<AccountWithPassword>>;
  /** @param revision - the one that was seen (If-Match); undefined = it was not said */
  change: (
    reader: Reader,
    id: string,
    input: AccountChange & { revision: number | undefined },
  ) => Promise<Outcome<AccountSummary>>;
  /** A new first password; the account's sessions end and a lock opens. */
  resetPassword: (reader: Reader, id: string) => Promise<Outcome<AccountWithPassword>>;
  release: (reader: Reader, id: string, input: ReleaseAccount) => Promise<Outcome<AccountSummary>>;
  organisations: (text: string) => Promise<OrganisationList>;
}

export interface AccountParts {
  db: Db;
  audit: RecordAudit;
  /** To say who was faster. */
  log: Pick<AuditService, "latest">;
  hashPassword: (password: string) => Promise<string>;
  /** Today where the city lies, YYYY-MM-DD. */
  today: () => string;
  time_zone: string;
  /** Called after a change is committed: this instance takes it over at once. */
  onChange: () => void;
}

const organisationsShown = 100;
const attempts: ReadonlySet<ProblemCode> = new Set(["account.own", "account.last_admin", "grant.combination"]);

export function accountService(parts: AccountParts): AccountService {
  const { db, audit, hashPassword, today, onChange } = parts;

  async function one(id: string): Promise<Outcome<AccountSummary>> {
    const account = isId(id) ? await findAccount(db, id) : undefined;
    return account ? { ok: true, value: await summaryOf(db, account, today()) } : unknownAccount();
  }

  /** Changes one account in a transaction; with what came of it as the answer. */
  async function changing(
    { reader, id, action }: { reader: Reader; id: string; action: AuditAction },
    work: (tx: Queries, account: AccountRow) => Promise<Outcome<null>>,
  ): Promise<Outcome<AccountSummary>> {
    if (!isId(id)) return unknownAccount();
    const outcome = await inOutcome(db, async (tx) => {
      await lockAccounts(tx);
      const account = await findAccount(tx, id);
      return account ? work(tx, account) : unknownAccount();
    });
    if (!outcome.ok) {
      await noteAttempt(reader, { action, target: `account:${id}` }, outcome.problem);
      return outcome;
    }
    onChange();
    return one(id);
  }

  return {
    async list(query) {
      const found = await findAccounts(db, query, query.limit + 1);
      const page = found.slice(0, query.limit);
      return {
        accounts: await summariesOf(db, page, today()),
        next: found.length > query.limit ? page.at(-1)!.name : null,
      };
    },

    one,

    async create(reader, input) {
      const resolved = await resolveGrants(db, input.grants, { held: [], day: today() });
      if (!resolved.ok) {
        await noteAttempt(reader, { action: "account_create", after: { name: input.name } }, resolved.problem);
        return resolved;
      }
      if (await isNameTaken(db, input.name)) return nameTaken(input.name);
      const password = makeFirstPassword(input.name);
      const password_hash = await hashPassword(password);
      const made = await inOutcome(db, (tx) => makeAccount(tx, reader, { ...input, password_hash }, resolved.value));
      if (!made.ok) return made;
      onChange();
      return withPassword(await one(made.value), password);
    },

    async change(reader, id, { revision, ...input }) {
      let isStale = false;
      const outcome = await changing({ reader, id, action: "account_change" }, async (tx, account) => {
        if (revision === undefined) return revisionNeeded();
        isStale = revision !== account.revision;
        return isStale ? stale(null) : changeAccount(tx, reader, account, input);
      });
      return isStale ? stale(await lastChange(parts, id)) : outcome;
    },

    async resetPassword(reader, id) {
      const account = isId(id) ? await findAccount(db, id) : undefined;
      if (!account) return unknownAccount();
      const password = makeFirstPassword(account.name);
      const password_hash = account.origin === "local" ? await hashPassword(password) : "";
      const done = await changing({ reader, id, action: "password_change" }, async (tx, { origin }) => {
        if (reader.account?.id === id) return ownAccount();
        if (origin !== "local") return keptElsewhere(origin);
        await setFirstPassword(tx, id, password_hash);
        await endSessions(tx, id);
        await tellAccess(tx, [id]);
        await audit(tx, actorOf(reader), {
          action: "password_change",
          target: `account:${id}`,
          after: { first: true },
        });
        return { ok: true, value: null };
      });
      return withPassword(done, password);
    },

    release: (reader, id, { second_factor }) =>
      changing({ reader, id, action: "account_release" }, async (tx, account) => {
        if (reader.account?.id === id) return ownAccount();
        await releaseAccount(tx, id, { second_factor });
        if (second_factor && account.second_factor) await endSessions(tx, id);
        await tellAccess(tx, [id]);
        await audit(tx, actorOf(reader), {
          action: "account_release",
          target: `account:${id}`,
          before: { locked: account.locked_until !== null, second_factor: account.second_factor },
          after: { locked: false, second_factor: account.second_factor && !second_factor },
        });
        return { ok: true, value: null };
      }),

    organisations: async (text) => ({ organisations: await findOrganisations(db, text, organisationsShown) }),
  };

  /** What nobody may do and somebody tried is written down; a slip of the hand is not. */
  async function noteAttempt(reader: Reader, event: AuditEvent, refused: KnownProblem): Promise<void> {
    if (!attempts.has(refused.code)) return;
    await audit(db, actorOf(reader), { ...event, outcome: "refused", problem: refused.code });
  }

  async function makeAccount(
    tx: Queries,
    reader: Reader,
    account: Pick<NewAccount, "name" | "display_name"> & { password_hash: string },
    grants: readonly Grant[],
  ): Promise<Outcome<string>> {
    const id = await tx
      .transaction((inner) => insertAccount(inner, account))
      .catch((error: unknown) => {
        // somebody was faster between the question and here
        if (error instanceof QueryError && error.sqlstate === "23505") return null;
        throw error;
      });
    if (id === null) return nameTaken(account.name);
    await insertGrants(tx, id, grants);
    await tellAccess(tx, [id]);
    const made = await findAccount(tx, id);
    await audit(tx, actorOf(reader), {
      action: "account_create",
      target: `account:${id}`,
      after: { name: account.name, ...(await factsOf(tx, made!, today())) },
    });
    return { ok: true, value: id };
  }

  async function changeAccount(
    tx: Queries,
    reader: Reader,
    account: AccountRow,
    input: AccountChange,
  ): Promise<Outcome<null>> {
    const { id, origin } = account;
    const held = await findGrants(tx, [id]);
    const resolved = await resolveGrants(tx, input.grants, { held, day: today() });
    if (!resolved.ok) return resolved;
    const grantsChange = !isSameSet(held.map(grantKey), resolved.value.map(grantKey));
    const rightsChange = grantsChange || input.disabled !== account.disabled;
    if (rightsChange && reader.account?.id === id) return ownAccount();
    if (origin === "demo") return keptElsewhere(origin);
    if (origin === "identity_provider" && (grantsChange || input.display_name !== account.display_name)) {
      return keptElsewhere(origin);
    }
    const before = await factsOf(tx, account, today());
    const watched = await hasActive(tx, "security_admin");
    await updateAccount(tx, id, input);
    if (grantsChange) {
      await deleteGrants(tx, id);
      await insertGrants(tx, id, resolved.value);
    }
    if (watched && !(await hasActive(tx, "security_admin"))) return lastAdministrator();
    if (input.disabled && !account.disabled) await endSessions(tx, id);
    await tellAccess(tx, [id]);
    const after = await factsOf(tx, { ...account, ...input }, today());
    await audit(tx, actorOf(reader), { action: "account_change", target: `account:${id}`, before, after });
    return { ok: true, value: null };
  }
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

function withPassword(outcome: Outcome<AccountSummary>, password: string): Outcome<AccountWithPassword> {
  return outcome.ok ? { ok: true, value: { ...outcome.value, password } } : outcome;
}

/** Who changed the account last, in words for who was slower. */
async function lastChange({ log, time_zone }: AccountParts, id: string): Promise<{ name: string; at: string } | null> {
  const line = await log.latest(`account:${id}`, ["account_change", "account_release", "password_change"]);
  if (!line?.account_name) return null;
  const at = new Intl.DateTimeFormat("zh-CN", { dateStyle: "short", timeStyle: "short", timeZone: time_zone });
  return { name: line.account_name, at: at.format(new Date(line.at)) };
}
