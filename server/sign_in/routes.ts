import express, { type Request, type Response, Router } from "express";
import type { Problem } from "../../data/schema/problem.ts";
import {
  ChangePassword,
  ConfirmSecondFactor,
  PairDevice,
  RemoveSecondFactor,
  type SecondFactorSecret,
  type Session,
  type SessionList,
  Setup,
  SignIn,
} from "../../data/schema/session.ts";
import { publicReader, type Reader, readerOf } from "../access/reader.ts";
import { parse, ProblemError } from "../http/parse.ts";
import { clearCookie, cookieOf, setCookie } from "./cookies.ts";
import type { DemoAccount } from "./demo_accounts.ts";
import { isDemoHost } from "./demo_host.ts";
import { describeSession } from "./describe_session.ts";
import type { FirstEntryService } from "./first_entries.ts";
import type { Known, KnownAccounts } from "./known_accounts.ts";
import type { OwnAccountService } from "./own_account.ts";
import { sessionEnded } from "./refusals.ts";
import type { Entry, SignInService, Visit } from "./service.ts";
import { deviceCookie, longestSession, sessionCookie } from "./session_data.ts";
import type { SessionStore } from "./session_store.ts";

export interface SignInRoutesParts {
  signIn: SignInService;
  firstEntries: FirstEntryService;
  ownAccount: OwnAccountService;
  accounts: KnownAccounts;
  store: SessionStore;
  shareScope: (reader: Reader, response: Response) => void;
  now: () => number;
  publicAccess: boolean;
  identityProvider: string | null;
  demoAccounts: readonly DemoAccount[];
}

const deviceCookieLife = 400 * 24 * 3600; // seconds: the longest that browsers keep a cookie; given anew with each look

export function signInRoutes(parts: SignInRoutesParts): Router {
  const router = Router();
  router.use(["/api/session", "/api/account"], express.json({ limit: "16kb" }));
  entryRoutes(router, parts);
  ownAccountRoutes(router, parts);
  return router;
}

function entryRoutes(router: Router, parts: SignInRoutesParts): void {
  const { signIn, firstEntries, accounts } = parts;
  router.get("/api/session", async (request, response) => {
    response.json((await sessionOf(request, response, parts)) satisfies Session);
  });
  router.post("/api/session", async (request, response) => {
    const entry = unwrapEntry(response, await signIn.signIn(parse(SignIn, request.body), visitOf(request)));
    response.json((await begin(request, response, entry, parts)) satisfies Session);
  });
  router.post("/api/session/setup", async (request, response) => {
    const entry = unwrapEntry(response, await firstEntries.setUp(parse(Setup, request.body), visitOf(request)));
    response.json((await begin(request, response, entry, parts)) satisfies Session);
  });
  router.post("/api/session/device", async (request, response) => {
    const { token } = parse(PairDevice, request.body);
    const paired = unwrapEntry(response, await firstEntries.pair(token, visitOf(request)));
    await dropSession(request, response);
    giveDeviceCookie(request, response, paired.token);
    const known = await accounts.device(paired.token);
    response.json(describe(known, request, response, parts) satisfies Session);
  });
  router.delete("/api/session", async (request, response) => {
    const { account, address, reference } = readerOf(request);
    if (account) {
      const actor = { account_id: account.id, account_name: account.name, address, reference };
      await signIn.signOut(request.sessionID, actor);
    }
    await dropSession(request, response);
    if (cookieOf(request, deviceCookie) !== undefined && account?.kind !== "person") {
      clearCookie(response, deviceCookie);
    }
    parts.shareScope(publicReader({ address, reference }), response);
    response.status(204).end();
  });
}

function ownAccountRoutes(router: Router, parts: SignInRoutesParts): void {
  const { ownAccount } = parts;
  router.get("/api/account/sessions", async (request, response) => {
    const known = await knownOf(request, parts);
    response.json((await ownAccount.sessions(known, request.sessionID)) satisfies SessionList);
  });
  router.delete("/api/account/sessions", async (request, response) => {
    await ownAccount.endSessions(await knownOf(request, parts), visitOf(request));
    await dropSession(request, response);
    const { address, reference } = readerOf(request);
    parts.shareScope(publicReader({ address, reference }), response);
    response.status(204).end();
  });
  router.put("/api/account/password", async (request, response) => {
    const input = parse(ChangePassword, request.body);
    const known = await knownOf(request, parts);
    const epoch = unwrapEntry(response, await ownAccount.changePassword(known, input, visitOf(request)));
    const entry = { account_id: known.row.id, name: known.row.name, epoch };
    response.json((await begin(request, response, entry, parts)) satisfies Session);
  });
  router.post("/api/account/second_factor", async (request, response) => {
    const known = await knownOf(request, parts);
    const secret = unwrapEntry(response, await ownAccount.newSecondFactor(known, visitOf(request)));
    response.set("Cache-Control", "no-store").json(secret satisfies SecondFactorSecret);
  });
  router.put("/api/account/second_factor", async (request, response) => {
    const { code } = parse(ConfirmSecondFactor, request.body);
    const known = await knownOf(request, parts);
    unwrapEntry(response, await ownAccount.confirmSecondFactor(known, code, visitOf(request)));
    response.json((await sessionOf(request, response, parts)) satisfies Session);
  });
  router.delete("/api/account/second_factor", async (request, response) => {
    const given = parse(RemoveSecondFactor, request.body);
    const known = await knownOf(request, parts);
    unwrapEntry(response, await ownAccount.removeSecondFactor(known, given, visitOf(request)));
    response.json((await sessionOf(request, response, parts)) satisfies Session);
  });
}

