import type { IncomingMessage } from "node:http";
import type { Grant } from "../../data/access/roles.ts";
import type { PendingStep } from "../../data/schema/session.ts";

/** Who asks: the public, a person who signed in, or a screen on a wall. Every service that guards something takes one. */
export interface Reader {
  /** Null: the public. */
  account: ReaderAccount | null;
  /** Grants on areas that are in force; empty for the public. */
  grants: readonly Grant[];
  /** What the account must do before anything else. */
  pending: PendingStep | null;
  /** Where the request comes from. */
  address: string;
  /** Of the request in the log. */
  reference: string;
}

export interface ReaderAccount {
  /** bigint as text. */
  id: string;
  name: string;
  display_name: string;
  kind: "person" | "wall";
}

/** A reader without an account. */
export function publicReader(request: { address: string; reference: string }): Reader {
  return { account: null, grants: [], pending: null, ...request };
}

const readers = new WeakMap<IncomingMessage, Reader>();

/** Written once, by the gate. */
export function setReader(request: IncomingMessage, reader: Reader): void {
  readers.set(request, reader);
}

/** Who sent the request. @throws Error where the gate was passed by: our mistake */
export function readerOf(request: IncomingMessage): Reader {
  const reader = readers.get(request);
  if (!reader) throw new Error("A route was reached without the gate");
  return reader;
}
