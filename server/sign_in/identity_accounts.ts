import { createHash } from "node:crypto";
import { adminRolesOf } from "../../data/access/decide.ts";
import { adminRoles, type GrantedRole } from "../../data/access/roles.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import { inForceOn, refJoins } from "../areas/rows.ts";
import type { RecordAudit } from "../audit/event.ts";
import type { IdentityProviderSetting } from "../config.ts";
import type { Db, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { Claims } from "./identity_provider.ts";
import { endSessions, tellAccess } from "../access/access_changes.ts";
import { actorFor, type Entry, nobody, type Visit } from "./service.ts";

export interface IdentityAccountsParts {
  db: Db;
  audit: RecordAudit;
  setting: IdentityProviderSetting;
  /** Today where the city lies, YYYY-MM-DD. */
  today: () => string;
  forget: (accountId: string) => void;
}

interface MappedGrant {
  role: GrantedRole;
  area_id: string | null;
  organisation_id: string | null;
}

/**
 * Lets in whom the provider vouches for. What the person may do is read from the claims anew each time: an account
 * that is mapped to nothing any more loses its grants and sessions.
 */
export async function enterByIdentity(
  parts: IdentityAccountsParts,
  claims: Claims,
  visit: Visit,
): Promise<Outcome<Entry>> {
  const grants = await mapGrants(parts, claims);
  const refusal = refusalOf(grants);
  const { outcome, changed } = await parts.db.transaction(async (tx) => {
    const account = refusal
      ? await findByIdentity(tx, parts.setting.issuer, claims.sub)
      : await keepAccount(tx, parts.setting.issuer, claims);
    const before = account ? await grantsOf(tx, account.id) : [];
    const after = refusal ? [] : grants;
    const changes = account !== undefined && !isSame(before, after);
    if (account && changes) await replaceGrants(tx, account.id, after);
    if (account && refusal) await endSessions(tx, account.id);
    if (account && (changes || refusal)) await tellAccess(tx, [account.id]);
    const ended = refusal ?? (account?.disabled ? disabled() : null);
    if (ended || !account) {
      const problem = (ended ?? disabled()).problem;
      await parts.audit(tx, nobody(visit), {
        action: "sign_in_refused",
        ...(account ? { target: `account:${account.id}` } : {}),
        outcome: "refused",
        problem: problem.code,
      });
      return { outcome: { ok: false, problem } as const, changed: account?.id };
    }
    await parts.audit(tx, actorFor(account, visit), {
      action: "sign_in",
      target: `account:${account.id}`,
      ...(changes ? { before: { grants: before }, after: { way: "identity_provider", grants: after } } : {}),
    });
    const entry: Entry = { account_id: account.id, name: account.name, epoch: account.session_epoch };
    return { outcome: { ok: true, value: entry } as const, changed: changes ? account.id : undefined };
  });
  if (changed !== undefined) parts.forget(changed);
  return outcome;
}

/** Every grant that a rule gives for these claims. Places that do not exist, or not any more, give nothing. */
async function mapGrants({ db, setting, today }: IdentityAccountsParts, claims: Claims): Promise<MappedGrant[]> {
  const found = new Map<string, MappedGrant>();
  for (const { claim, value, role, area, organisation } of setting.grants) {
    if (!holds(claims, claim, value)) continue;
    const place = await findPlace(db, { area, organisation: organisation ?? null, today: today() });
    if (!place || (place.area_id === null) !== (adminRoles as readonly GrantedRole[]).includes(role)) continue;
    found.set(`${role} ${place.area_id} ${place.organisation_id}`, { role, ...place });
  }
  return [...found.values()];
}

/** A claim is named as it is, or by the way to it: `realm_access.roles`. A list holds each of its values. */
function holds(claims: Claims, claim: string, value: string): boolean {
  const found = Object.hasOwn(claims, claim) ? claims[claim] : claim.split(".").reduce<unknown>(step, claims);
  return Array.isArray(found) ? found.includes(value) : found === value;
}

function step(from: unknown, name: string): unknown {
  return typeof from === "object" && from !== null && Object.hasOwn(from, name)
    ? (from as Record<string, unknown>)[name]
    : undefined;
}

async function findPlace(
  db: Queries,
  { area, organisation, today }: { area: string | null; organisation: string | null; today: string },
): Promise<Omit<MappedGrant, "role"> | undefined> {
  const [network, code] =
    area === null ? [null, null] : [area.slice(0, area.indexOf(":")), area.slice(area.indexOf(":") + 1)];
  const [row] = await db.query(sql<{ area_id: string | null; organisation_id: string | null }>`
    select
      (select v.area_id::text from ${refJoins}
       where n.code = ${network}::text and a.code = ${code}::text and ${inForceOn(today)} limit 1) as area_id,
      (select o.id::text from organisation o where o.code = ${organisation}::text) as organisation_id`);
  const isMissing = (area !== null && row.area_id === null) || (organisation !== null && row.organisation_id === null);
  return isMissing ? undefined : row;
}

function refusalOf(grants: readonly MappedGrant[]): ReturnType<typeof failed> | null {
  if (grants.length === 0) {
    return failed("access.forbidden", {
      detail: "您的统一身份账号尚未获得本系统的任何授权。",
      fix: "请联系安全管理员，在统一身份平台中加入相应的角色或用户组。",
    });
  }
  if (adminRolesOf(grants).length > 1) {
    return failed("grant.combination", {
      detail: "统一身份平台给出的角色互斥：系统、安全、审计管理员不能由同一账号兼任。",
      fix: "请联系安全管理员调整。",
    });
  }
  return null;
}

const disabled = () => failed("access.forbidden", { detail: "该账号已停用。", fix: "如需使用，请联系安全管理员。" });

interface IdentityAccount {
  id: string;
  name: string;
  disabled: boolean;
  session_epoch: number;
}

async function findByIdentity(tx: Queries, issuer: string, subject: string): Promise<IdentityAccount | undefined> {
  const [account] = await tx.query(sql<IdentityAccount>`
    select id::text as id, name, disabled, session_epoch from account
    where issuer = ${issuer} and subject = ${subject} for update`);
  return account;
}

/** The account of a person, made at the first sign-in. Its name begins with `oidc:`, which no name of ours does. */
async function keepAccount(tx: Queries, issuer: string, claims: Claims): Promise<IdentityAccount> {
  const wanted = `oidc:${plainName(claims)}`;
  const other = await tx.query(sql`
    select 1 from account where name = ${wanted} and (issuer, subject) is distinct from (${issuer}, ${claims.sub})`);
  const name = other.length === 0 ? wanted : `${wanted}-${fingerprint(issuer, claims.sub)}`;
  const [account] = await tx.query(sql<IdentityAccount>`
    insert into account (name, display_name, origin, issuer, subject, last_sign_in_at)
    values (${name}, ${displayName(claims)}, 'identity_provider', ${issuer}, ${claims.sub}, now())
    on conflict (issuer, subject) do update set display_name = excluded.display_name,
      last_sign_in_at = case when account.disabled then account.last_sign_in_at else now() end
    returning id::text as id, name, disabled, session_epoch`);
  return account;
}

function plainName({ preferred_username, sub }: Claims): string {
  const text = typeof preferred_username === "string" && preferred_username !== "" ? preferred_username : sub;
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9._@-]/g, "")
    .slice(0, 80);
  return plain === "" ? fingerprint("", sub) : plain;
}

