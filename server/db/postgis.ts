import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import {
  DatabaseUnavailable,
  defaultTimeout,
  StartupError,
  type CallOptions,
  type Db,
  type Queries,
  type Rows,
  type TransactionOptions,
} from "./db.ts";
import { isUnavailable, reasonOf, translate } from "./postgis_errors.ts";
import { PostgisQueries } from "./postgis_queries.ts";
import type { Sql } from "./sql.ts";
import { forbidOutside, insideTransaction } from "./transaction_guard.ts";
import { arrayParsers, identifier, parsers } from "./values.ts";

export interface PostgisOptions {
  url: string;
  /** Tries before giving up, with growing pauses (1, 2, 4 … s, at most 10). */
  attempts?: number;
  pool_size?: number;
  /** Called with a sentence for each try that failed. */
  onProgress?: (sentence: string) => void;
  /** Called when a connection that nobody uses breaks; the pool replaces it. */
  onIdleError?: (error: Error) => void;
  signal?: AbortSignal;
}

/**
 * Opens real PostGIS; waits for it with backoff.
 * @throws StartupError `unreachable` after the last try, `too_old` below PostgreSQL 14
 */
export async function openPostgis(options: PostgisOptions): Promise<Db> {
  const pool = openPool(options, null);
  try {
    const version = await waitForServer(pool, options);
    return new PostgisDb(pool, (role) => openPool(options, role), version);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Connections that take the role before anything is asked on them; one that cannot take it is never used. */
function openPool(options: PostgisOptions, role: string | null): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.pool_size ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: "grid-atlas",
    statement_timeout: defaultTimeout,
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser: findParser as typeof pg.types.getTypeParser },
    // PostGIS declares its functions dear, and the compiler then takes a second for questions of milliseconds
    onConnect: (client) => client.query(`set jit = off${role === null ? "" : `; set role ${identifier(role)}`}`),
  });
  // Without a listener a connection lost while idle would end the process.
  pool.on("error", (error) => options.onIdleError?.(error));
  return pool;
}

function findParser(oid: number, format?: "text" | "binary") {
  return parsers[oid] ?? arrayParsers[oid] ?? pg.types.getTypeParser(oid, format);
}

async function waitForServer(pool: pg.Pool, options: PostgisOptions): Promise<string> {
  const attempts = options.attempts ?? 8;
  const place = describePlace(options.url);
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await pool.query<{ number: string; version: string }>(
        `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
      );
      if (Number(rows[0]!.number) < 140_000) {
        throw new StartupError("too_old", {
          zh: `${place} 是 PostgreSQL ${rows[0]!.version},需要 14 或更新版本。请升级后再启动。`,
          en: `${place} is PostgreSQL ${rows[0]!.version}; 14 or newer is needed. Upgrade it, then start again.`,
        });
      }
      return `PostgreSQL ${rows[0]!.version.split(" ")[0]}`;
    } catch (error) {
      if (error instanceof StartupError) throw error;
      if (!isUnavailable(error) || attempt >= attempts || options.signal?.aborted) throw unreachable(place, error);
      const pause = Math.min(2 ** (attempt - 1), 10);
      options.onProgress?.(
        `数据库 ${place} 没有应答（第 ${attempt}/${attempts} 次）：${reasonOf(error)};${pause} 秒后再试。` +
          ` The database does not answer (try ${attempt} of ${attempts}), trying again in ${pause} s.`,
      );
      await new Promise((resolve) => setTimeout(resolve, pause * 1000));
    }
  }
}

function unreachable(place: string, cause: unknown): StartupError {
  return new StartupError(
    "unreachable",
    {
      zh: `无法连接数据库 ${place}:${reasonOf(cause)}。请检查 DATABASE_URL 以及数据库是否在运行。`,
      en: `The database ${place} cannot be reached: ${reasonOf(cause)}. Check DATABASE_URL and that the database runs.`,
    },
    { cause },
  );
}

/** host:port/name, never the password. */
function describePlace(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    return `${searchParams.get("host") ?? (hostname || "localhost")}:${port || 5432}${pathname}`;
  } catch {
    return "DATABASE_URL";
  }
}

const healthTimeout = 2_000; // ms

class PostgisDb implements Db {
  readonly engine = "postgis";
  readonly version: string;
  #pool: pg.Pool;
  readonly #openPool: (role: string) => pg.Pool;
  readonly #guard = new AsyncLocalStorage<{ open: boolean }>();

  constructor(pool: pg.Pool, openPool: (role: string) => pg.Pool, version: string) {
    this.#pool = pool;
    this.#openPool = openPool;
    this.version = version;
  }

  query<T>(statement: Sql<T>, options?: CallOptions): Promise<T[]> {
    forbidOutside(this.#guard);
    return this.#withClient((client) => new PostgisQueries(client).query(statement, options));
  }

  execute(script: string, options?: CallOptions): Promise<void> {
    forbidOutside(this.#guard);
    return this.#withClient((client) => new PostgisQueries(client).execute(script, options));
  }

  eachBatch<T>(statement: Sql<T>, size: number, take: (rows: T[]) => void | Promise<void>): Promise<void> {
    return this.transaction((tx) => tx.eachBatch(statement, size, take), { read_only: true });
  }

  copyIn(table: string, columns: readonly string[], rows: Rows, options?: CallOptions): Promise<number> {
    return this.transaction((tx) => tx.copyIn(table, columns, rows), options);
  }

  transaction<T>(work: (tx: Queries) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    forbidOutside(this.#guard);
    return this.#withClient(async (client) => {
      const timeout = options.timeout_ms ?? defaultTimeout;
      const isolation = options.isolation ?? "read committed";
      await client.query(`begin isolation level ${isolation} ${options.read_only ? "read only" : "read write"}`);
      if (timeout !== defaultTimeout) {
        await client.query(
          `set local statement_timeout = ${timeout}; set local idle_in_transaction_session_timeout = ${timeout}`,
        );
      }
      try {
        const result = await insideTransaction(this.#guard, () => work(new PostgisQueries(client, timeout)));
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch(() => undefined); // the connection may be gone; the first error tells more
        throw error;
      }
    });
  }

  async takeRole(role: string): Promise<void> {
    forbidOutside(this.#guard);
    const before = this.#pool;
    this.#pool = this.#openPool(role);
    await before.end(); // waits for who still asks something there
  }

  async healthy(): Promise<boolean> {
    const asked = this.#withClient((client) =>
      client.query({ text: "select 1", query_timeout: healthTimeout } as pg.QueryConfig),
    );
    const answered = asked.then(
      () => true,
      () => false,
    );
    // a host that swallows packets would keep the pool waiting for longer
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), healthTimeout);
    });
    return Promise.race([answered, late]).finally(() => clearTimeout(timer));
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined;
    let broken = false;
    const onError = () => {
      broken = true; // the call under way is rejected by itself
    };
    try {
      client = await this.#pool.connect();
      client.on("error", onError);
      return await work(client);
    } catch (error) {
      const translated = translate(error);
      broken ||= translated instanceof DatabaseUnavailable;
      throw translated;
    } finally {
      client?.off("error", onError);
      client?.release(broken);
    }
  }
}
