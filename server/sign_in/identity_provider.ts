import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from "openid-client";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { IdentityProviderSetting } from "../config.ts";
import type { WayIn } from "./session_data.ts";

/** What the provider says of a person: claims of the id token and, where there is such an address, of userinfo. */
export type Claims = Readonly<Record<string, unknown>> & { sub: string };

export interface IdentityProvider {
  setting: IdentityProviderSetting;
  /** Where to send the browser, and what must come back with it. */
  begin: (redirect_uri: string) => Promise<Outcome<{ url: URL; way: Pick<WayIn, "state" | "nonce" | "verifier"> }>>;
  /** Takes the answer that the browser came back with. `search` of the address, with its question mark. */
  finish: (search: string, way: WayIn) => Promise<Outcome<Claims>>;
}

const patience = 8; // seconds for one answer of the provider

/**
 * OpenID Connect with PKCE, state and nonce. The provider is asked about itself when somebody first wants to sign in,
 * and again as long as it does not answer: this server starts without it.
 */
export function identityProvider(setting: IdentityProviderSetting): IdentityProvider {
  let found: Promise<Configuration> | undefined;
  const configuration = () => {
    found ??= discover(setting).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  return {
    setting,
    async begin(redirect_uri) {
      try {
        const config = await configuration();
        const way = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
        const url = buildAuthorizationUrl(config, {
          redirect_uri,
          scope: setting.scopes,
          state: way.state,
          nonce: way.nonce,
          code_challenge: await calculatePKCECodeChallenge(way.verifier),
          code_challenge_method: "S256",
        });
        return { ok: true, value: { url, way } };
      } catch {
        return unavailable(setting);
      }
    },
    async finish(search, way) {
      try {
        return { ok: true, value: await claimsOf(await configuration(), search, way) };
      } catch (error) {
        return isAway(error) ? unavailable(setting) : refusedBy(setting);
      }
    },
  };
}

function discover({ issuer, client_id, client_secret }: IdentityProviderSetting): Promise<Configuration> {
  const isPlain = new URL(issuer).protocol === "http:"; // on this machine alone, says config.ts
  return discovery(new URL(issuer), client_id, client_secret, undefined, {
    execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
    timeout: patience,
  });
}

/** @throws errors of the library where anything does not fit: state, nonce, code, signature, issuer, audience, time */
async function claimsOf(config: Configuration, search: string, way: WayIn): Promise<Claims> {
  const tokens = await authorizationCodeGrant(config, new URL(search, way.redirect_uri), {
    expectedState: way.state,
    expectedNonce: way.nonce,
    pkceCodeVerifier: way.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!; // expected above
  if (!config.serverMetadata().userinfo_endpoint) return claims;
  const more = await fetchUserInfo(config, tokens.access_token, claims.sub);
  return { ...more, ...claims };
}

/** Whether the provider did not answer, as against one that said no. */
function isAway(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return error.status >= 500;
  if (error instanceof ClientError) {
    return error.code === "OAUTH_TIMEOUT" || (error.cause instanceof Response && error.cause.status >= 500);
  }
  return error instanceof TypeError && error.message === "fetch failed";
}

const unavailable = ({ name }: IdentityProviderSetting) =>
  failed("access.provider_unavailable", {
    detail: `统一身份平台「${name}」没有应答。`,
    fix: "请稍后重试，或使用本系统账号登录。",
  });

const refusedBy = ({ name }: IdentityProviderSetting) =>
  failed("access.provider_refused", {
    detail: `统一身份平台「${name}」未能确认此次登录。`,
    fix: "请从登录页重新开始；如仍失败，请联系系统管理员。",
  });
