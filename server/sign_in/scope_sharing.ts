import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reader } from "../access/reader.ts";
import { scopeCookie, type ScopeTokens } from "../access/scope_token.ts";
import { clearCookie, cookieOf, setCookie } from "./cookies.ts";

/**
 * The cookie outlives its token by far: tiles asked for with an old token are refused, and the page gets a new one. Were
 * the cookie gone with its token, they would be those of the public, and nobody would know.
 */
const cookieLife = 12 * 60 * 60; // seconds, the longest session

/**
 * Keeps the browser's token of the tiles in step with who asks: a new one where it is due, none for the public and for
 * who has something to do first. The cookie is sent with every request, not to /tiles alone: only so can an answer know
 * that a new one is due, and signing out take it away.
 */
export function scopeSharing(tokens: ScopeTokens): (reader: Reader, response: ServerResponse) => void {
  return (reader, response) => {
    const request: IncomingMessage & { secure?: boolean } = response.req;
    const held = cookieOf(request, scopeCookie);
    const { account, pending, grants } = reader;
    if (!account || pending) {
      if (held !== undefined) clearCookie(response, scopeCookie);
      return;
    }
    if (!tokens.isDue(held, account.id)) return;
    const { token } = tokens.issue(account.id, grants);
    setCookie(response, { name: scopeCookie, value: token, seconds: cookieLife, secure: request.secure === true });
  };
}
