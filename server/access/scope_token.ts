import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { Id } from "../../data/schema/parameters.ts";
import { grantedRoles, type Grant, type GrantedRole } from "../../data/access/roles.ts";

/** Name of the cookie that the door of tiles reads. */
export const scopeCookie = "grid_atlas_scope";

/** Longest life of a token, ms. After half of it whoever answers the account hands out a new one. */
export const scopeTokenLife = 10 * 60 * 1000;

/** What a token says; the door of tiles believes nothing else. */
export interface ScopeClaim {
  account_id: string;
  grants: readonly Grant[];
  issued_at: number;
  expires_at: number;
  /** Change that whoever issued it had taken over. */
  rev: number;
}

export interface ScopeTokens {
  /** A token of an account with its grants as they are now. */
  issue: (account_id: string, grants: readonly Grant[]) => { token: string; expires_at: Date };
  /** What the token says; undefined where it is forged, expired, revoked or older than this process. */
  verify: (token: string) => ScopeClaim | undefined;
  /** Whether a claim that was verified before still holds. */
  holds: (claim: ScopeClaim) => boolean;
  /** More than half of its life is over, or it does not hold: a new one is due. */
  isDue: (token: string | undefined, account_id: string) => boolean;
  /**
   * Refuses every token of the accounts that was issued before. `rev`: number of the change that said so; without
   * it (the change was made here and is not told yet) the clock decides.
   */
  revoke: (account_ids: readonly (string | number)[], rev?: number) => void;
}

export interface ScopeTokenParts {
  /** Shared by every instance, at least 32 bytes. */
  key: Uint8Array;
  /** ms */
  now: () => number;
  /** The last change that this process has taken over; in the end that of its start. */
  rev: () => number;
}

/** Short: with 50 grants a cookie still stays under 4 kB. `{ role: ["area", "area.organisation"] }`, "" = everywhere. */
const Payload = z.object({
  a: Id,
  g: z.partialRecord(z.enum(grantedRoles), z.array(z.string().regex(/^(\d{1,18}(\.\d{1,18})?)?$/))),
  i: z.int(),
  e: z.int(),
  r: z.int(),
});

/**
 * Tokens of the tile door: `payload.signature`, both base64url, HMAC-SHA256. They are believed without a look into the
 * database, so they live for minutes only, and name the change up to which their grants were true: a change of an
 * account's access refuses all that were issued with less, however the clocks of instances stand.
 */
export function scopeTokens({ key, now, rev }: ScopeTokenParts): ScopeTokens {
  if (key.length < 32) throw new RangeError("the key of scope tokens is shorter than 32 bytes");
  const start = rev();
  const revoked = new Map<string, { rev: number; at: number }>();

  const sign = (payload: string) => createHmac("sha256", key).update(`scope.${payload}`).digest();

  function holds(claim: ScopeClaim): boolean {
    if (claim.rev < start || claim.expires_at <= now()) return false;
    const change = revoked.get(claim.account_id);
    return !change || (claim.rev >= change.rev && claim.issued_at > change.at);
  }

  function verify(token: string): ScopeClaim | undefined {
    const claim = read(token);
    return claim && holds(claim) ? claim : undefined;
  }

  function read(token: string): ScopeClaim | undefined {
    const match = /^([\w-]{1,4000})\.([\w-]{43})$/.exec(token);
    if (!match) return undefined;
    if (!timingSafeEqual(Buffer.from(match[2]!, "base64url"), sign(match[1]!))) return undefined;
    const parsed = Payload.safeParse(parseJson(Buffer.from(match[1]!, "base64url").toString()));
    if (!parsed.success) return undefined;
    const { a, g, i, e, r } = parsed.data;
    if (e - i > scopeTokenLife) return undefined;
    return { account_id: a, grants: unpack(g), issued_at: i, expires_at: e, rev: r };
  }

  return {
    issue(account_id, grants) {
      const issued = now();
      const packed = { a: account_id, g: pack(grants), i: issued, e: issued + scopeTokenLife, r: rev() };
      const payload = Buffer.from(JSON.stringify(packed)).toString("base64url");
      return { token: `${payload}.${sign(payload).toString("base64url")}`, expires_at: new Date(packed.e) };
    },
    verify,
    holds,
    isDue(token, account_id) {
      const claim = token === undefined ? undefined : verify(token);
      return claim?.account_id !== account_id || claim.expires_at - now() < scopeTokenLife / 2;
    },
    revoke(account_ids, of) {
      for (const id of account_ids) {
        const before = revoked.get(String(id)) ?? { rev: 0, at: -Infinity };
        if (of === undefined) before.at = now();
        else before.rev = Math.max(before.rev, of);
        revoked.set(String(id), before);
      }
    },
  };
}

function pack(grants: readonly Grant[]): Partial<Record<GrantedRole, string[]>> {
  const packed: Partial<Record<GrantedRole, string[]>> = {};
  for (const { role, area_id, organisation_id } of grants) {
    const place = `${area_id ?? ""}${organisation_id === null ? "" : `.${organisation_id}`}`;
    packed[role] = [...(packed[role] ?? []), place];
  }
  return packed;
}

function unpack(packed: Partial<Record<GrantedRole, string[]>>): Grant[] {
  return Object.entries(packed).flatMap(([role, places]) =>
    places.map((place) => {
      const [area = "", organisation] = place.split(".");
      return {
        role: role as GrantedRole,
        area_id: area === "" ? null : area,
        organisation_id: organisation ?? null,
      };
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
