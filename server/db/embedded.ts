import { AsyncLocalStorage } from "node:async_hooks";
import { rm } from "node:fs/promises";
import {
  DatabaseUnavailable,
  defaultTimeout,
  type CallOptions,
  type Db,
  type Queries,
  type Rows,
  type TransactionOptions,
} from "./db.ts";
import type { BootStep, EmbeddedStart } from "./embedded_protocol.ts";
import { EmbeddedThread } from "./embedded_thread.ts";
import { takeDataLock, type DataLock } from "./data_lock.ts";
import { damaged, prepareFolder } from "./embedded_folder.ts";
import type { Sql } from "./sql.ts";
import { forbidOutside, insideTransaction } from "./transaction_guard.ts";
import { copyChunks, copyStatement, encodeParameter, identifier } from "./values.ts";

export interface EmbeddedOptions {
  /** Where the data lies; null keeps the database in memory (tests). */
  data_dir: string | null;
  /** A dump made by `dumpEmbedded` to start from (tests, with `data_dir: null`). */
  restore?: string;
  /** Called with a sentence while the engine boots: the first time takes 10–20 s. */
  onProgress?: (sentence: string) => void;
}

/**
 * Opens the embedded PGlite + PostGIS: one process, one connection, about 1 GB of memory.
 * @throws StartupError `locked` while another process holds the folder, `damaged`, `not_writable`
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Db> {
  if (options.data_dir === null) {
    const start = { folder: null, restore: options.restore ?? null };
    return new EmbeddedDb(await startThread(start, options), () => startThread(start, options), null);
  }
  const folder = await prepareFolder(options.data_dir, (sentence) => options.onProgress?.(sentence));
  const lock = await takeDataLock(folder.lock_file);
  try {
    const isUnfinished = await folder.inspect();
    const start = { folder: folder.cluster, restore: null };
    const thread = await startThread(start, options).catch((error: unknown) => {
      throw damaged(folder.cluster, error);
    });
    if (isUnfinished) await rm(folder.unfinished_marker, { force: true });
    return new EmbeddedDb(thread, () => startThread(start, options), lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

const steps: Record<BootStep, string> = {
  engine: "正在启动内置数据库… Starting the embedded database…",
  cluster: "首次启动：正在创建内置数据库（约 10–20 秒）… First start: creating the embedded database (10–20 s)…",
  postgis: "正在安装空间扩展 PostGIS… Adding PostGIS…",
};

function startThread(start: EmbeddedStart, options: EmbeddedOptions): Promise<EmbeddedThread> {
  return EmbeddedThread.start(start, (step) => options.onProgress?.(steps[step]));
}

/** Writes the whole cluster to one file, for `restore`. */
export async function dumpEmbedded(db: Db, file: string): Promise<void> {
  if (!(db instanceof EmbeddedDb)) throw new Error("Only the embedded engine can be dumped to a file");
  await db.dump(file);
}

