import connectPgSimple from "connect-pg-simple";
import session from "express-session";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

const PgStore = connectPgSimple(session);

/** How long a session is believed without asking the database; other instances learn of an end that much later. */
const believed = 3_000; // ms
const mostKept = 5_000; // sessions

interface Kept {
  /** As JSON: who reads it may change it. */
  data: string;
  expires: number; // ms since 1970
  asked: number;
}

/**
 * Sessions in the table `session`, for several servers at once. Reading one is no activity: whoever finds out who asks
 * calls `keepAlive`, so that a page may look after itself without keeping its session open.
 */
export class SessionStore extends PgStore {
  readonly #db: Queries;
  /** A session ends so long after the last activity, ms. */
  readonly idle_ms: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(db: Queries, options: { idle_ms: number; now: () => number; onError: (error: unknown) => void }) {
    super({
      pgPromise: { any: (text: string, values: string[]) => db.query({ text, values }) },
      ttl: options.idle_ms / 1000,
      disableTouch: true,
      errorLog: (_sentence: unknown, error: unknown) => options.onError(error),
    });
    this.#db = db;
    this.idle_ms = options.idle_ms;
    this.#now = options.now;
  }

  override get(sid: string, callback: (error: unknown, data?: session.SessionData | null) => void): void {
    this.#find(sid).then(
      (kept) => callback(null, kept && (JSON.parse(kept.data) as session.SessionData)),
      (error: unknown) => callback(error),
    );
  }

  override set(sid: string, data: session.SessionData, callback?: (error?: unknown) => void): void {
    super.set(sid, data, (error?: unknown) => {
      this.#kept.delete(sid);
      callback?.(error);
    });
  }

  override destroy(sid: string, callback?: (error?: unknown) => void): void {
    super.destroy(sid, (error?: unknown) => {
      this.#kept.delete(sid);
      callback?.(error);
    });
  }

  /** Something was done in the session: it lives on. Written at most once a twentieth of the idle time. */
  async keepAlive(sid: string): Promise<void> {
    const kept = this.#kept.get(sid);
    const expires = this.#now() + this.idle_ms;
    if (!kept || expires - kept.expires < this.idle_ms / 20) return;
    kept.expires = expires;
    await this.#db.query(sql`update session set expire = ${new Date(expires)} where sid = ${sid}`);
  }

  /** When the session ends if nothing more is asked; undefined if it is not known here. ms since 1970. */
  endsAt(sid: string): number | undefined {
    return this.#kept.get(sid)?.expires;
  }

  /** Ask the database again, for all of them. */
  forget(): void {
    this.#kept.clear();
  }

  async #find(sid: string): Promise<Kept | null> {
    const now = this.#now();
    const known = this.#kept.get(sid);
    if (known && now - known.asked < believed && known.expires > now) return known;
    this.#kept.delete(sid);
    const [row] = await this.#db.query(sql<{ data: string; expire: Date }>`
      select sess::text as data, expire from session where sid = ${sid} and expire > ${new Date(now)}`);
    if (!row) return null;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    const kept = { data: row.data, expires: row.expire.getTime(), asked: now };
    this.#kept.set(sid, kept);
    return kept;
  }
}
