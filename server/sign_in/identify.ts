import type { ServerResponse } from "node:http";
import type { KnownProblem } from "../../data/schema/problem.ts";
import { publicReader, type Reader } from "../access/reader.ts";
import { clearCookie, cookieOf } from "./cookies.ts";
import { isAskedLocally } from "../http/loopback.ts";
import type { Known, KnownAccounts } from "./known_accounts.ts";
import { deviceCookie, longestSession, sessionCookie, type SignInRequest } from "./session_data.ts";
import { sessionEnded } from "./refusals.ts";
import type { SessionStore } from "./session_store.ts";

export interface IdentifyParts {
  store: SessionStore;
  accounts: KnownAccounts;
  /** ms since 1970 */
  now: () => number;
  /** Hands out the token of the tiles where one is due, and takes it away from the public. */
  shareScope: (reader: Reader, response: ServerResponse) => void;
}

export interface Identified {
  reader: Reader;
  failure: KnownProblem | null;
}

/**
 * Finds out who asks: a person by the session, else a screen by its cookie, else the public. What the browser holds
 * and cannot be used any more is taken from it and told once; asked again, it is the public.
 */
export function identifier(parts: IdentifyParts): (request: SignInRequest) => Promise<Identified> {
  return async (request) => {
    const asking = { address: request.ip ?? "", reference: String(request.id ?? "") };
    const known = (await person(request, parts)) ?? (await device(request, parts));
    const reader: Reader =
      known === null || known === "ended"
        ? publicReader(asking)
        : { account: known.account, grants: known.grants, pending: known.pending, ...asking };
    if (request.res) parts.shareScope(reader, request.res);
    return { reader, failure: known === "ended" ? sessionEnded() : null };
  };
}

/** Null: came without a session. A session that ended gives way to the cookie of a screen. */
async function person(request: SignInRequest, parts: IdentifyParts): Promise<Known | "ended" | null> {
  const { session, sessionID } = request;
  if (cookieOf(request, sessionCookie) === undefined || !session || !sessionID) return null;
  const { account_id, signed_in_at } = session;
  if (account_id === undefined) {
    // on the way to the identity provider; without that the cookie named nothing that we have
    return session.way_in ? null : endSession(request, parts);
  }
  const known = await parts.accounts.person(account_id);
  const isOver = signed_in_at === undefined || parts.now() - Date.parse(signed_in_at) > longestSession;
  const holds = known && known.row.session_epoch === session.epoch && !isOver;
  if (!holds || (known.row.origin === "demo" && !isAskedLocally(request.headers))) {
    return endSession(request, parts, sessionID);
  }
  if (!isIdle(request)) await parts.store.keepAlive(sessionID);
  return known;
}

async function device(request: SignInRequest, { accounts }: IdentifyParts): Promise<Known | "ended" | null> {
  const token = cookieOf(request, deviceCookie);
  if (token === undefined) return null;
  const known = await accounts.device(token);
  if (known) return known;
  if (request.res) clearCookie(request.res, deviceCookie);
  return "ended";
}

async function endSession(request: SignInRequest, parts: IdentifyParts, sid?: string): Promise<"ended" | null> {
  if (request.res) clearCookie(request.res, sessionCookie);
  if (sid !== undefined) {
    await new Promise<void>((resolve, reject) => {
      parts.store.destroy(sid, (error) => (error ? reject(error) : resolve()));
    });
  }
  return cookieOf(request, deviceCookie) === undefined ? "ended" : null;
}

/** What the page asks of itself is no activity. */
function isIdle(request: SignInRequest): boolean {
  return (
    request.path === "/api/session" && new URL(request.url ?? "/", "http://localhost").searchParams.get("idle") === "1"
  );
}
