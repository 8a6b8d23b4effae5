import { createHash } from "node:crypto";
import type { Grant } from "../../data/access/roles.ts";
import type { PendingStep } from "../../data/schema/session.ts";
import type { Role } from "../../data/access/roles.ts";
import type { ReaderAccount } from "../access/reader.ts";
import type { Queries } from "../db/db.ts";
import {
  type AccountRow,
  findAccount,
  findDeviceAccount,
  type GrantRow,
  grantsInForce,
  markDeviceSeen,
} from "./repository.ts";

/** Somebody who signed in, as the database had it within the last seconds. */
export interface Known {
  account: ReaderAccount;
  row: AccountRow;
  grants: readonly Grant[];
  /** The same, with the names of places. */
  places: readonly GrantRow[];
  pending: PendingStep | null;
  /** When the screen was paired; null for persons. */
  paired_at: Date | null;
}

/** How long an account is believed without asking again: a change made elsewhere holds here that much later at most. */
const believed = 3_000; // ms
const mostKept = 5_000; // accounts

/** Accounts that ask often, kept for seconds. */
export class KnownAccounts {
  readonly #parts: KnownAccountsParts;
  #changes = 0;
  readonly #kept = new Map<string, { asked: number; known: Promise<Known | null> }>();

  constructor(parts: KnownAccountsParts) {
    this.#parts = parts;
  }

  /** Null: no such account, or it may not sign in. */
  person(accountId: string): Promise<Known | null> {
    return this.#keep(`account:${accountId}`, async () => {
      const row = await findAccount(this.#parts.db, accountId);
      return row ? this.#describe(row, null) : null;
    });
  }

  /** The account of a screen by the token of its cookie; null: revoked, or never given out. */
  device(token: string): Promise<Known | null> {
    const hash = hashToken(token);
    return this.#keep(`device:${hash.toString("base64")}`, async () => {
      const row = await findDeviceAccount(this.#parts.db, hash);
      if (!row) return null;
      await markDeviceSeen(this.#parts.db, row.device_id);
      return this.#describe(row, row.paired_at);
    });
  }

  /** Something about access was changed: whatever is being asked right now may be from before. */
  forget(): void {
    this.#changes++;
    this.#kept.clear();
  }

  /** Whether a role asks for a second factor. */
  needsSecondFactor(grants: readonly Pick<Grant, "role">[]): boolean {
    return grants.some(({ role }) => this.#parts.secondFactor.includes(role));
  }

  #keep(key: string, find: () => Promise<Known | null>): Promise<Known | null> {
    const now = this.#parts.now();
    const kept = this.#kept.get(key);
    if (kept && now - kept.asked < believed) return kept.known;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    const known = this.#findLatest(find);
    this.#kept.set(key, { asked: now, known });
    known.catch(() => this.#kept.delete(key)); // a database that was away is asked again
    return known;
  }

  /** What was asked before a change is asked again: a token made of it would outlive the change. */
  async #findLatest(find: () => Promise<Known | null>): Promise<Known | null> {
    for (;;) {
      const changes = this.#changes;
      const known = await find();
      if (changes === this.#changes) return known;
    }
  }

  async #describe(row: AccountRow, paired_at: Date | null): Promise<Known> {
    const places = await grantsInForce(this.#parts.db, row.id, this.#parts.today());
    const grants = places.map(({ role, area, organisation }) => ({
      role,
      area_id: area?.id ?? null,
      organisation_id: organisation?.id ?? null,
    }));
    const isWall = row.origin === "device" || (places.length > 0 && places.every(({ role }) => role === "wall"));
    return {
      account: { id: row.id, name: row.name, display_name: row.display_name, kind: isWall ? "wall" : "person" },
      row,
      grants,
      places,
      pending: this.#pendingOf(row, grants),
      paired_at,
    };
  }

  /** Demo accounts are shared, and whom the provider vouches for showed it what it wants to see. */
  #pendingOf(row: AccountRow, grants: readonly Grant[]): PendingStep | null {
    if (row.origin !== "local") return null;
    if (row.must_change_password) return "change_password";
    return !row.totp_confirmed && this.needsSecondFactor(grants) ? "enrol_second_factor" : null;
  }
}

export interface KnownAccountsParts {
  db: Queries;
  /** Roles that ask for a second factor. */
  secondFactor: readonly Role[];
  /** ms since 1970 */
  now: () => number;
  /** Today where the city lies, YYYY-MM-DD. */
  today: () => string;
}

/** What is kept of a token that was given out: who reads the database cannot use it. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
