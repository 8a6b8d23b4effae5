import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type CallOptions, defaultTimeout, type Queries, type Rows } from "./db.ts";
import { translated } from "./postgis_errors.ts";
import type { Sql } from "./sql.ts";
import { copyChunks, copyStatement, encodeParameter } from "./values.ts";

/** Questions on one connection: inside a transaction, or for a single call. */
export class PostgisQueries implements Queries {
  readonly engine = "postgis";
  readonly #client: pg.PoolClient;
  readonly #timeout: number;
  #depth = 0;

  constructor(client: pg.PoolClient, timeout = defaultTimeout) {
    this.#client = client;
    this.#timeout = timeout;
  }

  async query<T>(statement: Sql<T>, options?: CallOptions): Promise<T[]> {
    const values = statement.values.map(encodeParameter);
    const result = await this.#limited(options, (query_timeout) =>
      this.#client.query({ text: statement.text, values, query_timeout } as pg.QueryConfig),
    );
    return result.rows as T[];
  }

  async execute(script: string, options?: CallOptions): Promise<void> {
    await this.#limited(options, (query_timeout) =>
      this.#client.query({ text: script, query_timeout } as pg.QueryConfig),
    );
  }

  async eachBatch<T>(statement: Sql<T>, size: number, take: (rows: T[]) => void | Promise<void>): Promise<void> {
    const values = statement.values.map(encodeParameter);
    const cursor = `batch_${++this.#depth}`;
    await translated(this.#client.query({ text: `declare ${cursor} no scroll cursor for ${statement.text}`, values }));
    for (;;) {
      const { rows } = await translated(this.#client.query(`fetch ${size} from ${cursor}`));
      if (rows.length > 0) await take(rows as T[]);
      if (rows.length < size) break;
    }
    await this.#client.query(`close ${cursor}`);
    this.#depth--;
  }

  async copyIn(table: string, columns: readonly string[], rows: Rows): Promise<number> {
    const stream = this.#client.query(copyFrom(copyStatement(table, columns, "stdin")));
    const source = copyChunks(rows, 1 << 16);
    await translated(pipeline(Readable.from(source.chunks, { objectMode: true, highWaterMark: 4 }), stream));
    if (stream.rowCount !== source.rows()) {
      throw new Error(`${source.rows()} rows were sent to ${table}, ${stream.rowCount} arrived`);
    }
    return stream.rowCount;
  }

  async transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    const savepoint = `inner_${++this.#depth}`;
    await this.#client.query(`savepoint ${savepoint}`);
    try {
      const result = await work(this);
      await this.#client.query(`release savepoint ${savepoint}`);
      return result;
    } catch (error) {
      await this.#client.query(`rollback to savepoint ${savepoint}`).catch(() => undefined);
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** The server ends a statement at its timeout; should the network swallow the answer, we end the wait soon after. */
  async #limited<T>(options: CallOptions | undefined, call: (query_timeout: number) => Promise<T>): Promise<T> {
    const timeout = options?.timeout_ms ?? this.#timeout;
    if (timeout === this.#timeout) return translated(call(timeout + 5_000));
    await this.#client.query(`set statement_timeout = ${timeout}`);
    try {
      return await translated(call(timeout + 5_000));
    } finally {
      await this.#client.query(`set statement_timeout = ${this.#timeout}`).catch(() => undefined);
    }
  }
}
