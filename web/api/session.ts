import { type QueryClient, queryOptions } from "@tanstack/react-query";
import {
  type ChangePassword,
  type PairDevice,
  SecondFactorSecret,
  Session,
  SessionList,
  type Setup,
  type SignIn,
} from "../../data/schema/session.ts";
import { create } from "zustand";
import { AnsweredProblem, getJson, onAccessLost, sendJson, sessionPath } from "./client.ts";

/** How often the page asks for its session, so that the token of the tiles stays fresh (ms; it lives for ten minutes). */
const renewEvery = 4 * 60_000;

const sessionKey = ["session"] as const;

/** Who reads; asked at the start and then by `keepSession`, never because a panel opened. */
export function sessionQuery() {
  return queryOptions({
    queryKey: sessionKey,
    queryFn: ({ signal }) => askSession(signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** Whether a session ended that the reader did not end here; told until somebody signs in or puts it away. */
export const useSessionEnded = create<{ ended: boolean }>(() => ({ ended: false }));

/**
 * Tells readers apart by what they may see: another account, other grants, other duties. Not a secret; part of the
 * addresses of tiles, so that no store of the browser gives one reader what another saw.
 */
export function readerTag({ account, pending, layers }: Session): string {
  const grants = account?.grants.map(({ role, area, organisation }) => [role, area?.id, organisation?.id]);
  const facts = JSON.stringify([account?.id ?? "", grants ?? [], pending, layers]);
  let hash = 0x811c9dc5; // FNV-1a
  for (let at = 0; at < facts.length; at++) hash = Math.imul(hash ^ facts.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Whatever a former reader was shown leaves the page with that reader. */
function storeSession(client: QueryClient, session: Session): Session {
  const former = client.getQueryData(sessionQuery().queryKey);
  if (former && readerTag(former) !== readerTag(session)) {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  }
  if (session.account) useSessionEnded.setState({ ended: false });
  else if (former?.account) useSessionEnded.setState({ ended: true });
  client.setQueryData(sessionKey, session);
  return session;
}

let touchedSince = true;

/** A session that ended, or that cannot be used, is 401 once; asked again, the reader is the public. */
async function askSession(signal?: AbortSignal): Promise<Session> {
  const idle = touchedSince ? undefined : "1";
  touchedSince = false;
  const ask = () => getJson(Session, sessionPath, { idle }, signal);
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AnsweredProblem) || error.problem.status !== 401) throw error;
    if (error.problem.code === "access.ended") useSessionEnded.setState({ ended: true });
  }
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AnsweredProblem) || error.problem.status !== 401) throw error;
  }
  // The cookie stays, whatever is wrong with it: signing out takes it away.
  await sendJson(null, sessionPath, { method: "DELETE" });
  return ask();
}

let asking: Promise<Session> | null = null;

/** Asks at once; several who ask together share one question. */
export function renewSession(client: QueryClient): Promise<Session> {
  asking ??= askSession()
    .then((session) => storeSession(client, session))
    .finally(() => {
      asking = null;
    });
  return asking;
}

const otherTabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("grid-atlas-session");

/**
 * Keeps the page's knowledge of its reader fresh: every four minutes, on coming back to the page (also by Back, out of
 * the browser's own store of pages), when another tab signed in or out, and when an answer was 401.
 */
export function keepSession(client: QueryClient): void {
  let askedAt = Date.now();
  const renew = () => {
    askedAt = Date.now();
    // Without an answer the former one holds; the bar at the top says that the server is away.
    return renewSession(client).catch(() => undefined);
  };
  onAccessLost(renew);
  setInterval(renew, renewEvery);
  for (const touch of ["pointerdown", "keydown", "wheel"] as const) {
    addEventListener(touch, () => (touchedSince = true), { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - askedAt >= renewEvery) void renew();
  });
  addEventListener("pageshow", (event) => event.persisted && void renew());
  otherTabs?.addEventListener("message", () => void renew());
}

/** Puts a session that an answer brought in force, here and in the other tabs. */
export function takeSession(client: QueryClient, session: Session): void {
  touchedSince = true;
  storeSession(client, session);
  otherTabs?.postMessage("changed");
}

export function signIn(body: SignIn): Promise<Session> {
  return sendJson(Session, sessionPath, { method: "POST", body });
}

export async function signOut(client: QueryClient): Promise<void> {
  await sendJson(null, sessionPath, { method: "DELETE" });
  await renewSession(client);
  useSessionEnded.setState({ ended: false });
  otherTabs?.postMessage("changed");
}

export function setUp(body: Setup): Promise<Session> {
  return sendJson(Session, `${sessionPath}/setup`, { method: "POST", body });
}

export function pairDevice(body: PairDevice): Promise<Session> {
  return sendJson(Session, `${sessionPath}/device`, { method: "POST", body });
}

export function changePassword(body: ChangePassword): Promise<Session> {
  return sendJson(Session, "/api/account/password", { method: "PUT", body });
}

export function beginSecondFactor(): Promise<SecondFactorSecret> {
  return sendJson(SecondFactorSecret, "/api/account/second_factor", { method: "POST" });
}

export function confirmSecondFactor(code: string): Promise<Session> {
  return sendJson(Session, "/api/account/second_factor", { method: "PUT", body: { code } });
}

export function removeSecondFactor(body: { password: string; code: string }): Promise<Session> {
  return sendJson(Session, "/api/account/second_factor", { method: "DELETE", body });
}

export function ownSessionsQuery() {
  return queryOptions({
    queryKey: ["own_sessions"],
    queryFn: ({ signal }) => getJson(SessionList, "/api/account/sessions", {}, signal),
    staleTime: 0,
  });
}

export async function signOutEverywhere(client: QueryClient): Promise<void> {
  await sendJson(null, "/api/account/sessions", { method: "DELETE" });
  await renewSession(client);
  useSessionEnded.setState({ ended: false });
  otherTabs?.postMessage("changed");
}
