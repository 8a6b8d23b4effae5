import type { IncomingMessage } from "node:http";
import { type KnownProblem, problem } from "../../data/schema/problem.ts";
import type { TileScope } from "../../tiles/scope/shown.ts";
import { type ScopeClaim, type ScopeTokens, scopeCookie } from "../access/scope_token.ts";
import type { TileScopes } from "./tile_scopes.ts";

/** How the door finds out what whoever asks may see. */
export interface DoorAccess {
  tokens: Pick<ScopeTokens, "verify" | "holds">;
  scopes: TileScopes;
  /** Whether tiles are shown to those without a token. */
  publicAccess: boolean;
}

/** Undefined = what everybody sees; a problem = nothing. */
export type ReaderScope = { ok: true; scope: TileScope | undefined } | { ok: false; problem: KnownProblem };

/** Tokens that are remembered with what they say, so that each is verified once. */
const mostTokens = 5000;

interface Remembered {
  claim: ScopeClaim;
  generation: number;
  scope: TileScope;
}

const everybody: ReaderScope = { ok: true, scope: undefined };

/** Reads the token of a request. Answers at once for the public and for a token that it knows. */
export function readerScopes({ tokens, scopes, publicAccess }: DoorAccess) {
  const remembered = new Map<string, Remembered>();

  async function resolve(token: string, claim: ScopeClaim): Promise<ReaderScope> {
    const generation = scopes.generation();
    const scope = await scopes.of(claim.grants);
    remembered.set(token, { claim, generation, scope });
    if (remembered.size > mostTokens) remembered.delete(remembered.keys().next().value!);
    return { ok: true, scope };
  }

  return (request: IncomingMessage): ReaderScope | Promise<ReaderScope> => {
    const token = tokenOf(request);
    if (token === undefined) return publicAccess ? everybody : signInFirst();
    const before = remembered.get(token);
    if (before && !tokens.holds(before.claim)) {
      remembered.delete(token);
      return unusable();
    }
    if (before?.generation === scopes.generation()) return { ok: true, scope: before.scope };
    const claim = before?.claim ?? tokens.verify(token);
    return claim ? resolve(token, claim) : unusable();
  };
}

/** The token that a request brings. */
export function tokenOf({ headers }: IncomingMessage): string | undefined {
  return readCookie(headers.cookie);
}

function readCookie(header: string | undefined): string | undefined {
  if (!header?.includes(scopeCookie)) return undefined;
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (part.slice(0, at).trim() === scopeCookie) return part.slice(at + 1).trim();
  }
  return undefined;
}

function signInFirst(): ReaderScope {
  return {
    ok: false,
    problem: problem("access.sign_in", { detail: "地图须登录后查看。", fix: "请登录后重试。" }),
  };
}

function unusable(): ReaderScope {
  return {
    ok: false,
    problem: problem("access.token", {
      detail: "地图凭证已失效。",
      fix: "请刷新页面；系统会按您当前的权限重新签发。",
    }),
  };
}