/** A new session for who entered; its id is a new one, so that nobody sits in it who knew the former. */
async function begin(request: Request, response: Response, entry: Entry, parts: SignInRoutesParts): Promise<Session> {
  await renewSessionId(request);
  const { session } = request;
  session.account_id = entry.account_id;
  session.epoch = entry.epoch;
  session.signed_in_at = new Date(parts.now()).toISOString();
  session.address = request.ip ?? "";
  session.agent = (request.get("User-Agent") ?? "").slice(0, 300);
  await new Promise<void>((resolve, reject) => session.save((error) => (error ? reject(error) : resolve())));
  parts.accounts.forget();
  return describe(await parts.accounts.person(entry.account_id), request, response, parts);
}

function renewSessionId(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error) => (error ? reject(error) : resolve()));
  });
}

async function dropSession(request: Request, response: Response): Promise<void> {
  if (cookieOf(request, sessionCookie) === undefined) return;
  await new Promise<void>((resolve, reject) => {
    request.session.destroy((error) => (error ? reject(error) : resolve()));
  });
  clearCookie(response, sessionCookie);
}

/** As the gate found out who asks, with what changed since. */
async function sessionOf(request: Request, response: Response, parts: SignInRoutesParts): Promise<Session> {
  const { account } = readerOf(request);
  return describe(account ? await knownOf(request, parts) : null, request, response, parts);
}

function describe(known: Known | null, request: Request, response: Response, parts: SignInRoutesParts): Session {
  const { address, reference } = readerOf(request);
  parts.shareScope(
    known
      ? { account: known.account, grants: known.grants, pending: known.pending, address, reference }
      : publicReader({ address, reference }),
    response,
  );
  response.set("Cache-Control", "no-store");
  const isScreen = known?.paired_at != null;
  const token = cookieOf(request, deviceCookie);
  if (isScreen && token !== undefined && !response.getHeader("Set-Cookie")?.toString().includes(deviceCookie)) {
    giveDeviceCookie(request, response, token);
  }
  const signed_in_at = known?.paired_at?.toISOString() ?? request.session?.signed_in_at ?? "";
  return describeSession({
    known,
    signed_in_at,
    ends_at: known && !isScreen ? endOf(request, parts, signed_in_at) : null,
    public_access: parts.publicAccess,
    identity_provider: parts.identityProvider,
    demo_accounts: isDemoHost(request.headers.host) ? parts.demoAccounts : [],
  });
}

function endOf(request: Request, { store, now }: SignInRoutesParts, signed_in_at: string): number {
  const idle = store.endsAt(request.sessionID) ?? now() + store.idle_ms;
  return Math.min(idle, Date.parse(signed_in_at) + longestSession);
}

function giveDeviceCookie(request: Request, response: Response, token: string): void {
  setCookie(response, { name: deviceCookie, value: token, seconds: deviceCookieLife, secure: request.secure });
}

/** The account behind the reader of the request. */
async function knownOf(request: Request, { accounts }: SignInRoutesParts): Promise<Known> {
  const { account } = readerOf(request);
  if (!account) throw new Error("A route of accounts was reached by the public");
  const token = cookieOf(request, deviceCookie);
  const known =
    request.session?.account_id === account.id
      ? await accounts.person(account.id)
      : token === undefined
        ? null
        : await accounts.device(token);
  if (!known) throw new ProblemError(sessionEnded());
  return known;
}

function visitOf(request: Request): Visit {
  const { address, reference } = readerOf(request);
  return { address, reference, host: request.headers.host };
}

/** The value, or the problem to the client; who is too hasty is told how long to wait. */
function unwrapEntry<T>(response: Response, outcome: { ok: true; value: T } | { ok: false; problem: Problem }): T {
  if (outcome.ok) return outcome.value;
  const { problem } = outcome;
  if ("retry_after" in problem) response.set("Retry-After", String(problem.retry_after));
  throw new ProblemError(problem);
}