class EmbeddedDb implements Db {
  readonly engine = "embedded";
  readonly version: string;
  #thread: EmbeddedThread;
  #restarting: Promise<void> | null = null;
  #closed = false;
  /** Taken again after each restart of the engine. */
  #role: string | null = null;
  /** The one connection belongs to one caller at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #restart: () => Promise<EmbeddedThread>;
  readonly #lock: DataLock | null;
  readonly #guard = new AsyncLocalStorage<{ open: boolean }>();

  constructor(thread: EmbeddedThread, restart: () => Promise<EmbeddedThread>, lock: DataLock | null) {
    this.#thread = thread;
    this.#restart = restart;
    this.#lock = lock;
    this.version = thread.version;
  }

  query<T>(statement: Sql<T>, options?: CallOptions): Promise<T[]> {
    return this.#alone((queries) => queries.query(statement, options));
  }

  execute(script: string, options?: CallOptions): Promise<void> {
    return this.#alone((queries) => queries.execute(script, options));
  }

  eachBatch<T>(statement: Sql<T>, size: number, take: (rows: T[]) => void | Promise<void>): Promise<void> {
    return this.transaction((tx) => tx.eachBatch(statement, size, take), { read_only: true });
  }

  copyIn(table: string, columns: readonly string[], rows: Rows, options?: CallOptions): Promise<number> {
    return this.transaction((tx) => tx.copyIn(table, columns, rows), options);
  }

  transaction<T>(work: (tx: Queries) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#alone(async (queries) => {
      const isolation = options.isolation ?? "read committed";
      await queries.execute(`begin isolation level ${isolation} ${options.read_only ? "read only" : "read write"}`);
      try {
        const result = await insideTransaction(this.#guard, () => work(queries));
        await queries.execute("commit");
        return result;
      } catch (error) {
        // The thread may be gone, and the transaction with it; the first error tells more.
        await queries.execute("rollback").catch(() => undefined);
        throw error;
      }
    }, options.timeout_ms);
  }

  takeRole(role: string): Promise<void> {
    return this.#alone(async (queries) => {
      await queries.execute(`set role ${identifier(role)}`);
      this.#role = role;
    });
  }

  /** True as well while a long call is under way: the engine then works, it is not ill. A dead one is started again. */
  async healthy(): Promise<boolean> {
    if (this.#closed) return false;
    if (!this.#thread.isAlive) void this.#alone(async () => undefined).catch(() => undefined);
    return this.#restarting === null && this.#thread.isAlive;
  }

  dump(file: string): Promise<void> {
    return this.#alone(async () => {
      await this.#thread.call({ kind: "dump", file }, 60_000);
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#turn.catch(() => undefined);
    this.#closed = true;
    await this.#thread.close();
    this.#lock?.release();
  }

  /** Waits for its turn, then has the connection for itself. */
  #alone<T>(work: (queries: EmbeddedQueries) => Promise<T>, timeout?: number): Promise<T> {
    forbidOutside(this.#guard);
    const mine = this.#turn
      .catch(() => undefined)
      .then(async () => work(new EmbeddedQueries(await this.#aliveThread(), timeout)));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** After a call that overran its deadline the engine was ended: start it again. It recovers by its log. */
  async #aliveThread(): Promise<EmbeddedThread> {
    if (this.#closed) throw new DatabaseUnavailable("the database is closed");
    if (!this.#thread.isAlive) {
      this.#restarting ??= this.#restart()
        .then(async (thread) => {
          if (this.#role) await new EmbeddedQueries(thread).execute(`set role ${identifier(this.#role)}`);
          this.#thread = thread;
        })
        .finally(() => {
          this.#restarting = null;
        });
      await this.#restarting.catch((error: unknown) => {
        throw new DatabaseUnavailable("the embedded database could not be started again", { cause: error });
      });
    }
    return this.#thread;
  }
}

/** Questions to one life of the engine: when it ends, a transaction under way ends with it. */
class EmbeddedQueries implements Queries {
  readonly engine = "embedded";
  readonly #thread: EmbeddedThread;
  readonly #timeout: number;
  #depth = 0;

  constructor(thread: EmbeddedThread, timeout = defaultTimeout) {
    this.#thread = thread;
    this.#timeout = timeout;
  }

  async query<T>(statement: Sql<T>, options?: CallOptions): Promise<T[]> {
    const { rows } = await this.#thread.call(
      { kind: "query", text: statement.text, values: statement.values.map(encodeParameter) },
      options?.timeout_ms ?? this.#timeout,
    );
    return rows as T[];
  }

  async execute(script: string, options?: CallOptions): Promise<void> {
    await this.#thread.call({ kind: "execute", script }, options?.timeout_ms ?? this.#timeout);
  }

  async eachBatch<T>(statement: Sql<T>, size: number, take: (rows: T[]) => void | Promise<void>): Promise<void> {
    const cursor = `batch_${++this.#depth}`;
    await this.query({ text: `declare ${cursor} no scroll cursor for ${statement.text}`, values: statement.values });
    for (;;) {
      const rows = await this.query<T>({ text: `fetch ${size} from ${cursor}`, values: [] });
      if (rows.length > 0) await take(rows);
      if (rows.length < size) break;
    }
    await this.execute(`close ${cursor}`);
    this.#depth--;
  }

  async copyIn(table: string, columns: readonly string[], rows: Rows): Promise<number> {
    const text = copyStatement(table, columns, "'/dev/blob'");
    const source = copyChunks(rows, 1 << 23);
    let arrived = 0;
    for await (const data of source.chunks) {
      arrived += (await this.#thread.call({ kind: "copy", text, data }, this.#timeout)).count;
    }
    if (arrived !== source.rows()) throw new Error(`${source.rows()} rows were sent to ${table}, ${arrived} arrived`);
    return arrived;
  }

  async transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    const savepoint = `inner_${++this.#depth}`;
    await this.execute(`savepoint ${savepoint}`);
    try {
      const result = await work(this);
      await this.execute(`release savepoint ${savepoint}`);
      return result;
    } catch (error) {
      await this.execute(`rollback to savepoint ${savepoint}`).catch(() => undefined);
      throw error;
    } finally {
      this.#depth--;
    }
  }
}
