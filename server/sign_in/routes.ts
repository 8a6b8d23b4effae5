import { type Request, type Response, Router } from "express";
import type { Outcome, KnownProblem } from "../../data/schema/problem.ts";
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
import type { AddressLimits } from "./address_limits.ts";
import { clearCookie, cookieOf, setCookie } from "./cookies.ts";
import type { DemoAccount } from "./demo_accounts.ts";
import { escapeHtml } from "../http/escape_html.ts";
import { isAskedLocally } from "../http/loopback.ts";
import { describeSession } from "./describe_session.ts";
import type { FirstEntryService } from "./first_entries.ts";
import type { Claims, IdentityProvider } from "./identity_provider.ts";
import type { Known, KnownAccounts } from "./known_accounts.ts";
import { landingPage } from "./landing_page.ts";
import type { OwnAccountService } from "./own_account.ts";
import { providerRefused, sessionEnded, tooOften } from "./refusals.ts";
import type { Entry, SignInService, Visit } from "./service.ts";
import { deviceCookie, longestSession, sessionCookie, type WayIn } from "./session_data.ts";
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
  /** Null: none is configured. */
  identity: { provider: IdentityProvider; enter: (claims: Claims, visit: Visit) => Promise<Outcome<Entry>> } | null;
  /** Writes down what the provider brought and nobody took. */
  onRefusal: (reader: Reader, refused: KnownProblem) => Promise<void>;
  limits: AddressLimits;
  demoAccounts: readonly DemoAccount[];
}

const deviceCookieLife = 400 * 24 * 3600; // seconds: the longest that browsers keep a cookie; given anew with each look

export function signInRoutes(parts: SignInRoutesParts): Router {
  const router = Router();
  entryRoutes(router, parts);
  ownAccountRoutes(router, parts);
  if (parts.identity) identityRoutes(router, parts, parts.identity);
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

const wayInLife = 10 * 60_000; // ms to sign in at the provider

/** To the identity provider and back. The browser comes to a page in any case, to that for signing in with the reason. */
function identityRoutes(
  router: Router,
  parts: SignInRoutesParts,
  { provider, enter }: NonNullable<SignInRoutesParts["identity"]>,
): void {
  const land = (response: Response, to: string) => response.set("Cache-Control", "no-store").redirect(302, to);
  const landOn = (response: Response, { code }: KnownProblem) => {
    if (!response.req.session) clearCookie(response, sessionCookie);
    land(response, pageOf(code));
  };
  const refuse = (response: Response, refused: KnownProblem) => {
    if (!response.req.session) clearCookie(response, sessionCookie);
    response.status(refused.status).set("Cache-Control", "no-store").type("html").send(refusalPage(refused));
  };
  router.get("/api/session/identity", async (request, response) => {
    const { address, account } = readerOf(request);
    const wait = await parts.limits.beginFrom(address);
    if (wait !== null) return landOn(response, tooOften(wait));
    const redirect_uri = `${request.protocol}://${request.host}/api/session/identity/callback`;
    const begun = await provider.begin(redirect_uri);
    if (!begun.ok) return landOn(response, begun.problem);
    // who did not sign in gets a session that nobody else can know of
    if (!account) await renewSessionId(request);
    const { to } = request.query;
    request.session.way_in = {
      ...begun.value.way,
      redirect_uri,
      to: landingPage(typeof to === "string" ? to : undefined),
      until: new Date(parts.now() + wayInLife).toISOString(),
    };
    await saveSession(request);
    land(response, begun.value.url.href);
  });
  router.get("/api/session/identity/callback", async (request, response) => {
    const way = await takeWayIn(request);
    const claims = await claimsOf(request, way);
    // entering writes down its own refusals
    if (!claims.ok) await parts.onRefusal(readerOf(request), claims.problem);
    const entry = claims.ok ? await enter(claims.value, visitOf(request)) : claims;
    if (!entry.ok) return refuse(response, entry.problem);
    await begin(request, response, entry.value, parts);
    land(response, way?.to ?? "/");
  });

  async function claimsOf(request: Request, way: WayIn | undefined): Promise<Outcome<Claims>> {
    if (!way || Date.parse(way.until) < parts.now()) return { ok: false, problem: providerRefused() };
    const { search } = new URL(request.originalUrl, way.redirect_uri);
    return provider.finish(search, way);
  }
}

const pageOf = (code: string): string => `/sign-in?problem=${code}`;

/** Says no, and leads on to the page for signing in by itself. Our own words only. */
function refusalPage({ code, detail, fix }: KnownProblem): string {
  const page = escapeHtml(pageOf(code));
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${page}">
<title>网格图谱</title><p>${escapeHtml(detail)}${escapeHtml(fix)} <a href="${page}">登录 / Sign in</a></p></html>`;
}

/** What was sent to the provider, once: whoever comes with the same answer again finds nothing. */
async function takeWayIn(request: Request): Promise<WayIn | undefined> {
  const way = request.session.way_in;
  if (!way) return undefined;
  delete request.session.way_in;
  await (request.session.account_id === undefined ? destroySession(request) : saveSession(request));
  return way;
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
  await saveSession(request);
  parts.accounts.forget();
  return describe(await parts.accounts.person(entry.account_id), request, response, parts);
}

/** Also where the session was destroyed before. */
function renewSessionId(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.sessionStore.regenerate(request, (error) => (error ? reject(error) : resolve()));
  });
}

function saveSession({ session }: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    session.save((error) => (error ? reject(error) : resolve()));
  });
}

async function dropSession(request: Request, response: Response): Promise<void> {
  if (cookieOf(request, sessionCookie) === undefined) return;
  await destroySession(request);
  clearCookie(response, sessionCookie);
}

function destroySession({ session }: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    session.destroy((error) => (error ? reject(error) : resolve()));
  });
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
    identity_provider: parts.identity?.provider.setting.name ?? null,
    demo_accounts: isAskedLocally(request.headers) ? parts.demoAccounts : [],
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
  return { address, reference, is_local: isAskedLocally(request.headers) };
}

/** The value, or the problem to the client; who is too hasty is told how long to wait. */
function unwrapEntry<T>(response: Response, outcome: { ok: true; value: T } | { ok: false; problem: KnownProblem }): T {
  if (outcome.ok) return outcome.value;
  const { problem } = outcome;
  if ("retry_after" in problem) response.set("Retry-After", String(problem.retry_after));
  throw new ProblemError(problem);
}