function displayName({ name, preferred_username, sub }: Claims): string {
  const words = [name, preferred_username, sub].find((text) => typeof text === "string" && cleanWords(text) !== "");
  return cleanWords(String(words)) || "—";
}

function cleanWords(text: string): string {
  return text.replace(/\p{C}/gu, "").trim().slice(0, 60);
}

function fingerprint(issuer: string, subject: string): string {
  return createHash("sha256").update(`${issuer}\n${subject}`).digest("hex").slice(0, 12);
}

function grantsOf(tx: Queries, accountId: string): Promise<MappedGrant[]> {
  return tx.query(sql<MappedGrant>`
    select role, area_id::text as area_id, organisation_id::text as organisation_id
    from role_grant where account_id = ${accountId}::bigint`);
}

function isSame(one: readonly MappedGrant[], other: readonly MappedGrant[]): boolean {
  const key = (grants: readonly MappedGrant[]) =>
    grants
      .map(({ role, area_id, organisation_id }) => `${role} ${area_id} ${organisation_id}`)
      .sort()
      .join("\n");
  return key(one) === key(other);
}

async function replaceGrants(tx: Queries, accountId: string, grants: readonly MappedGrant[]): Promise<void> {
  await tx.query(sql`delete from role_grant where account_id = ${accountId}::bigint`);
  await tx.query(sql`
    insert into role_grant (account_id, role, area_id, organisation_id)
    select ${accountId}::bigint, g.role, g.area_id, g.organisation_id
    from jsonb_to_recordset(${JSON.stringify(grants)}::jsonb) as g (role text, area_id bigint, organisation_id bigint)`);
  await tx.query(sql`update account set revision = revision + 1 where id = ${accountId}::bigint`);
}
