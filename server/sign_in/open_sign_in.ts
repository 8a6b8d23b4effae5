import type { ServerResponse } from "node:http";
import type { SessionData } from "express-session";
import type { GrantedRole } from "../../data/access/roles.ts";
import type { Change } from "../../data/schema/change.ts";
import type { Endpoint } from "../../data/schema/endpoint.ts";
import type { KnownProblem } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { ScopeTokens } from "../access/scope_token.ts";
import type { RecordAudit } from "../audit/event.ts";
import type { IdentityProviderSetting } from "../config.ts";
import type { Db } from "../db/db.ts";
import { addressLimits } from "./address_limits.ts";
import { prepareDemoAccounts } from "./demo_accounts.ts";
import { firstEntryService } from "./first_entries.ts";
import { HashQueue } from "./hash_queue.ts";
import { identifier } from "./identify.ts";
import { enterByIdentity, type IdentityAccountsParts } from "./identity_accounts.ts";
import { type Claims, identityProvider } from "./identity_provider.ts";
import { KnownAccounts } from "./known_accounts.ts";
import { ownAccountService } from "./own_account.ts";
import { signInRoutes } from "./routes.ts";
import { scopeSharing } from "./scope_sharing.ts";
import { serverSecret } from "./server_secret.ts";
import { signInService, type Visit } from "./service.ts";
import type { SignInRequest } from "./session_data.ts";
import { SessionStore } from "./session_store.ts";
import { sessionHandler } from "./sessions.ts";

export interface SignInOptions {
  db: Db;
  audit: RecordAudit;
  /** Writes down a refusal, within bounds. */
  onRefusal: (reader: Reader, endpoint: Pick<Endpoint, "method" | "path">, refused: KnownProblem) => Promise<void>;
  tokens: ScopeTokens;
  /** A session ends so long after the last activity. */
  idle_minutes: number;
  /** Roles that ask for a second factor. */
  second_factor: readonly GrantedRole[];
  public_access: boolean;
  identity_provider: IdentityProviderSetting | undefined;
  /** This server listens to this machine alone. */
  demo_allowed: boolean;
  /** Today where the city lies, YYYY-MM-DD. */
  today: () => string;
  now?: () => number;
  onError: (error: unknown) => void;
}

/** One at a time leaves the other threads of the pool, and the other cores, to maps; forty wait about four seconds. */
const hashing = { atOnce: 1, waiting: 40 };

/** Joins the parts of signing in; what an app needs of them: `handler` before its gate, `identify` in it, `router` behind it. */
export async function openSignIn(options: SignInOptions) {
  const { db, audit, tokens, now = Date.now, today } = options;
  const idle_ms = options.idle_minutes * 60_000;
  const store = new SessionStore(db, { idle_ms, now, onError: options.onError });
  const accounts = new KnownAccounts({ db, secondFactor: options.second_factor, now, today });
  const hashes = new HashQueue(hashing);
  const limits = addressLimits(now);
  const shareScope: (reader: Reader, response: ServerResponse) => void = scopeSharing(tokens);
  const forgetAll = () => {
    accounts.forget();
    store.forget();
    limits.forgetLocks();
  };
  const forget = (accountId: string) => {
    forgetAll();
    tokens.revoke([accountId]);
  };
  const signIn = signInService({ db, audit, hashes, limits, forget, now });
  const demoAccounts = await prepareDemoAccounts(db, { allowed: options.demo_allowed, today: today(), audit });
  const router = signInRoutes({
    signIn,
    firstEntries: firstEntryService({ db, audit, hashes, limits, forget }),
    ownAccount: ownAccountService({
      db,
      audit,
      hashes,
      signIn,
      idle_ms,
      now,
      needsSecondFactor: ({ grants }) => accounts.needsSecondFactor(grants),
      forget,
    }),
    accounts,
    store,
    shareScope,
    now,
    publicAccess: options.public_access,
    onRefusal: (reader, refused) => options.onRefusal(reader, callback, refused),
    identity: options.identity_provider ? identityOf(options.identity_provider, { db, audit, today, forget }) : null,
    limits,
    demoAccounts,
  });
  return {
    handler: sessionHandler(store, await serverSecret(db, "session")),
    identify: identifier({ store, accounts, now, shareScope }),
    router,
    /** Whether the session that a request came with is still good; asking is no activity. */
    holds: (request: SignInRequest) => stillHolds(request, store, accounts),
    /** Something about access was changed here: whoever asks next is looked up anew. */
    forget: forgetAll,
    /** Takes over what other instances changed. */
    follow(changes: readonly Change[]) {
      for (const { layer, ids, rev } of changes) {
        if (layer !== "access") continue;
        forgetAll();
        tokens.revoke(ids, rev);
      }
    },
    /** Stops looking for sessions that ended. */
    close: () => store.close(),
  };
}

const callback = { method: "get", path: "/api/session/identity/callback" } as const;

/** Of a request that is answered for long. */
async function stillHolds(
  { sessionID }: SignInRequest,
  store: SessionStore,
  accounts: KnownAccounts,
): Promise<boolean> {
  const data = await new Promise<SessionData | null | undefined>((resolve, reject) => {
    if (sessionID === undefined) resolve(null);
    else store.get(sessionID, (error, found) => (error ? reject(error as Error) : resolve(found)));
  });
  const known = data?.account_id === undefined ? null : await accounts.person(data.account_id);
  return known !== null && known.row.session_epoch === data?.epoch;
}

function identityOf(setting: IdentityProviderSetting, parts: Omit<IdentityAccountsParts, "setting">) {
  return {
    provider: identityProvider(setting),
    enter: (claims: Claims, visit: Visit) => enterByIdentity({ ...parts, setting }, claims, visit),
  };
}
