import pg from "pg";
import { DatabaseUnavailable, QueryError } from "./db.ts";

const lostConnection =
  /terminat|timeout exceeded when trying to connect|Query read timeout|ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|Client was closed|not queryable|Cannot use a pool/;

/** Whether the database did not answer, rather than refuse: trying again may help. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isUnavailable);
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  // 08…: connection; 57P…: shutting down, starting up; 53300: too many connections
  if (typeof code === "string" && /^(08|57P|53300)/.test(code)) return true;
  return lostConnection.test(`${String(code)} ${error.message}`);
}

/** The same promise, failing with our own errors. */
export function translated<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    throw translate(error);
  });
}

/** The driver's error as one of ours; what it did not cause stays as it is. */
export function translate(error: unknown): unknown {
  if (error instanceof QueryError || error instanceof DatabaseUnavailable) return error;
  if (isUnavailable(error)) return new DatabaseUnavailable(reasonOf(error), { cause: error });
  if (error instanceof pg.DatabaseError) {
    const { message, code = "XX000", constraint, table, detail, position } = error;
    return new QueryError(
      { message, sqlstate: code, constraint, table, detail, position: position ? Number(position) : undefined },
      { cause: error },
    );
  }
  return error;
}

/** Node reports several failed addresses as an error without a message. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
