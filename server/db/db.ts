import type { Sql } from "./sql.ts";

/**
 * The database, whichever it is: real PostGIS or the embedded one. Both give the same values:
 * int8 and numeric are numbers (above 2^53 an error), date is `YYYY-MM-DD`, timestamptz a Date,
 * bytea a Uint8Array, json is parsed, a bare geometry is its EWKB in hex. Write `id::text` where JSON wants text.
 *
 * Failures are thrown: `QueryError` (the database said no), `DatabaseUnavailable` (it did not answer).
 */
export interface Db extends Queries {
  /** Version in words, for the log: `PostgreSQL 15.14, PostGIS 3.3.2`. */
  readonly version: string;
  /** From now on everything is asked in this role, on every connection, also on those that are opened later. */
  takeRole(role: string): Promise<void>;
  /** Answers within two seconds whether the database does; never throws. */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}

/** What can be asked inside a transaction as well as outside. */
export interface Queries {
  readonly engine: Engine;
  query<T>(statement: Sql<T>, options?: CallOptions): Promise<T[]>;
  /** Rows in batches, for tables that should not stand in memory at once. One snapshot; order is the statement's. */
  eachBatch<T>(statement: Sql<T>, size: number, take: (rows: T[]) => void | Promise<void>): Promise<void>;
  /** Several statements without parameters or results: for migrations. */
  execute(script: string, options?: CallOptions): Promise<void>;
  /**
   * COPY: by far the fastest way in. Each row gives one value a column: text, numbers, booleans, null, arrays,
   * plain objects (JSON); geometry as EWKB hex. All rows or none.
   * @returns the number of rows
   */
  copyIn(table: string, columns: readonly string[], rows: Rows, options?: CallOptions): Promise<number>;
  /** Commits when `work` returns, rolls back when it throws. Inside another one: a savepoint. */
  transaction<T>(work: (tx: Queries) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

export type Engine = "postgis" | "embedded";
export type CopyValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly CopyValue[]
  | { readonly [key: string]: unknown };
export type Rows = Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>;

export interface CallOptions {
  /** The call fails after this; 30 s unless said otherwise, or what its transaction says. */
  timeout_ms?: number;
}

export interface TransactionOptions extends CallOptions {
  isolation?: "read committed" | "repeatable read" | "serializable";
  read_only?: boolean;
}

export const defaultTimeout = 30_000; // ms: longer than any question a person waits for

/** The database understood and refused. `sqlstate` as in PostgreSQL's appendix A; 57014 is also our deadline. */
export class QueryError extends Error {
  readonly sqlstate: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly detail: string | undefined;
  readonly position: number | undefined;

  constructor(facts: QueryFacts, options?: { cause?: unknown }) {
    super(facts.detail ? `${facts.message} (${facts.detail})` : facts.message, options);
    this.name = "QueryError";
    this.sqlstate = facts.sqlstate;
    this.constraint = facts.constraint;
    this.table = facts.table;
    this.detail = facts.detail;
    this.position = facts.position;
  }
}

export interface QueryFacts {
  message: string;
  sqlstate: string;
  constraint?: string | undefined;
  table?: string | undefined;
  detail?: string | undefined;
  position?: number | undefined;
}

/** The database did not answer: down, restarting, or the connection broke. Trying again later may help. */
export class DatabaseUnavailable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "DatabaseUnavailable";
  }
}

/** Why the database could not be opened or prepared, in both languages, with what to do about it. */
export class StartupError extends Error {
  readonly code: StartupCode;
  readonly zh: string;
  readonly en: string;

  constructor(code: StartupCode, words: { zh: string; en: string }, options?: { cause?: unknown }) {
    super(`${words.zh}\n${words.en}`, options);
    this.name = "StartupError";
    this.code = code;
    this.zh = words.zh;
    this.en = words.en;
  }
}

export type StartupCode =
  | "unreachable"
  | "too_old"
  | "no_postgis"
  | "not_permitted"
  | "no_role"
  | "locked"
  | "damaged"
  | "not_writable"
  | "migration_changed"
  | "migration_unknown"
  | "migration_failed";
