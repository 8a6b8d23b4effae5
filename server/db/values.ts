import type { CopyValue } from "./db.ts";
import type { SqlValue } from "./sql.ts";

type Parser = (text: string) => unknown;

/** Types by PostgreSQL's oid, so that both engines return the same JavaScript values (see `Db`). */
export const parsers: Record<number, Parser> = {
  17: parseBytes,
  20: parseInteger,
  1082: (text) => text,
  1184: (text) => new Date(text),
  1700: Number,
};

/** Arrays of those; the embedded engine derives its own. */
export const arrayParsers: Record<number, Parser> = {
  1016: (text) => parseFlatArray(text, parseInteger),
  1182: (text) => parseFlatArray(text, String),
  1231: (text) => parseFlatArray(text, Number),
};

function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`);
  return value;
}

function parseBytes(text: string): Uint8Array {
  return Buffer.from(text.slice(2), "hex");
}

/** {1,2,NULL}: one dimension, elements without quotes. */
function parseFlatArray<T>(text: string, parse: (element: string) => T): (T | null)[] {
  const inner = text.slice(1, -1);
  return inner === "" ? [] : inner.split(",").map((element) => (element === "NULL" ? null : parse(element)));
}

/** A parameter as the text that PostgreSQL reads for its type; bytes stay bytes. */
export function encodeParameter(value: SqlValue): string | Uint8Array | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return encodeArray(value);
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

function encodeArray(values: readonly unknown[]): string {
  return `{${values.map(encodeElement).join(",")}}`;
}

function encodeElement(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return encodeArray(value);
  const text =
    value instanceof Date ? value.toISOString() : typeof value === "object" ? JSON.stringify(value) : String(value);
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** One row in COPY's text format, with its line end. */
function encodeCopyRow(row: readonly CopyValue[]): string {
  let line = "";
  for (let i = 0; i < row.length; i++) {
    if (i > 0) line += "\t";
    line += encodeCopyValue(row[i]!);
  }
  return `${line}\n`;
}

function encodeCopyValue(value: CopyValue): string {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  const text = typeof value === "string" ? value : (encodeParameter(value as SqlValue) as string);
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (sign) => copyEscapes[sign]!) : text;
}

const copyEscapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Rows as COPY text in pieces of about `size` characters; `rows()` tells how many went through so far. */
export function copyChunks(
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
  size: number,
): { chunks: AsyncGenerator<Buffer>; rows: () => number } {
  let count = 0;
  async function* chunks() {
    let text: string[] = [];
    let length = 0;
    for await (const row of rows) {
      const line = encodeCopyRow(row);
      text.push(line);
      length += line.length;
      count++;
      if (length >= size) {
        yield Buffer.from(text.join(""));
        text = [];
        length = 0;
      }
    }
    if (length > 0) yield Buffer.from(text.join(""));
  }
  return { chunks: chunks(), rows: () => count };
}

/** A name of a table, column or role as an identifier. Names come from our own code; this catches slips, not attacks. */
export function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`${name} is no name of a table, column or role of ours`);
  return `"${name}"`;
}

/** `copy t (a, b) from …` */
export function copyStatement(table: string, columns: readonly string[], from: string): string {
  return `copy ${identifier(table)} (${columns.map(identifier).join(", ")}) from ${from}`;
}
