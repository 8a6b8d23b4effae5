/** One statement with its parameters. `T` is the row it returns; nothing checks it but the tests. */
export interface Sql<T = unknown> {
  /** With $1, $2 … where values go. */
  readonly text: string;
  readonly values: readonly SqlValue[];
  /** Never there at run time: carries the row type. */
  readonly row?: T;
}

/**
 * What may be a parameter. Arrays become array literals, plain objects JSON, bytes bytea;
 * ids may be given as text or number.
 */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | Uint8Array
  | readonly SqlValue[]
  | { readonly [key: string]: unknown };

/**
 * Writes SQL as SQL; every `${value}` becomes a parameter, another `sql` piece is put in place.
 * There is no way to put in raw text, so a value can never become code.
 *
 *     db.query(sql<{ name: string }>`select name from area_version where area_id = ${id}`)
 */
export function sql<T = unknown>(strings: TemplateStringsArray, ...parts: (SqlValue | Sql)[]): Sql<T> {
  let text = strings[0]!;
  const values: SqlValue[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (isSql(part)) {
      text += part.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + values.length}`);
      values.push(...part.values);
    } else {
      values.push(part as SqlValue);
      text += `$${values.length}`;
    }
    text += strings[i + 1]!;
  }
  const statement: Sql<T> = { text, values };
  made.add(statement);
  return statement;
}

/** Pieces made here: an object that merely looks like one (parsed from JSON, say) stays a parameter. */
const made = new WeakSet<object>();

function isSql(part: unknown): part is Sql {
  return typeof part === "object" && part !== null && made.has(part);
}
