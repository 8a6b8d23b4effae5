import type { IncomingMessage, ServerResponse } from "node:http";
import type session from "express-session";

declare module "express-session" {
  interface SessionData {
    /** bigint as text; absent while somebody is on the way to the identity provider. */
    account_id: string;
    /** `session_epoch` of the account at sign-in; the session holds while they agree. */
    epoch: number;
    /** ISO time. */
    signed_in_at: string;
    address: string;
    agent: string;
    way_in: WayIn;
  }
}

/** What was sent to the identity provider and must come back; taken once. */
export interface WayIn {
  state: string;
  nonce: string;
  verifier: string;
  redirect_uri: string;
  /** Page to land on, a path of ours. */
  to: string;
  /** ISO time; later it counts as never begun. */
  until: string;
}

/** What this folder reads of a request; Express's is one. */
export interface SignInRequest extends IncomingMessage {
  session?: session.Session & Partial<session.SessionData>;
  sessionID?: string;
  method: string;
  path: string;
  hostname: string;
  ip?: string | undefined;
  res?: ServerResponse | undefined;
}

export const sessionCookie = "grid_atlas_session";
export const deviceCookie = "grid_atlas_device";

/** Whatever a session lives through, it ends so long after signing in. */
export const longestSession = 12 * 60 * 60_000; // ms
